"""The drawing of the pathways to a cause, from left to right: questions, signs, rules, the cause."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ...knowledge.causes import Cause
from ...knowledge.rule_base import RuleBase
from ...writing.drawing import TONES, drawing, lines_of, number, text, width_of
from ...writing.markup import tag
from .layers import Layout, Spot, layout
from .pathways import Pathways, weight

BOX, GAP, MARGIN = 128, 34, 14
"""The width of a box, the room between two columns, that at the edges."""
LEADING, PADDING = 13, 5
"""From one line of text to the next, and from a text to the edge of its box."""
TOP, BOTTOM, ROW = 34, 22, 18
"""The room of the headings of the columns, that below all, and that of a line of the key."""
BRACKET = 74
"""From the rules to the end of the bracket that holds them together."""
KEY = (
    ("line thick for", "with +: speaks for the cause"),
    ("line thick against dashed", "with -: speaks against it"),
    ("line dotted", "the sign must be absent"),
    ("", "0: fits, but does not tell it from other causes"),
)
"""How a thing looks, and what that means."""


def draw(cause: Cause, rules: RuleBase) -> str | None:
    """The drawing, as the text of an SVG file; None where no rule weighs it."""
    ways = Pathways(cause=cause, rules=rules)
    if not ways.weighing:
        return None
    deepest = max(ways.signs.values(), default=0)
    columns = [
        [f"question {id}" for id in ways.questions],
        *([f"sign {id}" for id, at in ways.signs.items() if at == depth + 1] for depth in range(deepest)),
        [f"rule {rule.id}" for rule in ways.weighing],
    ]
    labels = {box: _label(box) for column in columns for box in column}
    heights = {box: LEADING * len(label) + 2.0 * PADDING for box, label in labels.items()}
    sides = {f"rule {rule.id}": int(not weight(rule).supports) for rule in ways.weighing}
    placed = layout(columns, ways.lines, heights, gap=7, duct=6, blocks=sides)
    boxes = [
        _box(box, labels[box], _left(place), placed.centre[box, place] + TOP, heights[box], ways)
        for place, column in enumerate(columns)
        for box in column
    ]
    width = _left(len(columns)) - GAP + BRACKET + BOX + MARGIN
    key = _key(width, TOP + placed.height + ROW)
    return drawing(
        f"How questions lead to {cause.name}",
        f"Questions: {len(ways.questions)}. Signs: {len(ways.signs)}. Rules: {len(ways.weighing)}. "
        "The list beside the drawing says the same.",
        width,
        float(key[-1].attrib["y"]) + BOTTOM - MARGIN,
        [
            *_headings(deepest),
            *_lines(placed, ways, columns),
            *boxes,
            *_cause(cause, ways, placed, heights, len(columns) - 1),
            *key,
        ],
    )


def _left(place: int) -> float:
    return MARGIN + place * (BOX + GAP)


def _label(box: str) -> list[str]:
    kind, _, id = box.partition(" ")
    return lines_of(id, BOX - 2 * PADDING - (26 if kind == "rule" else 0))


def _headings(deepest: int) -> Iterator[Element]:
    heads = ["Questions", *["Signs"] * bool(deepest), *["Further signs"] * (deepest - 1), "Rules"]
    for place, head in enumerate(heads):
        yield text(head, _left(place), 21, "medium strong")
    yield text("Cause", _left(len(heads)) - GAP + BRACKET, 21, "medium strong")


def _box(box: str, label: list[str], left: float, middle: float, height: float, ways: Pathways) -> Element:
    kind, _, id = box.partition(" ")
    looks, more = f"box {kind}", []
    if kind == "rule":
        found = weight(ways.rules.rules[id])
        side = "for" if found.supports else "against"
        looks += f" {side}" + ("" if found.supports else " dashed")
        said = f"{found.points:+d}" if found.points else "0"
        more = [text(said, left + BOX - PADDING, middle + 4, f"strong end {side}")]
    top = middle - height / 2
    shape = _rectangle(looks, left, top, height, 9 if kind == "sign" else 2)
    lines = [
        text(line, left + PADDING, top + PADDING + LEADING * (place + 1) - 3)
        for place, line in enumerate(label)
    ]
    return tag("g", shape, *lines, *more)


def _lines(placed: Layout, ways: Pathways, columns: list[list[str]]) -> Iterator[Element]:
    """The lines, and through the columns that they pass."""
    places = {box: place for place, column in enumerate(columns) for box in column}
    tones = {box: place % TONES for column in columns for place, box in enumerate(column)}

    def at(spot: Spot) -> tuple[float, float]:
        return _left(spot[1]), placed.centre[spot] + TOP

    for spot in (spot for column in placed.columns for spot in column if places[spot[0]] != spot[1]):
        left, down = at(spot)
        yield _path(f"M{number(left)} {number(down)}h{BOX}", tones[spot[0]], False)
    for start, end in placed.lines:
        (left, down), (right, below) = at(start), at(end)
        left, bend = left + BOX, GAP * 0.55
        absent = places[end[0]] == end[1] and ways.lines[start[0], end[0]]
        curve = (left + bend, down, right - bend, below, right, below)
        yield _path(f"M{number(left)} {number(down)}C{' '.join(map(number, curve))}", tones[start[0]], absent)


def _path(way: str, tone: int, absent: bool) -> Element:
    return tag("path", class_=f"way tone{tone}{' dotted' * absent}", d=way)


def _cause(
    cause: Cause, ways: Pathways, placed: Layout, heights: dict[str, float], place: int
) -> Iterator[Element]:
    """A bracket round the rules of either side, and the cause that they lead to."""
    right = _left(place) + BOX
    left = right + BRACKET
    middle = TOP + placed.height / 2
    name = lines_of(cause.name, BOX - 2 * PADDING)
    ends: dict[str, list[float]] = {}
    for rule in ways.weighing:
        box = f"rule {rule.id}"
        centre, half = placed.centre[box, place] + TOP, heights[box] / 2
        ends.setdefault("for" if weight(rule).supports else "against", []).extend(
            [centre - half, centre + half]
        )
    for side, reach in ends.items():
        looks = f"line thick {side}{' dashed' * (side == 'against')}"
        top, bottom = min(reach), max(reach)
        half = (top + bottom) / 2
        meets = middle + (0 if len(ends) == 1 else -5 if side == "for" else 5)
        yield tag("path", class_=looks, d=f"M{number(right + 4)} {number(top)}h5V{number(bottom)}h-5")
        way = f"M{number(right + 9)} {number(half)}h7V{number(meets)}H{number(left)}"
        yield tag("path", class_=looks, d=way)
        yield text(side, right + 22, meets + (-6 if side == "for" else 14), f"strong {side}")
    height = LEADING * len(name) + 4.0 * PADDING
    yield _rectangle("box cause", left, middle - height / 2, height, 2)
    for line, said in enumerate(name):
        yield text(
            said, left + PADDING, middle - height / 2 + 2 * PADDING + LEADING * (line + 1) - 3, "strong"
        )


def _rectangle(looks: str, left: float, top: float, height: float, corner: float) -> Element:
    at = {"x": number(left), "y": number(top), "width": number(BOX), "height": number(height)}
    return tag("rect", class_=looks, rx=number(corner), **at)


def _key(width: float, down: float) -> list[Element]:
    """What the looks mean, in as many lines as the width asks for; its last part is a text."""
    parts = []
    left = float(MARGIN)
    for looks, said in KEY:
        sample = 28 if looks else 0
        if left > MARGIN and left + sample + width_of(said) > width - MARGIN:
            left, down = MARGIN, down + ROW
        if looks:
            parts.append(tag("path", class_=looks, d=f"M{number(left)} {number(down - 4)}h22"))
        parts.append(text(said, left + sample, down, "quiet"))
        left += sample + width_of(said) + 14
    return parts

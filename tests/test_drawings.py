"""The drawings made from the rules: all that they should show is there, in its place, and beside the rest."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from itertools import chain, pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import shipped
from effort import examples
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st
from people import hostile

from engine.audit.cases.case import load_cases
from engine.knowledge.causes import Cause
from engine.knowledge.marks import marks
from engine.knowledge.rule_base import RuleBase
from engine.knowledge.rules import Shows, Weighs
from engine.pages.drawings import forest_plot, pathway_drawing
from engine.pages.drawings.layers import Layout, layout
from engine.pages.drawings.pathways import Pathways
from engine.pages.making import pages
from engine.writing.lines import visible

SVG = "{http://www.w3.org/2000/svg}"
CAUSES = [*shipped.rules().causes.values(), *shipped.rules().mimics.values()]
MEASURED = [
    cause
    for cause in CAUSES
    if any(
        isinstance(rule.then, Weighs) and rule.then.likelihood_ratio is not None
        for rule in shipped.rules().rules_by_cause[cause.id]
    )
]
each_cause = pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.id)

# The layout


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[list[str]], list[tuple[str, str]], dict[str, int]]:
    """Columns of boxes, lines from each to later ones, and blocks of the last column."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    columns = [[f"{column}-{row}" for row in range(size)] for column, size in enumerate(sizes)]
    ends = [
        (start, end)
        for at, column in enumerate(columns)
        for start in column
        for later in columns[at + 1 :]
        for end in later
    ]
    lines = draw(st.lists(st.sampled_from(ends), unique=True, max_size=25))
    return columns, lines, {box: draw(st.integers(0, 1)) for box in columns[-1]}


def laid_out(
    columns: list[list[str]], lines: list[tuple[str, str]], blocks: dict[str, int]
) -> tuple[Layout, dict[str, float]]:
    heights = {box: 10.0 + 7 * (number % 3) for number, box in enumerate(chain(*columns))}
    return layout(columns, lines, heights, gap=4, duct=3, blocks=blocks), heights


@given(graph=graphs())
def test_boxes_stand_in_their_columns_and_none_upon_another(
    graph: tuple[list[list[str]], list[tuple[str, str]], dict[str, int]],
) -> None:
    columns, _, blocks = graph
    found, heights = laid_out(*graph)
    for number, (column, boxes) in enumerate(zip(found.columns, columns, strict=True)):
        assert sorted(box for box, _ in column if box in boxes) == sorted(boxes)
        assert {at for _, at in column} == {number}
        halves = [heights[box] / 2 if box in boxes else 1 for box, _ in column]
        for (upper, lower), (above, below) in zip(pairwise(column), pairwise(halves), strict=True):
            assert found.centre[upper] + above < found.centre[lower] - below
        for spot, half in zip(column, halves, strict=True):
            assert -1e-6 <= found.centre[spot] - half <= found.centre[spot] + half <= found.height + 1e-6
    last = [blocks[box] for box, _ in found.columns[-1]]
    assert last == sorted(last)


@given(graph=graphs())
def test_every_line_is_drawn_from_column_to_column_and_no_other(
    graph: tuple[list[list[str]], list[tuple[str, str]], dict[str, int]],
) -> None:
    columns, lines, _ = graph
    found, _ = laid_out(*graph)
    level = {box: number for number, column in enumerate(columns) for box in column}
    assert all(start[1] + 1 == end[1] for start, end in found.lines)
    arrived = {(start[0], end[0]) for start, end in found.lines if level[end[0]] == end[1]}
    assert arrived == set(lines)
    for start, end in found.lines:  # each leaves a box, or the way point where an earlier one arrived
        assert level[start[0]] == start[1] or any(other == start for _, other in found.lines)
        assert start[0] == end[0] or level[end[0]] == end[1]


@given(graph=graphs(), seed=st.integers())
def test_the_layout_hangs_on_no_order_of_the_lines(
    graph: tuple[list[list[str]], list[tuple[str, str]], dict[str, int]], seed: int
) -> None:
    columns, lines, blocks = graph
    other = list(lines)
    random.Random(seed).shuffle(other)
    assert laid_out(columns, other, blocks) == laid_out(*graph)


def test_lines_that_need_not_cross_do_not() -> None:
    pairs = [("a", "z"), ("b", "y"), ("c", "x")]
    found, _ = laid_out([["a", "b", "c"], ["x", "y", "z"]], pairs, {})
    left, right = ([box for box, _ in column] for column in found.columns)
    assert sorted(zip(left, right, strict=True)) == pairs


# The pathways


def drawn(cause: Cause, rules: RuleBase | None = None) -> Element:
    made = pathway_drawing.draw(cause, rules or shipped.rules())
    assert made is not None
    return ElementTree.fromstring(made)


def boxes(drawing: Element, kind: str) -> dict[str, tuple[list[str], list[str]]]:
    """The boxes of a kind by their label, put together again: their looks, and their other texts."""
    found = {}
    for group in drawing.iter(f"{SVG}g"):
        looks = group.find(f"{SVG}rect").attrib["class"].split()  # type: ignore[union-attr]
        if kind in looks:
            texts = group.findall(f"{SVG}text")
            label = "".join(str(text.text) for text in texts if not text.get("class"))
            found[label] = (looks, [str(text.text) for text in texts if text.get("class")])
    return found


@each_cause
def test_all_that_leads_to_a_cause_is_drawn(cause: Cause) -> None:
    drawing = drawn(cause)
    weighing = shipped.rules().rules_by_cause[cause.id]
    assert boxes(drawing, "question").keys() == set().union(
        *(shipped.rules().questions_read[rule.id] for rule in weighing)
    )
    rules = boxes(drawing, "rule")
    assert rules.keys() == {rule.id for rule in weighing}
    for rule in weighing:
        assert isinstance(rule.then, Weighs)
        looks, (points,) = rules[rule.id]
        assert ("for" in looks, "against" in looks) == (rule.then.supports, not rule.then.supports)
        assert ("dashed" in looks) == ("against" in looks)  # not by the colour alone
        assert int(points) == rule.then.points


@given(rules=rule_bases())
@examples(40)
def test_the_pathways_of_any_rules_are_whole(rules: RuleBase) -> None:
    for cause in (*rules.causes.values(), *rules.mimics.values()):
        weighing = rules.rules_by_cause[cause.id]
        if not weighing:
            assert pathway_drawing.draw(cause, rules) is None
            continue
        ways = Pathways(cause=cause, rules=rules)
        assert set(ways.questions) == set().union(*(rules.questions_read[rule.id] for rule in weighing))
        # Each sign is read by what is drawn, and all that finds it is there.
        assert {f"sign {sign}" for sign in ways.signs} == {
            start for start, _ in ways.lines if " " in start
        } - {f"question {id}" for id in ways.questions}
        for rule in ways.finding:
            assert isinstance(rule.then, Shows)
            assert rule.then.sign in ways.signs
        for start, end in ways.lines:
            if start.startswith("sign ") and end.startswith("sign "):
                assert ways.signs[start[5:]] < ways.signs[end[5:]]
        assert boxes(drawn(cause, rules), "sign").keys() == ways.signs.keys()


@each_cause
def test_the_list_says_what_the_drawing_shows(cause: Cause) -> None:
    folder = "causes" if cause.id in shipped.rules().causes else "mimics"
    page = shipped.pages()[f"rules/{folder}/{cause.id}.md"]
    section = page.partition("## How questions lead to it")[2].partition("\n## ")[0]
    said = set()
    for item in re.findall(r"^  - .*", section, re.M):
        head, *read = re.findall(r"\[`([^`]*)`\]\(([^)]*)\)", item)
        end = f"{'sign' if '/signs/' in head[1] else 'rule'} {head[0]}"
        for id, link in read:
            start = f"{'sign' if '/signs/' in link else 'question'} {id}"
            said.add((start, end, f"the absence of sign [`{id}`]" in item))
    lines = Pathways(cause=cause, rules=shipped.rules()).lines
    assert said == {(start, end, absent) for (start, end), absent in lines.items()}


# The forest plot

measured = pytest.mark.parametrize("cause", MEASURED, ids=lambda cause: cause.id)


def test_only_what_was_measured_is_plotted() -> None:
    assert 0 < len(MEASURED) < len(CAUSES)
    for cause in CAUSES:
        assert (forest_plot.draw(cause, shipped.rules()) is not None) == (cause in MEASURED)


def reach(path: Element) -> list[float]:
    """The places along the scale that a path names."""
    return [float(across) for across in re.findall(r"[MH]([\d.]+)", path.attrib["d"])]


@measured
def test_each_ratio_stands_where_it_should(cause: Cause) -> None:
    """All places are one straight function of the ratio's logarithm, those of the ticks too."""
    made = forest_plot.draw(cause, shipped.rules())
    assert made is not None
    drawing = ElementTree.fromstring(made)
    rows = forest_plot.measured(cause, shipped.rules())
    texts = [str(text.text) for text in drawing.iter(f"{SVG}text")]
    for rule, ratio in rows:
        assert texts[texts.index(rule.id) + 1] == (f"{ratio}; derived" if ratio.derived else str(ratio))

    points: list[tuple[Decimal, float]] = []
    ticks = [text for text in drawing.iter(f"{SVG}text") if text.get("class") == "quiet middle"]
    points += [(Decimal(str(text.text)), float(text.attrib["x"])) for text in ticks]
    # The last of each is the sample in the key.
    *squares, _ = [part for part in drawing if part.get("class", "").startswith("solid")]
    diamonds = [part for part in drawing if part.get("class", "").startswith("hollow")]
    *whiskers, _ = [part for part in drawing if part.get("class", "").startswith("line thick")]
    with_interval = [ratio for _, ratio in rows if ratio.low is not None]
    without = [ratio for _, ratio in rows if ratio.low is None]
    assert len(diamonds) == len(without) + bool(without)
    for ratio, square, line in zip(with_interval, squares, whiskers, strict=True):
        assert ratio.low is not None
        assert ratio.high is not None
        points.append((ratio.value, float(square.attrib["x"]) + float(square.attrib["width"]) / 2))
        points += [(ratio.low, min(reach(line))), (ratio.high, max(reach(line)))]
    for ratio, diamond in zip(without, diamonds[: len(without)], strict=True):
        points.append((ratio.value, reach(diamond)[0]))

    (first, left), *_, (last, right) = sorted(points)
    span = last.ln() - first.ln()
    for value, across in points:
        expected = left + float((value.ln() - first.ln()) / span) * (right - left)
        assert across == pytest.approx(expected, abs=0.3)
    assert all(0 < across < float(drawing.attrib["width"]) for _, across in points)


@measured
def test_the_table_says_what_the_plot_shows(cause: Cause) -> None:
    folder = "causes" if cause.id in shipped.rules().causes else "mimics"
    page = shipped.pages()[f"rules/{folder}/{cause.id}.md"]
    section = page.partition("## Likelihood ratios")[2].partition("\n## ")[0]
    found = re.findall(
        r"^\| ([\d.]+)(?: \(([\d.]+) to ([\d.]+)\))?((?:; [^;|]+)*) \| \[`([^`]*)`\]", section, re.M
    )
    assert found == [
        (
            str(ratio.value),
            *(str(end or "") for end in (ratio.low, ratio.high)),
            "".join(f"; {mark}" for mark in marks(rule, shipped.rules())),
            rule.id,
        )
        for rule, ratio in forest_plot.measured(cause, shipped.rules())
    ]


@measured
def test_a_plot_is_no_wider_than_a_phone_shows(cause: Cause) -> None:
    made = forest_plot.draw(cause, shipped.rules())
    assert made is not None
    assert float(ElementTree.fromstring(made).attrib["width"]) <= 358  # 390 without the theme's margins


# Whatever the rules say


def test_every_drawing_says_what_it_is_and_is_drawn_alike_twice() -> None:
    again = pages(shipped.rules(), load_cases(shipped.rules()))
    for path, text in shipped.pages().items():
        if path.endswith(".svg"):
            drawing = ElementTree.fromstring(text)
            assert [drawing.findtext(f"{SVG}{name}", "") != "" for name in ("title", "desc")] == [True, True]
            assert again[path] == text


def test_no_text_of_a_rule_file_becomes_markup_in_a_drawing() -> None:
    found = {path: text for path, text in pages(hostile()).items() if path.endswith(".svg")}
    assert found
    known = {"svg", "title", "desc", "style", "rect", "path", "text", "g"}
    names = {visible(cause.name) for cause in (*hostile().causes.values(), *hostile().mimics.values())}
    titles = set()
    for text in found.values():
        drawing = ElementTree.fromstring(text)
        assert {part.tag.removeprefix(SVG) for part in drawing.iter()} <= known
        titles.add(drawing.findtext(f"{SVG}title", ""))
    assert all(any(name in title for title in titles) for name in names)

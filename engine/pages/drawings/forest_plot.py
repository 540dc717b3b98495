"""The likelihood ratios measured for a cause, with their intervals, on a scale of logarithms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import log10
from xml.etree.ElementTree import Element

from ...knowledge.causes import Cause
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import LikelihoodRatio, Rule, Weighs
from ...writing.drawing import drawing, number, text
from ...writing.markup import tag

WIDTH, MARGIN, INSET = 358, 9, 18  # what a phone shows; the page enlarges it where there is room
TOP, ROW, BOTTOM = 62, 38, 72
"""The room above the rows, that of a row (its words over its line), and that below them."""
TICKS = [Decimal(tick) for tick in ("0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30", "100")]

SAYS = "The finding is so many times likelier with the cause."

Measured = tuple[Rule, LikelihoodRatio]


def measured(cause: Cause, rules: RuleBase) -> list[Measured]:
    """The cause's rules whose ratio was measured, the highest first, then by id."""
    found = [
        (rule, rule.then.likelihood_ratio)
        for rule in rules.rules_by_cause[cause.id]
        if isinstance(rule.then, Weighs) and rule.then.likelihood_ratio is not None
    ]
    return sorted(found, key=lambda each: (-each[1].value, each[0].id))


def draw(cause: Cause, rules: RuleBase) -> str | None:
    """The plot, as the text of an SVG file; None where nothing was measured.

    The scale is the same for every cause of these rules.
    """
    rows = measured(cause, rules)
    if not rows:
        return None
    scale = _Scale(rules)
    bottom = TOP + ROW * len(rows)
    bare = sum(ratio.low is None for _, ratio in rows)
    derived = sum(ratio.derived for _, ratio in rows)
    return drawing(
        f"Likelihood ratios for {cause.name}",
        f"Ratios: {len(rows)}; with no interval: {bare}; derived: {derived}. "
        "The table beside the drawing says the same.",
        WIDTH,
        bottom + BOTTOM + 18 * bool(derived),
        [
            text("less likely", scale.at(Decimal(1)) - 8, 24, "medium strong end against"),
            text("more likely", scale.at(Decimal(1)) + 8, 24, "medium strong for"),
            *_axis(scale, bottom),
            *(part for place, row in enumerate(rows) for part in _row(row, scale, TOP + ROW * place)),
            *_key(bottom + 40, bare, derived),
        ],
    )


class _Scale:
    """Where a ratio stands, from the left."""

    def __init__(self, rules: RuleBase) -> None:
        ratios = [
            ratio for cause in rules.rules_by_cause for _, ratio in measured(_named(cause, rules), rules)
        ]
        ends = [end for ratio in ratios for end in (ratio.low, ratio.value, ratio.high) if end is not None]
        self.low = log10(min([*ends, Decimal("0.1")]))
        self.high = log10(max([*ends, Decimal("10")]))

    def at(self, ratio: Decimal) -> float:
        """How far from the left."""
        return INSET + (log10(ratio) - self.low) / (self.high - self.low) * (WIDTH - 2 * INSET)

    def holds(self, ratio: Decimal) -> bool:
        """Whether it lies within the scale."""
        return self.low <= log10(ratio) <= self.high


def _named(id: str, rules: RuleBase) -> Cause:
    return rules.causes.get(id) or rules.mimics[id]


def _axis(scale: _Scale, bottom: float) -> Iterator[Element]:
    for tick in filter(scale.holds, TICKS):
        across = number(scale.at(tick))
        looks = "line" if tick == 1 else "line faint"
        yield tag("path", class_=looks, d=f"M{across} {TOP - 22}V{number(bottom)}")
        yield text(str(tick), scale.at(tick), bottom + 15, "quiet middle")


def _row(row: Measured, scale: _Scale, top: float) -> Iterator[Element]:
    rule, ratio = row
    side = "for" if ratio.value > 1 else "against" if ratio.value < 1 else "neither"
    across, down = scale.at(ratio.value), top + 14
    yield text(rule.id, MARGIN, top, "over")
    yield text(f"{ratio}{'; derived' * ratio.derived}", WIDTH - MARGIN, top, "strong end over")
    if ratio.low is None or ratio.high is None:
        yield _diamond(across, down, side)
        return
    low, high = number(scale.at(ratio.low)), number(scale.at(ratio.high))
    ends = f"M{low} {number(down - 4)}v8M{low} {number(down)}H{high}M{high} {number(down - 4)}v8"
    yield tag("path", class_=f"line thick {side}", d=ends)
    yield _square(across, down, side)


def _square(across: float, down: float, side: str) -> Element:
    at = {"x": number(across - 4), "y": number(down - 4)}
    return tag("rect", class_=f"solid {side}", width="8", height="8", **at)


def _diamond(across: float, down: float, side: str) -> Element:
    return tag("path", class_=f"hollow {side}", d=f"M{number(across)} {number(down - 6)}l6 6l-6 6l-6 -6z")


def _key(down: float, bare: int, derived: int) -> Iterator[Element]:
    """What the looks and words mean; of what is rare, only where it is there."""
    yield _square(MARGIN + 12, down - 4, "neither")
    yield tag("path", class_="line thick neither", d=f"M{MARGIN} {down - 4}h24")
    yield text("ratio and 95 % interval", MARGIN + 30, down, "quiet")
    if bare:
        yield _diamond(MARGIN + 190, down - 4, "neither")
        yield text("no interval", MARGIN + 204, down, "quiet")
    yield text(SAYS, MARGIN, down + 18, "quiet")
    if derived:
        yield text("derived: worked out from the source's figures", MARGIN, down + 36, "quiet")

"""Rules on a page: a table of them in short, and a section that tells each in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...audit.cases.case import Case
from ...knowledge.marks import MEANINGS, beside_grade, how_seen, in_a_row, kind_of
from ...knowledge.rules import POINTS_CAP, LikelihoodRatio, Raises, Rule, Shows, Weighs
from ...knowledge.sources import Citation, Grade
from ...writing.markdown import code, escaped, table
from .book import Book
from .links import Links
from .wording import condition_lines

GRADES: Mapping[Grade, str] = {
    "measured": "its weight was measured",
    "article": "the article states it; its weight is a judgement",
    "guideline": "a guideline recommends it",
    "judgement": "a choice, open to clinical review",
}
"""What a rule of each grade rests on."""


def summary(found: list[Rule], links: Links) -> Iterator[str]:
    """Rules that weigh, in a table: points, what each is about, grade and marks; then what the marks mean."""
    rows = (
        [signed(rule.then.points), f"{escaped(rule.because)} {links.id('rule', rule.id)}", trust(rule, links)]
        for rule in found
        if isinstance(rule.then, Weighs)
    )
    yield from table(["Points", "Rule", "Grade; marks"], rows)
    yield from legend((mark for rule in found for mark in beside_grade(rule, links.rules)), links)


def trust(rule: Rule, links: Links) -> str:
    """How far the rule can be trusted, where there is little room: its grade and its other marks."""
    return escaped(in_a_row([rule.grade, *beside_grade(rule, links.rules)]))


def legend(found: Iterable[str], links: Links) -> Iterator[str]:
    """What these marks mean, in a paragraph; nothing where there are none."""
    kinds = {kind_of(mark) for mark in found}
    if kinds:
        said = "; ".join(f"*{mark}*, {says}" for mark, says in MEANINGS.items() if mark in kinds)
        yield f"What a {links.page_of('mark', 'index', anchor='marks')} says of its rule: {said}."
        yield ""


def signed(points: int) -> str:
    """The points with their sign, zero without one."""
    return f"{points:+d}" if points else "0"


class RuleSections:
    """Writes rules in full on one page."""

    def __init__(self, book: Book, links: Links) -> None:
        self.book = book
        self.rules = book.rules
        self.links = links

    def lines(self, rule: Rule, level: int = 3) -> Iterator[str]:
        """The rule under a heading of its id."""
        yield f"{'#' * level} {code(rule.id)}"
        yield ""
        yield f"{self._conclusion(rule)} when"
        yield ""
        yield from condition_lines(rule.when, self.links)
        yield ""
        yield f"**Because:** {escaped(rule.because)}"
        yield ""
        if isinstance(rule.then, Weighs):
            yield f"- **Weight:** {self._weight(rule.then)}"
            yield f"- **Group:** {self._group(rule, rule.then)}"
        if rule.act is not None:
            name = escaped(self.rules.acts[rule.act].name)
            yield f"- **What to do:** {self.links.id('act', rule.act)}, {name}"
        yield f"- **Grade:** {rule.grade}: {GRADES[rule.grade]}"
        yield from self._marks(rule)
        if rule.sign_off:
            yield f"- **Sign-off:** a clinician has still to agree: {escaped(rule.sign_off)}"
        for each in rule.allow:
            yield f"- **Allowed by `legtriage check`:** {code(each.code)}: {escaped(each.reason)}"
        for cite in rule.cites:
            yield f"- **Cites:** {self.cited(cite)}"
        yield f"- **Cases that fire it:** {self.cases(self.book.fired_by[rule.id])}"
        yield f"- **Cases that nearly do:** {self.cases(self.book.missed_by[rule.id])}"
        yield f"- **Written in** {self.links.line(rule.where)}"
        yield ""

    def _conclusion(self, rule: Rule) -> str:
        then = rule.then
        if isinstance(then, Shows):
            return (
                f"Finds **{escaped(self.rules.signs[then.sign].text)}** ({self.links.id('sign', then.sign)})"
            )
        if isinstance(then, Raises):
            outside = "" if any(cite.statement for cite in rule.cites) else " (not from the article)"
            return f"To be seen: **{self.links.level(then.urgency)}**{outside}"
        side = "for" if then.supports else "against"
        size = f"{signed(then.points)} {'point' if abs(then.points) == 1 else 'points'}"
        cause = self.rules.causes.get(then.cause) or self.rules.mimics[then.cause]
        return f"**{size}** {side} {escaped(cause.name)}"

    def _weight(self, then: Weighs) -> str:
        if then.likelihood_ratio is None:
            return f"{(then.strength or 'neutral').replace('_', ' ')}; no likelihood ratio was measured"
        return ratio_in_words(then.likelihood_ratio)

    def _group(self, rule: Rule, then: Weighs) -> str:
        others = [
            other
            for other in self.rules.rules_by_cause[then.cause]
            if other is not rule and isinstance(other.then, Weighs) and other.then.group == then.group
        ]
        if not others:
            return f"{code(then.group)}, no other rule is in it"
        many = "1 other" if len(others) == 1 else f"{len(others)} others"
        return f"{code(then.group)}, with {many} ([all groups](#groups-of-rules))"

    def _marks(self, rule: Rule) -> Iterator[str]:
        found = [f"*{mark}*, {MEANINGS[kind_of(mark)]}" for mark in beside_grade(rule, self.rules)]
        if found:
            yield f"- **Marks:** {'; '.join(found)}"

    def cited(self, cite: Citation) -> str:
        """What is cited, in words, and how it was seen."""
        link = self.links.citation(cite)
        if cite.statement:
            return f"{link}, read: {escaped(self.rules.statements[cite.statement].says)}"
        source = self.rules.sources[cite.source]
        return f"{link}, {how_seen(source.seen, source.confidence)}: {escaped(source.title)}"

    def cases(self, found: list[Case]) -> str:
        """The cases, each linked to its line."""
        return ", ".join(self.links.line(case.where, code(case.id)) for case in found) or "none"


def ratio_in_words(ratio: LikelihoodRatio) -> str:
    """A likelihood ratio with its interval, and among whom it was measured."""
    interval = "no interval" if ratio.low is None else f"95 % interval {ratio.low} to {ratio.high}"
    derived = ", derived from the source's figures" if ratio.derived else ""
    beyond = ratio.decibans != ratio.points
    capped = f"; {signed(ratio.decibans)} points, capped at {POINTS_CAP}" * beyond
    return f"likelihood ratio {ratio.value} ({interval}){derived}, among {escaped(ratio.among)}{capped}"

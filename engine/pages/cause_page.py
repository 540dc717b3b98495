"""The page of a cause or mimic: what the article says of it, how common it is, every rule for and against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..knowledge.causes import CODE_SYSTEM, Cause
from ..knowledge.marks import how_seen
from ..knowledge.rules import Weighs, strongest_first
from ..writing.markdown import code, escaped
from .drawings.cause_drawings import pathway_lines, ratio_lines
from .parts.anchors import home
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.rule_section import GRADES, RuleSections, signed, summary
from .parts.wording import how_to_read


def cause_pages(book: Book) -> Iterator[tuple[str, str]]:
    """Each cause's and mimic's page: path and text."""
    rules = book.rules
    for cause in (*rules.causes.values(), *rules.mimics.values()):
        page = home("cause", cause.id, rules).page
        text = page_text(escaped(cause.name), "the rule files", CausePage(book, cause, page).lines())
        yield page, text


class CausePage:
    """Writes one of these pages."""

    def __init__(self, book: Book, cause: Cause, page: str) -> None:
        self.book = book
        self.rules = book.rules
        self.cause = cause
        self.links: Links = book.links(page)
        self.found = sorted(book.rules.rules_by_cause[cause.id], key=strongest_first)

    def lines(self) -> Iterator[str]:
        """All below the title."""
        yield escaped(self.cause.about)
        yield ""
        yield from self._facts()
        yield from self._article()
        yield from self._in_short()
        yield from self._groups()
        yield from ratio_lines(self.cause, self.book, self.links)
        yield from pathway_lines(self.cause, self.book, self.links)
        yield from self._in_full()

    def _facts(self) -> Iterator[str]:
        sides = [rule.then.supports for rule in self.found if isinstance(rule.then, Weighs)]
        yield f"- **Id:** {code(self.cause.id)}, written in {self.links.line(self.cause.where)}"
        if self.cause.section is None:
            yield "- **Not from the article:** it leaves this out; the result names it beside the causes"
        grades = Counter(rule.grade for rule in self.found)
        trust = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade])
        yield f"- **Rules:** {sides.count(True)} for it, {sides.count(False)} against it"
        if trust:
            yield f"- **Their grades:** {trust}"
        for found in self.cause.codes:
            seen = how_seen(found.seen, None)
            yield f"- **{CODE_SYSTEM}:** {escaped(found.code)}, {escaped(found.title)} ({seen})"
        yield from self._base_rate()
        near = [
            f"{self.links.cause(other)} ({self.links.id('pair', pair.id)})"
            for pair in self.rules.pairs.values()
            for other in pair.causes
            if self.cause.id in pair.causes and other != self.cause.id
        ]
        if near:
            yield f"- **Hard to tell from:** {', '.join(near)}"
        yield ""

    def _base_rate(self) -> Iterator[str]:
        rates = self.rules.base_rates
        rate = rates.rates.get(self.cause.id)
        if rate is None:
            yield "- **How common:** no base rate; it starts at 0 points"
            return
        names = {"adults": "age not known", **{band.id: escaped(band.text) for band in rates.bands}}
        said = [
            f"{name}: {rate.percent[id]} % ({signed(rates.points_for(rate.percent[id]))})"
            for id, name in names.items()
        ]
        said += [
            f"with certain answers: at least {least} % ({signed(rates.points_for(least))})"
            for _, least in rate.lifts
        ]
        said.append(f"confidence: {escaped(rate.confidence)}")
        link = self.links.page_of("base rates", "base_rates")
        yield f"- **How common, and the points it starts with:** {'; '.join(said)} ({link})"

    def _article(self) -> Iterator[str]:
        section = self.cause.section
        if section is None:
            return
        yield f"## What the article says (section {section})"
        yield ""
        if not self.cause.lists_symptoms:
            yield "The article lists no symptoms for it."
            yield ""
        treatments = {cite.statement for cite in self.cause.treatments}
        inside = [each for each in self.rules.statements.values() if each.id.startswith(f"{section}.")]
        used = [each for each in inside if each.excluded is None]
        for title, wanted in (("In our words, not in the article's", False), ("Treatments it names", True)):
            found = [each for each in used if (each.id in treatments) == wanted]
            if found:
                yield f"{title}:"
                yield ""
                yield from (f"- {escaped(each.says)} ({self.links.statement(each.id)})" for each in found)
                yield ""
        left = [self.links.statement(each.id) for each in inside if each.excluded and each.kind == "text"]
        if left:
            yield f"Said as well, and left out with a reason: {', '.join(left)}."
            yield ""

    def _in_short(self) -> Iterator[str]:
        for title, supports in (("Rules for it, in short", True), ("Rules against it, in short", False)):
            side = [
                rule
                for rule in self.found
                if isinstance(rule.then, Weighs) and rule.then.supports == supports
            ]
            if side:
                yield f"## {title}"
                yield ""
                yield from summary(side, self.links)

    def _groups(self) -> Iterator[str]:
        groups: dict[str, list[str]] = {}
        for rule in self.found:
            if isinstance(rule.then, Weighs):
                groups.setdefault(rule.then.group, []).append(rule.id)
        several = {group: ids for group, ids in sorted(groups.items()) if len(ids) > 1}
        if several:
            yield "## Groups of rules"
            yield ""
            yield "Findings that say the same. Of each group only the strongest rule on each side counts."
            yield ""
            yield from (f"- {code(group)}: {self.links.ids('rule', ids)}" for group, ids in several.items())
            yield ""

    def _in_full(self) -> Iterator[str]:
        yield "## Every rule in full"
        yield ""
        yield "Rules for it come first, then those against it; on each side the strongest first, then by id."
        yield how_to_read(self.links)
        yield ""
        sections = RuleSections(self.book, self.links)
        for rule in self.found:
            yield from sections.lines(rule)

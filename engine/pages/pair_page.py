"""The page of causes that are hard to tell apart: those listed, and what the article alone tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..audit.separation import Separation, article_findings, separations
from ..markdown import code, escaped, table
from ..model import Pair
from .anchors import page_named
from .book import Book, page_text
from .links import Links
from .rule_section import RuleSections


def pair_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page: path and text."""
    page = page_named("pairs")
    title = "Causes that are hard to tell apart"
    yield page, page_text(title, "the rule files", PairPage(book, book.links(page)).lines())


class PairPage:
    """Writes the page."""

    def __init__(self, book: Book, links: Links) -> None:
        self.book = book
        self.rules = book.rules
        self.links = links
        self.sections = RuleSections(book, links)

    def lines(self) -> Iterator[str]:
        """All below the title."""
        yield "First the pairs that a result names when both stand side by side; then, computed from the"
        yield "rules, [what the article alone tells apart](#what-the-article-alone-tells-apart)."
        yield ""
        for pair in self.rules.pairs.values():
            yield f"- {self.links.id('pair', pair.id)}: {self._names(pair.causes)}"
        yield ""
        for pair in self.rules.pairs.values():
            yield from self._pair(pair)
        yield from self._article()

    def _names(self, causes: Iterable[str]) -> str:
        return " and ".join(self.links.cause(cause) for cause in causes)

    def _pair(self, pair: Pair) -> Iterator[str]:
        yield f"## {code(pair.id)}"
        yield ""
        yield f"{self._names(pair.causes)}. {escaped(pair.because)}"
        yield ""
        near = (
            "however many points lie between" if pair.within is None else f"up to {pair.within} points apart"
        )
        yield f"- **Named:** when one is first and the other has evidence, {near}"
        for question in pair.ask:
            wording = escaped(self.rules.questions[question].text)
            yield f'- **Ask:** "{wording}" ({self.links.id("question", question)})'
        if pair.test:
            yield f"- **Test:** {escaped(pair.test)}"
        yield f"- **Grade:** {pair.grade}"
        for cite in pair.cites:
            yield f"- **Cites:** {self.sections.cited(cite)}"
        yield f"- **Cases that show it:** {self.sections.cases(self.book.shown_by(pair.id))}"
        yield f"- **Written in** {self.links.line(pair.where)}"
        yield ""

    def _article(self) -> Iterator[str]:
        found = separations(self.rules)
        yield "## What the article alone tells apart"
        yield ""
        yield "How it is computed: the article's findings of a cause are the rules for it that cite one of"
        yield "its statements, whatever their weight, for the article gives none. A finding tells its cause"
        yield "from another if someone can have it and none of the other's findings; this is decided exactly,"
        yield "over all answers. Base rates, rules against a cause and rules from other sources do not count."
        yield ""
        rows = [
            [f"Told apart {how}", str(sum(each.apart == how for each in found))]
            for how in ("both ways", "one way", "not at all")
        ]
        yield from table(["Pairs of causes", "How many"], rows)
        for cause in self.rules.causes:
            findings = [rule.id for rule in article_findings(cause, self.rules)]
            shown = self.links.ids("rule", findings) or "none"
            yield f"- {self.links.cause(cause)}, {len(findings)} of the article's findings: {shown}"
        yield ""
        yield from self._unlike(
            "Told apart one way, or not at all", (e for e in found if e.apart != "both ways")
        )
        alike = [each for each in found if each.apart == "both ways" and each.shared]
        yield from self._unlike("Told apart both ways, but with findings in common", alike)
        yield "### Told apart by every finding"
        yield ""
        yield "No finding of one of these two means that a finding of the other holds too."
        yield ""
        for each in found:
            if each.apart == "both ways" and not each.shared:
                yield f"- {self._names((each.one, each.other))}"
        yield ""

    def _unlike(self, title: str, found: Iterable[Separation]) -> Iterator[str]:
        yield f"### {title}"
        yield ""
        several = list(found)
        for each in several:
            yield f"- {self._names((each.one, each.other))}"
            for cause, tells, shared in (
                (each.one, each.tells_one, each.shared_by_one),
                (each.other, each.tells_other, each.shared_by_other),
            ):
                name = escaped(self.rules.causes[cause].name)
                yield f"  - {name} is told by {self._questions(tells)}"
                if shared:
                    yield f"  - {name} has in common with it {self.links.ids('rule', shared)}"
        if not several:
            yield "No two causes."
        yield ""

    def _questions(self, rules: Iterable[str]) -> str:
        """The rules, and the questions that they read in the end."""
        ids = list(rules)
        if not ids:
            return "no finding of the article"
        read = {question for id in ids for question in self.rules.questions_read[id]}
        asked = self.links.ids("question", (id for id in self.rules.questions if id in read))
        return f"{self.links.ids('rule', ids)}; asked by {asked}"

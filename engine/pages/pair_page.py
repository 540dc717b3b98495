"""The page of causes that are hard to tell apart: those listed, and what the article alone tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..audit.separation import WAYS, Separation, article_symptoms, separations
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
        yield "How it is computed: the article's symptoms of a cause are the rules for it that cite a symptom"
        yield "of the article, whatever their weight, for the article gives none. A symptom tells its cause"
        yield "from another if someone can have it and none of the other's; this is decided exactly, over all"
        yield "answers. Base rates, rules against a cause and rules that rest on anything else do not count."
        yield ""
        rows = ([f"Told apart {how}", str(sum(each.apart == how for each in found))] for how in WAYS)
        yield from table(["Pairs of causes", "How many"], rows)
        for cause in self.rules.causes:
            symptoms = [rule.id for rule in article_symptoms(cause, self.rules)]
            yield f"- {self.links.cause(cause)}: {self._rules(symptoms) or 'no symptom listed'}"
        yield ""
        yield from self._not_at_all([each for each in found if each.apart == WAYS[0]])
        yield from self._one_way([each for each in found if each.apart == WAYS[1]])
        yield from self._both_ways([each for each in found if each.apart == WAYS[2]])

    def _not_at_all(self, found: list[Separation]) -> Iterator[str]:
        yield "### Pairs that it does not tell apart"
        yield ""
        yield from (f"- {self._names((each.one, each.other))}" for each in found)
        yield "" if found else "No two causes.\n"

    def _one_way(self, found: list[Separation]) -> Iterator[str]:
        yield "### Pairs that it tells apart one way"
        yield ""
        told: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for each in found:
            cause, other = (each.one, each.other) if each.tells_one else (each.other, each.one)
            told.setdefault((cause, each.tells_one or each.tells_other), []).append(other)
        for (cause, rules), others in told.items():
            names = ", ".join(self.links.cause(other) for other in others)
            yield f"- {self.links.cause(cause)} from {names}, by {self._of_its(cause, rules)}"
        yield "" if found else "No two causes.\n"

    def _both_ways(self, found: list[Separation]) -> Iterator[str]:
        yield "### Pairs that it tells apart both ways"
        yield ""
        for each in found:
            yield f"- {self._names((each.one, each.other))}"
            for cause, tells, shared in (
                (each.one, each.tells_one, each.shared_by_one),
                (each.other, each.tells_other, each.shared_by_other),
            ):
                name = escaped(self.rules.causes[cause].name)
                yield f"  - {name} is told by {self._of_its(cause, tells)}"
                if shared:
                    yield f"  - Not by what the other has too: {self._rules(shared)}"
                yield f"  - The questions: {self._questions(tells)}"
        yield "" if found else "No two causes.\n"

    def _of_its(self, cause: str, ids: tuple[str, ...]) -> str:
        """Which of the cause's symptoms these are, in short where they are all."""
        many = len(article_symptoms(cause, self.rules))
        if len(ids) == many:
            return f"each of its {many} symptoms" if many > 1 else "its one symptom"
        return f"{len(ids)} of its {many} symptoms: {self._rules(ids)}"

    def _rules(self, ids: Iterable[str]) -> str:
        return self.links.ids("rule", ids)

    def _questions(self, ids: Iterable[str]) -> str:
        """The questions that these rules read in the end."""
        read = {question for id in ids for question in self.rules.questions_read[id]}
        return self.links.ids("question", (id for id in self.rules.questions if id in read))

"""The page of causes that are hard to tell apart: those listed, and what the article alone tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..audit.proofs.separation import WAYS, Separation, article_symptoms, separations
from ..knowledge.causes import Pair
from ..writing.markdown import code, escaped, table
from .parts.anchors import page_named
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.rule_section import RuleSections


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
        yield "How it is computed: counted are the rules for a cause that cite a symptom of the article,"
        yield "whatever their weight, for the article gives none. Several rules may cite one symptom,"
        yield "and a rule's condition is our reading of it. A rule tells its cause from another if someone"
        yield "can fire it with every counted rule of the other ruled out; this is decided exactly, over all"
        yield "answers. Base rates, rules against a cause and rules that rest on anything else do not count"
        yield "here, though they count in a result."
        yield ""
        rows = ([f"Told apart {how}", str(sum(each.apart == how for each in found))] for how in WAYS)
        yield from table(["Pairs of causes, by the article alone", "How many"], rows)
        yield "### The rules counted: those that cite a symptom of the article"
        yield ""
        for cause in self.rules.causes:
            counted = [rule.id for rule in article_symptoms(cause, self.rules)]
            yield f"- {self.links.cause(cause)}: {self._rules(counted) or 'no rule for it cites one'}"
        yield ""
        yield from self._not_at_all([each for each in found if each.apart == WAYS[0]])
        yield from self._one_way([each for each in found if each.apart == WAYS[1]])
        yield from self._both_ways([each for each in found if each.apart == WAYS[2]])

    def _not_at_all(self, found: list[Separation]) -> Iterator[str]:
        yield "### Pairs not told apart by the article alone"
        yield ""
        yield "No rule that cites a symptom of the article tells one from the other. Other rules may."
        yield ""
        yield from (f"- {self._names((each.one, each.other))}" for each in found)
        yield "" if found else "No two causes.\n"

    def _one_way(self, found: list[Separation]) -> Iterator[str]:
        yield "### Pairs told apart one way by the article alone"
        yield ""
        yield "Only rules that cite a symptom of the article are counted and named."
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
        yield "### Pairs told apart both ways by the article alone"
        yield ""
        yield "Only rules that cite a symptom of the article are counted and named."
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
                    why = "which never fire with all the other's ruled out"
                    yield f"  - Not by these, {why}: {self._rules(shared)}"
                yield f"  - The questions: {self._questions(tells)}"
        yield "" if found else "No two causes.\n"

    def _of_its(self, cause: str, ids: tuple[str, ...]) -> str:
        """Which of the cause's rules that are counted these are, in short where they are all."""
        many = len(article_symptoms(cause, self.rules))
        if len(ids) == many:
            return (
                f"each of its {many} rules that cite a symptom"
                if many > 1
                else "its one rule that cites a symptom"
            )
        return f"{len(ids)} of its {many} rules that cite a symptom: {self._rules(ids)}"

    def _rules(self, ids: Iterable[str]) -> str:
        return self.links.ids("rule", ids)

    def _questions(self, ids: Iterable[str]) -> str:
        """The questions that these rules read in the end."""
        read = {question for id in ids for question in self.rules.questions_read[id]}
        return self.links.ids("question", (id for id in self.rules.questions if id in read))

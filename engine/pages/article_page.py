"""The article matrix: every statement with what cites it, and every rule that cites none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..knowledge.rules import Rule
from ..knowledge.sources import Citation, Statement
from ..writing.markdown import code, escaped, table
from .parts.anchors import FOLDER, Home, page_named, page_of_rule
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.readers import by_conclusion


def article_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page: path and text."""
    page = page_named("article")
    title = "The article, statement by statement"
    yield page, page_text(title, "the rule files", ArticlePage(book, book.links(page)).lines())


class ArticlePage:
    """Writes the page."""

    def __init__(self, book: Book, links: Links) -> None:
        self.book = book
        self.rules = book.rules
        self.links = links
        self.treats = {
            cite: cause.id for cause in (*self.rules.causes.values(),) for cite in cause.treatments
        }

    def lines(self) -> Iterator[str]:
        """All below the title."""
        statements = self.rules.statements.values()
        none = [rule for rule in self.rules.rules.values() if not any(cite.statement for cite in rule.cites)]
        yield "Each statement is in our words, by section and position; the article is not copied here."
        yield "`legtriage article verify FILE` checks a copy of it by the fingerprints that the rules hold."
        yield ""
        used = sum(each.excluded is None for each in statements)
        rows = [
            ["Statements that something rests on", str(used)],
            ["Statements left out, each with its reason", str(len(statements) - used)],
            ["Rules that cite a statement", str(len(self.rules.rules) - len(none))],
            ["[Rules that cite none](#rules-that-cite-no-statement)", str(len(none))],
        ]
        yield from table(["", "How many"], rows)
        for statement in statements:
            yield from self._statement(statement)
        yield from self._the_other_way_round(none)

    def _statement(self, statement: Statement) -> Iterator[str]:
        level = "##" if statement.kind == "heading" else "###"
        yield f"{level} {code(f'article {statement.id}')}"
        yield ""
        yield f"{escaped(statement.says)} *({statement.kind})*"
        yield ""
        if statement.excluded:
            yield f"- **Left out:** {escaped(statement.excluded)}"
        cite = Citation(source="article", statement=statement.id)
        yield from by_conclusion(self.book.citing.get(cite, []), self.links)
        if cite in self.treats:
            yield f"- **Treatment of** {self.links.cause(self.treats[cite])}"
        pairs = [pair.id for pair in self.rules.pairs.values() if cite in pair.cites]
        if pairs:
            yield f"- **Pairs not told apart:** {self.links.ids('pair', pairs)}"
        if self.rules.ranking and cite in self.rules.ranking.cites:
            yield f"- **Cited by** {self.links.page_of('for whom the causes are ranked', 'base_rates')}"
        if cite in self.rules.base_rates.cites:
            yield f"- **Cited by the** {self.links.page_of('base rates', 'base_rates')}"
        yield f"- **Written in** {self.links.line(statement.where)}"
        yield ""

    def _the_other_way_round(self, none: list[Rule]) -> Iterator[str]:
        yield "## Rules that cite no statement"
        yield ""
        yield "They rest on other sources, or on judgement."
        yield ""
        by_page: dict[str, list[str]] = {}
        for rule in none:
            by_page.setdefault(page_of_rule(rule, self.rules), []).append(rule.id)
        whole = Counter(page_of_rule(rule, self.rules) for rule in self.rules.rules.values())
        for page, ids in sorted(by_page.items()):
            link = f"[{code(page.removeprefix(f'{FOLDER}/'))}]({self.links.to(Home(page))})"
            if len(ids) == whole[page]:
                yield f"- {link}: {'its only rule' if len(ids) == 1 else f'all its {len(ids)} rules'}"
            else:
                yield f"- {link}: {len(ids)} of its {whole[page]} rules: {self.links.ids('rule', ids)}"
        yield ""

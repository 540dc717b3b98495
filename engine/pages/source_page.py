"""The page of the sources: what each is, how it was seen, and who cites it."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.marks import how_seen
from ..knowledge.sources import Citation, Source
from ..writing.markdown import address, code, escaped, table
from .parts.anchors import page_named
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.readers import by_conclusion


def source_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page: path and text."""
    page = page_named("sources")
    yield page, page_text("Sources", "the rule files", _lines(book, book.links(page)))


def _lines(book: Book, links: Links) -> Iterator[str]:
    sources = book.rules.sources.values()
    yield "Where each figure and recommendation comes from, and how it was seen. What was read is an excerpt,"
    yield "usually the abstract or one table. The article itself has [a page of its own](article.md)."
    yield ""
    seen = [how_seen(source.seen, source.confidence) for source in sources]
    rows = ([escaped(words), str(seen.count(words))] for words in dict.fromkeys(sorted(seen)))
    yield from table(["How it was seen", "Sources"], rows)
    for source in sources:
        yield from _source(source, book, links)


def _source(source: Source, book: Book, links: Links) -> Iterator[str]:
    yield f"## {code(source.id)}"
    yield ""
    yield escaped(source.title)
    yield ""
    yield f"- **Seen:** {how_seen(source.seen, source.confidence)}"
    if source.note:
        yield f"- **Beware:** {escaped(source.note)}"
    if source.address:
        yield f"- **Address:** {address(source.address)}"
    yield f"- **Written in** {links.line(source.where)}"
    yield ""
    cite = Citation(source=source.id)
    lines = [*by_conclusion(book.citing.get(cite, []), links), *_others(cite, book, links)]
    yield "Who cites it:" if lines else "Nothing cites it."
    yield ""
    yield from lines
    if lines:
        yield ""


def _others(cite: Citation, book: Book, links: Links) -> Iterator[str]:
    """What else than rules cites it."""
    pairs = [pair.id for pair in book.rules.pairs.values() if cite in pair.cites]
    if pairs:
        yield f"- **Pairs not told apart:** {links.ids('pair', pairs)}"
    if book.rules.ranking and cite in book.rules.ranking.cites:
        yield f"- {links.page_of('For whom the causes are ranked', 'base_rates')}"
    acts = [
        act.id
        for act in book.rules.acts.values()
        if cite in act.cites or any(cite in book.rules.precautions[id].cites for id in act.meanwhile)
    ]
    if acts:
        yield f"- **What to do:** {links.ids('act', acts)}"
    if any(cite in number.cites for place in book.rules.places.values() for number in place.numbers):
        yield f"- {links.page_of('Numbers by country', 'acts', anchor='numbers-by-country')}"
    if cite in book.rules.base_rates.cites:
        yield f"- {links.page_of('Base rates', 'base_rates')}"

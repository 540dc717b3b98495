"""The pages of the signs, one for each of their files: the rules that conclude and that read each."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.rules import Sign
from ..writing.markdown import code, escaped
from .parts.anchors import page_named, stem
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.readers import reader_lines
from .parts.rule_section import RuleSections
from .parts.wording import how_to_read


def sign_pages(book: Book) -> Iterator[tuple[str, str]]:
    """Each page: path and text."""
    by_file: dict[str, list[Sign]] = {}
    for sign in book.rules.signs.values():
        by_file.setdefault(stem(sign.where), []).append(sign)
    for name, found in by_file.items():
        page = page_named("signs", name)
        title = f"Signs: {escaped(name.replace('_', ' '))}"
        yield page, page_text(title, "the rule files", _lines(found, book, book.links(page)))


def _lines(found: list[Sign], book: Book, links: Links) -> Iterator[str]:
    yield "A sign is a finding that rules conclude from the answers, and that other rules read by its name."
    yield how_to_read(links)
    yield ""
    for sign in found:
        yield f"- {links.id('sign', sign.id)}: {escaped(sign.text)}"
    yield ""
    sections = RuleSections(book, links)
    for sign in found:
        concluding = book.rules.rules_by_sign[sign.id]
        yield f"## sign {code(sign.id)}"
        yield ""
        yield f"**{escaped(sign.text)}**"
        yield ""
        yield f"- **Concluded by** {links.ids('rule', (rule.id for rule in concluding))}"
        yield from reader_lines(f"sign {sign.id}", book, links)
        yield f"- **Written in** {links.line(sign.where)}"
        yield ""
        for rule in concluding:
            yield from sections.lines(rule)

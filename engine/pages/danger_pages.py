"""The pages of the dangers, one for each file of rules that say how soon to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..knowledge.levels import LEVELS
from ..knowledge.marks import beside_grade
from ..knowledge.rules import Rule, highest_first, level_of
from ..writing.markdown import escaped
from .parts.anchors import page_named, stem
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.rule_section import RuleSections, legend, trust
from .parts.wording import how_to_read


def danger_pages(book: Book) -> Iterator[tuple[str, str]]:
    """Each page: path and text."""
    for name, found in dangers(book).items():
        page = page_named("dangers", name)
        title = f"Danger: {escaped(name.replace('_', ' '))}"
        yield page, page_text(title, "the rule files", _lines(found, book, book.links(page)))


def dangers(book: Book) -> dict[str, list[Rule]]:
    """The rules about urgency by the name of their file, sorted; the highest level first in each."""
    by_file: dict[str, list[Rule]] = {}
    for rule in sorted(book.rules.urgency_rules, key=highest_first):
        by_file.setdefault(stem(rule.where), []).append(rule)
    return dict(sorted(by_file.items()))


def from_article(found: Iterable[Rule], links: Links) -> Iterator[str]:
    """Which of these rules rest on the article: most often none."""
    citing = [rule.id for rule in found if any(cite.statement for cite in rule.cites)]
    if citing:
        yield f"**Only these rules rest on the article:** {links.ids('rule', citing)}."
    else:
        yield "**Not from the article:** no rule here cites it. Each names the source that it rests on."
    yield ""


def _lines(found: list[Rule], book: Book, links: Links) -> Iterator[str]:
    yield from from_article(found, links)
    yield "One rule that fires is enough for its level. None of these moves a cause up or down."
    yield how_to_read(links)
    yield ""
    sections = RuleSections(book, links)
    by_level = {level: [rule for rule in found if level_of(rule) == level] for level in LEVELS}
    for level, here in by_level.items():
        if here:
            yield f"**{links.level(level)}**, {len(here)} {'rule' if len(here) == 1 else 'rules'}:"
            yield ""
            for rule in here:
                yield f"- {escaped(rule.because)} {links.id('rule', rule.id)} *({trust(rule, links)})*"
            yield ""
    yield from legend((mark for rule in found for mark in beside_grade(rule, book.rules)), links)
    for level, here in by_level.items():
        if here:
            yield f"## In full: {escaped(book.rules.urgencies[level].name)}"
            yield ""
            for rule in here:
                yield from sections.lines(rule)

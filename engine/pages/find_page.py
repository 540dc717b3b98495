"""The page to find a rule: every rule in one table, which a small script of the site filters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..knowledge.marks import MARKS, in_a_row, marks
from ..knowledge.rules import Raises, Rule, Shows
from ..writing.markdown import escaped, table
from .drawings.pathways import reads
from .parts.anchors import page_named
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.rule_section import legend, signed

TITLE = "Find a rule"
"""The script knows the table by it."""

HEADS = ["Rule", "Concludes", "When", "Because", "Grade", "Marks", "Cites"]
"""The script knows the columns by them."""

INTRODUCTION = """\
Every rule, by its id; the link leads to all that is known of it. On the site, the boxes above the table
filter it as you type: by any text, cause or mimic, question, source, grade, level and mark, all at once.
What they hold stands in the address too, so that a selection can be shared. Behind a condition stand the
questions that it reads through signs.
"""


def find_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page: path and text."""
    page = page_named("find")
    yield page, page_text(TITLE, "the rule files", _lines(book, book.links(page)))


def _lines(book: Book, links: Links) -> Iterator[str]:
    yield from INTRODUCTION.splitlines()
    yield ""
    yield from legend(MARKS, links)
    yield from table(HEADS, (_row(rule, book, links) for rule in book.rules.rules.values()))


def _row(rule: Rule, book: Book, links: Links) -> list[str]:
    return [
        links.id("rule", rule.id),
        _conclusion(rule, links),
        _condition(rule, book, links),
        escaped(rule.because),
        rule.grade,
        escaped(in_a_row(marks(rule, book.rules))),
        ", ".join(links.citation(cite) for cite in rule.cites),
    ]


def _conclusion(rule: Rule, links: Links) -> str:
    then = rule.then
    if isinstance(then, Shows):
        return f"sign {links.id('sign', then.sign)}"
    if isinstance(then, Raises):
        return links.level(then.urgency)
    side = "for" if then.supports else "against"
    return f"{side} {links.cause(then.cause)}, {signed(then.points)}"


def _condition(rule: Rule, book: Book, links: Links) -> str:
    """The condition as it is written, with what it reads linked, and the questions behind its signs."""
    read = reads(rule.when)
    homes = {f"sign {id}": f"sign {links.id('sign', id)}" for id in read.signs}
    homes |= {id: links.id("question", id) for id in read.questions}
    # An option may have the name of a question; only behind a question's name a verb or a relation stands.
    parts = re.split(r"\b(sign \w+|\w+(?= (?:is|in|has|[<>]=?) ))", str(rule.when))
    said = "".join(homes[part] if place % 2 else _between(part) for place, part in enumerate(parts))
    behind = sorted(book.rules.questions_read[rule.id] - set(read.questions))
    return f"{said} (through signs: {links.ids('question', behind)})" if behind else said


def _between(text: str) -> str:
    """What stands between two links, with its blanks at the ends."""
    return f"{' ' * text[:1].isspace()}{escaped(text)}{' ' * text[-1:].isspace()}" if text.strip() else text

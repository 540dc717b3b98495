"""Who reads a question or a sign: the rules by what they conclude, and what else hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...knowledge.levels import height
from ...knowledge.rules import Raises, Rule, Shows, Weighs
from .book import Book
from .links import Links


def reader_lines(subject: str, book: Book, links: Links) -> Iterator[str]:
    """Items of a list: the rules by what they conclude, the questions that hang on it, the checks.

    `subject` is a question's id, or `sign` and a sign's.
    """
    found = book.readers[subject]
    if not found:
        yield "- **Read by** no rule"
    yield from by_conclusion(found, links)
    if subject in book.gates:
        yield f"- **Decides whether to ask** {links.ids('question', book.gates[subject])}"
    if subject in book.checked:
        yield f"- **Checked by** {links.ids('consistency check', book.checked[subject])}"


def by_conclusion(found: Iterable[Rule], links: Links) -> Iterator[str]:
    """The rules as items of a list, one for each sign, cause and level that they conclude."""
    rules = links.rules
    by_target: dict[str, list[str]] = {}
    for rule in sorted(found, key=lambda rule: _place(rule, links)):
        by_target.setdefault(_target(rule, links), []).append(rule.id)
    assert rules
    for target, ids in by_target.items():
        yield f"- **{target}:** {links.ids('rule', ids)}"


def _target(rule: Rule, links: Links) -> str:
    then = rule.then
    if isinstance(then, Shows):
        return f"Finds {links.id('sign', then.sign)}"
    if isinstance(then, Weighs):
        return f"{'For' if then.supports else 'Against'} {links.cause(then.cause)}"
    return f"To be seen: {links.level(then.urgency)}"


def _place(rule: Rule, links: Links) -> tuple[int, int, int, str]:
    """Signs first, then causes and mimics, then levels, each in the order of the rule base."""
    then = rule.then
    if isinstance(then, Shows):
        return 0, list(links.rules.signs).index(then.sign), 0, rule.id
    if isinstance(then, Raises):
        return 2, -height(then.urgency), 0, rule.id
    causes = [*links.rules.causes, *links.rules.mimics]
    return 1, causes.index(then.cause), int(not then.supports), rule.id

"""Conditions in plain English, as nested lists of Markdown: the question's wording and the answer's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...knowledge.conditions import All, Any, AtLeast, Compare, Condition, Has, HasSign, Is, IsUnsure, Not
from ...knowledge.questions import Question
from ...knowledge.rules import Longer
from ...writing.markdown import escaped
from .links import Links

STEP = "  "
"""The indent of one level of a list."""

_RELATIONS = {">=": "{} or more", ">": "more than {}", "<=": "{} or less", "<": "less than {}"}
_CONTRARY = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def how_to_read(links: Links) -> str:
    """A sentence that leads to how a condition is to be read."""
    return f"{links.page_of('How to read a condition', 'index', anchor='how-to-read-a-condition')}."


def condition_lines(condition: Condition | Longer, links: Links, indent: str = "") -> Iterator[str]:
    """The condition as items of a list, its parts as lists inside."""
    if isinstance(condition, Longer):
        yield f"{indent}- the time given for {_asked(condition.longer, links)}"
        yield f"{indent}{STEP}is longer than that for {_asked(condition.than, links)}"
        return
    condition = _undoubled(condition)
    several = _several(condition)
    if several is None:
        yield f"{indent}- {_leaf([condition], links)}"
        return
    lead, items = several
    groups = _merged(items, condition)
    if len(groups) == 1 and isinstance(condition, (All, Any)):
        yield from _group_lines(groups[0], links, indent)
        return
    yield f"{indent}- {lead}:"
    for group in groups:
        yield from _group_lines(group, links, indent + STEP)


def _group_lines(group: list[Condition], links: Links, indent: str) -> Iterator[str]:
    if len(group) == 1:
        yield from condition_lines(group[0], links, indent)
    else:
        yield f"{indent}- {_leaf(group, links)}"


def _several(condition: Condition) -> tuple[str, tuple[Condition, ...]] | None:
    """How the parts go together, in words, and the parts; None for an atom or its negation."""
    if isinstance(condition, All):
        return "all of these", condition.items
    if isinstance(condition, Any):
        return "any of these", condition.items
    if isinstance(condition, AtLeast):
        return f"{condition.count} or more of these", condition.items
    if isinstance(condition, Not) and isinstance(condition.item, Any):
        return "none of these", condition.item.items
    if isinstance(condition, Not) and isinstance(condition.item, All):
        return "not all of these", condition.item.items
    if isinstance(condition, Not) and isinstance(condition.item, AtLeast):
        return f"fewer than {condition.item.count} of these", condition.item.items
    return None


def _undoubled(condition: Condition) -> Condition:
    """The same condition without `not` before `not`."""
    while isinstance(condition, Not) and isinstance(condition.item, Not):
        condition = condition.item.item
    return condition


def _merged(items: Iterable[Condition], inside: Condition) -> list[list[Condition]]:
    """The items; taken together are alternative answers to one question, and answers that all must not be."""
    groups: dict[object, list[Condition]] = {}
    for at, item in enumerate(map(_undoubled, items)):
        atom: Condition | None = None
        if isinstance(inside, Any):
            atom = item
        elif isinstance(inside, All) and isinstance(item, Not):
            atom = item.item
        key: object = (type(atom), atom.question) if isinstance(atom, (Is, Has)) else at
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _leaf(group: list[Condition], links: Links) -> str:
    """Atoms or negated atoms, several only of one question, in words."""
    holds = not isinstance(group[0], Not)
    found = [item.item if isinstance(item, Not) else item for item in group]
    atom = found[0]
    if isinstance(atom, HasSign):
        text = links.rules.signs[atom.sign].text
        link = links.id("sign", atom.sign)
        return f"the finding **{escaped(text)}** is {'present' if holds else 'ruled out'} ({link})"
    assert isinstance(atom, (Is, Has, Compare, IsUnsure))
    question = links.rules.questions[atom.question]
    if isinstance(atom, Compare):
        said = _amount(atom, question, holds)
    elif isinstance(atom, IsUnsure):
        said = "**I am not sure**" if holds else "any answer but **I am not sure**"
    else:
        said = _options(found, question, holds)
    return f"{_asked(question.id, links)}: {said}"


def _asked(question: str, links: Links) -> str:
    wording = links.rules.questions[question].text
    return f'"{escaped(wording)}" ({links.id("question", question)})'


def _amount(atom: Compare, question: Question, holds: bool) -> str:
    amount = atom.shown if question.kind == "duration" else f"{atom.shown} {question.unit}"
    if amount.startswith("1 "):
        amount = amount.removesuffix("s")  # 1 year
    relation = atom.operator if holds else _CONTRARY[atom.operator]
    return f"**{escaped(_RELATIONS[relation].format(amount))}**"


def _options(found: list[Condition], question: Question, holds: bool) -> str:
    wordings = {option.id: option.text for option in question.options}
    ids = [
        id
        for atom in found
        for id in (atom.options if isinstance(atom, Is) else [atom.option] if isinstance(atom, Has) else [])
    ]
    words = [f"**{escaped(wordings.get(id, id))}**" for id in dict.fromkeys(ids)]
    if holds:
        return " or ".join(words)
    return f"answered for sure, and not {' nor '.join(words)}"

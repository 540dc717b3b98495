"""Reads a condition back from the plain English of the pages, as a reader would take it.

Shares nothing with what writes it but the wordings of questions, options and signs. Both a condition
and its English become a form without order, nesting of like in like, or `not` before anything but an
answer: so they can be compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from engine.knowledge import conditions
from engine.knowledge.conditions import AtLeast, Compare, Condition, Has, HasSign, Is, IsUnsure, Not
from engine.knowledge.questions import HOURS
from engine.knowledge.rule_base import RuleBase

Form = tuple[Any, ...]

CONTRARY = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
LIMITS = {r"(.*) or more": ">=", r"more than (.*)": ">", r"(.*) or less": "<=", r"less than (.*)": "<"}


def together(how: str, parts: Iterable[Form]) -> Form:
    """All or any of the parts: flat, and one alone is itself."""
    flat: set[Form] = set()
    for part in parts:
        flat |= part[1] if part[0] == how else {part}
    return next(iter(flat)) if len(flat) == 1 else (how, frozenset(flat))


def at_least(count: int, parts: list[Form]) -> Form:
    """So many of the parts, in whatever order; one that stands twice counts twice."""
    return ("at least", count, len(parts), frozenset(Counter(parts).items()))


def meant(condition: Condition, holds: bool = True) -> Form:
    """What a condition says, or where it is certainly false."""
    if isinstance(condition, Not):
        return meant(condition.item, not holds)
    if isinstance(condition, conditions.All | conditions.Any):
        every = isinstance(condition, conditions.All) is holds
        return together("all" if every else "any", [meant(item, holds) for item in condition.items])
    if isinstance(condition, AtLeast):
        parts = [meant(item, holds) for item in condition.items]
        return at_least(condition.count if holds else len(parts) - condition.count + 1, parts)
    if isinstance(condition, Is):
        found = [("answer", condition.question, option, holds) for option in condition.options]
        return together("any" if holds else "all", found)
    if isinstance(condition, Has):
        return ("answer", condition.question, condition.option, holds)
    if isinstance(condition, Compare):
        operator = condition.operator if holds else CONTRARY[condition.operator]
        return ("amount", condition.question, operator, condition.bound)
    if isinstance(condition, IsUnsure):
        return ("unsure", condition.question, holds)
    assert isinstance(condition, HasSign)
    return ("sign", condition.sign, holds)


def read(lines: Iterable[str], rules: RuleBase) -> Form:
    """What the lines of a list say."""
    items = [((len(line) - len(line.lstrip())) // 2, _plain(line.lstrip()[2:])) for line in lines]
    (whole,) = _items(items, 0, rules)
    return whole


def _plain(markdown: str) -> str:
    """The text, its links as their ids in brackets of their own."""
    linked = re.sub(r"\[`((?:[^`])*)`\]\([^)]*\)", r"⟨\1⟩", markdown)
    return re.sub(r"\\(.)", r"\1", linked)


def _items(items: list[tuple[int, str]], depth: int, rules: RuleBase) -> list[Form]:
    """The items of this depth, each with those below it."""
    starts = [at for at, (level, _) in enumerate(items) if level == depth]
    assert starts[:1] == [0]
    found = []
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        said, below = items[start][1], items[start + 1 : end]
        found.append(_group(said, _items(below, depth + 1, rules)) if below else _leaf(said, rules))
    return found


def _group(said: str, parts: list[Form]) -> Form:
    if said in ("all of these:", "any of these:"):
        return together(said[:3], parts)
    if said == "none of these:":
        return together("all", map(contrary, parts))
    if said == "not all of these:":
        return together("any", map(contrary, parts))
    more, fewer = (
        re.fullmatch(r"(\d+) or more of these:", said),
        re.fullmatch(r"fewer than (\d+) of these:", said),
    )
    if more:
        return at_least(int(more[1]), parts)
    assert fewer, said
    return at_least(len(parts) - int(fewer[1]) + 1, list(map(contrary, parts)))


def contrary(form: Form) -> Form:
    """Where the form is certainly false."""
    if form[0] in ("all", "any"):
        return together("any" if form[0] == "all" else "all", map(contrary, form[1]))
    if form[0] == "at least":
        _, count, many, parts = form
        return at_least(many - count + 1, [contrary(part) for part, times in parts for _ in range(times)])
    if form[0] == "amount":
        return (*form[:2], CONTRARY[form[2]], form[3])
    return (*form[:-1], not form[-1])


def _leaf(said: str, rules: RuleBase) -> Form:
    sign = re.fullmatch(r"the finding \*\*(.*)\*\* is (present|ruled out) \(⟨(\w+)⟩\)", said)
    if sign:
        assert rules.signs[sign[3]].text == sign[1]
        return ("sign", sign[3], sign[2] == "present")
    asked = re.fullmatch(r'"(.*)" \(⟨(\w+)⟩\): (.*)', said)
    assert asked, said
    question, answer = rules.questions[asked[2]], asked[3]
    assert question.text == asked[1]
    if "**I am not sure**" in answer:
        assert answer in ("**I am not sure**", "any answer but **I am not sure**")
        return ("unsure", question.id, answer.startswith("**"))
    if question.is_quantity:
        return _limit(question.id, answer.strip("*"), rules)
    options = {option.text: option.id for option in question.options} or {"yes": "yes", "no": "no"}
    refused = answer.removeprefix("answered for sure, and not ")
    holds = refused == answer
    words = refused.removeprefix("**").removesuffix("**").split("** or **" if holds else "** nor **")
    found = [("answer", question.id, options[word], holds) for word in words]
    return together("any" if holds else "all", found)


def _limit(id: str, said: str, rules: RuleBase) -> Form:
    ((amount, operator),) = [
        (found[1], operator) for limit, operator in LIMITS.items() if (found := re.fullmatch(limit, said))
    ]
    number, unit = amount.split(" ", 1)
    if rules.questions[id].kind != "duration":
        assert rules.questions[id].unit == (f"{unit}s" if number == "1" else unit)
        return ("amount", id, operator, Decimal(number))
    hours = HOURS[unit if number != "1" else f"{unit}s"]
    return ("amount", id, operator, Decimal(number) * hours)

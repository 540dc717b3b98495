"""The ways in which a condition can be slightly wrong: one part left out, turned round or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ...knowledge.conditions import All, Any, AtLeast, Compare, Condition, Is, Not
from ...knowledge.questions import HOURS, Question

ConditionChange = tuple[str, Condition]
"""In words what is changed, and the condition as it would then be."""

_LOOSER = {"<": "<=", ">": ">="}
_TIGHTER = {"<=": "<", ">=": ">"}


def changed_conditions(when: Condition, questions: Mapping[str, Question]) -> tuple[ConditionChange, ...]:
    """Every condition that differs from this one in one place that matters, in the order written.

    What says the same as the condition, or as another change, is left out, and no two have the same words.
    """
    seen = {_canonical(when, questions)}
    words: dict[str, int] = {}
    found = []
    for said, changed in _changes(when, questions):
        form = _canonical(changed, questions)
        if form in seen:
            continue
        seen.add(form)
        words[said] = words.get(said, 0) + 1
        found.append((said if words[said] == 1 else f"{said} (place {words[said]})", changed))
    return tuple(found)


def _changes(node: Condition, questions: Mapping[str, Question]) -> Iterator[ConditionChange]:
    if isinstance(node, Not):
        yield _said(node, node.item), node.item
        # An atom under `not` is turned round by taking the `not` away, as just done.
        inner = _moved(node.item, questions) if _is_atom(node.item) else _changes(node.item, questions)
        yield from ((said, Not(item)) for said, item in inner)
    elif isinstance(node, (All, Any, AtLeast)):
        yield from _several(node, questions)
    else:
        yield _said(node, Not(node)), Not(node)
        yield from _moved(node, questions)


def _several(node: All | Any | AtLeast, questions: Mapping[str, Question]) -> Iterator[ConditionChange]:
    if isinstance(node, AtLeast):
        for count in (node.count - 1, node.count + 1):
            if 1 <= count <= len(node.items):
                yield f"at least {node.count} → at least {count}", AtLeast(count, node.items)
    for at, item in enumerate(node.items):
        if len(node.items) > 1:
            yield f"without {item}", _with_items(node, (*node.items[:at], *node.items[at + 1 :]))
    for at, item in enumerate(node.items):
        for said, changed in _changes(item, questions):
            yield said, _with_items(node, (*node.items[:at], changed, *node.items[at + 1 :]))


def _with_items(node: All | Any | AtLeast, items: tuple[Condition, ...]) -> Condition:
    if isinstance(node, AtLeast):
        return AtLeast(min(node.count, len(items)), items)
    return type(node)(items)


def _moved(atom: Condition, questions: Mapping[str, Question]) -> Iterator[ConditionChange]:
    """The atom with its bound moved, or with an option fewer or more."""
    if isinstance(atom, Compare):
        yield from ((_said(atom, other), other) for other in _moved_bounds(atom, questions[atom.question]))
    elif isinstance(atom, Is):
        for id in atom.options if len(atom.options) > 1 else ():
            fewer = tuple(each for each in atom.options if each != id)
            yield f"{atom.question} may not be {id}", Is(atom.question, fewer)
        for option in questions[atom.question].options:
            if option.id not in atom.options and option.is_real:
                yield f"{atom.question} may be {option.id} too", Is(atom.question, (*atom.options, option.id))


def _moved_bounds(atom: Compare, question: Question) -> Iterator[Compare]:
    """The nearest looser bound and the nearest tighter one; one of them lets the bound itself in or out."""
    opposite = _LOOSER.get(atom.operator) or _TIGHTER[atom.operator]
    yield Compare(atom.question, opposite, atom.bound, atom.shown)
    further = 1 if atom.operator in ("<=", ">") else -1
    number, _, unit = atom.shown.partition(" ")
    scale = HOURS[unit if unit in HOURS else f"{unit}s"] if question.kind == "duration" else Decimal(1)
    moved = Decimal(number) + further
    if moved >= 0:
        shown = f"{moved.normalize():f}{' ' if unit else ''}{unit}"
        yield Compare(atom.question, atom.operator, moved * scale, shown)


def _said(before: Condition, after: Condition) -> str:
    return f"{before} → {after}"


def _is_atom(node: Condition) -> bool:
    return not isinstance(node, (Not, All, Any, AtLeast))


def _canonical(node: Condition, questions: Mapping[str, Question], holds: bool = True) -> object:
    """A form that is the same for conditions that plainly say the same, in whatever order."""
    if isinstance(node, Not):
        return _canonical(node.item, questions, not holds)
    if isinstance(node, Compare):
        operator, bound = node.operator, node.bound
        if not holds:
            operator = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}[operator]
        if questions[node.question].whole and bound == bound.to_integral_value():
            # Of whole numbers, `> 64` is `>= 65`.
            operator, bound = {"<=": ("<", bound + 1), ">": (">=", bound + 1)}.get(
                operator, (operator, bound)
            )
        return (node.question, operator, bound)
    if isinstance(node, Is):
        question = questions[node.question]
        real = {option.id for option in question.options if option.is_real}
        return (node.question, frozenset(node.options) if holds else frozenset(real - {*node.options}))
    if not isinstance(node, (All, Any, AtLeast)):
        return (node, holds)
    items = [_canonical(item, questions, holds) for item in node.items]
    if isinstance(node, AtLeast):
        needed = node.count if holds else len(items) - node.count + 1
    else:
        needed = len(items) if isinstance(node, All) is holds else 1
    kind = "all" if needed == len(items) else "any" if needed == 1 else needed
    if isinstance(kind, int):
        return (kind, tuple(sorted(items, key=repr)))  # one that stands twice counts twice
    flat: set[object] = set()
    for item in items:
        same = isinstance(item, tuple) and item[0] == kind and isinstance(item[1], frozenset)
        flat |= item[1] if same else {item}  # type: ignore[index]  # a tuple, as just seen
    return next(iter(flat)) if len(flat) == 1 else (kind, frozenset(flat))

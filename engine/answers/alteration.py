"""The ways to change one answer, and how many changes each is.

One change is another option of a question that takes one; one option toggled, where it takes several,
with what that does to an option that stands alone; an amount moved to another of the intervals into which
the rules' bounds cut its range; or an `unsure` turned into any of these. What is left open stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..knowledge.conditions import Compare
from ..knowledge.questions import HOURS, Question
from .answers import UNSURE, Amount, Answer, Chosen, Picked


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """Another answer to a question, so many changes away from the one given."""

    question: str
    answer: Answer
    size: int


def alterations(
    question: Question, given: Answer, bounds: Iterable[Compare], most: int
) -> tuple[Alteration, ...]:
    """Every other answer up to `most` changes away, the nearest first; `bounds` are what rules compare."""
    if question.is_quantity:
        steps: list[tuple[Answer, int]] = [(each, 1) for each in _amounts(question, given, bounds)]
    elif question.kind == "many_of":
        steps = list(_toggled(question, given, most))
    else:
        real = [option.id for option in question.options if option.is_real]
        steps = [(Chosen(id), 1) for id in real if Chosen(id) != given]
    return tuple(Alteration(question=question.id, answer=answer, size=size) for answer, size in steps)


def _toggled(question: Question, given: Answer, most: int) -> Iterator[tuple[Answer, int]]:
    """Every answer that up to `most` toggles lead to, each with the fewest, in the order of options."""
    seen: dict[Answer, int] = {given: 0}
    edge: list[Answer] = [given]
    for size in range(1, most + 1):
        found = [each for answer in edge for each in _one_toggle(question, answer)]
        edge = [each for each in dict.fromkeys(found) if each not in seen]
        seen |= dict.fromkeys(edge, size)
        yield from ((each, size) for each in edge)


def _one_toggle(question: Question, answer: Answer) -> Iterator[Picked]:
    """The answers one toggle away; `unsure` turns into any one option and no other."""
    real = [option for option in question.options if option.is_real]
    alone = frozenset(option.id for option in real if option.exclusive)
    free = frozenset(option.id for option in real) - alone
    for option in real:
        id = option.id
        if not isinstance(answer, Picked) or (id in answer.has_not and id in alone):
            yield Picked(frozenset({id}), (free | alone) - {id})
        elif id in answer.has_not:
            yield Picked((answer.has - alone) | {id}, (answer.has_not - {id}) | alone)
        elif id in answer.has and id in free:
            yield from _without(id, answer, free, alone)


def _without(option: str, answer: Picked, free: frozenset[str], alone: frozenset[str]) -> Iterator[Picked]:
    """The answer without one option; where that leaves none, the option that says so takes its place."""
    has = answer.has - {option}
    has_not = answer.has_not | {option}
    if has:
        yield Picked(has, has_not)
    elif not has_not >= free:  # others were left open, and so is whether there are none
        yield Picked(has, has_not - alone)
    elif len(alone) == 1:
        yield Picked(alone, free)


@dataclass(frozen=True, slots=True)
class _End:
    """An end of an interval of amounts."""

    value: Decimal
    belongs: bool
    """Whether the value itself lies in the interval."""
    unit: str | None
    """The unit that the rule writes it in."""


def _amounts(question: Question, given: Answer, bounds: Iterable[Compare]) -> Iterator[Amount]:
    """For each other interval the value nearest to the amount given, in whole units if one fits.

    From `unsure`, the value of each interval that is nearest to the lowest bound.
    """
    for low, high in _intervals(question, bounds):
        value = given.value if isinstance(given, Amount) else None
        if value is not None and _inside(value, low, high):
            continue
        upwards = low.value > (question.minimum or 0) if value is None else value <= low.value
        found = _nearest(question, low, high, upwards)
        if found is not None:
            yield found


def _intervals(question: Question, bounds: Iterable[Compare]) -> Iterator[tuple[_End, _End]]:
    """The range cut at every bound, from below; within one of them no rule tells amounts apart."""
    minimum, maximum = question.minimum or Decimal(0), question.maximum or Decimal(0)
    cuts: dict[tuple[Decimal, bool], str | None] = {}
    for bound in bounds:
        after = bound.operator in ("<=", ">")  # the bound itself lies below the cut
        if minimum <= bound.bound <= maximum:
            cuts.setdefault((bound.bound, after), _unit(question, bound))
    low = _End(minimum, True, question.unit)
    for (value, after), unit in sorted(cuts.items()):
        if (value, after) not in ((minimum, False), (maximum, True)):
            yield low, _End(value, after, unit)
            low = _End(value, not after, unit)
    yield low, _End(maximum, True, question.unit)


def _unit(question: Question, bound: Compare) -> str | None:
    return bound.shown.split()[-1] if question.kind == "duration" else question.unit


def _inside(value: Decimal, low: _End, high: _End) -> bool:
    above = value > low.value or (low.belongs and value == low.value)
    return above and (value < high.value or (high.belongs and value == high.value))


def _nearest(question: Question, low: _End, high: _End, upwards: bool) -> Amount | None:
    """The value at the lower end (`upwards`), or at the upper; None where no right amount lies between."""
    end = low if upwards else high
    for value, unit in _candidates(question, end, upwards):
        if _inside(value, low, high):
            return _amount(question, value, unit)
    if question.whole:
        return None
    return _amount(question, (low.value + high.value) / 2, "hours")


def _candidates(question: Question, end: _End, upwards: bool) -> Iterator[tuple[Decimal, str]]:
    """Values at the end and just beside it, the largest steps first, each with a unit to show it in."""
    unit, way = end.unit or "", 1 if upwards else -1
    if question.whole:
        whole = end.value.to_integral_value("ROUND_CEILING" if upwards else "ROUND_FLOOR")
        yield from ((whole, unit), (whole + way, unit))
        return
    yield end.value, unit
    if question.kind == "duration":
        units = list(HOURS)
        for smaller in reversed(units[: units.index(unit) + 1]):
            yield end.value + way * HOURS[smaller], smaller
    else:
        yield from ((end.value + way * Decimal(step), unit) for step in ("1", "0.1", "0.01"))


def _amount(question: Question, value: Decimal, unit: str) -> Amount:
    shown = value / HOURS[unit] if question.kind == "duration" else value
    if shown != shown.to_integral_value() and question.kind == "duration":
        unit, shown = "hours", value
    return Amount(value, f"{shown.normalize():f} {unit if question.kind == 'duration' else question.unit}")


def in_brief(question: Question, before: Answer, after: Answer) -> str:
    """The change in words: what is added and what goes, or the one answer in place of the other."""
    if not isinstance(before, Picked) or not isinstance(after, Picked):
        return f"{after} instead of {'unsure' if before is UNSURE else before}"
    order = question.option_ids
    came = [f"with {id}" for id in order if id in after.has - before.has]
    went = [f"without {id}" for id in order if id in before.has - after.has]
    refused = [f"not {id}" for id in order if id in after.has_not - before.has_not]
    opened = [f"{id} left open" for id in order if id in before.has_not - after.has_not]
    return ", ".join([*came, *went] or [*refused, *opened])

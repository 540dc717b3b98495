"""The ways to make a condition true: the least that a person could answer for it, one way after the other.

Whoever makes the condition true gives at least the answers of one of these ways, and perhaps more (an
amount stands for those that no bound tells from it). More answers only add to what is known, so what
all ways have in common, everyone has: that is how two conditions are shown to be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ..answer_reader import read_answers
from ..answers import UNSURE, Amount, Answer, Answers, Chosen, Picked
from ..conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    IsUnsure,
    Not,
    atoms,
    expand,
    normal,
    truth,
    with_signs,
)
from ..errors import AnswersError
from ..model import HOURS, Question
from ..rule_base import RuleBase

Given = dict[str, Answer]

MOST_STEPS = 50_000
"""So many answers are tried at the most."""


class TooMany(Exception):
    """There are more ways than can be tried."""


class Ways:
    """The ways to make conditions of a rule base true."""

    def __init__(self, rules: RuleBase, also: Iterable[Condition] = ()) -> None:
        """`also` are conditions that are no part of the rule base; their bounds tell amounts apart too."""
        self.rules = rules
        self.bounds: dict[str, list[Compare]] = {}
        for atom in [*rules.atoms, *(atom for condition in also for atom in atoms(condition))]:
            if isinstance(atom, Compare):
                self.bounds.setdefault(atom.question, []).append(atom)
        self.kinds = cache(self._kinds)
        self.picked = cache(self._picked)
        self.without_signs = cache(self._without_signs)

    def __call__(
        self, condition: Condition, holds: bool = True, unless: Condition | None = None
    ) -> Iterator[Answers]:
        """Answers that make the condition true, or false (not `holds`), without so making `unless`.

        Some ways may come twice. Raises TooMany where they cannot all be tried.
        """
        for given in self._search(condition, holds, unless, self.without_signs):
            yield Answers({id: given[id] for id in self.rules.questions if id in given}, self.rules.sha256)

    def surely_none(self, condition: Condition, holds: bool = True, unless: Condition | None = None) -> bool:
        """Whether there is no such way even if every sign could be present or absent as it pleases.

        That is soon seen, and often enough. False also where there are too many ways to try.
        """
        try:
            return next(self._search(condition, holds, unless, _with_free_signs), None) is None
        except TooMany:
            return False

    def _search(
        self,
        condition: Condition,
        holds: bool,
        unless: Condition | None,
        spelled: Callable[[Condition], Condition],
    ) -> Iterator[Given]:
        wanted = normal(spelled(condition), holds)
        barred = None if unless is None else normal(spelled(unless), holds)
        if barred is not None:
            wanted = _own_parts_first(wanted, frozenset(_choices(barred)))
        return self._extended({}, [wanted], barred, iter(range(MOST_STEPS)))

    def _without_signs(self, node: Condition) -> Condition:
        """The condition with each sign spelled out: some rule that concludes it is true."""

        def spelled(sign: HasSign) -> Condition:
            return Any(tuple(self.without_signs(rule.when) for rule in self.rules.rules_by_sign[sign.sign]))

        return with_signs(node, spelled)

    def _extended(
        self, given: Given, wanted: list[Condition], barred: Condition | None, steps: Iterator[int]
    ) -> Iterator[Given]:
        """The answers with what makes all these normal forms true and `barred` not, in every way."""
        if not wanted:
            yield given
            return
        node, rest = wanted[0], wanted[1:]
        if isinstance(node, All):
            yield from self._extended(given, [*node.items, *rest], barred, steps)
        elif isinstance(node, (Any, AtLeast)):
            for item in node.items if isinstance(node, Any) else expand(node).items:
                yield from self._extended(given, [item, *rest], barred, steps)
        else:
            for more in self._leaf(given, node):
                if next(steps, None) is None:
                    raise TooMany
                # What is true stays true whatever else is answered, so there is no way on from here.
                if barred is None or truth(barred, Answers(more).truth) is not True:
                    yield from self._extended(more, rest, barred, steps)

    def _leaf(self, given: Given, leaf: Condition) -> Iterator[Given]:
        """The answers with what makes an atom, or a negated atom, true."""
        atom, holds = (leaf.item, False) if isinstance(leaf, Not) else (leaf, True)
        assert not isinstance(atom, (All, Any, AtLeast, Not, HasSign))
        answer = given.get(atom.question)
        known = Answers(given).truth(atom)
        if known is holds:
            yield given
        elif isinstance(atom, Has) and known is None and answer is not UNSURE:
            has, has_not = (answer.has, answer.has_not) if isinstance(answer, Picked) else ((), ())
            parts = ({*has, atom.option}, {*has_not}) if holds else ({*has}, {*has_not, atom.option})
            picked = self.picked(atom.question, frozenset(parts[0]), frozenset(parts[1]))
            if picked is not None:
                yield {**given, atom.question: picked}
        elif answer is None:
            for each in self.kinds(atom.question, isinstance(atom, IsUnsure) and not holds):
                if Answers({atom.question: each}).truth(atom) is holds:
                    yield {**given, atom.question: each}

    def _picked(self, question: str, has: frozenset[str], has_not: frozenset[str]) -> Answer | None:
        """The answer that says this of the options, if such an answer can be given."""
        parts = {"has": sorted(has), "not": sorted(has_not)}
        try:
            return read_answers({question: parts}, self.rules)[question]
        except AnswersError:
            return None

    def _kinds(self, id: str, sure_of_several: bool) -> tuple[Answer, ...]:
        """One answer of each kind; of a many_of question only where it matters that it was answered."""
        if id not in self.rules.questions:
            return (Chosen("yes"), Chosen("no"))  # a sign, which is not asked
        question = self.rules.questions[id]
        if question.is_quantity:
            return (*self._amounts(question), UNSURE)
        real = [option.id for option in question.options if not option.means_unsure]
        if question.kind == "many_of":
            parts = [self.picked(id, frozenset([option]), frozenset()) for option in real]
            parts += [self.picked(id, frozenset(), frozenset([option])) for option in real]
            return (*(each for each in parts if each is not None and sure_of_several), UNSURE)
        return (*(read_answers({id: option}, self.rules)[id] for option in real), UNSURE)

    def _amounts(self, question: Question) -> tuple[Amount, ...]:
        """Each bound, and an amount within each stretch between them: of those that no bound tells apart."""
        low, high = question.minimum or Decimal(0), question.maximum or Decimal(0)
        edges = sorted({low, high, *(atom.bound for atom in self.bounds.get(question.id, []))})
        if question.whole:
            whole = [edge.to_integral_value("ROUND_FLOOR") for edge in edges]
            values = sorted({each + step for each in whole for step in (-1, 0, 1)})
        else:
            step = HOURS["days"] if question.kind == "duration" else Decimal(1)
            values = edges + [_between(left, right, step) for left, right in pairwise(edges)]
        right = [value for value in values if low <= value <= high]
        right.sort(key=lambda value: value == low)  # the commoner people first
        return tuple(_amount(question, value) for value in right)


def _with_free_signs(node: Condition) -> Condition:
    """The condition with a question of its own in place of each sign; no real id has a space in it."""
    return with_signs(node, lambda sign: Is(str(sign), ("yes",)))


def _choices(node: Condition) -> Iterator[Condition]:
    """What stands in an `any` or `at_least` anywhere in a normal form."""
    if isinstance(node, (All, Any, AtLeast)):
        if not isinstance(node, All):
            yield from node.items
        for item in node.items:
            yield from _choices(item)


def _own_parts_first(node: Condition, shared: frozenset[Condition]) -> Condition:
    """The normal form with what another one chooses from too last: what parts the two is found sooner."""
    if isinstance(node, All):
        return All(tuple(_own_parts_first(item, shared) for item in node.items))
    if not isinstance(node, (Any, AtLeast)):
        return node
    order = sorted(node.items, key=lambda item: item in shared)
    items = tuple(_own_parts_first(item, shared) for item in order)
    return AtLeast(node.count, items) if isinstance(node, AtLeast) else Any(items)


def _between(left: Decimal, right: Decimal, step: Decimal) -> Decimal:
    """A step below the right end, if that lies between; else the middle."""
    return right - step if left < right - step else (left + right) / 2


def _amount(question: Question, value: Decimal) -> Amount:
    """The amount in the largest unit of which it is a whole number."""
    unit, shown = question.unit or "", value
    if question.kind == "duration":
        unit = next((each for each in reversed(list(HOURS)) if not value % HOURS[each]), "hours")
        shown = value / HOURS[unit]
    word = unit[:-1] if unit in HOURS and shown == 1 else unit
    return Amount(value, f"{shown.normalize():f} {word}")

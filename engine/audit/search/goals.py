"""What is wanted of conditions, as thresholds ("so many of these") over atoms, signs looked through."""

from __future__ import annotations

from dataclasses import dataclass

from ...knowledge.conditions import All, Any, AtLeast, Atom, Condition, HasSign, IsUnsure, Not, Truth
from ...knowledge.rule_base import RuleBase

Values = frozenset[Truth]

TRUE: Values = frozenset({True})
FALSE: Values = frozenset({False})
NOT_TRUE: Values = frozenset({False, None})
NOT_FALSE: Values = frozenset({True, None})
ANSWERED: Values = frozenset({True, False})
"""Of `is unsure`: there is an answer, whichever."""
UNANSWERED: Values = frozenset({None})
"""Of `is unsure`: there is none."""

_NEGATED = {TRUE: FALSE, FALSE: TRUE, NOT_TRUE: NOT_FALSE, NOT_FALSE: NOT_TRUE}


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An atom over a question, and the truth values that will do."""

    question: str
    atom: Atom
    values: Values

    @property
    def needs_an_answer(self) -> bool:
        """Whether it is met only where the question is answered."""
        return None not in self.values


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """So many of these parts are to be met."""

    count: int
    parts: tuple[Leaf | Some, ...]
    questions: frozenset[str]


def some(count: int, parts: tuple[Leaf | Some, ...]) -> Some:
    """The threshold, with the questions that its parts are about."""
    found = [{part.question} if isinstance(part, Leaf) else part.questions for part in parts]
    return Some(count, parts, frozenset().union(*found))


Wish = tuple[Condition, Values]
Goal = Leaf | Some


def _every(*parts: Goal) -> Some:
    return some(len(parts), parts)


def _either(*parts: Goal) -> Some:
    return some(1, parts)


class Goals:
    """The goals that conditions of one rule base come apart into; the same wish is the same goal."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self._goals: dict[tuple[Condition, Values, bool], Goal] = {}
        self._asked: dict[str, Goal | None] = {}

    def goal(self, condition: Condition, values: Values, gates: bool = False) -> Goal:
        """`gates`: as the conditions under which questions are asked see it."""
        key = (condition, values, gates)
        if key not in self._goals:
            self._goals[key] = self._made(condition, values, gates)
        return self._goals[key]

    def _made(self, condition: Condition, values: Values, gates: bool) -> Goal:
        if isinstance(condition, Not):
            return self.goal(condition.item, _NEGATED[values], gates)
        if isinstance(condition, HasSign):
            shown = Any(tuple(rule.when for rule in self.rules.rules_by_sign[condition.sign]))
            return self.goal(shown, values, gates)
        if isinstance(condition, (All, Any, AtLeast)):
            parts = tuple(self.goal(item, values, gates) for item in condition.items)
            count = len(parts) if isinstance(condition, All) else 1
            count = condition.count if isinstance(condition, AtLeast) else count
            return some(count if True in values else len(parts) - count + 1, parts)
        leaf = Leaf(condition.question, condition, values)
        return self._as_gates_see(leaf) if gates else leaf

    def _as_gates_see(self, leaf: Leaf) -> Goal:
        """Atoms over a question that does not apply and was not answered are false, for gates."""
        gate = self.rules.questions[leaf.question].asked_when
        if gate is None or leaf.values in (TRUE, NOT_TRUE):
            return leaf
        if leaf.values == FALSE:
            return _either(leaf, _every(self._unanswered(leaf.question), self.goal(gate, FALSE, True)))
        may_apply = _either(self._answered(leaf.question), self.goal(gate, NOT_FALSE, True))
        return _every(leaf, may_apply)

    def _answered(self, question: str) -> Goal:
        return self.goal(IsUnsure(question), ANSWERED)

    def _unanswered(self, question: str) -> Goal:
        return self.goal(IsUnsure(question), UNANSWERED)

    def asked(self, question: str) -> Goal | None:
        """What makes the question asked; None where it always is."""
        if question not in self._asked:
            gate = self.rules.questions[question].asked_when
            goal = None if gate is None else self.goal(gate, TRUE, True)
            if goal is not None and gate is not None and self.rules.questions[question].emergency:
                settled = [self._settled(each) for each in sorted(self.rules.gates_read[question])]
                goal = _either(goal, _every(self.goal(gate, NOT_FALSE, True), *settled))
            self._asked[question] = goal
        return self._asked[question]

    def _settled(self, question: str) -> Goal:
        """The question is answered, or not asked."""
        gate = self.rules.questions[question].asked_when
        if gate is None:
            return self._answered(question)
        values = FALSE if self.rules.questions[question].emergency else NOT_TRUE
        return _either(self._answered(question), self.goal(gate, values, True))

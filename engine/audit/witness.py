"""Answers that make conditions true, false or unknown as wanted, or the certainty that none do.

A question of logic over many questions is turned into one over their atoms. A goal (`condition` is to be
true) comes apart into thresholds, "so many of these", down to atoms, signs through the rules that
conclude them. The search takes one way at a time to meet a threshold, keeps for every question what is
wanted of its atoms, and turns back as soon as no answer to a question fits (`fitting_answer`) or too few
of a threshold's parts can still be met. As every answer that rules can tell apart is tried before it
gives up, no witness means that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..answers import Answer, Answers, Picked, picked
from ..conditions import All, Any, AtLeast, Atom, Condition, HasSign, IsUnsure, Not, Truth, atoms, truth
from ..consultation import outlook
from ..fitting import fitting_answer
from ..rule_base import RuleBase

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
class _Leaf:
    """An atom over a question, and the truth values that will do."""

    question: str
    atom: Atom
    values: Values

    @property
    def needs_an_answer(self) -> bool:
        return None not in self.values


@dataclass(frozen=True, slots=True, eq=False)
class _Some:
    """So many of these parts are to be met."""

    count: int
    parts: tuple[_Leaf | _Some, ...]


_Goal = _Leaf | _Some
_State = dict[str, frozenset[_Leaf]]
"""By question, what is wanted of it so far."""


def _every(*parts: _Goal) -> _Some:
    return _Some(len(parts), parts)


def _either(*parts: _Goal) -> _Some:
    return _Some(1, parts)


class Witnesses:
    """Finds witnesses for one rule base; what it works out on the way is kept for the next one.

    With `asked`, an answer is only given where its question is asked of such a person: where the
    question applies, or belongs to the emergency screen and all that could tell whether it applies has
    been answered or is not asked. Then no witness means that no interview leads there.
    """

    def __init__(self, rules: RuleBase, *, asked: bool = False) -> None:
        self.rules = rules
        self.asked = asked
        self._goals: dict[tuple[Condition, Values, bool], _Goal] = {}
        self._gates: dict[str, _Goal | None] = {}
        self._fits: dict[tuple[frozenset[_Leaf], _Leaf], bool] = {}

    def find(
        self,
        *,
        true: Iterable[Condition] = (),
        false: Iterable[Condition] = (),
        not_true: Iterable[Condition] = (),
        not_false: Iterable[Condition] = (),
    ) -> Answers | None:
        """Few answers by which every condition is as wanted; None where no answers are.

        The same for the same rules. Taking away any one answer, or any one option of an answer, would
        lose it. Conditions may read signs; `not_true` is false or unknown.
        """
        sought = [(TRUE, true), (FALSE, false), (NOT_TRUE, not_true), (NOT_FALSE, not_false)]
        wanted = [(condition, values) for values, conditions in sought for condition in conditions]
        state = self._search([self._goal(condition, values) for condition, values in wanted], [], {})
        if state is None:
            return None
        found = self._answers(state)
        if not self._holds(found, wanted):
            raise AssertionError(f"the witness {found.to_plain()} does not show what it should")
        return self._fewest(found, wanted)

    # What is wanted, as thresholds over atoms.

    def _goal(self, condition: Condition, values: Values, gates: bool = False) -> _Goal:
        """`gates`: as the conditions under which questions are asked see it."""
        key = (condition, values, gates)
        if key not in self._goals:
            self._goals[key] = self._made(condition, values, gates)
        return self._goals[key]

    def _made(self, condition: Condition, values: Values, gates: bool) -> _Goal:
        if isinstance(condition, Not):
            return self._goal(condition.item, _NEGATED[values], gates)
        if isinstance(condition, HasSign):
            shown = Any(tuple(rule.when for rule in self.rules.rules_by_sign[condition.sign]))
            return self._goal(shown, values, gates)
        if isinstance(condition, (All, Any, AtLeast)):
            parts = tuple(self._goal(item, values, gates) for item in condition.items)
            count = len(parts) if isinstance(condition, All) else 1
            count = condition.count if isinstance(condition, AtLeast) else count
            return _Some(count if True in values else len(parts) - count + 1, parts)
        leaf = _Leaf(condition.question, condition, values)
        return self._as_gates_see(leaf) if gates else leaf

    def _as_gates_see(self, leaf: _Leaf) -> _Goal:
        """Atoms over a question that does not apply and was not answered are false, for gates."""
        gate = self.rules.questions[leaf.question].asked_when
        if gate is None or leaf.values in (TRUE, NOT_TRUE):
            return leaf
        if leaf.values == FALSE:
            return _either(leaf, _every(self._unanswered(leaf.question), self._goal(gate, FALSE, True)))
        may_apply = _either(self._answered(leaf.question), self._goal(gate, NOT_FALSE, True))
        return _every(leaf, may_apply)

    def _answered(self, question: str) -> _Goal:
        return self._goal(IsUnsure(question), ANSWERED)

    def _unanswered(self, question: str) -> _Goal:
        return self._goal(IsUnsure(question), UNANSWERED)

    def _is_asked(self, question: str) -> _Goal | None:
        """What makes the question asked; None where it always is."""
        if question not in self._gates:
            gate = self.rules.questions[question].asked_when
            goal = None if gate is None else self._goal(gate, TRUE, True)
            if goal is not None and gate is not None and self.rules.questions[question].emergency:
                settled = [self._settled(each) for each in self._read_by(gate)]
                goal = _either(goal, _every(self._goal(gate, NOT_FALSE, True), *settled))
            self._gates[question] = goal
        return self._gates[question]

    def _settled(self, question: str) -> _Goal:
        """The question is answered, or not asked."""
        gate = self.rules.questions[question].asked_when
        if gate is None:
            return self._answered(question)
        values = FALSE if self.rules.questions[question].emergency else NOT_TRUE
        return _either(self._answered(question), self._goal(gate, values, True))

    def _read_by(self, gate: Condition) -> list[str]:
        """The questions that the condition reads, through signs too, sorted."""
        found: dict[Atom, None] = {}
        queue = list(atoms(gate))
        for atom in queue:  # which grows by what stands behind signs
            if atom not in found and isinstance(atom, HasSign):
                queue += [each for rule in self.rules.rules_by_sign[atom.sign] for each in atoms(rule.when)]
            found[atom] = None
        return sorted({atom.question for atom in found if not isinstance(atom, HasSign)})

    # The search.

    def _search(self, pending: list[_Goal], choices: list[_Some], state: _State) -> _State | None:
        """What to want of each question so that all goals are met; None where nothing will do.

        `pending` must be met as they are, `choices` leave a choice. Takes over all three.
        """
        while True:
            if not self._take(pending, choices, state):
                return None
            costs: dict[_Goal, int | None] = {}
            left: dict[tuple[int, tuple[_Goal, ...]], _Some] = {}
            for choice in choices:
                parts = tuple(part for part in choice.parts if self._cost(part, state, costs) is not None)
                if len(parts) < choice.count:
                    return None
                if len(parts) == choice.count:
                    pending.extend(parts)
                elif sum(self._is_met(part, state) for part in parts) < choice.count:
                    left.setdefault((choice.count, parts), _Some(choice.count, parts))
            choices = list(left.values())
            if not pending:
                break
        if not choices:
            return state
        choice = min(choices, key=lambda each: len(each.parts) - each.count)
        others = [each for each in choices if each is not choice]
        parts = tuple(sorted(choice.parts, key=lambda part: self._cost(part, state, costs) or 0))
        for at in range(len(parts) - choice.count + 1):
            rest = _Some(choice.count - 1, parts[at + 1 :])
            found = self._search([parts[at]], [*others, rest], dict(state))
            if found is not None:
                return found
        return None

    def _take(self, pending: list[_Goal], choices: list[_Some], state: _State) -> bool:
        """Moves what is pending into the state or the choices; False where an atom fits no answer."""
        while pending:
            goal = pending.pop()
            if isinstance(goal, _Some):
                choices.append(goal)
            elif goal not in state.get(goal.question, ()):
                before = state.get(goal.question, frozenset())
                if not self._fit(before, goal):
                    return False
                state[goal.question] = before | {goal}
                first = goal.needs_an_answer and not any(leaf.needs_an_answer for leaf in before)
                gate = self._is_asked(goal.question) if self.asked and first else None
                if gate is not None:
                    pending.append(gate)
        return True

    def _cost(self, goal: _Goal, state: _State, costs: dict[_Goal, int | None]) -> int | None:
        """How many more questions it takes to be answered, about; None where it cannot be met."""
        if isinstance(goal, _Leaf):
            before = state.get(goal.question, frozenset())
            if not self._fit(before, goal):
                return None
            answered = not goal.needs_an_answer or any(leaf.needs_an_answer for leaf in before)
            return 0 if answered else 1
        if goal not in costs:
            found = [self._cost(part, state, costs) for part in goal.parts]
            able = sorted(cost for cost in found if cost is not None)
            costs[goal] = sum(able[: goal.count]) if len(able) >= goal.count else None
        return costs[goal]

    @staticmethod
    def _is_met(goal: _Goal, state: _State) -> bool:
        return isinstance(goal, _Leaf) and goal in state.get(goal.question, ())

    def _fit(self, before: frozenset[_Leaf], leaf: _Leaf) -> bool:
        """Whether some answer, or none, gives all of `before` and the leaf as wanted."""
        key = (before, leaf)
        if key not in self._fits:
            leaves = before | {leaf}
            open_will_do = not any(each.needs_an_answer for each in leaves)
            self._fits[key] = open_will_do or self._answer(leaf.question, leaves) is not None
        return self._fits[key]

    def _answer(self, question: str, leaves: Iterable[_Leaf]) -> Answer | None:
        wanted: dict[Atom, Values] = {}
        for leaf in leaves:
            wanted[leaf.atom] = wanted.get(leaf.atom, leaf.values) & leaf.values
        return fitting_answer(self.rules.questions[question], wanted)

    # What was found.

    def _answers(self, state: _State) -> Answers:
        found: dict[str, Answer] = {}
        for question in self.rules.questions:
            leaves = state.get(question, frozenset())
            if any(leaf.needs_an_answer for leaf in leaves):
                answer = self._answer(question, leaves)
                assert answer is not None
                found[question] = answer
        return Answers(found, self.rules.sha256)

    def _holds(self, answers: Answers, wanted: Iterable[tuple[Condition, Values]]) -> bool:
        """Whether the answers give every condition as wanted, by the network and by the gates."""
        person = outlook(self.rules, answers)
        return all(truth(condition, person.known) in values for condition, values in wanted) and (
            not self.asked or all(person.is_asked(self.rules.questions[id]) for id in answers)
        )

    def _fewest(self, answers: Answers, wanted: list[tuple[Condition, Values]]) -> Answers:
        """The answers without any that are not needed, and without options that are not."""
        at = 0
        smaller = list(self._smaller(answers))
        while at < len(smaller):
            if self._holds(smaller[at], wanted):
                answers = smaller[at]
                smaller, at = list(self._smaller(answers)), 0
            else:
                at += 1
        return answers

    def _smaller(self, answers: Answers) -> Iterator[Answers]:
        """The answers with one less, or one option less; the last question first."""
        for id in reversed(list(answers)):
            yield replace(answers, values_by_question={each: answers[each] for each in answers if each != id})
            answer = answers[id]
            if isinstance(answer, Picked):
                for less in _less(answer):
                    closed = picked(self.rules.questions[id], less.has, less.has_not)
                    if len(closed.has | closed.has_not) < len(answer.has | answer.has_not):
                        yield replace(answers, values_by_question={**answers, id: closed})


def _less(answer: Picked) -> Iterator[Picked]:
    for option in sorted(answer.has):
        if answer.has - {option} or answer.has_not:
            yield Picked(answer.has - {option}, answer.has_not)
    for option in sorted(answer.has_not):
        if answer.has_not - {option} or answer.has:
            yield Picked(answer.has, answer.has_not - {option})

"""Answers that make conditions true, false or unknown as wanted, or the certainty that none do.

A question of logic over many questions is turned into one over their atoms. A goal (`condition` is to be
true) comes apart into thresholds, "so many of these", down to atoms, signs through the rules that
conclude them. The search takes one way at a time to meet a threshold, keeps for every question what is
wanted of its atoms, and turns back as soon as no answer to a question fits (`fitting_answer`) or too few
of a threshold's parts can still be met. As every answer that rules can tell apart is tried before it
gives up, no witness means that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ...answers.answers import Answer, Answers, Picked, picked
from ...answers.fitting import fitting_answer
from ...inference.firing import Known
from ...inference.network import infer
from ...knowledge.conditions import Atom, Condition, Truth, truth
from ...knowledge.rule_base import RuleBase
from ...result.outlook import Outlook
from .goals import FALSE, NOT_FALSE, NOT_TRUE, TRUE, Goal, Goals, Leaf, Some, Values, Wish, some

_Owed = tuple[Goal, int]
"""A goal, and the decisions because of which it is to be met: a bit for each, by depth."""


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """Parts of which some, but not all, are to be met, because of these decisions."""

    goal: Some
    because: int
    is_met: bool | None = None
    """Whether the answers that would do so far meet it too; None where that was not looked at."""


@dataclass(frozen=True, slots=True)
class _Wants:
    """What is wanted of a question so far, and the decisions that brought it."""

    leaves: frozenset[Leaf]
    because: int


_NOTHING = _Wants(frozenset(), 0)
_State = dict[str, _Wants]


class Witnesses:
    """Finds witnesses for one rule base; what it works out on the way is kept for the next one.

    With `asked`, an answer is only given where its question is asked of such a person: where the
    question applies, or belongs to the emergency screen and all that could tell whether it applies has
    been answered or is not asked. Then no witness means that no interview leads there.
    """

    def __init__(self, rules: RuleBase, *, asked: bool = False) -> None:
        self.rules = rules
        self.asked = asked
        self._goals = Goals(rules)
        self._fits: dict[tuple[frozenset[Leaf], Leaf], bool] = {}
        self._met: dict[tuple[frozenset[Leaf], Leaf], bool] = {}

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
        certain = [(each, TRUE) for each in true] + [(each, FALSE) for each in false]
        open_too = [(each, NOT_TRUE) for each in not_true] + [(each, NOT_FALSE) for each in not_false]
        needed, spare = certain, open_too
        while True:
            found = self._found(needed)
            if found is None:
                return None
            # What is not to become true mostly does not: it is only searched for where it did.
            missed = self._missed(found, spare)
            if not missed:
                return self.fewest(found, lambda each: not self._missed(each, [*certain, *open_too]))
            needed = [*needed, *missed]
            spare = [each for each in spare if each not in missed]

    def _found(self, wanted: list[Wish]) -> Answers | None:
        goals = [(self._goals.goal(condition, values), 0) for condition, values in wanted]
        state = self._search(goals, [], {}, 0)
        if isinstance(state, int):
            return None
        found = self._answers(state)
        if self._missed(found, wanted) or not self.all_asked(found):
            raise AssertionError(f"the witness {found.to_plain()} does not show what it should")
        return found

    # The search.

    def _search(
        self, pending: list[_Owed], choices: list[_Choice], state: _State, depth: int
    ) -> _State | int:
        """What to want of each question so that all goals are met; whom to blame where none will do.

        `pending` must be met as they are, `choices` leave a choice. Takes over all three.
        """
        while pending:
            changed: set[str] = set()
            blamed = self._take(pending, choices, state, changed)
            if blamed is not None:
                return blamed
            left: list[_Choice] = []
            for choice in choices:
                if choice.is_met is None or not choice.goal.questions.isdisjoint(changed):
                    choice = self._narrowed(choice, state)
                parts, count = choice.goal.parts, choice.goal.count
                if len(parts) < count:
                    return choice.because
                if len(parts) == count:
                    pending.extend((part, choice.because) for part in parts)
                else:
                    left.append(choice)
            choices = left
        unmet = [choice for choice in choices if not choice.is_met]
        if not unmet:
            return state
        choice = min(unmet, key=lambda each: len(each.goal.parts) - each.goal.count)
        others = [each for each in choices if each is not choice]
        costs: dict[Goal, int | None] = {}
        parts = tuple(sorted(choice.goal.parts, key=lambda part: self._cost(part, state, costs) or 0))
        decision, because = 1 << depth, choice.because
        for at in range(len(parts) - choice.goal.count + 1):
            here = because | decision
            rest = _Choice(some(choice.goal.count - 1, parts[at + 1 :]), here)
            found = self._search([(parts[at], here)], [*others, rest], dict(state), depth + 1)
            if not isinstance(found, int):
                return found
            if not found & decision:  # it fails whatever is decided here
                return found
            because |= found & ~decision
        return because

    def _narrowed(self, choice: _Choice, state: _State) -> _Choice:
        """The choice without the parts that cannot be met any more."""
        goal, because = choice.goal, choice.because
        costs: dict[Goal, int | None] = {}
        parts = tuple(part for part in goal.parts if self._cost(part, state, costs) is not None)
        if len(parts) < len(goal.parts):
            because |= self._blame(goal, state)
            goal = some(goal.count, parts)
        return _Choice(goal, because, self._is_met(goal, state))

    def _take(
        self, pending: list[_Owed], choices: list[_Choice], state: _State, changed: set[str]
    ) -> int | None:
        """Moves what is pending into the state or the choices; whom to blame where an atom fits no answer."""
        while pending:
            goal, because = pending.pop()
            if isinstance(goal, Some):
                choices.append(_Choice(goal, because))
            elif goal not in state.get(goal.question, _NOTHING).leaves:
                before = state.get(goal.question, _NOTHING)
                if not self._fit(before.leaves, goal):
                    return because | before.because
                state[goal.question] = _Wants(before.leaves | {goal}, before.because | because)
                changed.add(goal.question)
                first = goal.needs_an_answer and not any(leaf.needs_an_answer for leaf in before.leaves)
                gate = self._goals.asked(goal.question) if self.asked and first else None
                if gate is not None:
                    pending.append((gate, because))
        return None

    def _blame(self, goal: Goal, state: _State) -> int:
        """The decisions that keep parts of the goal from being met."""
        if isinstance(goal, Leaf):
            wants = state.get(goal.question, _NOTHING)
            return 0 if self._fit(wants.leaves, goal) else wants.because
        found = 0
        for part in goal.parts:
            found |= self._blame(part, state)
        return found

    def _cost(self, goal: Goal, state: _State, costs: dict[Goal, int | None]) -> int | None:
        """How many more questions it takes to be answered, about; None where it cannot be met."""
        if isinstance(goal, Leaf):
            before = state.get(goal.question, _NOTHING).leaves
            if not self._fit(before, goal):
                return None
            answered = not goal.needs_an_answer or any(leaf.needs_an_answer for leaf in before)
            return 0 if answered else 1
        if goal not in costs:
            found = [self._cost(part, state, costs) for part in goal.parts]
            able = sorted(cost for cost in found if cost is not None)
            costs[goal] = sum(able[: goal.count]) if len(able) >= goal.count else None
        return costs[goal]

    def _is_met(self, goal: Goal, state: _State) -> bool:
        """Whether the answers that would do so far meet the goal as well."""
        if isinstance(goal, Some):
            return sum(self._is_met(part, state) for part in goal.parts) >= goal.count
        leaves = state.get(goal.question, _NOTHING).leaves
        key = (leaves, goal)
        if key not in self._met:
            self._met[key] = goal in leaves or self._value(leaves, goal) in goal.values
        return self._met[key]

    def _value(self, leaves: frozenset[Leaf], goal: Leaf) -> Truth:
        if not any(leaf.needs_an_answer for leaf in leaves):
            return None
        answer = self._answer(goal.question, leaves)
        return Answers({goal.question: answer} if answer else {}).truth(goal.atom)

    def _fit(self, before: frozenset[Leaf], leaf: Leaf) -> bool:
        """Whether some answer, or none, gives all of `before` and the leaf as wanted."""
        key = (before, leaf)
        if key not in self._fits:
            leaves = before | {leaf}
            open_will_do = not any(each.needs_an_answer for each in leaves)
            self._fits[key] = open_will_do or self._answer(leaf.question, leaves) is not None
        return self._fits[key]

    def _answer(self, question: str, leaves: Iterable[Leaf]) -> Answer | None:
        wanted: dict[Atom, Values] = {}
        for leaf in sorted(leaves, key=lambda each: str(each.atom)):  # as sets of objects are not
            wanted[leaf.atom] = wanted.get(leaf.atom, leaf.values) & leaf.values
        return fitting_answer(self.rules.questions[question], wanted)

    # What was found.

    def _answers(self, state: _State) -> Answers:
        found: dict[str, Answer] = {}
        for question in self.rules.questions:
            leaves = state.get(question, _NOTHING).leaves
            if any(leaf.needs_an_answer for leaf in leaves):
                answer = self._answer(question, leaves)
                assert answer is not None
                found[question] = answer
        return Answers(found, self.rules.sha256)

    def all_asked(self, answers: Answers) -> bool:
        """Whether each answer is to a question that is asked of such a person, or that does not matter."""
        person = Outlook(self.rules, answers) if self.asked else None
        return person is None or all(person.is_asked(self.rules.questions[id]) for id in answers)

    def _missed(self, answers: Answers, wanted: Iterable[Wish]) -> list[Wish]:
        """The conditions that the answers do not give as wanted, by the network."""
        known = Known(answers, infer(self.rules, answers).signs)
        return [(each, values) for each, values in wanted if truth(each, known) not in values]

    def fewest(self, answers: Answers, holds: Callable[[Answers], bool]) -> Answers:
        """The answers less any, and any option, that `holds` can do without; the last question first."""
        at, smaller = 0, list(self._smaller(answers))
        while at < len(smaller):
            if holds(smaller[at]) and self.all_asked(smaller[at]):
                answers = smaller[at]
                at, smaller = 0, list(self._smaller(answers))
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

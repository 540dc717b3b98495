"""The smallest sets of changed answers that turn the result: another cause first, another urgency.

The search tries sets of one change, then of two, and so on, and stops at the first size that has any.
It leaves out only what cannot be the answer, by two bounds. With the questions of a set taken back, what
still fires will fire whatever is answered to them; with everything known at once that any of their other
answers would make known, what does not fire then never will. Every result of the set lies between, since
one more answer only adds firings. A change that makes known just what the given answer does is in no
smallest set, nor is the longer of two ways to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..answers.alteration import Alteration, alterations
from ..answers.answers import Answer, Answers
from ..inference.network import State, network_of
from ..knowledge.conditions import Compare
from ..knowledge.levels import height
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Raises

TurnGoal = Literal["another_first", "sooner", "later"]
GOALS: tuple[TurnGoal, ...] = ("another_first", "sooner", "later")


@dataclass(frozen=True, slots=True)
class _Alternative:
    """Alterations of one question that no rule tells apart."""

    literals: Sequence[int]
    size: int
    alike: tuple[Alteration, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a search looks at."""

    urgency: int
    """The level's height: the higher, the sooner."""
    points: Sequence[int]
    is_ranked: bool

    def first(self, ranked: Sequence[int]) -> frozenset[int]:
        """The causes that share the first place; none where no cause is ranked."""
        if not self.is_ranked:
            return frozenset()
        most = max(self.points[cause] for cause in ranked)
        return frozenset(cause for cause in ranked if self.points[cause] == most)


class Search:
    """Looks for the smallest sets of changes for one person."""

    def __init__(self, rules: RuleBase, answers: Answers, most: int) -> None:
        self.rules = rules
        self.answers = answers
        self.most = most
        self.network = network_of(rules)
        self.state = State(self.network)
        self.heights = [
            height(rule.then.urgency) if isinstance(rule.then, Raises) else 0 for rule in rules.rules.values()
        ]
        self.default = height(rules.default_urgency)
        self.for_slots = {slot for (_, _, supports), slot in self.network.slots.items() if supports}
        self.choices = {id: self._choices(id, answer) for id, answer in answers.items()}
        # What no rule reads, or cannot be told from what was given, changes nothing.
        self.movable = [id for id, choices in self.choices.items() if choices]
        for id in answers.keys() - set(self.movable):
            self.state.add(id, answers[id])
        [self.before] = [self._outcome() for _ in self._taken_back(self.movable, 0)]
        self.first = self.before.first(self.network.ranked)

    def _choices(self, question: str, given: Answer) -> tuple[_Alternative, ...]:
        leaves = self.network.leaves[question]
        bounds = sorted({atom for atom, _, _ in leaves if isinstance(atom, Compare)}, key=str)
        shortest: dict[tuple[int, ...], int] = {tuple(self.network.made_known(question, given)): 0}
        alike: dict[tuple[int, ...], list[Alteration]] = {}
        for each in alterations(self.rules.questions[question], given, bounds, self.most):
            literals = tuple(self.network.made_known(question, each.answer))
            if shortest.setdefault(literals, each.size) == each.size:
                alike.setdefault(literals, []).append(each)
        return tuple(_Alternative(key, shortest[key], tuple(found)) for key, found in alike.items())

    def smallest(self) -> dict[TurnGoal, list[tuple[Alteration, ...]]]:
        """For each goal every set of the smallest size that reaches it; none where none up to `most` does."""
        found: dict[TurnGoal, list[tuple[Alteration, ...]]] = {goal: [] for goal in GOALS}
        wanted = self.reachable()
        for size in range(1, self.most + 1):
            for count in range(1, size + 1):
                for taken in self._taken_back(self.movable, count):
                    for goal, choices in self._filled(taken, size, wanted):
                        found[goal] += _spelled_out(choices)
            wanted = wanted - {goal for goal in GOALS if found[goal]}
            if not wanted:
                break
        return found

    def reachable(self) -> frozenset[TurnGoal]:
        """The goals that changing all answers might reach; for the others no set of any size does."""
        given = {
            literal
            for id in self.movable
            for literal in self.network.made_known(id, self.answers[id])  # which may stay as it is
        }
        return self._possible(
            given.union(*(self._new(id, self.most) for id in self.movable)), frozenset(GOALS)
        )

    def _new(self, question: str, most: int) -> set[int]:
        """All that some other answer, up to so many changes away, would make known."""
        choices = [choice for choice in self.choices[question] if choice.size <= most]
        return {literal for choice in choices for literal in choice.literals}

    def _taken_back(self, questions: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
        """Every choice of so many questions, while the state holds the answers to the others of them."""
        if count > len(questions):
            return
        if count == len(questions):
            yield tuple(questions)
            return
        if not count:
            for question in questions:
                self.state.add(question, self.answers[question])
            yield ()
            for _ in questions:
                self.state.undo()
            return
        half = len(questions) // 2
        one, other = questions[:half], questions[half:]
        for of_one in range(count + 1):
            if of_one == count:  # what is the same for all comes first
                for _ in self._taken_back(other, 0):
                    yield from self._taken_back(one, count)
            else:
                for left in self._taken_back(one, of_one):
                    for right in self._taken_back(other, count - of_one):
                        yield left + right

    def _filled(
        self, open_questions: Sequence[str], size: int, wanted: frozenset[TurnGoal]
    ) -> Iterator[tuple[TurnGoal, tuple[_Alternative, ...]]]:
        """Every way to answer these anew in just so many changes that reaches a goal, and which."""
        if not open_questions:
            if not size:
                yield from ((goal, ()) for goal in self._reached(wanted))
            return
        question, rest = open_questions[0], open_questions[1:]
        most = size - len(rest)
        wanted = self._possible({literal for id in open_questions for literal in self._new(id, most)}, wanted)
        if not wanted:
            return
        for choice in self.choices[question]:
            if choice.size <= most:
                self.state.suppose(choice.literals)
                for goal, others in self._filled(rest, size - choice.size, wanted):
                    yield goal, (choice, *others)
                self.state.undo()

    def _outcome(self) -> _Outcome:
        return _Outcome(self.state.best[0] or self.default, self.state.points(), self.state.is_ranked())

    def _reached(self, wanted: frozenset[TurnGoal]) -> Iterator[TurnGoal]:
        after = self._outcome()
        for goal in GOALS:
            if goal in wanted and (
                after.first(self.network.ranked) - self.first
                if goal == "another_first"
                else after.urgency > self.before.urgency
                if goal == "sooner"
                else after.urgency < self.before.urgency
            ):
                yield goal

    def _possible(self, literals: Iterable[int], wanted: frozenset[TurnGoal]) -> frozenset[TurnGoal]:
        """The goals that might be reached where no more than these literals becomes known."""
        state, network = self.state, self.network
        surely, low = state.best[0], state.sums.copy()
        bands = [bool(state.known[literal]) for literal, _ in network.bands]
        lifts = [bool(state.known[literal]) for literal, _, _ in network.lifts]
        fired, displaced = len(state.fired), len(state.displaced)
        state.suppose(literals)
        high = low.copy()
        olds: dict[int, tuple[int, int]] = {}
        for slot, old, total, _ in state.displaced[displaced:]:
            olds.setdefault(slot, (old, total))
        for slot, (old, total) in olds.items():
            moved = state.best[slot] - old
            if slot in self.for_slots:
                high[total] += moved
            else:
                low[total] -= moved
        raised = [self.heights[rule] for rule in state.fired[fired:] if self.heights[rule]]
        least, most_base = self._bases(bands, lifts)
        state.undo()
        heights = {surely or self.default, *(each for each in raised if each > surely)}
        possible: set[TurnGoal] = set()
        if max(heights) > self.before.urgency:
            possible.add("sooner")
        if min(heights) < self.before.urgency:
            possible.add("later")
        bar = max(least[cause] + low[cause] for cause in network.ranked)
        if any(most_base[cause] + high[cause] >= bar for cause in network.ranked if cause not in self.first):
            possible.add("another_first")
        return wanted & possible

    def _bases(self, bands: Sequence[bool], lifts: Sequence[bool]) -> tuple[list[int], list[int]]:
        """The least and most points of each base rate, where these bands and lifts are known for sure."""
        network, known = self.network, self.state.known
        columns = [network.base]
        for (literal, points), sure in zip(reversed(network.bands), reversed(bands), strict=True):
            if sure:
                columns = [points]
            elif known[literal]:
                columns.append(points)
        least, most = [list(map(pick, *columns, columns[0])) for pick in (min, max)]
        for (literal, cause, lifted), sure in zip(network.lifts, lifts, strict=True):
            if sure:
                least[cause] = max(least[cause], lifted)
            if known[literal]:
                most[cause] = max(most[cause], lifted)
        return least, most


def _spelled_out(choices: Sequence[_Alternative]) -> list[tuple[Alteration, ...]]:
    """Every set of alterations that the choices stand for."""
    found: list[tuple[Alteration, ...]] = [()]
    for choice in choices:
        found = [(*before, each) for before in found for each in choice.alike]
    return found


def altered(answers: Mapping[str, Answer], changes: Iterable[Alteration], sha256: str) -> Answers:
    """The answers with these changes."""
    return Answers({**answers, **{each.question: each.answer for each in changes}}, sha256)

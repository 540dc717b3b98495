"""Which open question can change the most: tried out, answer by answer, on the network.

The impact of an answer is what it alone would move at once: ten points for each level by which it
moves the urgency (ten is the most that one rule can move a cause), and the points by which one of
the leading causes gains or loses on the first; where no cause is ranked, none does. The impact of a
question is that of its strongest answer. Ties go to the question on which more rules still turn, and
then by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from weakref import WeakKeyDictionary

from ..answers.answers import UNSURE, Amount, Answer, Answers, Chosen, Picked, real_options
from ..inference.network import State, network_of
from ..knowledge.conditions import Compare
from ..knowledge.levels import height
from ..knowledge.questions import Question
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import POINTS_CAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What one answer to a question could do at once."""

    points: int
    """The most that an answer moves, a level of urgency counted as ten points."""
    turns: bool
    """Whether an answer moves the urgency or puts another cause first, alone or with others."""


class Tryout:
    """One person's answers, on which answers to further questions are tried and taken back."""

    def __init__(self, rules: RuleBase, answers: Answers) -> None:
        self.rules = rules
        self.network = network_of(rules)
        self.state = State(self.network)
        for question, answer in answers.items():
            self.state.add(question, answer)

    def impact(self, question: str, leading: Sequence[str]) -> Impact:
        """What an answer to the question could do, to the urgency and to the order of these causes."""
        state, causes = self.state, self.network.causes
        ranked = state.is_ranked()
        leaders = [causes.index(cause) for cause in leading] if ranked else []
        level, points = height(state.level()), state.points()
        first = max(self.network.ranked, key=points.__getitem__)
        leading_now = self._leading(points)
        most, turns = 0, False
        for answer in kinds_of_answers(self.rules, question):
            state.add(question, answer)
            levels, then = abs(height(state.level()) - level), state.points()
            state.undo()
            moved = max(
                (abs(then[at] - points[at] - then[first] + points[first]) for at in leaders), default=0
            )
            most = max(most, POINTS_CAP * levels + moved)
            turns = turns or levels > 0 or (ranked and self._leading(then) != leading_now)
        return Impact(points=most, turns=turns)

    def _leading(self, points: Sequence[int]) -> list[int]:
        """The causes that share the first place."""
        most = max(points[at] for at in self.network.ranked)
        return [at for at in self.network.ranked if points[at] == most]


_kinds: WeakKeyDictionary[RuleBase, dict[str, tuple[Answer, ...]]] = WeakKeyDictionary()


def kinds_of_answers(rules: RuleBase, question: str) -> tuple[Answer, ...]:
    """Answers that stand for all that differ to the rules: of several options, each by itself."""
    known = _kinds.setdefault(rules, {})
    if question not in known:
        known[question] = tuple(_kinds_of_answers(rules, rules.questions[question]))
    return known[question]


def _kinds_of_answers(rules: RuleBase, question: Question) -> Iterable[Answer]:
    options = sorted(real_options(question))
    if question.is_quantity:
        bounds = {
            atom.bound for atom in rules.atoms if isinstance(atom, Compare) and atom.question == question.id
        }
        return [UNSURE, *(Amount(value, str(value)) for value in _between(question, sorted(bounds)))]
    if question.kind == "many_of":
        return [UNSURE, *(Picked(frozenset([one]), frozenset(options) - {one}) for one in options)]
    return [UNSURE, *(Chosen(one) for one in options)]


def _between(question: Question, bounds: Sequence[Decimal]) -> list[Decimal]:
    """Every bound, and an amount below, between and above the bounds."""
    low, high = question.minimum or Decimal(0), question.maximum or Decimal(0)
    step = Decimal(1) if question.whole else Decimal("0.001")
    values = {low, high, *bounds, *(bound + side for bound in bounds for side in (step, -step))}
    return sorted(value for value in values if low <= value <= high)

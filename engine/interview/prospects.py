"""What the questions that are still to be asked could change: the bounds that end an interview.

Here `unsure` is an answer like any other: it was given, and what rests on it stays unknown. (The
result is more careful: there an `unsure` may be resolved one day, see `openness`.) Every atom is
taken to come out by itself, so a rule may be thought possible that no real set of answers fires, and
none is thought impossible that some set does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..answers.answers import Answers
from ..inference.network import state_of
from ..knowledge.conditions import Condition
from ..knowledge.levels import Level
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Rule, level_of
from ..result.outlook import Standing
from ..result.rank import points_range, reaching_the_top
from ..result.urgency import moving_levels


class Prospects(Standing):
    """What is known of a person, and what could still come of it by answers to open questions."""

    def __init__(self, rules: RuleBase, answers: Answers) -> None:
        super().__init__(rules, answers, answers)
        state = state_of(self._network, answers)
        state.suppose(literal for question in self.open for _, literal, _ in self._network.leaves[question])
        self._could_be = state.known

    def is_open(self, rule: Rule) -> bool:
        """Whether the rule has not fired and answers to open questions could make it fire."""
        return rule.id not in self.fired and self.may_hold(rule.when)

    def may_hold(self, condition: Condition) -> bool:
        """Whether the condition is true, or answers to open questions could make it so."""
        return bool(self._could_be[self._network.sides[id(condition)][0]])

    @cached_property
    def open(self) -> frozenset[str]:
        """The questions not answered that are asked now, or may be after other answers."""
        return frozenset(
            id
            for id in self.rules.questions
            if id not in self.known.answers and self.applies(id) is not False
        )

    @cached_property
    def level(self) -> Level:
        """The urgency so far."""
        return self.rules.level_by(self.fired)

    @cached_property
    def contenders(self) -> tuple[str, ...]:
        """The causes that could come first, or share the first place, sorted; none where that is settled.

        It is where no cause is ranked.
        """
        if not self.ranked:
            return ()
        ranges = {cause: points_range(self, cause) for cause in self.rules.causes}
        found = reaching_the_top(ranges)
        still = len(found) == 1 or all(low == high for low, high in (ranges[cause] for cause in found))
        return () if still else found

    @cached_property
    def telling_rules(self) -> tuple[Rule, ...]:
        """The rules that could still fire and then change the first cause or the urgency."""
        moving = moving_levels(self)
        weighing = [rule for cause in self.contenders for rule in self.rules.rules_by_cause[cause]]
        raising = [rule for rule in self.rules.urgency_rules if level_of(rule) in moving]
        return tuple(rule for rule in [*weighing, *raising] if self.is_open(rule))

    @cached_property
    def bearing_questions(self) -> tuple[str, ...]:
        """The questions to ask now that some rule or base rate still hangs on; in the interview's order.

        Where no cause is ranked, those that some rule about urgency hangs on.
        """
        if not self.ranked:
            return self._to_ask(rule.when for rule in self.rules.urgency_rules if self.is_open(rule))
        rates = self.rules.base_rates
        conditions = [rule.when for rule in self.rules.rules.values() if self.is_open(rule)]
        conditions += [band.when for band in rates.bands]
        conditions += [when for rate in rates.rates.values() for when, _ in rate.lifts]
        conditions += [self.rules.ranking.when] if self.rules.ranking else []
        return self._to_ask(conditions)

    @cached_property
    def telling_questions(self) -> tuple[str, ...]:
        """The questions to ask now for these rules and for the base rates; in the interview's order."""
        rates = self.rules.base_rates
        conditions = [rule.when for rule in self.telling_rules]
        if self.contenders:
            conditions += [band.when for band in rates.bands]
            conditions += [when for cause in self.contenders for when, _ in rates.rates[cause].lifts]
            conditions += [self.rules.ranking.when] if self.rules.ranking else []
        return self._to_ask(conditions)

    def _to_ask(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        asked = set(self.unanswered())
        return tuple(id for id in self.questions_behind(conditions) if id in asked)

    @property
    def settled(self) -> bool:
        """Whether no open question can change the first cause or the urgency."""
        return not self.telling_questions

"""Where a mutant and its rule part: the answers to try, and what differs on them.

Of a condition, answers that make the one true and not the other. Of a conclusion, answers that fire
the rule where nothing hides what it concludes: no rule as strong in its group, none as urgent. The least
answers are enough for both, since more answers only add firings.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers import Answers
from ..conditions import All, Any, Condition, truth
from ..model import LEVELS, Raises, Rule, Weighs
from ..network import Network, network_of, state_of
from ..reading import level_of
from ..rule_base import RuleBase
from .mutants import Mutant, slot_of
from .ways import Ways


class Parting:
    """A mutant and its rule, to be told apart."""

    def __init__(self, mutant: Mutant, rules: RuleBase) -> None:
        self.mutant = mutant
        self.rules = rules
        self.ways = Ways(rules, also=[mutant.changed.when])
        self.networks = () if mutant.is_of_condition else (network_of(rules), network_of(mutant.rules(rules)))

    def searches(self) -> Iterator[list[Iterator[Answers]]]:
        """Answers among which there are some on which the two part, unless none do; the clearest first."""
        ways, right, wrong = self.ways, self.mutant.rule, self.mutant.changed
        if self.mutant.is_of_condition:
            # That one fires shows more plainly than that one is ruled out.
            for holds in (True, False):
                pairs = [(right.when, wrong.when), (wrong.when, right.when)]
                yield [self._unless(one, other, holds) for one, other in pairs]
        elif isinstance(right.then, Weighs) and right.then.group != _group(wrong):
            yield [ways(All((right.when, other.when))) for other in slot_of(right, self.rules)]
        else:
            yield [self._unless(right.when, self._hiding())]

    def _unless(
        self, condition: Condition, unless: Condition | None, holds: bool = True
    ) -> Iterator[Answers]:
        if self.ways.surely_none(condition, holds, unless):
            return iter(())
        return self.ways(condition, holds, unless)

    def _hiding(self) -> Condition | None:
        """What hides the conclusion and its change alike: a rule no weaker than the stronger of them."""
        right, wrong = self.mutant.rule.then, self.mutant.changed.then
        if isinstance(right, Raises) and isinstance(wrong, Raises):
            level = min(LEVELS.index(right.urgency), LEVELS.index(wrong.urgency))
            hiding = [
                rule.when
                for rule in self.rules.urgency_rules
                if rule is not self.mutant.rule and LEVELS.index(level_of(rule)) <= level
            ]
        elif isinstance(right, Weighs) and isinstance(wrong, Weighs) and right.supports is wrong.supports:
            pair = (self.mutant.rule, self.mutant.changed)
            stronger = max(pair, key=lambda rule: abs(_points(rule)))
            hiding = [
                rule.when
                for rule in slot_of(stronger, self.rules)
                if abs(_points(rule)) >= abs(_points(stronger))
            ]
        else:
            return None
        return Any(tuple(hiding)) if hiding else None

    def of(self, answers: Answers) -> str | None:
        """What the rule makes of the answers and the mutant does not; None where they agree."""
        if self.mutant.is_of_condition:
            return self._of_condition(answers)
        before, after = (_outcome(network, answers) for network in self.networks)
        return next((one for one, other in zip(before, after, strict=True) if one != other), None)

    def _of_condition(self, answers: Answers) -> str | None:
        right, wrong = (
            truth(self.ways.without_signs(rule.when), answers.truth)
            for rule in (self.mutant.rule, self.mutant.changed)
        )
        if right is wrong:
            return None
        if right or wrong:
            return "the rule fires" if right else "the rule does not fire"
        return "the rule is ruled out" if right is False else "the rule is not ruled out"


def _group(rule: Rule) -> str | None:
    return rule.then.group if isinstance(rule.then, Weighs) else None


def _points(rule: Rule) -> int:
    return rule.then.points if isinstance(rule.then, Weighs) else 0


def _outcome(network: Network, answers: Answers) -> list[str]:
    """What a case can see, each in words: the points of every cause, the urgency, the signs."""
    state = state_of(network, answers)
    points = zip(network.causes, state.points(), strict=True)
    signs = [sign for sign, present in state.inference().signs.items() if present]
    return [
        *(f"{cause} has {each} points" for cause, each in points),
        f"the urgency is {state.level()}",
        f"the signs are {', '.join(signs) or 'none'}",
    ]

"""Few answers by which a cause comes first, or a mimic is named."""

from __future__ import annotations

from collections.abc import Iterable

from ...answers.answers import Answers, Picked
from ...inference.network import State, network_of
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Weighs
from ..search.witness import Witnesses

STARTS = 8
"""Of the rules for a cause, so many of the strongest are each tried as the first one."""


class Firsts:
    """Finds, for each cause, answers that bring it before all others; for each mimic, above none."""

    def __init__(self, rules: RuleBase, search: Witnesses) -> None:
        self.rules = rules
        self.search = search
        self.state = State(network_of(rules))
        self.ranked = [rules.ranking.when] if rules.ranking else []
        """What keeps somebody among those who are ranked."""

    def find(self, cause: str) -> Answers | None:
        """The fewest answers that were met with; None where none were met with, though there may be some.

        It is first by a finding for it, and not only for being common among people of that age.

        Rules for the cause are made to fire one after the other, each time the one that brings it
        furthest ahead, until it is first alone; then all that is not needed is taken away.
        """
        found = [self._grown(rule, cause) for rule in self._supporting(cause)[:STARTS]]
        smaller = [self.search.fewest(each, lambda fewer: self._does(fewer, cause)) for each in found if each]
        return min(smaller, key=_size, default=None)

    def _does(self, answers: Answers, cause: str) -> bool:
        first = self.lead(answers, cause) > 0 and self.state.is_ranked()
        return first and any(rule.id in self.state.fired_rules() for rule in self._supporting(cause))

    def lead(self, answers: Answers, cause: str) -> int:
        """How many points a cause is ahead of all others; a mimic, of none."""
        self.state.clear()
        for question, answer in answers.items():
            self.state.add(question, answer)
        points = dict(zip(self.state.network.causes, self.state.points(), strict=True))
        rivals = [each for each in self.rules.causes if each != cause] if cause in self.rules.causes else []
        return points[cause] - max((points[each] for each in rivals), default=0)

    def _supporting(self, cause: str) -> list[Rule]:
        found = [rule for rule in self.rules.rules_by_cause[cause] if _points(rule) > 0]
        found = [rule for rule in found if rule.id in self.rules.findings]
        return sorted(found, key=lambda rule: (-_points(rule), rule.id))

    def _grown(self, start: Rule, cause: str) -> Answers | None:
        """Answers that fire the rule, and as many more as it takes to be first."""
        answers, fired = self.search.find(true=[start.when, *self.ranked]), [start]
        while answers is not None and (lead := self.lead(answers, cause)) <= 0:
            steps = [
                (self.lead(more, cause), -index, rule, more)
                for index, rule in enumerate(self._adding(fired, cause))
                if (more := self.search.find(true=[*(each.when for each in (*fired, rule)), *self.ranked]))
                is not None
            ]
            best = max(steps, default=None, key=lambda step: step[:2])
            if best is None or best[0] <= lead:
                return None
            fired.append(best[2])
            answers = best[3]
        return answers

    def _adding(self, fired: Iterable[Rule], cause: str) -> list[Rule]:
        """The rules that would add to those fired: of each group, the stronger ones."""
        counted: dict[str, int] = {}
        for rule in fired:
            counted[_group(rule)] = max(counted.get(_group(rule), 0), _points(rule))
        return [rule for rule in self._supporting(cause) if _points(rule) > counted.get(_group(rule), 0)]


def _points(rule: Rule) -> int:
    return rule.then.points if isinstance(rule.then, Weighs) else 0


def _group(rule: Rule) -> str:
    return rule.then.group if isinstance(rule.then, Weighs) else ""


def _size(answers: Answers) -> tuple[int, int, str]:
    parts = sum(len(each.has | each.has_not) if isinstance(each, Picked) else 1 for each in answers.values())
    return len(answers), parts, str(answers.to_plain())

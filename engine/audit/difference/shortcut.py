"""For whom two rule bases surely come to the same: told without working out all that they conclude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...knowledge.behind import signs_behind
from ...knowledge.conditions import Condition, HasSign, atoms
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Shows
from ..people.hearing import Person
from .outcome import Contribution, Side, effect_of

TOO_MANY = 0.2
"""Where more than this share of the rules may conclude otherwise, looking at them first saves nothing."""


class Shortcut:
    """Tells of most people, at little cost, that two rule bases come to the same for them.

    A rule may conclude otherwise where its condition or its conclusion differs, or where it reads a sign that
    such a rule concludes. Where those that fire on both sides do the same, and all else that points rest on
    is the same, so are the outcomes. What is not told so has to be worked out.
    """

    def __init__(self, one: Side, other: Side) -> None:
        rule_bases = (one.rules, other.rules)
        suspects, signs = suspects_of(rule_bases)
        many = max(len(rules.rules) for rules in rule_bases)
        rest_on = [atom for rules in rule_bases for each in _base_conditions(rules) for atom in atoms(each)]
        self.of_use = (
            len(suspects) <= TOO_MANY * many
            and _elsewhere(one) == _elsewhere(other)
            and not any(isinstance(atom, HasSign) and atom.sign in signs for atom in rest_on)
        )
        self._sides = [
            (small := Side(_reduced(side.rules, suspects), side.base), _effects(small.rules, suspects))
            for side in (one, other)
            if self.of_use
        ]

    def is_same(self, person: Person) -> bool:
        """Whether the outcomes are surely the same; False also where that is not known."""
        if not self.of_use:
            return False
        for reply in person:
            if not reply.alike:
                return False
        one, other = [{effects[rule] for rule in side.hear(person).fired} for side, effects in self._sides]
        return one - {None} == other - {None}


def _effects(rules: RuleBase, suspects: frozenset[str]) -> list[Contribution | None]:
    """Of each rule in turn what it does; None for one that does the same anyway, or only finds a sign."""
    return [
        effect_of(rule) if id in suspects and not isinstance(rule.then, Shows) else None
        for id, rule in rules.rules.items()
    ]


def suspects_of(rule_bases: Sequence[RuleBase]) -> tuple[frozenset[str], frozenset[str]]:
    """The rules that may conclude otherwise, and the signs that may."""
    one, other = (rules.rules for rules in rule_bases)
    suspects = {
        id
        for id in one.keys() | other.keys()
        if id not in one
        or id not in other
        or (one[id].when, effect_of(one[id])) != (other[id].when, effect_of(other[id]))
    }
    signs: set[str] = set()
    rules = [*one.values(), *other.values()]
    while True:
        signs |= {rule.then.sign for rule in rules if rule.id in suspects and isinstance(rule.then, Shows)}
        more = {
            rule.id
            for rule in rules
            if any(isinstance(atom, HasSign) and atom.sign in signs for atom in atoms(rule.when))
        }
        if more <= suspects:
            return frozenset(suspects), frozenset(signs)
        suspects |= more


def _reduced(rules: RuleBase, suspects: frozenset[str]) -> RuleBase:
    """Only these rules, and those that find the signs which they read."""
    kept = {id: rule for id, rule in rules.rules.items() if id in suspects}
    signs = signs_behind([rule.when for rule in kept.values()], rules.rules_by_sign)
    kept |= {rule.id: rule for sign in signs for rule in rules.rules_by_sign[sign]}
    return replace(rules, rules={id: kept[id] for id in sorted(kept)})


def _base_conditions(rules: RuleBase) -> list[Condition]:
    rates = rules.base_rates
    return [
        *(band.when for band in rates.bands),
        *(when for rate in rates.rates.values() for when, _ in rate.lifts),
    ]


def _elsewhere(side: Side) -> object:
    """All that an outcome rests on but the rules: who is ranked, the level without a rule, the base rates."""
    network = side.network
    points = [*(points for _, points in network.bands), *((cause, up) for _, cause, up in network.lifts)]
    conditions = _base_conditions(side.rules)
    return network.causes, network.ranked, network.default, network.base, conditions, points

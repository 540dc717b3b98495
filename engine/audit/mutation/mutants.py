"""Mutants: a rule changed in one place that matters, and the rule base that has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from ...knowledge.behind import signs_behind
from ...knowledge.levels import LEVELS, height
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import POINTS_CAP, STRENGTHS, Conclusion, LikelihoodRatio, Raises, Rule, Shows, Weighs
from .condition_changes import changed_conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A rule and one slightly wrong version of it."""

    rule: Rule
    change: str
    """What differs, in words: `age_years > 65 → age_years >= 65`. No two mutants of a rule have the same."""
    changed: Rule

    @property
    def is_of_condition(self) -> bool:
        """Whether the condition is changed; else it is the conclusion."""
        return self.changed.when is not self.rule.when

    def rules(self, rules: RuleBase) -> RuleBase:
        """The rule base with the changed rule in place of the right one."""
        return replace(rules, rules=MappingProxyType({**rules.rules, self.rule.id: self.changed}))


def mutants(rules: RuleBase, ids: Iterable[str] | None = None) -> Iterator[Mutant]:
    """The mutants of these rules, or of all, rule by rule in the order of ids."""
    wanted = rules.rules if ids is None else set(ids)
    for rule in rules.rules.values():
        if rule.id in wanted:
            yield from mutants_of(rule, rules)


def mutants_of(rule: Rule, rules: RuleBase) -> Iterator[Mutant]:
    """The mutants of a rule: those of its condition, then those of its conclusion."""
    for change, when in changed_conditions(rule.when, rules.questions):
        yield Mutant(rule=rule, change=change, changed=replace(rule, when=when))
    for change, then in _conclusions(rule, rules):
        yield Mutant(rule=rule, change=change, changed=replace(rule, then=then))


def _conclusions(rule: Rule, rules: RuleBase) -> Iterator[tuple[str, Conclusion]]:
    then = rule.then
    if isinstance(then, Raises):
        for level in LEVELS:
            if abs(height(level) - height(then.urgency)) != 1:
                continue
            yield f"{then.urgency} → {level}", Raises(urgency=level)
    elif isinstance(then, Shows):
        other = _another_sign(rule, then.sign, rules)
        if other is not None:
            yield f"sign {then.sign} → sign {other}", Shows(sign=other)
    else:
        yield from _weights(then)
        if then.points:
            side = "opposes" if then.supports else "supports"
            yield f"{'supports' if then.supports else 'opposes'} → {side}", _turned(then)
        if slot_of(rule, rules):
            yield f"group {then.group} → a group of its own", replace(then, group=own_group(rule, rules))


def _weights(then: Weighs) -> Iterator[tuple[str, Weighs]]:
    """The weight up and down by what is seen: a point for a ratio, the next word for a strength."""
    if then.likelihood_ratio is None:
        words = list(STRENGTHS)
        at = words.index(then.strength or "neutral")
        for word in (words[each] for each in (at - 1, at + 1) if 0 <= each < len(words)):
            yield f"{then.strength} → {word}", replace(then, strength=word)
        return
    for points in (then.points + 1, then.points - 1):
        if 0 <= (points if then.supports else -points) <= POINTS_CAP:
            ratio = (Decimal(10) ** (Decimal(points) / 10)).quantize(Decimal("0.0001"))
            changed = LikelihoodRatio(value=ratio, among=then.likelihood_ratio.among)
            yield f"{then.points:+d} → {points:+d} points", replace(then, likelihood_ratio=changed)


def _turned(then: Weighs) -> Weighs:
    """As strong for the cause as it was against it, or the other way round."""
    ratio = then.likelihood_ratio
    if ratio is not None:
        inverse = (Decimal(10) ** (Decimal(-then.points) / 10)).quantize(Decimal("0.0001"))
        ratio = LikelihoodRatio(value=inverse, among=ratio.among)
    return replace(then, supports=not then.supports, likelihood_ratio=ratio)


def slot_of(rule: Rule, rules: RuleBase) -> tuple[Rule, ...]:
    """The other rules of which only the strongest counts, this one among them, if it weighs anything."""
    then = rule.then
    if not isinstance(then, Weighs) or not then.points:
        return ()
    return tuple(
        other
        for other in rules.rules_by_cause[then.cause]
        if other.id != rule.id and isinstance(other.then, Weighs)
        if (other.then.group, other.then.supports) == (then.group, then.supports) and other.then.points
    )


def own_group(rule: Rule, rules: RuleBase) -> str:
    """A group that no rule has."""
    taken = {each.then.group for each in rules.rules.values() if isinstance(each.then, Weighs)}
    name = f"{rule.id}-alone"
    while name in taken:
        name += "-alone"
    return name


def _another_sign(rule: Rule, sign: str, rules: RuleBase) -> str | None:
    """The sign after it, by id, that the rule does not rest on; None where no rule would be left for it.

    A sign without a rule is refused at load, so that mistake cannot get in.
    """
    if len(rules.rules_by_sign[sign]) < 2:
        return None
    below = signs_behind([rule.when], rules.rules_by_sign)
    order = list(rules.signs)
    at = order.index(sign)
    return next((each for each in order[at + 1 :] + order[:at] if each not in below), None)

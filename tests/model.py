"""The meaning of rules, straight from docs/semantics.md, as short as it can be.

It shares no code with the engines: it has its own truth, its own points and its own ranking, and it
tries every rule on every person. What the engines say is right when it is what this says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from engine.answers.answers import Answers
from engine.knowledge.rule_base import RuleBase
from engine.knowledge.rules import Raises, Shows, Weighs

Truth = bool | None


@dataclass(frozen=True)
class Outcome:
    """What must agree with every engine."""

    fired: tuple[str, ...]
    signs: dict[str, bool]
    points: dict[str, int]
    order: tuple[tuple[int, str], ...]
    urgency: str


def outcome(rules: RuleBase, answers: Answers) -> Outcome:
    """The rules that fire, the signs known, every cause's points and rank, the urgency."""
    seen: dict[str, Truth] = {}
    truths = {id: truth(rule.when, rules, answers, seen) for id, rule in rules.rules.items()}
    fired = [id for id, value in truths.items() if value is True]
    signs = {sign: sign_truth(sign, rules, answers, seen) for sign in rules.signs}
    points = {cause: base(cause, rules, answers, seen) + weigh(cause, fired, rules) for cause in rules.causes}
    ranks = {cause: 1 + sum(points[other] > points[cause] for other in points) for cause in points}
    levels = ["self_care", "routine", "urgent", "same_day", "emergency"]
    raised = [then.urgency for id in fired if isinstance(then := rules.rules[id].then, Raises)]
    return Outcome(
        fired=tuple(sorted(fired)),
        signs={sign: value for sign, value in signs.items() if value is not None},
        points=points,
        order=tuple(sorted((rank, cause) for cause, rank in ranks.items())),
        urgency=max(raised, key=levels.index, default=rules.default_urgency),
    )


def truth(condition: Any, rules: RuleBase, answers: Answers, seen: dict[str, Truth] | None = None) -> Truth:
    """Strong Kleene truth: True, False or None. `seen` keeps the signs of these answers."""
    seen = {} if seen is None else seen
    kind = type(condition).__name__
    if kind == "Not":
        return kleene(kind, 1, [truth(condition.item, rules, answers, seen)])
    if kind in ("All", "Any", "AtLeast"):
        values = [truth(item, rules, answers, seen) for item in condition.items]
        return kleene(kind, getattr(condition, "count", 1), values)
    if kind == "HasSign":
        return sign_truth(condition.sign, rules, answers, seen)
    answer: Any = answers.get(condition.question)
    if answer is None or type(answer).__name__ == "Refused":
        return None
    if kind == "IsUnsure":
        return str(answer) == "unsure"
    if str(answer) == "unsure":
        return None
    if kind == "Is":
        return bool(answer.option in condition.options)
    if kind == "Has":
        denied = condition.option in answer.has_not
        return True if condition.option in answer.has else False if denied else None
    more = answer.value - condition.bound
    return bool({"<": more < 0, "<=": more <= 0, ">": more > 0, ">=": more >= 0}[condition.operator])


def kleene(kind: str, count: int, values: list[Truth]) -> Truth:
    """Of a condition of this kind, given the truth of its parts."""
    if kind == "Not":
        return None if values[0] is None else not values[0]
    count = len(values) if kind == "All" else count
    surely = len([value for value in values if value is True])
    perhaps = len([value for value in values if value is not False])
    return True if surely >= count else None if perhaps >= count else False


def sign_truth(sign: str, rules: RuleBase, answers: Answers, seen: dict[str, Truth]) -> Truth:
    """True when some rule that concludes it is true, False when all are false."""
    if sign not in seen:
        found = [rule.when for rule in rules.rules.values() if rule.then == Shows(sign=sign)]
        seen[sign] = kleene("Any", 1, [truth(when, rules, answers, seen) for when in found])
    return seen[sign]


def weigh(cause: str, fired: list[str], rules: RuleBase) -> int:
    """The strongest fired rule for and the strongest against, of each group, added up."""
    best: dict[tuple[str, bool], int] = {}
    for id in fired:
        then = rules.rules[id].then
        if isinstance(then, Weighs) and then.cause == cause:
            key = (then.group, then.supports)
            best[key] = max(best.get(key, 0), abs(decibans(then)))
    return sum(points if supports else -points for (_, supports), points in best.items())


def decibans(then: Weighs) -> int:
    """10 log10 of the ratio in whole numbers, at most 10; or the strength's points."""
    if then.likelihood_ratio is None:
        return {"near_diagnostic": 10, "strong": 7, "moderate": 4, "weak": 2, "neutral": 0}[
            str(then.strength)
        ]
    return min(10, round(abs(10 * math.log10(then.likelihood_ratio.value))))


def base(cause: str, rules: RuleBase, answers: Answers, seen: dict[str, Truth]) -> int:
    """The points of how common the cause is among people like this."""
    rate = rules.base_rates.rates[cause]
    bands = [band.id for band in rules.base_rates.bands if truth(band.when, rules, answers, seen) is True]
    percents = [rate.percent[(bands or ["adults"])[0]]]
    percents += [percent for when, percent in rate.lifts if truth(when, rules, answers, seen) is True]
    return [points for least, points in sorted(rules.base_rates.points) if max(percents) >= least][-1]

"""How soon the person should be seen: the highest level of the rules that fired.

Nothing lowers it, it reads no rank, and the ranking does not read it.
"""

from __future__ import annotations

from .assessment import UrgencyReason, UrgencyResult
from .conditions import reasons
from .inference import Inference, Known
from .model import LEVELS, Level, Raises, Rule, RuleBase
from .openness import is_open, open_questions


def level_of(rule: Rule) -> Level:
    """The level that a rule about urgency raises."""
    assert isinstance(rule.then, Raises)
    return rule.then.urgency


def urgency_of(rules: RuleBase, inference: Inference, known: Known) -> UrgencyResult:
    """The level, the rules behind it (highest first), and what could still raise it."""
    fired = [rule for rule in rules.urgency_rules if rule.id in inference.fired]
    fired.sort(key=lambda rule: (LEVELS.index(level_of(rule)), rule.id))
    level = level_of(fired[0]) if fired else rules.default_urgency
    higher = LEVELS[: LEVELS.index(level)]
    could_raise = [rule for rule in rules.urgency_rules if level_of(rule) in higher and is_open(rule, known)]
    not_assessed = open_questions(could_raise, rules, known)
    return UrgencyResult(
        level=level,
        name=rules.urgencies[level].name,
        advice=rules.urgencies[level].advice,
        at_least=bool(not_assessed),
        rules=tuple(
            UrgencyReason(
                id=rule.id,
                level=level_of(rule),
                because=rule.because,
                cites=tuple(str(citation) for citation in rule.cites),
                grade=rule.grade,
                sign_off=rule.sign_off,
                facts=tuple(known.describe(leaf) for leaf in reasons(rule.when, known)),
            )
            for rule in fired
        ),
        not_assessed=not_assessed,
    )

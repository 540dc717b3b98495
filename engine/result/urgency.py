"""How soon the person should be seen: the highest level of the rules that fired.

Nothing lowers it, it reads no rank, and the ranking does not read it.
"""

from __future__ import annotations

from ..knowledge.levels import LEVELS, PRESSING, Level, levels_above
from ..knowledge.marks import marks
from ..knowledge.rules import Rule, level_of
from .assessment import UrgencyReason, UrgencyResult
from .outlook import Standing


def raised(person: Standing) -> tuple[Rule, ...]:
    """The rules about urgency that fired, highest first."""
    return person.rules.raised_by(person.fired)


def moving_levels(person: Standing) -> tuple[Level, ...]:
    """The levels to which one more rule would move the urgency, highest first."""
    level = person.rules.level_by(person.fired)
    if raised(person):
        return levels_above(level)
    return tuple(each for each in LEVELS if each != level)


def urgency_of(person: Standing) -> UrgencyResult:
    """The level, the rules behind it (highest first), and what could still raise it."""
    rules, known = person.rules, person.known
    fired, level = raised(person), person.rules.level_by(person.fired)
    higher = levels_above(level)
    could_raise = [rule for rule in rules.urgency_rules if level_of(rule) in higher and person.is_open(rule)]
    not_assessed = person.open_questions(could_raise)
    not_screened = person.unscreened(could_raise)
    unanswered = not fired or (bool(not_screened) and level not in PRESSING)
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
                marks=marks(rule, rules),
                facts=tuple(known.describe(leaf) for leaf in person.reasons(rule)),
            )
            for rule in fired
        ),
        not_assessed=not_assessed,
        not_screened=not_screened,
        cannot_be_said=bool(not_assessed) and unanswered,
    )

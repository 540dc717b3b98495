"""Answers that cannot all be right: which consistency checks hold.

They bear on nothing else: the answers count as given, for every rule, rank and urgency.
"""

from __future__ import annotations

from fractions import Fraction

from ..answers.answers import Amount, Answers
from ..inference.firing import Known
from ..knowledge.conditions import Truth, truth
from ..knowledge.questions import HOURS, Question, unit_of
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import ConsistencyCheck, Longer


def contradictions(rules: RuleBase, known: Known) -> tuple[ConsistencyCheck, ...]:
    """The checks whose condition is certainly true of the person, by id."""
    return tuple(check for check in rules.consistency.values() if holds(check, rules, known))


def holds(check: ConsistencyCheck, rules: RuleBase, known: Known) -> Truth:
    """Whether the check holds of the person; None where what is known does not tell."""
    if isinstance(check.when, Longer):
        return _is_longer(check.when, rules, known.answers)
    return truth(check.when, known)


def _is_longer(when: Longer, rules: RuleBase, answers: Answers) -> Truth:
    """Whether one time is longer than the other can be; one in whole units may be up to a unit longer."""
    one, other = answers.get(when.longer), answers.get(when.than)
    if not isinstance(one, Amount) or not isinstance(other, Amount):
        return None
    longer, than = rules.questions[when.longer], rules.questions[when.than]
    hours = Fraction(one.value) * _scale(longer)
    if than.whole:
        return hours >= (Fraction(other.value) + 1) * _scale(than)
    return hours > Fraction(other.value) * _scale(than)


def _scale(question: Question) -> Fraction:
    """Hours in what the question's amounts count: years, say; a duration is held in hours."""
    unit = unit_of(question.unit or "")
    assert unit is not None
    return Fraction(1) if question.kind == "duration" else Fraction(HOURS[unit])

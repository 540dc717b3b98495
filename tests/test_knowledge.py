"""What is promised of the shipped rules as knowledge: what counts twice, what reads what, what is cited."""

from __future__ import annotations

import re

import pytest
import shipped

from engine import assess
from engine.knowledge.conditions import HasSign, atoms
from engine.knowledge.marks import marks
from engine.knowledge.rules import Weighs

SHARED: dict[str, object] = {
    "symptom_kinds": {"has": ["ache", "shooting", "numb", "tingling", "weak"]},
    "walk_stand_trigger": {"has": ["lifting_or_bending"]},
    "onset_speed": "weeks",
    "symptom_duration": "2 months",
    "symptom_course": "same",
    "daily_life": "limited",
}
"""What people with any of the causes may say."""


@pytest.mark.parametrize("cause", shipped.rules().causes)
@pytest.mark.parametrize("age", [None, 35, 50, 64])
def test_shared_findings_leave_the_base_rate_alone(cause: str, age: int | None) -> None:
    person = SHARED | ({} if age is None else {"age_years": age})
    found = next(each for each in assess(person, shipped.rules()).causes if each.id == cause)
    by_age = sum(each.points for each in found.against if each.group.startswith("age-"))
    assert found.points == found.base_points + by_age
    assert not any(each.points for each in found.for_)


@pytest.mark.parametrize("cause", shipped.rules().causes)
def test_one_leg_is_evidence_for_no_cause(cause: str) -> None:
    found = next(
        each for each in assess(SHARED | {"symptom_side": "left"}, shipped.rules()).causes if each.id == cause
    )
    assert not any(each.points for each in found.for_)


def test_the_commonest_cause_is_not_well_supported_by_shared_findings() -> None:
    result = assess(SHARED | {"symptom_side": "left", "age_years": 45}, shipped.rules())
    assert result.none_well_supported
    assert {cause.support for cause in result.causes} <= {"no evidence", "little support", "against"}


def test_causes_mostly_read_signs() -> None:
    weighing = [
        rule
        for rule in shipped.rules().rules.values()
        if isinstance(rule.then, Weighs) and rule.then.cause in shipped.rules().causes
    ]
    through_signs = [rule for rule in weighing if any(isinstance(atom, HasSign) for atom in atoms(rule.when))]
    assert len(through_signs) > len(weighing) / 2


def test_every_red_flag_of_the_catalogue_has_a_rule() -> None:
    numbers = {match[1] for id in shipped.rules().rules if (match := re.match(r"rf(\d\d)", id))}
    assert numbers == {f"{number:02}" for number in range(1, 55)}


def test_a_rule_that_waits_for_a_clinician_says_so() -> None:
    waiting = [rule for rule in shipped.rules().rules.values() if rule.sign_off]
    assert waiting
    assert all("needs sign-off" in marks(rule, shipped.rules()) for rule in waiting)

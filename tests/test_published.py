"""Scoring published patients: what is counted, who changed, and answers that are no longer taken."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import published
from published import Patient, Scored

from engine import RuleBase
from engine.loading.loader import read_rules

BASE = Path(__file__).parent / "bad" / "base.yaml"


@functools.cache
def small() -> RuleBase:
    """The small rule base, in which the night is same_day and both legs speak for a narrow canal."""
    return read_rules({"base.yaml": BASE.read_bytes()})


def patient(truth: str = "narrow_canal", *, emergency: bool = False, **answers: object) -> Patient:
    return Patient(id="someone", truth=truth, acceptable=(), emergency=emergency, hard=False, answers=answers)


def given(level: str, place: int | None, *, emergency: bool = False) -> Scored:
    return Scored(patient=patient(emergency=emergency), level=level, place=place, left_out=())


def test_a_patient_is_scored_by_the_level_and_the_place_of_a_right_cause() -> None:
    both = published.scored(patient(side="both", worse_at_night="yes"), small())
    assert (both.level, both.place, both.left_out) == ("same_day", 1, ())
    assert published.scored(patient(side="left"), small()).place == 2
    assert published.scored(patient("none_of_these:gout", side="left"), small()).place is None


def test_answers_that_are_no_longer_taken_are_left_out_and_named() -> None:
    found = published.scored(patient(side="both", gone="yes", feelings=["no_such"]), small())
    assert (found.place, found.left_out) == (1, ("gone", "feelings"))
    assert "Left out, as these does not take them: 2 answers to feelings, gone" in list(
        published.report({"these": [found]})
    )


def test_what_is_counted() -> None:
    found = [
        given("emergency", 1),
        given("routine", 3),
        given("same_day", 4),
        given("emergency", None, emergency=True),
        given("same_day", 1, emergency=True),
        given("urgent", 2, emergency=True),
    ]
    assert [(many, of) for _, many, of in published.counts(found)] == [(2, 5), (4, 5), (2, 3), (1, 3), (1, 3)]


def test_before_and_after_stand_side_by_side_with_who_changed() -> None:
    before, after = [given("routine", 2), given("urgent", 1)], [given("routine", 1), given("urgent", 1)]
    lines = list(published.report({"old": before, "new": after}))
    assert lines[0] == published.WARNING
    assert "  a right cause first, or sharing the first place: 1 of 2 → 2 of 2" in lines
    assert lines[-2:] == [
        "1 came out otherwise:",
        "  someone (narrow_canal, no emergency): routine, place 2 → routine, place 1",
    ]


def test_the_patients_in_the_file_are_read() -> None:
    found = published.patients(published.FILE.read_text(encoding="utf-8"))
    assert len(found) == len({one.id for one in found}) == 90
    line = json.dumps(
        {"id": "x", "truth": "t", "acceptable": ["u"], "emergency": True, "hard": True, "answers": {}}
    )
    [one] = published.patients(line + "\n\n")
    assert (one.id, one.truth, one.acceptable, one.emergency, one.hard) == ("x", "t", ("u",), True, True)

"""How the rules do on patients that they were not made for (tests/independent_patients.yaml)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shipped
import yaml

from engine import Assessment, assess
from engine.knowledge.levels import LEVELS

PATIENTS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "independent_patients.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)


@cache
def result(id: str) -> Assessment:
    """The result of the patient."""
    return assess(next(each["answers"] for each in PATIENTS if each["id"] == id), shipped.rules())


def place(patient: dict[str, Any]) -> int:
    """The place of the cause behind the picture, ties shared."""
    return next(cause.rank for cause in result(patient["id"]).causes if cause.id == patient["truth"])


def level(patient: dict[str, Any]) -> str:
    return result(patient["id"]).urgency.level


def share(found: Iterable[bool]) -> float:
    each = list(found)
    return sum(each) / len(each)


ANSWERABLE = [
    each
    for each in PATIENTS
    if each["history_can_answer"] == "yes" and each["truth"] in shipped.rules().causes
]
NOT_URGENT = [each for each in PATIENTS if LEVELS.index(each["urgency"]) >= LEVELS.index("urgent")]


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: str(patient["id"]))
def test_an_emergency_is_seen_today(patient: dict[str, Any]) -> None:
    if patient["urgency"] == "emergency":
        assert level(patient) in ("emergency", "same_day")


def test_few_of_the_others_are_called_an_emergency() -> None:
    assert share(level(each) == "emergency" for each in NOT_URGENT) <= 0.10


def test_the_right_cause_is_mostly_first_and_nearly_always_among_three() -> None:
    assert share(place(each) == 1 for each in ANSWERABLE) >= 0.75
    assert share(place(each) <= 3 for each in ANSWERABLE) >= 0.92


def test_every_cause_is_among_the_patients() -> None:
    assert {each["truth"] for each in ANSWERABLE} == set(shipped.rules().causes)

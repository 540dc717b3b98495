"""The worked cases hold; `legtriage test` runs the same files."""

from __future__ import annotations

import pytest

from engine import load_rules
from engine.cases import Case, coverage, differences, load_cases

RULES = load_rules()
CASES = load_cases(RULES)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.where.path.rsplit('/', 1)[-1]}:{case.where.line} {case.id}"
)
def test_case(case: Case) -> None:
    assert [str(problem) for problem in differences(case, RULES)] == []


def test_every_rule_fires_in_some_case_and_nearly_fires_in_another() -> None:
    found = coverage(CASES, RULES)
    assert found.never_fires == ()
    assert found.never_silent == ()

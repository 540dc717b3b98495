"""The worked cases hold; `legtriage test` runs the same files."""

from __future__ import annotations

import pytest

from engine import load_rules
from engine.cases import Case, differences, load_cases

RULES = load_rules()
CASES = load_cases(RULES)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.where.path.rsplit('/', 1)[-1]}:{case.where.line} {case.id}"
)
def test_case(case: Case) -> None:
    assert [str(problem) for problem in differences(case, RULES)] == []


def test_every_rule_fires_in_some_case() -> None:
    fired = {rule for case in CASES for rule in case.expect.fires}
    assert sorted(set(RULES.rules) - fired) == []

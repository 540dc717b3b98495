"""No cause comes to fewer points than the least nor to more than the most, whatever is answered yet.

Also by an answers file, which may answer what would not be asked.
"""

from __future__ import annotations

from typing import Any

import model
import pytest
import shipped
from effort import examples
from enumeration import completions
from generators import loaded, rule_bases
from hypothesis import given
from hypothesis import strategies as st
from strategies import answer_sets, answers_to

from engine import UNSURE, Answers, Assessment, RuleBase, assess, read_answers
from engine.answers.answers import Refused


def outside(before: Assessment, points: dict[str, int]) -> dict[str, int]:
    """The totals that the ranges foretold not to be possible."""
    ranges = {cause.id: range(cause.least_points, cause.most_points + 1) for cause in before.causes}
    return {cause: total for cause, total in points.items() if total not in ranges[cause]}


@examples(300)
@given(rules=rule_bases(), data=st.data())
def test_whatever_is_answered_yet_stays_within(rules: RuleBase, data: st.DataObject) -> None:
    given = data.draw(answer_sets(rules))
    if data.draw(st.booleans()):  # so that limp would not be asked
        given = {**given, "side": "right"}
        given.pop("limp", None)
    answers = read_answers(given, rules)
    wanting = {
        id: each
        for id, each in rules.questions.items()
        if answers.get(id, UNSURE) is UNSURE or isinstance(answers[id], Refused)
    }
    more = data.draw(st.fixed_dictionaries({}, optional={id: answers_to(wanting[id]) for id in wanting}))
    later = Answers({**answers, **read_answers(more, rules)}, rules.sha256)
    every_way = data.draw(st.sampled_from(sorted(wanting))) if wanting else None
    before = assess(answers, rules)
    for after in completions(rules, later, [every_way] if every_way else []):
        assert outside(before, model.outcome(rules, after).points) == {}


def supported_by(when: str) -> RuleBase:
    """A rule base in which this supports a cause; `limp` is asked where the side is left or both."""
    signs = ["first_sign", "second_sign", "third_sign"]
    shown: list[dict[str, Any]] = [{"when": "fever is yes", "sign": sign} for sign in signs]
    weighs = {"when": when, "supports": "disc", "strength": "near_diagnostic", "group": "one"}
    common = {"grade": "judgement", "because": "Some reason.", "cites": ["study"]}
    return loaded([{"id": f"rule-{at}", **rule, **common} for at, rule in enumerate([*shown, weighs])])


@pytest.mark.parametrize("limp", ["yes", "unsure"])
def test_what_a_file_answers_though_it_would_not_be_asked_stays_within(limp: str) -> None:
    rules = supported_by(f"limp is {limp}")
    before = assess({"side": "right"}, rules)
    after = assess({"side": "right", "limp": limp}, rules)
    points = {cause.id: cause.points for cause in after.causes}
    assert points["disc"] == {cause.id: cause.points for cause in before.causes}["disc"] + 10
    assert outside(before, points) == {}
    assert "disc" in before.possible_first


def test_where_every_question_is_answered_in_full_the_range_is_the_total() -> None:
    rules = supported_by("limp is yes")
    result = assess(
        {
            "fever": "no",
            "limp": "no",
            "side": "right",
            "effect": "gone",
            "kinds": ["none"],
            "age": 50,
            "lasting": "2 days",
        },
        rules,
    )
    assert all(cause.least_points == cause.points == cause.most_points for cause in result.causes)


@pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.audit)])
def test_the_total_is_within_the_range(every: int) -> None:
    for case in shipped.cases()[::every]:
        for cause in assess(case.answers, shipped.rules()).causes:
            assert cause.least_points <= cause.points <= cause.most_points, case.id

"""No cause comes to fewer points than the least nor to more than the most, whatever is answered yet."""

from __future__ import annotations

import model
from enumeration import completions
from generators import rule_bases
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sets

from engine import UNSURE, Assessment, RuleBase, assess, load_rules, read_answers
from engine.cases import load_cases


def outside(before: Assessment, points: dict[str, int]) -> dict[str, int]:
    """The totals that the ranges foretold not to be possible."""
    ranges = {cause.id: range(cause.least_points, cause.most_points + 1) for cause in before.causes}
    return {cause: total for cause, total in points.items() if total not in ranges[cause]}


@settings(max_examples=20)
@given(rules=rule_bases(), data=st.data())
def test_every_way_to_answer_what_is_open_stays_within(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    wanting = [id for id in rules.questions if answers.get(id, UNSURE) is UNSURE]
    open_questions = data.draw(st.permutations(wanting))[:3]
    before = assess(answers, rules)
    for after in completions(rules, answers, open_questions):
        assert outside(before, model.outcome(rules, after).points) == {}


def test_where_all_is_answered_in_full_the_range_is_the_total() -> None:
    rules = load_rules()
    for case in load_cases(rules):
        result = assess(case.answers, rules)
        for cause in result.causes:
            assert cause.least_points <= cause.points <= cause.most_points, case.id
            if not cause.unknown and result.status == "complete":
                assert cause.least_points == cause.most_points, case.id

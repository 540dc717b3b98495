"""Which causes the article's symptoms tell apart: decided exactly, as brute force over all answers says."""

from __future__ import annotations

from math import prod

import pytest
import shipped
from enumeration import completions, sure_answers
from generators import rule_bases
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.audit.proofs.separation import article_symptoms, separations
from engine.audit.search.witness import Witnesses
from engine.inference.firing import Known
from engine.inference.network import infer
from engine.knowledge.conditions import truth
from engine.knowledge.rule_base import RuleBase

MOST = 4000
"""People that brute force looks at."""


@given(rules=rule_bases(), data=st.data())
def test_some_answers_fire_one_rule_and_refute_another(rules: RuleBase, data: st.DataObject) -> None:
    one, other = (data.draw(st.sampled_from([*rules.rules.values()])) for _ in range(2))
    read = rules.questions_read[one.id] | rules.questions_read[other.id]
    questions = [id for id in rules.questions if id in read]
    assume(prod(len(sure_answers(rules.questions[id], rules)) + 2 for id in questions) <= MOST)

    def told(known: Known) -> bool:
        return truth(one.when, known) is True and truth(other.when, known) is False

    people = completions(rules, {}, questions)
    found = any(told(Known(person, infer(rules, person).signs)) for person in people)
    witness = Witnesses(rules).find(true=[one.when], false=[other.when])
    assert (witness is not None) is found


def test_every_two_causes_are_looked_at_once() -> None:
    pairs = [frozenset({each.one, each.other}) for each in separations(shipped.rules())]
    many = len(shipped.rules().causes)
    assert len(pairs) == len(set(pairs)) == many * (many - 1) // 2


def test_each_symptom_either_tells_or_is_shared() -> None:
    for each in separations(shipped.rules()):
        for cause, tells, shared in (
            (each.one, each.tells_one, each.shared_by_one),
            (each.other, each.tells_other, each.shared_by_other),
        ):
            assert sorted((*tells, *shared)) == [rule.id for rule in article_symptoms(cause, shipped.rules())]


@pytest.mark.parametrize("cause", shipped.rules().causes)
def test_a_cause_without_listed_symptoms_is_told_by_nothing(cause: str) -> None:
    if not shipped.rules().causes[cause].lists_symptoms:
        assert article_symptoms(cause, shipped.rules()) == ()
        assert all(
            each.apart != "both ways"
            for each in separations(shipped.rules())
            if cause in (each.one, each.other)
        )

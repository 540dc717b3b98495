"""An answer that refuses: the question is done with, and the result counts what it asks as open."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import model
import pytest
import shipped
from clips_engine import ClipsEngine
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from patients import person
from strategies import answer_sets

from engine import UNSURE, Answers, AnswersError, RuleBase, assess, read_answers
from engine.answers.answers import Refused, in_words
from engine.inference.agreement import infer
from engine.interview.choice import kinds_of_answers
from engine.interview.interview import begin
from engine.interview.typed import answer_from_line
from engine.knowledge.conditions import Compare, Has, HasSign, Is, IsUnsure, Not
from engine.records.saved_answers import read_saved, saved_text
from engine.report.rendering import render

ONE, MANY = "sexual_change", "foot_strength_test"
HUSH = {ONE: "rather_not_say", MANY: "did_not_try"}
"""Options that refuse here, whatever they are in the shipped rules: of one option, and of several."""


@cache
def rules() -> RuleBase:
    """The shipped rules, in which these options refuse, and for each a rule that it is not unsure."""
    questions = dict(shipped.rules().questions)
    for id, hush in HUSH.items():
        options = [
            replace(each, refuses=True, means_unsure=False) if each.id == hush else each
            for each in questions[id].options
        ]
        questions[id] = replace(questions[id], options=tuple(options))
    like = shipped.rules().urgency_rules[0]
    sure = {f"sure-of-{id}": replace(like, id=f"sure-of-{id}", when=Not(IsUnsure(id))) for id in HUSH}
    every = dict(sorted({**shipped.rules().rules, **sure}.items()))
    return replace(
        shipped.rules(),
        questions=MappingProxyType(questions),
        rules=MappingProxyType(every),
        sha256="hushed",
    )


@pytest.mark.parametrize("id", HUSH)
def test_no_statement_about_it_is_true_or_false(id: str) -> None:
    answers = read_answers({id: HUSH[id]}, rules())
    assert dict(answers) == {id: Refused(HUSH[id])}
    found = [each for each in rules().atoms if not isinstance(each, HasSign)]
    about = [each for each in found if isinstance(each, (Is, Has, Compare, IsUnsure)) and each.question == id]
    assert IsUnsure(id) in about
    assert len(about) > 1
    assert {answers.truth(each) for each in about} == {None}


@examples(20)
@given(data=st.data())
def test_every_rule_and_point_is_that_of_someone_who_was_not_asked(data: st.DataObject) -> None:
    given_answers = data.draw(answer_sets(rules()))
    hushed = data.draw(st.sets(st.sampled_from([*HUSH]), min_size=1))
    without = read_answers({id: each for id, each in given_answers.items() if id not in hushed}, rules())
    answers = Answers({**without, **{id: Refused(HUSH[id]) for id in hushed}}, rules().sha256)
    assert model.outcome(rules(), answers) == model.outcome(rules(), without)
    assert infer(rules(), answers) == infer(rules(), without)
    refused, unasked = assess(answers, rules()), assess(without, rules())
    assert refused.urgency.level == unasked.urgency.level
    assert [each.points for each in refused.causes] == [each.points for each in unasked.causes]


def test_clips_agrees_with_the_model_on_people_who_refuse() -> None:
    clips, dice = ClipsEngine(rules()), random.Random(0)
    people = [person(rules(), dice) for _ in range(300)]
    refusing = [each for each in people if any(isinstance(answer, Refused) for answer in each.values())]
    assert len(refusing) > 20
    for each in refusing:
        expected = model.outcome(rules(), each)
        clips.run(each)
        assert (clips.fired(), clips.signs()) == (expected.fired, expected.signs)
        assert (clips.points(), clips.level()) == (expected.points, expected.urgency)


@pytest.mark.parametrize("id", HUSH)
def test_the_interview_asks_on_and_not_again(id: str) -> None:
    state = begin({"leg_weakness": "one_leg"}, rules(), "all")
    asked = []
    while (step := state.step) is not None:
        asked.append(step.question.id)
        assert step.question.id in state.prospects.unanswered()
        say = HUSH.get(step.question.id, "unsure")
        answer = answer_from_line(step.question, say)
        assert answer is not None
        state = state.answered(answer)
        assert step.question.id not in state.prospects.unanswered()
    assert asked.count(id) == 1
    assert isinstance(state.answers[id], Refused)


def test_the_result_counts_it_as_open() -> None:
    clear: dict[str, object] = {"saddle_numbness": "no", "bladder_change": ["none"], "bowel_change": "normal"}
    unasked, refused, said = (
        assess({**clear, **more}, rules()) for more in ({}, {ONE: HUSH[ONE]}, {ONE: "no"})
    )
    for open_ in (unasked, refused):
        assert open_.urgency.at_least
        assert ONE in open_.urgency.not_assessed
        assert ONE in open_.urgency.not_screened
    assert refused.urgency == unasked.urgency
    assert ONE not in (*said.urgency.not_assessed, *said.urgency.not_screened)
    assert refused.answers == {**clear, "bladder_change": refused.answers["bladder_change"], ONE: HUSH[ONE]}
    assert "I would rather not say" in " ".join(render(refused, "html", rules()).split())


def test_it_is_complete_only_where_nothing_is_refused() -> None:
    state = begin({"age_years": 50}, rules(), "all")  # of the age at which causes are ranked
    while (step := state.step) is not None:
        state = state.answered(kinds_of_answers(rules(), step.question.id)[1])
    assert assess(state.answers, rules()).status == "complete"
    for answer, status in ((UNSURE, "complete"), (Refused(HUSH[ONE]), "incomplete")):
        answers = Answers({**state.answers, ONE: answer}, rules().sha256)
        assert assess(answers, rules()).status == status


@pytest.mark.parametrize("id", HUSH)
def test_it_is_written_and_read_as_its_option(id: str) -> None:
    answers = read_answers({id: HUSH[id]}, rules())
    assert answers.to_plain() == {id: HUSH[id]}
    assert read_saved(saved_text(answers).encode(), rules(), "saved") == (answers, [])
    question = rules().questions[id]
    number = [*question.option_ids].index(HUSH[id]) + 1
    for line in (HUSH[id], str(number)):
        assert answer_from_line(question, line) == answers[id]
    assert in_words(question, answers[id]) == question.options[number - 1].text


def test_of_several_options_it_goes_with_no_other() -> None:
    for wrong in (["both_fine", HUSH[MANY]], {"has": [HUSH[MANY]]}, {"not": [HUSH[MANY]]}):
        with pytest.raises(AnswersError) as raised:
            read_answers({MANY: wrong}, rules())
        assert [each.code for each in raised.value.problems] == ["A006"]

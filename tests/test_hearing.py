"""What a rule base hears of an answer that was given to another one's question."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shipped
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st
from strategies import answer_sets

from engine import UNSURE, RuleBase, read_answers
from engine.answers.answers import Answer, Picked
from engine.audit.people.hearing import Hearing, heard_by, merged
from engine.knowledge.questions import Option, Question

NIGHT, SIDE, FEELINGS, AGE, LASTS = (
    shipped.small().questions[id] for id in ("worse_at_night", "side", "feelings", "age_years", "lasts")
)


def without(question: Question, *gone: str) -> Question:
    return replace(question, options=tuple(each for each in question.options if each.id not in gone))


ITCHING = replace(
    FEELINGS, options=(*FEELINGS.options, Option(id="itching", text="it itches", where=FEELINGS.where))
)
FREE = ("burning", "numb", "shooting")


@pytest.mark.parametrize(
    ("hearer", "asked", "given", "heard"),
    [
        (None, SIDE, "left", None),
        (None, SIDE, "unsure", None),
        (SIDE, SIDE, "left", "left"),
        (without(SIDE, "left"), SIDE, "left", None),
        (without(SIDE, "left"), SIDE, "right", "right"),
        (FEELINGS, SIDE, "unsure", "unsure"),
        (FEELINGS, SIDE, "left", None),
        (LASTS, AGE, "40", None),
        (replace(AGE, unit="months"), AGE, "40", None),
        (replace(AGE, maximum=AGE.minimum), AGE, "40", None),
        (replace(AGE, whole=False), AGE, "40", "40 years"),
        (LASTS, LASTS, "3 weeks", "3 weeks"),
        (FEELINGS, ITCHING, ["itching", "numb"], {"has": ["numb"], "not": ["burning", "none", "shooting"]}),
        (FEELINGS, ITCHING, ["itching"], {"has": ["none"], "not": [*FREE]}),
        (FEELINGS, ITCHING, ["none"], {"has": ["none"], "not": [*FREE]}),
        (without(FEELINGS, "none"), ITCHING, ["itching"], None),
        (FEELINGS, ITCHING, {"has": ["itching"], "not": ["numb"]}, {"has": [], "not": ["none", "numb"]}),
        (ITCHING, FEELINGS, ["numb"], {"has": ["numb"], "not": ["burning", "none", "shooting"]}),
        (ITCHING, FEELINGS, ["none"], {"has": ["none"], "not": ["burning", "itching", "numb", "shooting"]}),
    ],
)
def test_heard(hearer: Question | None, asked: Question, given: object, heard: object) -> None:
    rules = replace(shipped.small(), questions={asked.id: asked}, sha256="")
    answer: Answer = read_answers({asked.id: given}, rules)[asked.id]
    found = heard_by(hearer, asked, answer)
    if heard is None:
        assert found is None
    elif isinstance(heard, dict):
        assert found == Picked(frozenset(heard["has"]), frozenset(heard["not"]))
    else:
        assert str(found) == heard


def test_an_option_that_now_means_unsure_is_heard_so() -> None:
    doubtful = [replace(each, means_unsure=each.id == "both") for each in SIDE.options]
    answer = read_answers({"side": "both"}, shipped.small())["side"]
    assert heard_by(replace(SIDE, options=tuple(doubtful)), SIDE, answer) is UNSURE


@given(one=rule_bases(), other=rule_bases(), data=st.data())
def test_what_both_know_alike_is_heard_as_it_is(one: RuleBase, other: RuleBase, data: st.DataObject) -> None:
    hearing = Hearing((one, other))
    answers = read_answers(data.draw(answer_sets(one)), one)
    for id, answer in answers.items():
        reply = hearing.reply(one.questions[id], answer)
        assert (reply.heard, reply.alike) == ((answer, answer), True)
        assert hearing.reply(one.questions[id], answer) is reply


def test_variants_of_one_kind_are_one_question_with_every_option_and_the_widest_range() -> None:
    [question] = merged([without(FEELINGS, "numb"), ITCHING])
    assert set(question.option_ids) == set(ITCHING.option_ids)
    [question] = merged([AGE, replace(AGE, minimum=None, whole=False)])
    assert (question.minimum, question.maximum, question.whole) == (None, AGE.maximum, False)
    assert len(merged([AGE, replace(AGE, unit="months"), SIDE])) == 3
    assert merged([NIGHT]) == (NIGHT,)

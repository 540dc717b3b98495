"""Every engine concludes what the model concludes, on rule bases and people of every kind."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import model
import pytest
import shipped
from effort import examples
from generators import loaded, rule_bases, rules_of
from hypothesis import assume, event, given
from hypothesis import strategies as st
from strategies import answer_sets, answers_to

from engine import Answers, Assessment, EnginesDisagree, RuleBase, assess, next_question, read_answers
from engine.answers.answers import Picked
from engine.inference.agreement import Engine, infer
from engine.inference.firing import Inference
from engine.knowledge.levels import LEVELS
from engine.result.consultation import consulted
from engine.result.outlook import Outlook

ENGINES: tuple[Engine, ...] = ("network", "experta")


def agrees(rules: RuleBase, answers: Answers, inference: Inference) -> Assessment:
    """Checks an engine's inference and the result made of it against the model."""
    expected = model.outcome(rules, answers)
    found = consulted(rules, answers, inference).assessment
    assert inference.fired == expected.fired
    assert inference.signs == expected.signs
    if found.not_ranked:
        assert found.causes == ()
    else:
        assert {cause.id: cause.points for cause in found.causes} == expected.points
        assert tuple(sorted((cause.rank, cause.id) for cause in found.causes)) == expected.order
    assert found.urgency.level == expected.urgency
    return found


@examples(25)
@given(data=st.data())
def test_engines_agree_with_the_model_on_the_shipped_rules(data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(shipped.rules())), shipped.rules())
    for engine in ENGINES:
        agrees(shipped.rules(), answers, infer(shipped.rules(), answers, engine))


@given(rules=rule_bases(), data=st.data())
def test_engines_agree_with_the_model_on_any_rules(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    for engine in ENGINES:
        agrees(rules, answers, infer(rules, answers, engine))


@st.composite
def earlier_and_later(draw: st.DrawFn, rules: RuleBase) -> tuple[Answers, Answers]:
    """What is known of someone now, and what is known once more is answered and `unsure` resolved."""
    later = read_answers(draw(answer_sets(rules)), rules)
    earlier: dict[str, object] = {}
    for question, answer in later.items():
        fate = draw(st.sampled_from(["kept", "unsure", "unanswered", "in part"]))
        if fate == "in part" and isinstance(answer, Picked):
            has = draw(st.sets(st.sampled_from(sorted(answer.has)))) if answer.has else set()
            earlier[question] = {"has": sorted(has)}
        elif fate != "unanswered":
            earlier[question] = "unsure" if fate == "unsure" else answer
    applying = draw(st.booleans())
    if applying:  # answers only to questions that apply
        person = Outlook(rules, later)
        later = read_answers({id: each for id, each in later.items() if person.applies(id)}, rules)
        earlier = {id: each for id, each in earlier.items() if id in later}
    return read_answers(earlier, rules), later


@given(rules=rule_bases(), data=st.data())
def test_what_could_still_come_first_names_every_cause_that_does(
    rules: RuleBase, data: st.DataObject
) -> None:
    before, after = data.draw(earlier_and_later(rules))
    possible = consulted(rules, before).assessment.possible_first
    first = [cause.id for cause in consulted(rules, after).assessment.causes if cause.rank == 1]
    assert set(first) <= set(possible)


@given(rules=rule_bases(), data=st.data())
def test_the_level_is_only_called_certain_when_no_further_answer_can_raise_it(
    rules: RuleBase, data: st.DataObject
) -> None:
    before, after = data.draw(earlier_and_later(rules))
    person = Outlook(rules, after)
    if not all(person.applies(id) for id in after):
        return  # whoever answers what does not apply is heard, but that is not foreseen
    urgency = consulted(rules, before).assessment.urgency
    event(f"certain: {not urgency.at_least}")
    if not urgency.at_least:
        assert LEVELS.index(model.outcome(rules, after).urgency) >= LEVELS.index(urgency.level)


@given(rules=rule_bases(), data=st.data())
def test_at_the_end_only_unsure_and_partial_answers_are_open(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers({}, rules)
    while (step := next_question(answers, rules)) is not None:
        drawn = read_answers({step.question.id: data.draw(answers_to(step.question))}, rules)
        assume(drawn)
        answers = read_answers({**answers, **drawn}, rules)
    found = consulted(rules, answers).assessment
    assert set(found.urgency.not_assessed) <= set(answers)


@given(rules=rules_of(), data=st.data())
def test_neither_the_order_of_rules_nor_of_answers_matters(
    rules: list[dict[str, Any]], data: st.DataObject
) -> None:
    given_answers = data.draw(answer_sets(loaded(rules)))
    one = loaded(rules)
    other = loaded(data.draw(st.permutations(rules)))
    shuffled = dict(data.draw(st.permutations(list(given_answers.items()))))
    found = [
        consulted(base, answers).assessment
        for base, answers in ((one, read_answers(given_answers, one)), (other, read_answers(shuffled, other)))
    ]
    plain = [dataclasses.replace(each, provenance={}).to_dict() for each in found]
    assert plain[0] == plain[1]


def test_the_model_is_short_enough_to_be_believed() -> None:
    source = Path(model.__file__).read_text(encoding="utf-8")
    assert len([line for line in source.splitlines() if line.strip()]) < 100


def test_an_error_inside_a_consultation_does_not_spoil_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = read_answers({"bend_forward_relief": "yes"}, shipped.rules())
    good = infer(shipped.rules(), answers)
    with monkeypatch.context() as patch:
        patch.setattr("engine.inference.experta_engine.Firing", None)
        with pytest.raises(TypeError):
            infer(shipped.rules(), answers, "experta")
    assert infer(shipped.rules(), answers, "experta") == good


def test_a_disagreement_is_loud_and_takes_the_higher_urgency(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(rules: RuleBase, answers: Answers) -> Inference:
        return Inference(fired=(), signs={})

    monkeypatch.setattr("engine.inference.network.infer", deaf)
    with pytest.raises(EnginesDisagree) as caught:
        assess({"saddle_numbness": "yes"}, shipped.rules(), engine="both")
    assert "rf01-saddle-numbness" in caught.value.rules
    assert "cauda_equina_symptom" in caught.value.signs
    assert caught.value.urgency == "emergency"
    assert "rf01-saddle-numbness" in str(caught.value)

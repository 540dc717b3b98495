"""What to do, danger by danger: the most urgent help first, in the person's own words, the right number."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
import shipped
from hypothesis import given
from hypothesis import strategies as st
from strategies import answer_sets

from engine import Assessment, RulesError, assess, read_answers
from engine.answers.answers import UNSURE, Chosen, Picked
from engine.interview.interview import begin
from engine.interview.prompts import alert_now, emergency_now
from engine.knowledge.acts import NUMBERS
from engine.knowledge.levels import PRESSING
from engine.knowledge.rule_base import RuleBase
from engine.knowledge.rules import level_of
from engine.loading.loader import read_rules
from engine.records.verification import verify
from engine.result.advice.act_text import to_do
from engine.result.advice.places import country_of_locale, known_countries
from engine.writing.template import template_of

BASE = Path(__file__).parent / "bad" / "base.yaml"

MORE = b"""questions:
  - id: fell
    kind: one_of
    text: Did you fall?
    why: It may be broken.
    options: [{id: none, text: no fall}, {id: fall, text: a fall}]
interview:
  - {title: More, questions: [fell]}
rules:
  - id: fall-today
    when: fell is fall
    urgency: same_day
    act: fall
    because: It is so.
    cites: [guide-2020]
    grade: judgement
  - id: night-after-a-fall
    when: {all: ["fell in [none, fall]", worse_at_night is yes]}
    urgency: same_day
    act: fall
    because: It is so.
    cites: [guide-2020]
    grade: judgement
  - id: both-legs-now
    when: {all: [side is both, worse_at_night is yes]}
    urgency: emergency
    act: both
    because: It is so.
    cites: [guide-2020]
    grade: judgement
  - id: numb-now
    when: {all: [sign nerve_like, worse_at_night is yes]}
    urgency: emergency
    act: alone
    because: It is so.
    cites: [guide-2020]
    grade: judgement
acts:
  - {id: fall, name: a fall, route: see_today, act: Sit down.,
     say: "[{facts}.] [After {fell}.] [I feel: {feelings}.]", come_back_if: [you fall],
     cites: [guide-2020], grade: judgement}
  - {id: alone, name: a weak nerve, route: see_today, act: Sit down., say: "[{facts}.] It is {danger}.",
     meanwhile: [stay-warm], come_back_if: [it gets worse, you fall], cites: [guide-2020], grade: judgement}
  - {id: both, name: two legs, route: ring, act: Lie down., say: "It is {danger}. [I am {age_years} old.]",
     meanwhile: [stay-warm], come_back_if: [it gets worse], cites: [guide-2020], grade: judgement}
"""
"""Two more dangers of the small rule base; by id the less urgent kind of help comes first."""


@functools.cache
def small() -> RuleBase:
    """The small rule base with two more dangers."""
    return read_rules({"base.yaml": BASE.read_bytes(), "more.yaml": MORE})


# What is said


def said(**answers: object) -> str:
    """What someone who sleeps badly reads out."""
    [act] = assess(answers, small()).acts
    return act.say


def test_what_was_not_answered_is_left_out() -> None:
    assert said(worse_at_night="yes") == "It is worse at night. It may be a bad night."
    assert said(worse_at_night="yes", lasts="3 weeks", side="left") == (
        "It is worse at night. I have had it for 3 weeks. It may be a bad night."
    )


def test_what_someone_is_not_sure_of_is_said_as_such_and_never_as_a_fact() -> None:
    assert said(worse_at_night="unsure", lasts="unsure") == (
        "I do not know about my nights. It may be a bad night."
    )


def test_facts_behind_signs_are_said_what_matters_most_first_and_each_once() -> None:
    answers = {"worse_at_night": "yes", "feelings": ["shooting", "numb"]}
    [act] = assess(answers, small()).acts
    assert act.say == ("It is worse at night, I am numb and feelings: it shoots. It is a weak nerve.")


@pytest.mark.parametrize(
    "text",
    ["[{a", "a]", "[a [b {c}] d]", "{a}}", "{{a}", "[no name]", "[]", "[{a}", "a [b"],
)
def test_brackets_that_do_not_pair_make_no_template(text: str) -> None:
    assert template_of(text) is None


def test_a_value_is_not_read_as_a_template() -> None:
    template = template_of("[It is {a}.] And {b}.")
    assert template is not None
    assert template.fill({"a": "[x] {b}", "b": "y"}) == "It is [x] {b}. And y."


@given(person=answer_sets(shipped.rules()))
def test_nothing_is_said_that_was_not_answered(person: dict[str, object]) -> None:
    rules = shipped.rules()
    answers = read_answers(person, rules)
    chosen = {
        (question, option)
        for question, answer in answers.items()
        for option in (
            (answer.option,)
            if isinstance(answer, Chosen)
            else answer.has
            if isinstance(answer, Picked)
            else ("unsure",)
            if answer is UNSURE
            else ()
        )
    }
    own = {saying.say for key, saying in rules.sayings.items() if key in chosen}
    for act in assess(person, rules).acts:
        assert not re.search(r"[{}\[\]]", act.say)
        words = act.say.replace(act.name, "").lower()
        for key, saying in rules.sayings.items():
            if key not in chosen and saying.say not in own and not any(saying.say in each for each in own):
                assert saying.say.lower() not in words, key
        if "age_years" not in answers or answers["age_years"] is UNSURE:
            assert " old." not in act.say


def test_a_denial_is_neither_a_fact_nor_a_value() -> None:
    def about_the_fall(**answers: object) -> str:
        return next(
            act.say for act in assess({"worse_at_night": "yes", **answers}, small()).acts if act.id == "fall"
        )

    assert about_the_fall(fell="fall") == "It is worse at night and fell: a fall. After a fall."
    assert about_the_fall(fell="none", feelings=["none"]) == "It is worse at night."


# Which acts, in which order


def test_acts_are_those_of_the_highest_level_the_most_urgent_help_first() -> None:
    answers = {"worse_at_night": "yes", "side": "both", "feelings": ["numb", "burning"], "age_years": 50}
    result = assess(answers, small())
    assert [act.id for act in result.acts] == ["both", "alone"]
    assert [act.rules for act in result.acts] == [("both-legs-now",), ("numb-now",)]
    assert to_do(result.acts) == ["Call your number for help.", "Lie down. Sit down."]


def test_what_to_come_back_for_stands_before_the_general_net_and_no_line_twice() -> None:
    answers = {"worse_at_night": "yes", "side": "both", "feelings": ["numb", "burning"]}
    result = assess(answers, small())
    assert result.safety_net == ("it gets worse", "you fall", *small().safety_net)


def test_an_act_names_the_rules_that_fired_and_no_others() -> None:
    [fall] = assess({"fell": "fall"}, small()).acts
    assert fall.rules == ("fall-today",)
    both = assess({"fell": "fall", "worse_at_night": "yes"}, small()).acts
    assert [act.rules for act in both] == [("fall-today", "night-after-a-fall"), ("night-is-urgent",)]


def test_a_result_without_an_act_says_what_the_level_advises() -> None:
    result = assess({"side": "left"}, small())
    assert (result.acts, result.safety_net) == ((), small().safety_net)


def test_the_sources_of_acts_precautions_and_numbers_are_told() -> None:
    def cited(country: str | None) -> set[str]:
        return {*assess({"worse_at_night": "yes"}, small(), country=country).sources}

    assert "book-2000" not in cited("GB")
    assert cited("US") - cited("GB") == {"book-2000"}


# Numbers


def went(country: str | None) -> tuple[str, str | None]:
    [act] = assess({"worse_at_night": "yes"}, small(), country=country).acts
    return act.go, act.number


def test_the_number_is_that_of_the_country_and_a_missing_one_is_left_out() -> None:
    assert went("GB") == ("See someone today. Or call 111.", "111")
    assert went(" gb ") == went("GB")
    assert went("US") == went("PR") == ("See someone today.", None)
    assert went(None) == ("See someone today.", None)


def test_without_a_country_the_number_is_called_by_words() -> None:
    result = assess({"worse_at_night": "yes", "side": "both"}, small())
    assert (result.acts[0].go, result.acts[0].number) == ("Call your number for help.", None)
    assert result.numbers.country is None


def test_an_unknown_country_is_an_error_that_lists_those_known() -> None:
    message = r"^country: R044 no numbers are known for the country `XX`; those known are GB, PR, US$"
    with pytest.raises(RulesError, match=message):
        assess({}, small(), country="XX")


@pytest.mark.parametrize(
    ("locale", "country"),
    [
        ("en_GB.UTF-8", "GB"),
        ("en_GB", "GB"),
        ("cy_GB@euro", "GB"),
        ("es_PR.UTF-8", None),  # its place is not told by a locale
        ("en_US.UTF-8", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("GB", None),
        ("en_JP.UTF-8", None),
        ("en_GBX", None),
        ("", None),
    ],
)
def test_the_country_that_a_locale_names(locale: str, country: str | None) -> None:
    assert country_of_locale(locale, small()) == country


def test_verify_recomputes_a_result_with_the_country_it_names() -> None:
    saved = assess({"worse_at_night": "yes"}, small(), country="GB", chosen_by="a test").to_dict()
    assert verify(saved, small()).outcome == "same"
    saved["acts"][0]["number"] = "112"
    assert [each.field for each in verify(saved, small()).differences] == ["acts[0].number"]


# The shipped ones


def test_whoever_must_be_seen_today_is_told_what_to_do_about_that_danger() -> None:
    rules = shipped.rules()
    assert [rule.id for rule in rules.urgency_rules if level_of(rule) in PRESSING and rule.act is None] == []


@functools.cache
def worked() -> dict[str, Assessment]:
    """The worked emergencies, as they are told in Great Britain."""
    cases = shipped.cases()
    return {
        case.id: assess(case.answers.to_plain(), shipped.rules(), country="GB")
        for case in cases
        if case.expect.urgency == "emergency"
    }


def test_every_worked_emergency_names_a_number_and_says_something_short() -> None:
    assert len(worked()) > 60
    for id, result in worked().items():
        assert result.acts, id
        assert result.acts[0].number == "999", id
        for act in result.acts:
            assert "999" in act.go, id
            assert len(act.say.split()) <= 75, (id, act.say)
            assert act.rules, id


SAID = {
    "rf01-saddle": (
        "I have a numb or odd feeling between my legs. It began 1 day ago. It may be cauda equina syndrome, "
        "squeezed nerves at the base of the spine. I am 46 years old. I need a scan of my spine today."
    ),
    "rf08-cancer-and-weak-leg": (
        "I have cancer and one leg is weak. I have had this leg trouble for 1 week. It may be a cancer that "
        "presses on the spinal cord (MSCC). I am 59 years old. I need a scan of my spine."
    ),
    "rf22-cold-pale-leg": (
        "My leg or foot has suddenly gone cold, pale, blue or grey. My leg trouble began 1 hour ago. It may "
        "be a blocked artery in the leg. I am 72 years old. I need a surgeon for blood vessels now."
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_read_out(case: str) -> None:
    [act] = worked()[case].acts
    assert act.say == SAID[case]


def test_a_stroke_goes_by_ambulance_before_any_department() -> None:
    acts = worked()["rf29-arm-and-leg"].acts
    assert [act.route for act in acts] == ["ambulance", "spine_emergency"]


@functools.cache
def together() -> list[Assessment]:
    """The worked cases that raise several acts."""
    return [result for result in worked().values() if len(result.acts) > 1]


def test_no_precaution_goes_against_the_way_to_get_help_or_another_precaution() -> None:
    assert len(together()) > 10
    precautions = shipped.rules().precautions
    left_out = 0
    for result in together():
        told = {each.id for act in result.acts for each in act.meanwhile}
        wanted = {id for act in result.acts for id in shipped.rules().acts[act.id].meanwhile}
        for id in told:
            assert not {result.acts[0].route, *told}.intersection(precautions[id].not_with), result.answers
        left_out += len(wanted - told)
        for id in wanted - told:
            others = {result.acts[0].route, *told}
            assert others.intersection(precautions[id].not_with) or any(
                id in precautions[other].not_with for other in told
            )
    assert left_out > 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"leg_weakness": "legs_and_arms", "onset_speed": "sudden"}, {"bladder_change": ["cannot_pee"]}),
        ({"bladder_change": ["cannot_pee"]}, {"leg_weakness": "legs_and_arms", "onset_speed": "sudden"}),
    ],
)
def test_a_second_emergency_sends_nobody_another_way(
    first: dict[str, object], second: dict[str, object]
) -> None:
    rules = shipped.rules()
    before = alert_now(begin(first, rules))
    after = alert_now(begin({**first, **second}, rules), before.standing)
    assert after.acts
    assert {act.id for act in after.acts}.isdisjoint(act.id for act in before.acts)
    shown = " ".join(" ".join(line.text for line in emergency_now(after, rules, 80)).split())
    [most_urgent, *_] = assess({**first, **second}, rules).acts
    assert most_urgent.route == "ambulance"
    assert most_urgent.go in shown
    assert "Do not drive yourself" not in shown
    assert after.acts[0].say in shown


def test_every_cite_of_a_result_is_among_its_sources() -> None:
    for answers in ({"age_years": "45"}, {"bladder_change": ["cannot_pee"]}):
        plain = assess(answers, shipped.rules(), country="GB").to_dict()
        sources = {"article", *plain["sources"]}
        assert {cite.split()[0] for cite in plain["numbers"]["cites"]} <= sources


def test_no_number_is_promised_where_no_country_is_chosen() -> None:
    rules = shipped.rules()
    texts = [*rules.safety_net, rules.safety_net_lead, rules.emergency_number]
    texts += [each.advice for each in rules.urgencies.values()]
    texts += [str(route.go) for route in rules.routes.values()]
    texts += [each.do for each in rules.precautions.values()]
    texts += [text for act in rules.acts.values() for text in (act.act, str(act.say), *act.come_back_if)]
    numbers = {
        number for place in rules.places.values() for each in place.numbers for number in each.number.split()
    }
    digits = {number for number in numbers if number.isdigit()}
    assert {"112", "911", "999"} <= digits
    assert [text for text in texts if set(re.findall(r"\d+", text)) & digits] == []


@given(country=st.deferred(lambda: st.sampled_from(sorted(known_countries(shipped.rules())))))
def test_every_number_has_a_source_that_says_how_it_was_seen(country: str) -> None:
    place = known_countries(shipped.rules())[country]
    for number in place.numbers:
        assert number.cites
        for cite in number.cites:
            assert shipped.rules().sources[cite.source].seen in ("read", "second_hand", "recalled")
    assert {kind for kind in NUMBERS if getattr(place, kind) is not None} >= {"emergency"}

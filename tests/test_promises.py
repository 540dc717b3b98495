"""What is promised of every result, whoever the person is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import shipped
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import answer_sets, answers_to

import engine
from engine import Assessment, assess, read_answers
from engine.knowledge.levels import LEVELS
from engine.loading.folder import SHIPPED, rule_files
from engine.loading.loader import read_rules
from engine.result.outlook import Outlook

PEOPLE = answer_sets(shipped.rules())
EMERGENCIES = [question.id for question in shipped.rules().questions.values() if question.emergency]


def order(found: Assessment) -> list[tuple[int, str]]:
    return [(cause.rank, cause.id) for cause in found.causes]


def soonness(found: Assessment) -> int:
    return -LEVELS.index(found.urgency.level)


@examples(60)
@given(person=PEOPLE, question=st.sampled_from(list(shipped.rules().questions)))
def test_one_more_answer_only_adds_firings(person: dict[str, object], question: str) -> None:
    fewer = {id: value for id, value in person.items() if id != question}
    assert set(assess(fewer).fired) <= set(assess(person).fired)


@examples(60)
@given(person=PEOPLE)
def test_saddle_numbness_is_an_emergency_whatever_else_is_answered(person: dict[str, object]) -> None:
    assert assess(person | {"saddle_numbness": "yes"}).urgency.level == "emergency"


@examples(60)
@given(person=PEOPLE, question=st.sampled_from(EMERGENCIES))
def test_unsure_about_an_emergency_is_never_below_same_day(person: dict[str, object], question: str) -> None:
    assert assess(person | {question: "unsure"}).urgency.level in ("emergency", "same_day")


@examples(60)
@given(person=PEOPLE)
def test_urgency_is_the_highest_of_the_rules_cited_for_it(person: dict[str, object]) -> None:
    found = assess(person).urgency
    levels = [LEVELS.index(reason.level) for reason in found.rules]
    assert LEVELS.index(found.level) == min(levels, default=LEVELS.index(shipped.rules().default_urgency))


@examples(60)
@given(person=PEOPLE)
def test_every_reason_is_a_rule_that_fired_on_facts_of_this_person(person: dict[str, object]) -> None:
    found = assess(person)
    reasons = [each for cause in found.causes for each in (*cause.for_, *cause.against)]
    assert {each.rule for each in reasons} | {each.id for each in found.urgency.rules} <= set(found.fired)
    facts = {fact for each in reasons for fact in each.facts}
    facts |= {fact for each in found.urgency.rules for fact in each.facts}
    for fact in facts:
        if fact.startswith("sign "):
            assert fact.removeprefix("sign ") in found.signs
        elif not fact.startswith("not sign "):
            assert fact.removeprefix("not ").split(" ")[0] in found.answers


@examples(60)
@given(person=PEOPLE, question=st.sampled_from(list(shipped.rules().questions)))
def test_without_an_answer_no_reason_rests_on_it(person: dict[str, object], question: str) -> None:
    found = assess({id: value for id, value in person.items() if id != question})
    facts = [fact for cause in found.causes for each in (*cause.for_, *cause.against) for fact in each.facts]
    facts += [fact for each in found.urgency.rules for fact in each.facts]
    assert not [fact for fact in facts if fact.removeprefix("not ").startswith(f"{question} ")]


@examples(60)
@given(person=PEOPLE, data=st.data())
def test_red_flag_rules_never_move_the_order_of_causes(
    person: dict[str, object], data: st.DataObject
) -> None:
    red_flags = [rule.id for rule in shipped.rules().urgency_rules]
    removed = data.draw(st.sets(st.sampled_from(red_flags), min_size=1, max_size=10))
    assume(removed)
    assert order(assess(person)) == order(assess(person, without(frozenset(removed))))


def without(removed: frozenset[str]) -> engine.RuleBase:
    """The shipped rules without some of them."""
    from dataclasses import replace

    return replace(
        shipped.rules(), rules={id: rule for id, rule in shipped.rules().rules.items() if id not in removed}
    )


@examples(60)
@given(person=PEOPLE, data=st.data())
def test_weights_never_move_urgency(person: dict[str, object], data: st.DataObject) -> None:
    weights = [rule.id for found in shipped.rules().rules_by_cause.values() for rule in found]
    removed = data.draw(st.sets(st.sampled_from(weights), min_size=1, max_size=20))
    assert assess(person).urgency == assess(person, without(frozenset(removed))).urgency


@examples(60)
@given(person=PEOPLE, data=st.data())
def test_a_red_flag_answer_never_lowers_urgency(person: dict[str, object], data: st.DataObject) -> None:
    flags: dict[str, object] = {
        "saddle_numbness": "yes",
        "bladder_change": ["cannot_pee"],
        "bowel_change": "cannot_feel_or_hold",
        "leg_cold_pale": "yes",
        "calf_swelling": "yes",
        "skin_change": ["hot_red_swollen"],
        "breath_swallow_face": "yes",
    }
    question = data.draw(st.sampled_from(sorted(flags)))
    fewer = {id: value for id, value in person.items() if id != question}
    assert soonness(assess(fewer | {question: flags[question]})) >= soonness(assess(fewer))


CLEAR: dict[str, object] = {
    "saddle_numbness": "no",
    "bladder_change": ["none"],
    "bowel_change": "normal",
    "sexual_change": "not_apply",
    "leg_weakness": "no",
    "walking_now": "normal",
    "symptom_kinds": ["shooting"],
    "onset_speed": "days",
    "leg_cold_pale": "no",
    "calf_swelling": "no",
    "fever_unwell": ["none"],
    "skin_change": ["none"],
    "recent_injury": "none",
    "cancer_history": "no",
    "immune_weak": ["none"],
    "age_years": 42,
    "symptom_duration": "2 weeks",
    "symptom_side": "left",
    "pain_sites": ["low_back", "calf"],
    "walk_stand_trigger": ["none"],
    "symptom_course": "same",
    "daily_life": "normal",
}


def test_an_ordinary_sciatica_needs_no_appointment() -> None:
    assert assess(CLEAR).urgency.level == "self_care"


@examples(60)
@given(changed=answer_sets(shipped.rules()), kept=st.sets(st.sampled_from(sorted(CLEAR))))
def test_self_care_only_when_the_whole_screen_is_clear(changed: dict[str, object], kept: set[str]) -> None:
    """Whatever else is answered, self_care means that no emergency question that applies is open."""
    person = {
        **{id: each for id, each in changed.items() if id not in kept},
        **{id: CLEAR[id] for id in kept},
    }
    assert_screen_clear_if_self_care(person)


@examples(60)
@given(question=st.sampled_from(list(shipped.rules().questions)), data=st.data())
def test_one_answer_away_from_clear(question: str, data: st.DataObject) -> None:
    assert_screen_clear_if_self_care(
        CLEAR | {question: data.draw(answers_to(shipped.rules().questions[question]))}
    )
    assert_screen_clear_if_self_care({id: each for id, each in CLEAR.items() if id != question})


def assert_screen_clear_if_self_care(person: dict[str, object]) -> None:
    found = assess(person)
    if found.urgency.level == "self_care":
        for id in EMERGENCIES:
            answered = found.answers.get(id, "unsure") != "unsure"
            applies = Outlook(shipped.rules(), read_answers(person, shipped.rules())).applies(id)
            assert answered or applies is False, id


def test_the_order_and_names_of_rule_files_do_not_matter() -> None:
    files = rule_files(SHIPPED)
    renamed = {f"{at}.yaml": content for at, content in enumerate(reversed(list(files.values())))}
    other = read_rules(renamed)
    assert other.sha256 == shipped.rules().sha256
    assert list(other.rules) == list(shipped.rules().rules)
    assert list(other.questions) == list(shipped.rules().questions)
    assert list(other.causes) == list(shipped.rules().causes)


PERSON = (
    "{age_years: 66, diabetes_status: type2, symptom_kinds: [burning, numb], pain_sites: [toes, sole], "
    "symptom_side: both, stocking_pattern: yes, calf_swelling: unsure}"
)


@pytest.mark.parametrize("seeds", [range(4)])
def test_the_hash_seed_does_not_matter(seeds: range) -> None:
    """Everything that is printed, the trace too, is the same for every seed of Python's hashes."""
    home = Path(engine.__file__ or "").parent.parent
    program = (
        "import sys; from engine import assess; from engine.report.full_text import report; import json\n"
        f"a = assess({PERSON!r}.encode()); print(json.dumps(a.to_dict()), report(a), a.firings)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(home)},
            cwd=home,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert len(printed) == 1

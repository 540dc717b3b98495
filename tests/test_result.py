"""The result fits its schema, cites only what exists, and reads well as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import model
import pytest
import shipped
from effort import examples
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import answer_sets

from engine import Answers, Assessment, Candidate, assess, explain, read_answers, render
from engine.interview.choice import kinds_of_answers
from engine.interview.interview import begin
from engine.interview.prompts import alert_now, emergency_now
from engine.knowledge.causes import CODE_SYSTEM
from engine.knowledge.levels import LEVELS, PRESSING
from engine.knowledge.marks import MARKS, kind_of
from engine.knowledge.rules import Raises, Weighs
from engine.knowledge.sources import Confidence, Grade, Seen
from engine.loading.loader import read_rules
from engine.report.full_text import report
from engine.result import assessment
from engine.result.assessment import CANNOT_BE_SAID
from engine.result.ranking import Support

PEOPLE = answer_sets(shipped.rules())
SCHEMA: dict[str, Any] = json.loads(
    Path(assessment.__file__).with_name("assessment.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
REASSURANCE = re.compile(
    "|".join(
        [
            r"\b(you|everything|it) (are|is|seems?|looks?) (fine|healthy|ok|okay|all right|in order)\b",
            r"\ball (is|seems|looks) (well|clear|good)\b",
            r"\bnothing (is|seems|looks) (wrong|serious)\b",
            r"\b(no (cause|reason|need)|nothing) (for|to) (concern|alarm|worry|see|be seen)\b",
            r"\b(do not|don't|not to) worry\b",
            r"\b(is|are) (harmless|not serious|safe to ignore)\b",
        ]
    )
)
"""What no text may say, on one line and in lower case."""


@pytest.fixture(
    scope="module", params=[10, pytest.param(1, marks=pytest.mark.audit)], ids=["every tenth", "all"]
)
def results(request: pytest.FixtureRequest) -> dict[str, Assessment]:
    """The result of worked cases; most cases are variations of the one before."""
    every = list(shipped.answers().items())
    return {id: assess(answers, shipped.rules()) for id, answers in every[:: request.param]}


def misfits(result: Assessment) -> list[str]:
    """Where the result as JSON leaves its schema."""
    plain = json.loads(json.dumps(result.to_dict()))
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(plain)]


def tables(node: object) -> Iterator[dict[str, Any]]:
    """Every part of the schema that lists the keys of an object."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and node.get("type") == "object":
            yield node
        for inner in node.values():
            yield from tables(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from tables(inner)


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_schema_takes_every_key_and_no_other() -> None:
    found = list(tables(SCHEMA))
    assert len(found) == 20
    for table in found:
        assert table["additionalProperties"] is False
        assert table["required"] == list(table["properties"])


def test_schema_describes_every_key() -> None:
    for table in tables(SCHEMA):
        assert [name for name, value in table["properties"].items() if "description" not in value] == []


def test_schema_has_the_words_of_the_code() -> None:
    parts = SCHEMA["$defs"]
    assert SCHEMA["properties"]["status"]["enum"] == list(get_args(assessment.Status))
    assert parts["cause"]["properties"]["support"]["enum"] == list(get_args(Support))
    assert parts["level"]["enum"] == list(LEVELS)
    assert parts["grade"]["enum"] == list(get_args(Grade))
    assert parts["source"]["properties"]["seen"]["enum"] == list(get_args(Seen))
    assert parts["source"]["properties"]["confidence"]["enum"] == [*get_args(Confidence), None]
    kinds = {kind_of(mark) for mark in parts["marks"]["items"]["enum"]}
    assert sorted(kinds) == sorted(MARKS)
    assert parts["code"]["properties"]["seen"]["enum"] == list(get_args(Seen))
    assert SCHEMA["properties"]["provenance"]["properties"]["code_system"]["const"] == CODE_SYSTEM


def test_worked_cases_fit_the_schema(results: dict[str, Assessment]) -> None:
    astray = {id: misfits(result) for id, result in results.items()}
    assert {id: found for id, found in astray.items() if found} == {}
    # Each kind of entry was there to be looked at.
    assert any(result.also_consider for result in results.values())
    assert any(reason.sign_off for result in results.values() for reason in result.urgency.rules)
    assert {result.status for result in results.values()} >= {"incomplete", "insufficient"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("schema", 2), ("status", "fine"), ("fired", ["a", "a"]), ("causes", []), ("extra", 1), ("signs", None)],
)
def test_schema_refuses(key: str, value: object) -> None:
    plain = json.loads(json.dumps(assess({}, shipped.rules()).to_dict()))
    assert VALIDATOR.is_valid(plain)
    assert not VALIDATOR.is_valid(plain | {key: value})


def test_codes_of_causes_and_mimics_are_in_the_json_and_not_in_the_text() -> None:
    answers = {"lasts": "1 year", "feelings": ["shooting"]}
    result = assess(answers, shipped.small())
    plain = result.to_dict()
    assert misfits(result) == []
    codes = {each["id"]: each["codes"] for each in [*plain["causes"], *plain["also_consider"]]}
    assert codes == {
        "slipped_disc": [
            {"code": "M51.1", "title": "Disc disorder", "seen": "recalled"},
            {"code": "G55.1*", "title": "Pressed roots", "seen": "read"},
        ],
        "narrow_canal": [],
        "hip_joint": [{"code": "M16.-", "title": "Worn hip", "seen": "recalled"}],
    }
    assert plain["provenance"]["code_system"] == "ICD-10 (WHO)"
    assert not re.search(r"M51|G55|M16|ICD", one_line(result, 80))


def test_marks_stand_behind_the_citation_and_in_the_json() -> None:
    answers = {"worse_at_night": "yes", "lasts": "1 year", "feelings": ["shooting", "numb"], "side": "left"}
    result = assess(answers, shipped.small())
    plain = result.to_dict()
    disc, canal = plain["causes"]
    [hip] = plain["also_consider"]
    assert plain["urgency"]["rules"][0]["marks"] == ["second-hand"]
    assert disc["for"][0]["marks"] == ["derived"]
    assert canal["against"][0]["marks"] == []
    assert hip["for"][0]["marks"] == ["judgement", "needs sign-off", "recalled, medium", "second-hand"]
    text = one_line(result, 200)
    assert "[same_day: night-is-urgent; guide-2020] (second-hand)" in text
    assert "[disc-nerve-like; study-2010] (derived)" in text
    assert "[canal-one-side; article 2.1]" in text
    assert "[canal-one-side; article 2.1] (" not in text
    shown = "(judgement; needs sign-off; recalled, medium; second-hand)"
    assert f"[hip-lasting; guide-2020, book-2000] {shown}" in text
    assert "book-2000: A book (recalled, not seen, medium confidence)" in text


def test_marks_that_the_line_says_already_are_not_repeated() -> None:
    more = b"""sources:
  - {id: judgement, title: None, seen: judgement}
rules:
  - id: right-leg
    when: side is right
    urgency: routine
    because: It is so.
    cites: [judgement, book-2000]
    grade: judgement
    sign_off: whether it is so
"""
    result = assess(
        {"side": "right"}, read_rules({"base.yaml": shipped.SMALL.read_bytes(), "more.yaml": more})
    )
    assert result.urgency.rules[0].marks == ("judgement", "needs sign-off", "recalled, medium")
    text = one_line(result, 200)
    assert (
        "[routine: right-leg; judgement, book-2000] (recalled, medium) A clinician has still to agree" in text
    )


def test_that_no_cause_is_well_supported_is_said_before_the_ranking(results: dict[str, Assessment]) -> None:
    said = "None of these 9 causes is well supported by the answers. That rules none of them out, "
    said += "and it may be something else: the pain still needs an explanation."
    for id, result in results.items():
        none = not result.not_ranked and not any(each.support == "well supported" for each in result.causes)
        assert result.to_dict()["none_well_supported"] is none, id
        first = result.causes[0].name if result.causes else "If things change"
        before, _, _ = one_line(result, 80).partition(f" {first}: ")
        assert (said in before) is none, id
    assert {result.none_well_supported for result in results.values()} == {True, False}
    assert any(result.status == "insufficient" for result in results.values())


def unknown_names(result: Assessment) -> set[str]:
    """Names in the result that stand for nothing in the rules or in the result itself."""
    weighed: list[Candidate] = [*result.causes, *result.also_consider]
    evidence = [each for cause in weighed for each in (*cause.for_, *cause.against)]
    rules = {*result.fired, *(each.rule for each in evidence), *(each.id for each in result.urgency.rules)}
    cites = {cite for each in evidence for cite in each.cites}
    cites |= {cite for reason in result.urgency.rules for cite in reason.cites}
    cites |= {treatment.cites for cause in result.causes for treatment in cause.treatments}
    statements = {cite.removeprefix("article ") for cite in cites if cite.startswith("article ")}
    sources = {cite for cite in cites if not cite.startswith("article ")}
    questions = {*result.answers, *result.urgency.not_assessed}
    questions |= {question for cause in weighed for question in cause.unknown}
    unknown = [
        rules - set(result.fired),
        rules - shipped.rules().rules.keys(),
        statements - shipped.rules().statements.keys(),
        sources - result.sources.keys(),
        result.sources.keys() - shipped.rules().sources.keys(),
        questions - shipped.rules().questions.keys(),
        set(result.signs) - shipped.rules().signs.keys(),
        set(result.possible_first) - shipped.rules().causes.keys(),
        {cause.id for cause in result.causes}
        ^ (set() if result.not_ranked else shipped.rules().causes.keys()),
        {mimic.id for mimic in result.also_consider} - shipped.rules().mimics.keys(),
    ]
    return set().union(*unknown)


def test_worked_cases_name_only_what_exists(results: dict[str, Assessment]) -> None:
    assert {id: unknown_names(result) for id, result in results.items() if unknown_names(result)} == {}


def test_answers_of_the_result_give_the_same_result(results: dict[str, Assessment]) -> None:
    for result in list(results.values())[::10]:
        assert assess(result.answers, shipped.rules()) == result


def what_to_do(result: Assessment) -> list[str]:
    """What is to be done, said, and done until then; without an act, what the level advises."""
    acts = result.acts
    steps = [each.do for act in acts for each in act.meanwhile]
    return (
        [acts[0].go, *(act.act for act in acts), *(act.say for act in acts), *steps]
        if acts
        else [result.urgency.advice]
    )


def one_line(result: Assessment, width: int) -> str:
    """The report with its line breaks undone."""
    return " ".join(" ".join(line.text for line in report(result, width)).split())


def unreported(result: Assessment, width: int) -> set[str]:
    """What the report should hold and does not."""
    text = one_line(result, width)
    words = set(re.findall(r"[a-z0-9_-]+", text))
    shown = {
        id
        for id in result.fired
        if isinstance(then := shipped.rules().rules[id].then, Raises)
        or (isinstance(then, Weighs) and then.cause in shipped.rules().causes)
    }
    names = {cause.name for cause in shipped.rules().causes.values()}
    assert len(names) == 9
    if result.not_ranked:
        names = {result.not_ranked.because}
    texts = {*names, shipped.rules().not_a_diagnosis, *what_to_do(result), *result.safety_net}
    return (shown - words) | {each for each in texts if each not in text}


def too_long(result: Assessment, width: int) -> list[str]:
    """Lines of the report over the width that could have been broken."""
    now = emergency_now(alert_now(begin(result.answers, shipped.rules())), shipped.rules(), width)
    lines = [line.text for line in [*report(result, width), *now]]
    return [line for line in lines if len(line) > width and len(line.split()) > 1]


@pytest.mark.parametrize("width", [40, 80])
def test_report_of_worked_cases(results: dict[str, Assessment], width: int) -> None:
    assert len(results) > 200
    for id, result in results.items():
        assert unreported(result, width) == set(), id
        assert too_long(result, width) == [], id
        assert not REASSURANCE.search(one_line(result, width).lower()), id


@examples(60)
@given(person=PEOPLE)
def test_result_and_report_of_anyone(person: dict[str, object]) -> None:
    result = assess(person, shipped.rules())
    assert misfits(result) == []
    assert unknown_names(result) == set()
    for width in (40, 80):
        assert unreported(result, width) == set()
        assert too_long(result, width) == []
    assert not REASSURANCE.search(one_line(result, 80).lower())


def test_report_never_breaks_an_id(results: dict[str, Assessment]) -> None:
    ids = {id for result in results.values() for id in result.fired}
    assert max(map(len, ids)) > 30  # else there is nothing to see at this width
    for id, result in results.items():
        assert unreported(result, 30) == set(), id


def test_no_text_of_the_rules_reassures() -> None:
    texts = [rule.because for rule in shipped.rules().rules.values()]
    texts += [f"{each.name}. {each.advice}" for each in shipped.rules().urgencies.values()]
    texts += [each.about for each in (*shipped.rules().causes.values(), *shipped.rules().mimics.values())]
    texts += [text for each in shipped.rules().questions.values() for text in (each.why, each.help) if text]
    texts += [
        text
        for each in shipped.rules().acts.values()
        for text in (each.act, str(each.say), *each.come_back_if)
    ]
    texts += [each.do for each in shipped.rules().precautions.values()]
    texts += [str(each.go) for each in shipped.rules().routes.values()]
    texts += [statement.says for statement in shipped.rules().statements.values()]
    assert [text for text in texts if REASSURANCE.search(text.lower())] == []


@pytest.mark.parametrize(
    "text",
    [
        "you are fine",
        "all is well",
        "nothing is wrong",
        "no cause for concern",
        "there is nothing to worry about",
        "it is harmless",
        "no need to see a doctor",
        "everything looks ok.",
        "do not worry",
    ],
)
def test_reassurance_is_recognised(text: str) -> None:
    assert REASSURANCE.search(text)


@examples(60)
@given(person=answer_sets(shipped.rules()))
def test_mimics_that_outweigh_every_cause_are_named_before_the_ranking(person: dict[str, object]) -> None:
    result = assess(person, shipped.rules())
    if not result.causes:  # nobody is ranked, so nothing outweighs
        assert result.outweighing == ()
        return
    most = max(
        sum(each.points for each in (*cause.for_, *cause.against) if each.counted) for cause in result.causes
    )
    names = [mimic.name for mimic in result.also_consider if mimic.points > most]
    assert [mimic.name for mimic in result.also_consider if mimic.id in result.outweighing] == names
    said = f"more for something outside the article than for any of these: {', '.join(names)}."
    text = " ".join(" ".join(line.text for line in report(result)).split())
    assert (said in text) is bool(names)


SCREENED = {
    "medicines": ["chemotherapy"],  # by which a rule about urgency fires
    "symptom_duration": "3 weeks",
    "onset_speed": "days",
    "saddle_numbness": "no",
    "bladder_change": ["none"],
    "bowel_change": "normal",
    "sexual_change": "no",
    "leg_weakness": "no",
    "walking_now": "normal",
    "spread_pattern": "not_spread",
    "leg_cold_pale": "no",
    "calf_swelling": "no",
    "fever_unwell": ["none"],
    "recent_injury": "none",
    "skin_change": ["none"],
}


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, set()),
        ({"leg_cold_pale": "unsure"}, None),
        ({"saddle_numbness": None}, {"saddle_numbness"}),
        ({"bladder_change": {"not": ["hard_to_start"]}}, {"bladder_change"}),
        ({"onset_speed": None}, {"arm_too", "tearing_pain"}),
        ({"medicines": None, "saddle_numbness": None}, {"saddle_numbness"}),
        ({"saddle_numbness": None, "leg_cold_pale": "yes"}, None),
    ],
    ids=["answered", "unsure", "one left", "in part", "gate left", "no rule fired", "pressing anyway"],
)
def test_below_same_day_nothing_can_be_said_before_the_screen_is_answered(
    changes: dict[str, object], left: set[str] | None
) -> None:
    """What may hang on an unanswered question counts, and an answer in part; `unsure` is an answer."""
    result = assess({**SCREENED, **changes}, shipped.rules())
    if left is not None:
        assert left <= set(result.urgency.not_screened)
        assert result.urgency.level == "routine"
        assert result.urgency.cannot_be_said is bool(left)
    else:
        assert result.urgency.level in PRESSING
        assert not result.urgency.cannot_be_said
    for form in ("text", "markdown", "html"):
        assert (CANNOT_BE_SAID in " ".join(render(result, form, shipped.rules()).split())) is bool(left)
    urgency = explain({**SCREENED, **changes}, shipped.rules(), urgency=True)
    assert urgency.cannot_be_said is bool(left)


@examples(20)
@given(person=answer_sets(shipped.rules()))
def test_what_the_screen_leaves_open_is_named(person: dict[str, object]) -> None:
    """A question of the screen that is not named could not make it sooner by itself."""
    answers = read_answers(person, shipped.rules())
    before = assess(answers, shipped.rules()).urgency
    assert before.cannot_be_said is (
        before.at_least and (not before.rules or (before.level not in PRESSING and bool(before.not_screened)))
    )
    for question in shipped.rules().questions.values():
        gate = question.asked_when
        applies = gate is None or model.truth(gate, shipped.rules(), answers) is not False
        left = question.emergency and applies and question.id not in answers
        if left and question.id not in before.not_screened:
            for answer in kinds_of_answers(shipped.rules(), question.id):
                after = assess(
                    Answers({**answers, question.id: answer}, shipped.rules().sha256), shipped.rules()
                ).urgency
                assert LEVELS.index(after.level) >= LEVELS.index(before.level), (question.id, str(answer))

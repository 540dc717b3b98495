"""Where the condition on ranking is certainly false, no cause is ranked, and the urgency is as before."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import shipped
from click.testing import CliRunner
from effort import examples
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import answer_sets

import cli
import engine
from engine import (
    AnswersError,
    Assessment,
    RuleBase,
    assess,
    explain,
    next_question,
    read_answers,
    render,
    turning_points,
    verify,
    what_if,
    why_not,
)
from engine.audit.cases.case import differences, read_cases
from engine.audit.difference.rule_changes import rule_changes
from engine.audit.proofs.firsts import Firsts
from engine.audit.search.witness import Witnesses
from engine.interview.interview import Interview, Length, begin
from engine.interview.prompts import end_text
from engine.loading.loader import read_rules
from engine.report.full_text import report
from engine.report.rendering import Format
from engine.report.short_text import summary
from engine.writing.lines import Line

BASE = Path(__file__).parent / "bad" / "base.yaml"
SCHEMA = Path(engine.__file__ or "").parent / "result" / "assessment.schema.json"
RANKING = b"""\
ranking:
  ranked_when: {not: age_years < 30}
  because: Nothing is known of the young.
  cites: [book-2000]
"""
YOUNG = {"age_years": 20, "side": "both", "lasts": "4 months", "feelings": ["numb"]}
"""Someone who is not ranked, and of whom both a cause and a mimic would be raised."""


@functools.cache
def small(ranking: bool = True) -> RuleBase:
    """The small rule base, in which whoever is under 30 is not ranked."""
    return read_rules({"base.yaml": BASE.read_bytes(), **({"ranking.yaml": RANKING} if ranking else {})})


def of(**answers: object) -> Assessment:
    return assess({**YOUNG, **answers}, small())


def test_nothing_is_told_of_causes_where_none_is_ranked() -> None:
    found = of()
    assert found.not_ranked is not None
    assert (found.not_ranked.because, found.not_ranked.cites) == (
        "Nothing is known of the young.",
        ("book-2000",),
    )
    assert (found.causes, found.also_consider, found.outweighing, found.not_told_apart) == ((), (), (), ())
    assert (found.possible_first, found.none_of_these, found.none_well_supported) == ((), None, False)
    assert "book-2000" in found.sources
    older = of(age_years=30)
    assert older.not_ranked is None
    assert (older.causes[0].id, [each.id for each in older.also_consider]) == ("narrow_canal", ["hip_joint"])


@pytest.mark.parametrize("age", [None, "unsure", 30, 31])
def test_whoever_may_be_old_enough_is_ranked_as_without_the_condition(age: object) -> None:
    answers = {**YOUNG, "age_years": age}
    found, without = assess(answers, small()), assess(answers, small(ranking=False))
    assert found.not_ranked is None
    assert found.causes == without.causes


@given(answers=answer_sets(shipped.rules()))
@examples(60)
def test_the_urgency_and_what_fires_do_not_hang_on_it(answers: dict[str, object]) -> None:
    found, without = assess(answers, shipped.rules()), assess(answers, replace(shipped.rules(), ranking=None))
    assert (found.urgency, found.fired, found.signs) == (without.urgency, without.fired, without.signs)
    if found.not_ranked is None:
        assert (found.causes, found.status) == (without.causes, without.status)


def test_the_json_of_one_who_is_not_ranked_fits_the_schema() -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    plain = of().to_dict()
    validator.validate(plain)
    assert plain["not_ranked"] == {"because": "Nothing is known of the young.", "cites": ["book-2000"]}
    assert (plain["causes"], plain["none_of_these"]) == ([], None)
    assert verify(json.dumps(plain), small()).outcome == "same"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_report_says_why_and_ranks_nothing(form: Format) -> None:
    text = " ".join(render(of(), form, rules=small()).split())
    older = " ".join(render(of(age_years=30), form, rules=small()).split())
    assert "Nothing is known of the young." in text
    for told in ("How common", "by points", "None of the", "Outside the article"):
        assert told.lower() not in text.lower()
        assert told.lower() in older.lower()


@pytest.mark.parametrize("lines", [summary, report])
def test_the_text_names_no_cause(lines: Callable[[Assessment], list[Line]]) -> None:
    text, older = ("\n".join(line.text for line in lines(each)) for each in (of(), of(age_years=30)))
    for name in ("Slipped disc", "Narrow canal", "Hip joint"):
        assert name not in text
        assert name in older


def test_a_cause_is_not_explained_and_the_urgency_is() -> None:
    for ask in (
        lambda: explain(YOUNG, small()),
        lambda: explain(YOUNG, small(), cause="hip_joint"),
        lambda: why_not("slipped_disc", YOUNG, small()),
    ):
        with pytest.raises(
            AnswersError, match=r"^answers: A010 no cause is ranked for these answers: .*young\.$"
        ):
            ask()
    assert explain(YOUNG, small(), urgency=True).to_dict()["level"] == "routine"
    assert why_not(None, YOUNG, small(), urgency="same_day").to_dict()["level"] == "routine"


def test_what_if_compares_with_a_side_that_is_not_ranked() -> None:
    older = what_if(YOUNG, {"age_years": 30}, small())
    assert (older.first_before, older.first_after) == ((), ("narrow_canal",))
    assert [(shift.before is None, shift.after is None) for shift in older.causes] == [(True, False)] * 2
    younger = what_if({**YOUNG, "age_years": 30}, {"age_years": 20}, small())
    assert (younger.first_before, younger.first_after) == (("narrow_canal",), ())
    assert [(shift.before is None, shift.after is None) for shift in younger.causes] == [(False, True)] * 2


def test_turning_points_turn_to_a_cause_and_never_to_none() -> None:
    found = turning_points(YOUNG, small())
    assert found.first == ()
    assert {point.changes[0].after for point in found.another_first.sets} >= {"30 years"}
    assert all(point.first for point in found.another_first.sets)
    ranked = turning_points({"age_years": 30, "side": "left"}, small())
    assert ranked.first == ("slipped_disc",)
    assert all(point.first for point in ranked.another_first.sets)
    assert all("20" not in str(turn.after) for point in ranked.another_first.sets for turn in point.changes)


def asked(state: Interview) -> list[str]:
    """What the interview asks of one who answers everything with no, left or the first option."""
    found = []
    while state.step is not None:
        question = state.step.question
        found.append(question.id)
        answer = {"worse_at_night": "no", "side": "left", "feelings": ["burning"], "lasts": "3 months"}
        given = read_answers({question.id: answer.get(question.id, 20)}, state.rules)[question.id]
        state = state.answered(given)
    return found


@pytest.mark.parametrize("length", ["short", "usual", "all"])
def test_the_interview_asks_only_what_urgency_hangs_on(length: Length) -> None:
    young = begin({"age_years": 20}, small(), length)
    assert asked(young) == ["worse_at_night"]
    assert "feelings" in asked(begin({"age_years": 30}, small(), "all"))
    step = next_question({"age_years": 20}, small(), length)
    assert step is not None
    assert (step.reason.causes, step.reason.urgencies) == ((), ("same_day",))


def test_the_age_is_asked_as_long_as_ranking_hangs_on_it() -> None:
    assert "age_years" in asked(begin({}, small(), "usual"))


def test_at_the_end_of_such_an_interview_the_result_is_complete() -> None:
    state = begin({"age_years": 20, "worse_at_night": "no"}, small())
    assert state.step is None
    said = " ".join(line.text for line in end_text(state, 80))
    assert "No question that is left can change how soon to be seen." in said
    assert assess(state.answers, small()).status == "complete"
    assert assess({"age_years": 20}, small()).status == "incomplete"


def test_a_case_may_expect_that_no_cause_is_ranked() -> None:
    case = """cases:
  - {id: right, title: R, answers: {age_years: 20}, expect: {first: [], also_consider: []}}
  - {id: wrong, title: W, answers: {age_years: 20}, expect: {first: [slipped_disc], points: {hip_joint: 4}}}
"""
    right, wrong = read_cases({"cases.yaml": case.encode()}, small())
    assert differences(right, small()) == []
    assert [problem.message for problem in differences(wrong, small())] == [
        "wrong: first should be slipped_disc, is none",
        "wrong: points of hip_joint should be 4, and no cause is ranked",
    ]


def test_nobody_who_is_not_ranked_shows_that_a_cause_can_be_first() -> None:
    only_one_leg = RANKING.replace(b"not: age_years < 30", b"not: side is both")
    rules = read_rules({"base.yaml": BASE.read_bytes(), "ranking.yaml": only_one_leg})
    assert Firsts(rules, Witnesses(rules)).find("narrow_canal") is None
    assert Firsts(small(), Witnesses(small())).find("narrow_canal") is not None


def test_a_changed_condition_on_ranking_is_a_change_of_the_rules() -> None:
    [change] = rule_changes(small(ranking=False), small())
    assert (change.part, change.added) == ("ranking", ("ranked_when",))


@pytest.mark.parametrize(("age", "ranked"), [(13, False), (15, False), (16, True), (17, True)])
def test_of_the_shipped_rules_whoever_is_under_16_is_not_ranked(age: int, ranked: bool) -> None:
    found = assess(
        {"age_years": age, "symptom_kinds": ["shooting"], "pain_sites": ["low_back", "calf"]}, shipped.rules()
    )
    assert bool(found.causes) is ranked
    assert "rf47-under-18" in found.fired


def test_the_command_line_says_at_which_answers_no_cause_is_ranked(tmp_path: Path) -> None:
    path = tmp_path / "child.yaml"
    path.write_text("age_years: 13\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["explain", str(path)])
    assert (result.exit_code, result.output.startswith(f"{path}: A010 no cause is ranked")) == (1, True)
    for command in (["assess"], ["assess", "--full"], ["turning-points"], ["explain", "--urgency"]):
        assert CliRunner().invoke(cli.main, [*command, str(path)]).exit_code == 0

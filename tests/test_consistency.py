"""Answers that do not go together: when that is said, where, and that nothing else hangs on it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import model
import pytest
import shipped
from click.testing import CliRunner
from hypothesis import given
from strategies import answer_sets
from terminal import Terminal

import cli
from engine import assess, load_rules, read_answers
from engine.audit.cases.case import coverage, differences, read_cases
from engine.interview.interview import begin
from engine.interview.prompts import alert_now, question_text
from engine.knowledge.rules import Longer
from engine.loading.loader import read_rules
from engine.report.full_text import report

RULES = replace(shipped.small(), pairs=MappingProxyType({}))
WITHOUT = replace(RULES, consistency=MappingProxyType({}))
LIFE, NOTHING = "lasts-longer-than-life", "feels-nothing-at-night"


def found(answers: dict[str, object]) -> list[str]:
    return [each.id for each in assess(answers, RULES).contradictions]


@given(person=answer_sets(RULES))
def test_a_condition_contradicts_exactly_when_it_is_certainly_true(person: dict[str, object]) -> None:
    when = RULES.consistency[NOTHING].when
    assert not isinstance(when, Longer)
    holds = model.truth(when, RULES, read_answers(person, RULES)) is True
    assert (NOTHING in found(person)) is holds


@given(person=answer_sets(RULES))
def test_nothing_else_hangs_on_it(person: dict[str, object]) -> None:
    result = assess(person, RULES)
    without = assess(person, WITHOUT)
    assert replace(result, contradictions=(), questions=without.questions) == without
    named = {id for each in result.contradictions for id in each.questions}
    assert result.questions.keys() == without.questions.keys() | named


@pytest.mark.parametrize(
    ("lasts", "age", "contradict"),
    [
        ("30 years", "29", True),
        ("30 years", "30", False),
        ("360 months", "30", False),
        ("30.9 years", "30", False),  # who is 30 may have lived all but 31 years
        ("31 years", "30", True),
        ("300 days", "30", False),
        ("40 years", "unsure", False),
        ("unsure", "30", False),
    ],
)
def test_a_time_contradicts_when_it_is_longer_than_the_other_can_be(
    lasts: str, age: str, contradict: bool
) -> None:
    assert found({"side": "left", "lasts": lasts, "age_years": age}) == ([LIFE] if contradict else [])


def test_equal_times_in_other_units_do_not_contradict() -> None:
    more = b"""questions:
  - {id: worse_for, kind: duration, text: How long?, why: None., minimum: 0, maximum: 9, unit: years}
interview:
  - {title: More, questions: [worse_for]}
rules:
  - id: new-rule
    when: worse_for is unsure
    urgency: routine
    because: It is so.
    cites: [guide-2020]
    grade: guideline
consistency:
  - {id: longer-than-all, longer: worse_for, than: lasts, ask_again: [lasts], says: It cannot be.}
"""
    rules = read_rules({"base.yaml": shipped.SMALL.read_bytes(), "more.yaml": more})
    for worse_for, lasts, contradict in (
        ("1 years", "12 months", False),
        ("12 months", "1 year", False),
        ("24 hours", "1 day", False),
        ("7 days", "1 week", False),
        ("169 hours", "1 week", True),
    ):
        result = assess({"worse_for": worse_for, "lasts": lasts}, rules)
        assert bool(result.contradictions) is contradict, (worse_for, lasts)


def test_no_setting_of_decimal_reaches_in() -> None:
    import decimal

    with decimal.localcontext(decimal.Context(prec=1)):
        assert found({"lasts": "30.9 years", "age_years": "30"}) == []
        assert found({"lasts": "31 years", "age_years": "30"}) == [LIFE]


BOTH: dict[str, object] = {
    "worse_at_night": "yes",
    "feelings": ["none"],
    "age_years": "30",
    "lasts": "40 years",
}


def test_result_names_them_by_id_with_the_questions_to_check() -> None:
    result = assess(BOTH, RULES)
    assert result.to_dict()["contradictions"] == [
        {
            "id": NOTHING,
            "says": "It is worse at night, and you feel nothing.",
            "questions": ["feelings", "worse_at_night", "side"],
        },
        {
            "id": LIFE,
            "says": "You have had it for longer than you have lived.",
            "questions": ["lasts", "age_years"],
        },
    ]
    text = " ".join(" ".join(line.text for line in report(result)).split())
    said = (
        "These answers do not go together; please check them: "
        "- It is worse at night, and you feel nothing. [feelings, worse at night, side] "
        "- You have had it for longer than you have lived. [lasts, age years] THE ARTICLE'S CAUSES"
    )
    assert said in text
    assert "do not go together" not in " ".join(line.text for line in report(assess({}, RULES)))


def test_a_case_may_expect_them_and_coverage_asks_for_it() -> None:
    case = f"""cases:
  - id: right
    title: As it should be
    answers: {json.dumps(BOTH)}
    expect: {{contradictions: [{LIFE}, {NOTHING}]}}
  - id: too-few
    title: One is left out
    answers: {json.dumps(BOTH)}
    expect: {{contradictions: [{LIFE}]}}
"""
    right, too_few = read_cases({"some.yaml": case.encode()}, RULES)
    assert differences(right, RULES) == []
    [problem] = differences(too_few, RULES)
    assert problem.message.endswith(f"contradictions should be {LIFE}, is {NOTHING}, {LIFE}")
    assert coverage([right], RULES).never_shown == ()
    assert coverage([too_few], RULES).never_shown == (NOTHING,)


def test_check_counts_them_and_coverage_lists_them(tmp_path: Path) -> None:
    shutil.copy(shipped.SMALL, tmp_path)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.yaml").write_text(
        "cases:\n  - {id: one, title: One, answers: {side: left}, expect: {urgency: routine}}\n",
        encoding="utf-8",
    )
    checked = CliRunner().invoke(cli.main, ["check"]).output
    assert f" {len(load_rules().consistency)} consistency checks, " in checked
    result = CliRunner().invoke(cli.main, ["test", str(tmp_path), "--coverage"])
    assert result.exit_code == 1
    assert f"{LIFE}: no case shows it" in result.output.splitlines()


def test_it_is_told_once_and_asks_again_only_what_was_answered() -> None:
    state = begin({"feelings": ["none"], "worse_at_night": "yes"}, RULES)
    first = alert_now(state)
    assert [check.id for check in first.contradictions] == [NOTHING]
    assert first.to_ask_again(state.answers) == ["feelings", "worse_at_night"]
    assert alert_now(state, {*first.contradictions}).contradictions == ()


def test_the_answer_given_is_shown_in_the_words_of_its_options() -> None:
    for id, value, words in (
        ("feelings", ["numb", "burning"], "it burns; it is numb"),
        ("side", "both", "both"),
        ("side", "cannot_tell", "unsure"),
        ("age_years", "30", "30 years"),
        ("feelings", {"not": ["numb"]}, "not: it is numb"),
    ):
        step = begin({id: value}, RULES).change(id).step
        assert step is not None
        lines = question_text(step, 80)
        assert lines[-1].text.strip() == f"Enter keeps your answer: {words}"


def talk(tmp_path: Path, *lines: str) -> Terminal:
    """An interview by the small rule base, these lines typed."""
    shutil.copy(shipped.SMALL, tmp_path)
    terminal = Terminal(args=["interview", "--all", "--rules", str(tmp_path)])
    for line in lines:
        terminal.until("> ")
        terminal.answer(line)
    return terminal


def test_interview_asks_again_at_once_and_takes_the_new_answer(tmp_path: Path) -> None:
    terminal = talk(tmp_path, "yes", "left", "none")
    shown = " ".join(terminal.until("> ").split())
    told = "These answers do not go together; please check them: It is worse at night, and you feel nothing."
    assert f"{told} Asked again What does it feel like?" in shown
    assert "Enter keeps your answer: none of these" in shown
    terminal.answer("")
    shown = " ".join(terminal.until("> ").split())
    assert "Asked again Is it worse at night?" in shown
    assert "Enter keeps your answer: yes" in shown
    terminal.answer("no")
    assert "Asked again Which leg is it?" in " ".join(terminal.until("> ").split())
    terminal.answer("")
    assert "How old are you?" in terminal.until("> ")
    terminal.answer("30")
    terminal.until("> ")
    terminal.answer("1 year")
    terminal.until("Enter shows the result")
    assert terminal.result() == 0
    assert terminal.seen.count("do not go together") == 1
    assert "(routine)" in terminal.seen  # not same_day, as worse at night would be


def test_interview_goes_on_with_answers_that_are_kept_and_says_so_at_the_end(tmp_path: Path) -> None:
    terminal = talk(tmp_path, "yes", "left", "none", "", "", "", "30")
    assert "For how long have you had it?" in terminal.until("> ")
    terminal.answer("unsure")
    terminal.until("Enter shows the result")
    assert terminal.result() == 0
    assert terminal.seen.count("Asked again") == 3
    _, _, result = terminal.seen.partition("HOW SOON TO BE SEEN\n")
    assert "These answers do not go together; please check them:\n" in result
    assert "(same_day)" in result


def test_emergency_comes_before_a_contradiction(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        "rules:\n  - {id: now, when: feelings has none, urgency: emergency, because: It is so., "
        "cites: [guide-2020], grade: guideline}\n",
        encoding="utf-8",
    )
    terminal = talk(tmp_path, "yes", "left", "none")
    assert "do not go together" not in terminal.until("Go on with the questions? (yes, no, or back) > ")
    terminal.answer("yes")
    assert "do not go together" in terminal.until("> ")
    for _ in range(3):
        terminal.answer("")
        terminal.until("> ")
    assert "How old are you?" in terminal.seen

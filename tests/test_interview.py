"""The interview: what it asks, how it reads a line, and how it goes at a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import model
import pexpect
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sets, full_answers_to

import cli
from engine import UNSURE, Answers, AnswersError, assess, load_rules, next_question, read_answers
from engine.interview import alert, greeting, help_text, question_text, with_answer
from engine.model import Option, Question
from engine.typed import answer_from_line

RULES = load_rules()
QUESTIONS = list(RULES.questions.values())
OPTIONS = [(question, number) for question in QUESTIONS for number in range(1, len(question.options) + 1)]
MANY = [question for question in QUESTIONS if question.kind == "many_of"]
TOGETHER = {
    question.id: [each for each in question.options if not each.exclusive and not each.means_unsure]
    for question in MANY
}
"""Options of a question that go with others."""


def applies(question: Question, answers: Answers) -> bool | None:
    """Whether the question applies, by the meaning of conditions and not by the interview's code."""
    return True if question.asked_when is None else model.truth(question.asked_when, RULES, answers)


def may_be_asked(question: Question, answers: Answers) -> bool:
    """A question is asked where it applies; one of the emergency screen also where that stays unknown."""
    found = applies(question, answers)
    return found is True or (found is None and question.emergency)


@settings(max_examples=max(15, settings().max_examples // 4))
@given(data=st.data())
def test_whatever_is_answered_the_interview_ends_and_asks_nothing_twice(data: st.DataObject) -> None:
    answers = read_answers({}, RULES)
    asked: list[str] = []
    while (step := next_question(answers, RULES)) is not None:
        question = step.question
        assert question.id not in asked
        assert may_be_asked(question, answers)
        assert step.number == len(asked) + 1 <= step.about <= len(RULES.questions)
        assert question.id in next(each.questions for each in RULES.chapters if each.title == step.chapter)
        asked.append(question.id)
        value = data.draw(full_answers_to(question), label=question.id)
        answers = with_answer(answers, question.id, read_answers({question.id: value}, RULES)[question.id])
    assert list(answers) == asked
    assert [each.id for each in QUESTIONS if each.id not in answers and applies(each, answers)] == []
    assert assess(answers, RULES).status != "incomplete"


@given(person=answer_sets(RULES))
def test_next_question_is_the_first_that_is_due_and_unanswered(person: dict[str, object]) -> None:
    answers = read_answers(person, RULES)
    due = [each for each in QUESTIONS if each.id not in answers and applies(each, answers)]
    step = next_question(person, RULES)
    if step is None:
        assert due == []
        return
    assert step.question.id not in answers
    assert may_be_asked(step.question, answers)
    assert QUESTIONS.index(step.question) <= min(
        [QUESTIONS.index(each) for each in due], default=len(QUESTIONS)
    )


def test_questions_stand_in_the_order_of_the_interview() -> None:
    assert [id for chapter in RULES.chapters for id in chapter.questions] == list(RULES.questions)


def meant(question: Question, *options: Option) -> object:
    """The answer that choosing these options is."""
    if any(option.means_unsure for option in options):
        return UNSURE
    value: Any = [option.id for option in options] if question.kind == "many_of" else options[0].id
    return read_answers({question.id: value}, RULES)[question.id]


@pytest.mark.parametrize(
    ("question", "number"), OPTIONS, ids=[f"{question.id}-{number}" for question, number in OPTIONS]
)
def test_option_goes_by_number_by_id_and_by_wording(question: Question, number: int) -> None:
    option = question.options[number - 1]
    wanted = meant(question, option)
    for line in (str(number), option.id, option.text):
        assert answer_from_line(question, line) == wanted
        assert answer_from_line(question, f"  {line.upper()}. ") == wanted


@given(data=st.data(), question=st.sampled_from(MANY))
def test_several_options_go_in_any_mixture(data: st.DataObject, question: Question) -> None:
    chosen = data.draw(st.lists(st.sampled_from(TOGETHER[question.id]), min_size=2, unique=True))
    words = [
        data.draw(
            st.sampled_from([str(question.options.index(option) + 1), option.id, option.text.upper()]),
            label=option.id,
        )
        for option in chosen
    ]
    assert answer_from_line(question, ", ".join(words)) == meant(question, *chosen)


def test_wording_with_commas_goes_with_others() -> None:
    pairs = [
        (question, option, other)
        for question in MANY
        for option in TOGETHER[question.id]
        for other in TOGETHER[question.id]
        if "," in option.text and option != other
    ]
    assert pairs
    for question, option, other in pairs:
        wanted = meant(question, option, other)
        for line in (f"{option.text}, {other.text}", f"{other.id},{option.text}"):
            assert answer_from_line(question, line) == wanted


@given(data=st.data(), question=st.sampled_from(MANY))
def test_numbers_need_no_commas(data: st.DataObject, question: Question) -> None:
    chosen = data.draw(st.lists(st.sampled_from(TOGETHER[question.id]), min_size=2, unique=True))
    numbers = [str(question.options.index(option) + 1) for option in chosen]
    assert answer_from_line(question, " ".join(numbers)) == meant(question, *chosen)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_question_takes_unsure_and_passes_an_empty_line(question: Question) -> None:
    for line in ("unsure", "u", " UNSURE "):
        assert answer_from_line(question, line) is UNSURE
    for line in ("", "   ", "\t"):
        assert answer_from_line(question, line) is None
    for line in (
        ("no such answer", "0", "99", "1,99") if question.options else ("many", "-1", "1 2", "1e3 hours")
    ):
        with pytest.raises(AnswersError):
            answer_from_line(question, line)


@pytest.mark.parametrize(
    ("question", "line", "same"),
    [
        ("age_years", "71", "71"),
        ("age_years", "71 years", "71"),
        ("symptom_duration", "6 weeks", "42 days"),
        ("symptom_duration", "1 day.", "24 hours"),
        ("rash_hours", "2 days", "48"),
        ("diabetes_years", "0.5", "0.5"),
    ],
)
def test_amount_goes_with_its_unit(question: str, line: str, same: str) -> None:
    found: Any = answer_from_line(RULES.questions[question], line)
    wanted: Any = read_answers({question: same}, RULES)[question]
    assert found.value == wanted.value


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_question_is_shown_in_full(question: Question) -> None:
    first = next_question({}, RULES)
    assert first is not None
    step = type(first)(question=question, chapter=first.chapter, number=3, about=40)
    for width in (40, 80):
        shown = [*greeting(RULES, width), *question_text(step, width), *help_text(question, width)]
        assert [line.text for line in shown if len(line.text) > width] == []
        text = " ".join(" ".join(line.text for line in shown).split())
        assert "Question 3 of about 40" in text
        assert question.text in text
        assert question.why in text
        assert (question.help or "") in text
        for number, option in enumerate(question.options, 1):
            assert f"{number} {option.text}" in text


def test_hint_stands_with_the_question_and_the_reason_comes_first_on_asking() -> None:
    first = next_question({}, RULES)
    assert first is not None
    question = replace(first.question, why="It matters.", help="Look in a mirror.")
    step = replace(first, question=question)
    assert "Look in a mirror." in [line.text.strip() for line in question_text(step, 80)]
    assert "It matters." not in [line.text.strip() for line in question_text(step, 80)]
    assert [line.text.strip() for line in help_text(question, 80)][:2] == ["It matters.", "Look in a mirror."]
    bare = replace(first, question=replace(question, help=None))
    assert next(line.text.strip() for line in help_text(bare.question, 80)) == "It matters."
    lines = [*question_text(bare, 80), *help_text(bare.question, 80)]
    assert "mirror" not in " ".join(line.text for line in lines)


def as_put(question: Question) -> str:
    """A pattern of the question as it is put, with its hint and options, on one line."""
    options = [f"{number} {option.text}" for number, option in enumerate(question.options, 1)]
    return re.escape(" ".join([question.text, *([question.help] if question.help else []), *options]))


class Terminal:
    """The interview at a terminal of its own."""

    def __init__(self, redirect: str = "", args: Sequence[str] = (), **env: str) -> None:
        program = f"from cli import main; main({list(args)!r}, prog_name='legtriage')"
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(cli.__file__).parent),
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "TERM": "xterm",
            **env,
        }
        self.child = pexpect.spawn(
            "/bin/sh",
            ["-c", f'exec "$0" -c "$1" {redirect}', sys.executable, program],
            env=environment,
            encoding="utf-8",
            dimensions=(50, 100),
            echo=False,
            timeout=30,
        )
        self.child.delaybeforesend = None
        self.asked: list[str] = []
        self.seen = ""

    def until(self, text: str) -> str:
        """What is shown up to this text, line ends as on Unix."""
        self.child.expect_exact(text)
        shown = f"{self.child.before}{text}".replace("\r\n", "\n")
        self.seen += shown
        return shown

    def question(self) -> Question | None:
        """The question that is put next, or None at the end."""
        at = self.child.expect_exact(["> ", pexpect.EOF])
        shown = str(self.child.before).replace("\r\n", "\n")
        self.seen += shown
        if at == 1:
            return None
        text = " ".join(shown.split())
        [question] = [each for each in QUESTIONS if re.search(rf"about \d+ {as_put(each)}", text)]
        self.asked.append(question.id)
        return question

    def answer(self, line: str) -> None:
        """Types a line."""
        self.child.sendline(line)

    def go_through(self, **answers: str) -> None:
        """Answers to the end: these, and `unsure` to all else."""
        while (question := self.question()) is not None:
            self.answer(answers.get(question.id, "unsure"))

    def end(self) -> int:
        """The exit code, once all that is shown has been taken in."""
        self.child.expect(pexpect.EOF)
        self.seen += str(self.child.before).replace("\r\n", "\n")
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


def test_interview_of_one_who_is_unsure_of_all() -> None:
    terminal = Terminal()
    terminal.go_through()
    assert terminal.end() == 0
    assert len(terminal.asked) == len(set(terminal.asked)) > 20
    assert "rash_hours" not in terminal.asked
    answers: dict[str, object] = {}
    for id in terminal.asked:
        step = next_question(answers, RULES)
        assert step is not None
        assert step.question.id == id
        assert f"Question {step.number} of about {step.about}\n" in terminal.seen
        answers[id] = "unsure"
    assert next_question(answers, RULES) is None
    _, _, report = terminal.seen.partition("HOW SOON TO BE SEEN\n")
    assert f"({assess(answers).urgency.level})" in report
    for chapter in RULES.chapters:
        assert chapter.title.upper() in terminal.seen
    assert "\x1b" not in terminal.seen
    assert "Traceback" not in terminal.seen


def test_hours_of_a_rash_are_asked_only_after_blisters() -> None:
    terminal = Terminal()
    terminal.go_through(skin_change="a band of blisters on one side", rash_hours="2 days")
    assert terminal.end() == 0
    assert "rash_hours" in terminal.asked[terminal.asked.index("skin_change") :]
    assert terminal.asked.count("skin_change") == 1


def test_help_wrong_entry_and_empty_line_ask_again() -> None:
    terminal = Terminal()
    first = terminal.question()
    assert first is not None
    assert first.id == "saddle_numbness"
    terminal.answer("?")
    assert first.why in " ".join(terminal.until("> ").split())
    terminal.answer("noo")
    assert "Please write a number from 1 to 2, or unsure.\n" in terminal.until("> ")
    terminal.answer("")
    assert "Please answer; `unsure` if you do not know" in terminal.until("> ")
    terminal.answer("no")
    second = terminal.question()
    assert second is not None
    assert second.id == "bladder_change"
    assert "Question 2 of about" in terminal.seen


def test_answers_go_by_number_by_id_and_by_wording() -> None:
    terminal = Terminal()
    for id, line in (
        ("saddle_numbness", "2"),
        ("bladder_change", "none"),
        ("bowel_change", "Yes, as before"),
        ("sexual_change", "n"),
        ("leg_weakness", "one leg"),
        ("weakness_speed", "1"),
        ("walking_now", "yes, as before"),
        ("symptom_kinds", "1, numb, sharp or shooting"),
    ):
        question = terminal.question()
        assert question is not None
        assert question.id == id
        terminal.answer(line)
    assert terminal.question() is not None
    assert "Please" not in terminal.seen


@pytest.mark.parametrize("key", ["c", "d"])
@pytest.mark.parametrize("answered", [0, 3])
def test_leaving_is_plain(key: str, answered: int) -> None:
    terminal = Terminal()
    for _ in range(answered):
        assert terminal.question() is not None
        terminal.answer("unsure")
    assert terminal.question() is not None
    if key == "c":
        terminal.child.sendintr()
    else:
        terminal.child.sendeof()
    before = len(terminal.seen)
    assert terminal.end() == 130
    assert terminal.seen[before:].strip().removeprefix("^C").strip() == "Left early. Nothing was stored."


def test_emergency_is_told_at_once_and_may_end_the_interview() -> None:
    terminal = Terminal()
    assert terminal.question() is not None
    terminal.answer("yes")
    shown = " ".join(terminal.until("Go on with the questions? (yes or no) > ").split())
    assert RULES.urgencies["emergency"].advice in shown
    assert "[rf01-saddle-numbness]" in shown
    assert "Question 2" not in shown
    terminal.answer("perhaps")
    assert "Please write yes or no." in terminal.until("> ")
    terminal.answer("no")
    assert terminal.end() == 0
    assert "HOW SOON TO BE SEEN\n" in terminal.seen
    assert "Question 2" not in terminal.seen


def test_after_an_emergency_one_may_go_on_and_is_not_told_again() -> None:
    terminal = Terminal()
    assert terminal.question() is not None
    terminal.answer("yes")
    terminal.until("Go on with the questions? (yes or no) > ")
    terminal.answer("yes")
    terminal.go_through(bladder_change="cannot_pee", leg_cold_pale="yes")
    assert terminal.end() == 0
    assert terminal.seen.count("Go on with the questions?") == 1
    assert "(emergency)" in terminal.seen


def test_an_emergency_is_told_once_and_a_further_one_is_told_too() -> None:
    answers = read_answers({"saddle_numbness": "yes"}, RULES)
    first = alert(answers, RULES)
    assert [rule.id for rule in first.emergencies] == ["rf01-saddle-numbness"]
    assert first.first_emergency
    told = {*first.emergencies}
    assert alert(answers, RULES, told).emergencies == ()
    more = alert(read_answers({"saddle_numbness": "yes", "leg_cold_pale": "yes"}, RULES), RULES, told)
    assert more.emergencies
    assert not told & {*more.emergencies}
    assert not more.first_emergency


def test_only_the_report_goes_to_standard_output(tmp_path: Path) -> None:
    out = tmp_path / "report.txt"
    terminal = Terminal(redirect=f"> '{out}'")
    assert terminal.question() is not None
    terminal.answer("yes")
    terminal.until("Go on with the questions? (yes or no) > ")
    terminal.answer("no")
    assert terminal.end() == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("HOW SOON TO BE SEEN\n")
    assert "HOW SOON" not in terminal.seen
    assert "Question" not in text
    assert "Go on" not in text


def test_colour_only_where_it_is_wanted() -> None:
    for env, coloured in (({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
        terminal = Terminal(**env)
        terminal.child.expect_exact("> ")
        assert ("\x1b[" in str(terminal.child.before)) is coloured
        terminal.child.sendintr()
        assert terminal.end() == 130

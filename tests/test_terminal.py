"""The interview at a terminal: what is typed, what is said, what is kept."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

import pytest
import shipped
from terminal import Terminal

from engine import assess, next_question, read_answers
from engine.records.saved_answers import read_saved, saved_text
from engine.result.advice.act_text import to_do


def test_interview_of_one_who_is_unsure_of_all() -> None:
    terminal = Terminal()
    terminal.go_through()
    assert terminal.result() == 0
    assert len(terminal.asked) == len(set(terminal.asked)) > 20
    assert "rash_hours" not in terminal.asked
    answers: dict[str, object] = {}
    for id in terminal.asked:
        step = next_question(answers, shipped.rules())
        assert step is not None
        assert step.question.id == id
        assert f"Question {step.number} of about {step.about}\n" in terminal.seen
        answers[id] = "unsure"
    assert next_question(answers, shipped.rules()) is None
    _, _, report = terminal.seen.partition("HOW SOON TO BE SEEN\n")
    assert f"({assess(answers).urgency.level})" in report
    assert shipped.rules().chapters[0].title.upper() in terminal.seen
    assert "\x1b" not in terminal.seen
    assert "Traceback" not in terminal.seen


def test_a_whole_interview_with_back_why_an_emergency_a_change_and_a_kill(tmp_path: Path) -> None:
    saved = tmp_path / "mine.yaml"
    first = Terminal(args=["interview", "--save", str(saved)])
    question = first.question()
    assert question is not None
    assert question.id == "age_years"
    first.answer("why")
    assert question.why in " ".join(first.until("> ").split())
    assert "The rules that could still fire on it:" in first.seen
    first.answer("list")
    assert "Nothing is answered yet." in first.until("> ")
    first.answer("back")
    assert "This is the first question." in first.until("> ")
    first.answer("44")
    assert first.question() is not None
    first.answer("back")
    shown = " ".join(first.until("> ").split())
    assert "Asked again How old are you?" in shown
    assert "Enter keeps your answer: 44" in shown
    first.answer("45")
    for line in ("3 weeks", "over a few days", "unsure"):
        assert first.question() is not None
        first.answer(line)
    assert first.question() is not None
    first.child.kill(signal.SIGKILL)
    first.child.wait()
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    kept, problems = read_saved(saved.read_bytes(), shipped.rules(), "mine.yaml")
    given = {"age_years": 45, "symptom_duration": "3 weeks", "onset_speed": "days", "symptom_side": "unsure"}
    assert (dict(kept), problems) == (dict(read_answers(given, shipped.rules())), [])
    again = Terminal(args=["interview", "--resume", str(saved)])
    assert (next_one := again.question()) is not None
    assert next_one.id == "symptom_kinds"
    again.answer("sharp or shooting")
    assert again.question() is not None
    again.answer("low back, calf")
    assert (saddle := again.question()) is not None
    assert saddle.id == "saddle_numbness"
    again.answer("yes")
    shown = " ".join(again.until("Go on with the questions? (yes, no, or back) > ").split())
    numb = assess({"saddle_numbness": "yes"})
    assert " ".join(to_do(numb.acts) or [numb.urgency.advice]) in shown
    again.answer("yes")
    again.go_through(cauda_onset="unsure", symptom_side="the left")
    assert "YOUR ANSWERS" in again.seen
    place = again.seen.rpartition("YOUR ANSWERS")[2].split("Is there any numb or odd feeling")[0].split()[-1]
    again.answer(place)
    assert (changed := again.question()) is not None
    assert changed.id == "saddle_numbness"
    again.answer("no")
    again.go_through()
    assert again.result() == 0
    assert "HOW SOON TO BE SEEN\n" in again.seen
    assert assess(saved.read_bytes()).answers["saddle_numbness"] == "no"


def test_quit_offers_to_keep_the_answers_and_says_what_presses(tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    terminal = Terminal()
    for line in ("44", "2 days", "over a few days", "the left", "sharp or shooting", "calf", "unsure"):
        assert terminal.question() is not None
        terminal.answer(line)
    assert terminal.question() is not None
    terminal.answer("quit")
    terminal.until("Keep your answers in a file?")
    terminal.until("> ")
    terminal.answer(str(kept))
    assert terminal.end() == 130
    assert f"So far: {shipped.rules().urgencies['same_day'].name}." in terminal.seen
    unsure = assess({"saddle_numbness": "unsure"})
    seen = " ".join(terminal.seen.split())
    assert " ".join(to_do(unsure.acts) or [unsure.urgency.advice]) in seen
    assert assess(kept.read_bytes()).answers["saddle_numbness"] == "unsure"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_file_is_never_overwritten_by_a_new_interview(tmp_path: Path) -> None:
    there = tmp_path / "there.yaml"
    there.write_text("age_years: 30\n", encoding="utf-8")
    terminal = Terminal(args=["interview", "--save", str(there)])
    assert terminal.end() == 2
    assert "--resume" in terminal.seen
    assert there.read_text(encoding="utf-8") == "age_years: 30\n"


def test_saved_answers_that_no_longer_hold_are_named_and_asked_again(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("age_years: 30\nsymptom_side: middle\nno_such: yes\n", encoding="utf-8")
    terminal = Terminal(args=["interview", "--resume", str(old)])
    assert (question := terminal.question()) is not None
    assert question.id == "symptom_duration"
    assert f"{old}:2:15: A003 `middle` is not an answer to `symptom_side`" in terminal.seen
    assert f"{old}:3:1: A001 unknown question `no_such`" in terminal.seen
    terminal.interrupt()
    assert terminal.end() == 130
    assert "middle" in old.read_text(encoding="utf-8")
    assert "The file is left as it is" in " ".join(terminal.seen.split())


def test_what_is_saved_is_read_back_the_same() -> None:
    given = {
        "age_years": 71,
        "symptom_duration": "6 weeks",
        "bend_forward_relief": "no",
        "pain_sites": ["calf"],
    }
    answers = read_answers(given, shipped.rules())
    again, problems = read_saved(saved_text(answers).encode(), shipped.rules(), "x")
    assert (dict(again), problems) == (dict(answers), [])


@pytest.mark.parametrize("key", ["c", "d"])
@pytest.mark.parametrize("answered", [0, 3])
def test_leaving_is_plain(key: str, answered: int) -> None:
    terminal = Terminal()
    for _ in range(answered):
        assert terminal.question() is not None
        terminal.answer("unsure")
    assert terminal.question() is not None
    if key == "c":
        terminal.interrupt()
    else:
        terminal.child.sendeof()
    before = len(terminal.seen)
    assert terminal.end() == 130
    assert terminal.seen[before:].strip().removeprefix("^C").strip() == "Left early. Nothing was stored."


def test_the_end_of_input_at_the_review_shows_the_result() -> None:
    terminal = Terminal()
    terminal.go_through()
    terminal.answer("nonsense")
    assert "Please write a number from 1 to" in terminal.until("> ")
    terminal.child.sendeof()
    assert terminal.end() == 0
    assert "HOW SOON TO BE SEEN\n" in terminal.seen


def to_the_screen(terminal: Terminal) -> None:
    """Answers `unsure` up to the first question of the emergency screen."""
    while (question := terminal.question()) is not None and question.id != "saddle_numbness":
        terminal.answer("unsure")


def test_a_file_without_any_answer_is_refused_and_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.yaml"
    notes.write_text("patient: Ann\nphone: 0123\n", encoding="utf-8")
    terminal = Terminal(args=["interview", "--resume", str(notes)])
    assert terminal.end() == 1
    assert "it was left alone" in terminal.seen
    assert notes.read_text(encoding="utf-8") == "patient: Ann\nphone: 0123\n"


def test_only_the_report_goes_to_standard_output(tmp_path: Path) -> None:
    out = tmp_path / "report.txt"
    terminal = Terminal(redirect=f"> '{out}'")
    to_the_screen(terminal)
    terminal.answer("yes")
    terminal.until("Go on with the questions? (yes, no, or back) > ")
    terminal.answer("no")
    assert terminal.end() == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("HOW SOON TO BE SEEN\n")
    assert "HOW SOON" not in terminal.seen
    assert "Question" not in text
    assert "Go on" not in text


def test_colour_only_where_it_is_wanted() -> None:
    plain: list[dict[str, str]] = [{"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "dumb"}]
    for env, coloured in (({"NO_COLOR": ""}, True), *((each, False) for each in plain)):
        terminal = Terminal(**env)
        terminal.child.expect_exact("> ")
        assert ("\x1b[" in str(terminal.child.before)) is coloured
        terminal.interrupt()
        assert terminal.end() == 130


def test_no_option_is_named_like_a_command() -> None:
    words = {"?", "why", "back", "list", "quit", "more", "save", "unsure"}
    options = [option for question in shipped.rules().questions.values() for option in question.options]
    assert not words & {name for option in options for name in (option.id, option.text.lower())}

"""What is said back and forth in an interview, without a terminal."""

from __future__ import annotations

import shipped
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from terminal import Person, Spoken

from engine import assess, read_answers
from engine.interview.dialogue import Dialogue, Turn
from engine.interview.interview import Length, begin
from engine.interview.prompts import alert_now
from engine.result.advice.act_text import to_do

WIDTH = 88


def to_the_screen(person: Person) -> None:
    """Answers `unsure` up to the first question of the emergency screen."""
    while (question := person.question()) is not None and question.id != "saddle_numbness":
        person.answer("unsure")


def test_hours_of_a_rash_are_asked_only_after_blisters() -> None:
    person = Spoken()
    person.go_through(skin_change="a band of blisters on one side", rash_hours="2 days")
    assert person.result() == 0
    assert "rash_hours" in person.asked[person.asked.index("skin_change") :]
    assert person.asked.count("skin_change") == 1


def test_wrong_entry_and_empty_line_ask_again() -> None:
    person = Spoken()
    for line in ("44", "unsure", "unsure"):
        assert person.question() is not None
        person.answer(line)
    assert (side := person.question()) is not None
    assert side.id == "symptom_side"
    person.answer("lefft")
    assert "Please write one number from 1 to 5, or unsure.\n" in person.until("> ")
    person.answer("")
    assert "Please answer; `unsure` if you do not know" in person.until("> ")
    person.answer("1")
    assert person.question() is not None
    assert "Question 5 of about" in person.seen


def test_short_ends_before_usual_and_more_goes_on() -> None:
    given = {"symptom_side": "the left", "symptom_kinds": "sharp or shooting", "pain_sites": "low back, calf"}
    counts = []
    lengths: tuple[Length, ...] = ("short", "usual")
    for length in lengths:
        person = Spoken(length)
        person.go_through(age_years="45", **given)
        counts.append(len(person.asked))
        if length == "usual":
            person.answer("more")
            person.go_through()
            assert len(person.asked) > counts[-1]
            assert "Every question that applies to you has been asked." in person.seen
        assert person.result() == 0
    assert counts[0] < counts[1]


def test_unsure_to_everything_the_review_too_shows_the_result() -> None:
    person = Spoken()
    person.go_through()
    person.answer("unsure")
    assert person.end() == 0
    assert "(same_day)" in person.seen


def test_emergency_is_told_at_once_and_may_end_the_interview() -> None:
    person = Spoken()
    to_the_screen(person)
    person.answer("yes")
    shown = " ".join(person.until("Go on with the questions? (yes, no, or back) > ").split())
    numb = assess({"saddle_numbness": "yes"})
    assert " ".join(to_do(numb.acts) or [numb.urgency.advice]) in shown
    assert "[rf01-saddle-numbness]" in shown
    assert "Question" not in shown
    person.answer("perhaps")
    assert "Please write yes, no, or back" in person.until("> ")
    person.answer("no")
    assert person.end() == 0
    assert "HOW SOON TO BE SEEN\n" in person.seen
    assert "YOUR ANSWERS" not in person.seen


def test_after_an_emergency_one_may_go_on_and_is_not_told_again() -> None:
    person = Spoken()
    to_the_screen(person)
    person.answer("yes")
    person.until("Go on with the questions? (yes, no, or back) > ")
    person.answer("yes")
    person.go_through(bladder_change="cannot_pee", leg_cold_pale="yes")
    assert person.result() == 0
    assert person.seen.count("Go on with the questions?") == 1
    assert "(emergency)" in person.seen


def test_an_emergency_that_was_a_slip_is_taken_back_at_once() -> None:
    person = Spoken()
    to_the_screen(person)
    person.answer("yes")
    person.until("Go on with the questions? (yes, no, or back) > ")
    person.answer("list")
    assert "numb or odd feeling" in person.until("Go on with the questions? (yes, no, or back) > ")
    person.answer("back")
    assert (again := person.question()) is not None
    assert again.id == "saddle_numbness"
    assert "Enter keeps your answer: yes" in person.seen
    person.answer("no")
    assert (after := person.question()) is not None
    assert after.id != "saddle_numbness"
    person.answer("quit")
    person.until("Enter to keep nothing) > ")
    person.answer("")
    assert person.end() == 130
    assert "So far:" not in person.seen


def test_an_emergency_is_told_once_and_a_further_one_is_told_too() -> None:
    first = alert_now(begin({"saddle_numbness": "yes"}, shipped.rules()))
    assert [rule.id for rule in first.emergencies] == ["rf01-saddle-numbness"]
    assert first.first_emergency
    told = {*first.emergencies}
    assert alert_now(begin({"saddle_numbness": "yes"}, shipped.rules()), told).emergencies == ()
    more = alert_now(begin({"saddle_numbness": "yes", "leg_cold_pale": "yes"}, shipped.rules()), told)
    assert more.emergencies
    assert not told & {*more.emergencies}
    assert not more.first_emergency


def test_an_emergency_that_was_taken_back_is_told_again() -> None:
    person = Spoken()
    to_the_screen(person)
    for line, then in (("yes", "yes"), ("back", None), ("no", None), ("back", None), ("yes", "no")):
        person.answer(line)
        if then is not None:
            person.until("Go on with the questions? (yes, no, or back) > ")
            person.answer(then)
        if then != "no":
            person.until("> ")
    assert person.end() == 0
    assert person.seen.count("[rf01-saddle-numbness]") >= 2


def test_what_would_not_be_asked_is_kept_and_asked_once_more() -> None:
    person = Spoken()
    given = {"symptom_side": "the left", "symptom_kinds": "numb", "leg_weakness": "no"}
    while (question := person.question()) is not None and question.id != "foot_strength_test":
        person.answer(given.get(question.id, "unsure"))
    person.answer("1")
    assert (again := person.question()) is not None
    assert again.id == "leg_weakness"
    person.answer("")
    assert (again := person.question()) is not None
    assert again.id == "symptom_kinds"
    person.answer("aching or dull")
    assert (again := person.question()) is not None
    assert again.id == "foot_strength_test"
    person.answer("")
    assert (after := person.question()) is not None
    assert after.id not in person.asked[:-1]
    person.answer("back")
    person.until("> ")
    assert "Traceback" not in person.seen


def test_an_emergency_is_told_again_where_the_answer_is_kept_after_going_back() -> None:
    person = Spoken()
    to_the_screen(person)
    person.answer("yes")
    person.until("Go on with the questions? (yes, no, or back) > ")
    person.answer("back")
    assert person.question() is not None
    person.answer("")
    assert "[rf01-saddle-numbness]" in person.until("Go on with the questions? (yes, no, or back) > ")


def begun(kept_in: str | None = None) -> Dialogue:
    """An interview of the shipped rules at its first question."""
    return Dialogue(state=begin({}, shipped.rules()), kept_in=kept_in).start(WIDTH).dialogue


def words(turn: Turn) -> str:
    """What a turn says, on one line."""
    return " ".join(line.text.strip() for line in turn.says)


def test_answers_are_to_be_saved_where_they_are_kept_and_only_when_they_change() -> None:
    assert not begun().hear("44", WIDTH).save
    answered = begun("mine.yaml").hear("44", WIDTH)
    assert answered.save
    for line in ("?", "list", "nonsense", "back"):
        assert not answered.dialogue.hear(line, WIDTH).save
    assert not answered.unkept().dialogue.hear("2 weeks", WIDTH).save


def test_whoever_quits_is_asked_for_a_file_until_one_is_written_or_none_is_wanted() -> None:
    asked = begun().hear("44", WIDTH).dialogue.hear("quit", WIDTH)
    assert asked.prompt == "Keep your answers in a file? (its name, or Enter to keep nothing) > "
    named = asked.dialogue.hear(" mine.yaml ", WIDTH)
    assert (named.save_as, named.ends) == ("mine.yaml", None)
    again = named.dialogue.not_saved("`mine.yaml` exists; name another.", WIDTH)
    assert (again.prompt, again.ends) == (asked.prompt, None)
    left = again.dialogue.saved("my answers.yaml", WIDTH)
    assert left.ends == "left"
    assert left.says[-1].text == "legtriage interview --resume 'my answers.yaml'"
    nothing = asked.dialogue.hear("", WIDTH)
    assert nothing.ends == "left"
    assert "Nothing was stored." in words(nothing)


def test_whoever_quits_without_an_answer_or_with_a_file_is_asked_for_none() -> None:
    assert begun().hear("quit", WIDTH).ends == "left"
    kept = begun("mine.yaml").hear("44", WIDTH).dialogue.hear("quit", WIDTH)
    assert kept.ends == "left"
    assert "legtriage interview --resume mine.yaml" in words(kept)


def test_answers_saved_at_the_review_lead_back_to_it() -> None:
    person = Spoken()
    person.go_through()
    asked = person.turn.dialogue.hear("save", WIDTH)
    assert asked.dialogue.hear("", WIDTH).prompt == "> "
    back = asked.dialogue.hear("mine.yaml", WIDTH).dialogue.saved("mine.yaml", WIDTH)
    assert back.dialogue.kept_in == "mine.yaml"
    assert back.dialogue.hear("", WIDTH).ends == "result"


def test_the_end_of_input_leaves_but_at_the_review_gives_the_result() -> None:
    assert begun().end_of_input(WIDTH).ends == "left"
    person = Spoken()
    person.go_through()
    assert person.turn.dialogue.end_of_input(WIDTH).ends == "result"
    assert person.turn.dialogue.interrupted(WIDTH).ends == "left"


TYPED = ["", "1", "2", "3", "44", "2 weeks", "unsure", "yes", "no", "?", "back", "list", "more", "save"]
LINES = st.lists(st.sampled_from([*TYPED, "quit"]) | st.text(max_size=6), max_size=60)


@examples(60)
@given(LINES)
def test_whatever_is_typed_the_talk_goes_on_or_ends_and_is_the_same_twice(lines: list[str]) -> None:
    turns = [Dialogue(state=begin({}, shipped.rules())).start(WIDTH) for _ in range(2)]
    for line in lines:
        if turns[0].ends is not None:
            assert turns[0].prompt is None
            break
        assert turns[0].prompt is not None
        turns = [turn.dialogue.hear(line, WIDTH) for turn in turns]
        assert turns[0] == turns[1]
        answers = turns[0].dialogue.state.answers
        assert read_answers(answers.to_plain(), shipped.rules()) == answers

"""What people type is read kindly, and what cannot be read is answered in the terms of the screen."""

from __future__ import annotations

import contextlib
import re

import pytest
import shipped

from engine import AnswersError
from engine.answers.answers import UNSURE
from engine.interview.typed import answer_from_line, remedy, taken_as
from engine.knowledge.questions import Question

QUESTIONS = shipped.rules().questions


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("6 Weeks", "6 weeks"),
        ("6 weeks ago", "6 weeks"),
        ("about 6 weeks", "6 weeks"),
        ("6weeks", "6 weeks"),
        ("2 wk", "2 weeks"),
        ("36h", "36 hours"),
        ("a month", "1 month"),
        ("two weeks", "2 weeks"),
        ("1,5 months", "1.5 months"),
        ("half a year", "6 months"),
        ("since yesterday", "1 day"),
        ("30 minutes", "0.50 hours"),
        ("６ weeks.", "6 weeks"),  # noqa: RUF001 - a full-width digit
    ],
)
def test_amounts_as_people_say_them(line: str, shown: str) -> None:
    assert str(answer_from_line(QUESTIONS["symptom_duration"], line)) == shown


@pytest.mark.parametrize(
    "line", ["6", "six", "6-8 weeks", "last week", "none", "weeks", "012 days", "6 fortnights", "-1 days"]
)
def test_what_is_no_amount_is_not_guessed(line: str) -> None:
    with pytest.raises(AnswersError):
        answer_from_line(QUESTIONS["symptom_duration"], line)


@pytest.mark.parametrize("line", ["unsure", "U", "Unsure.", "don't know", "I don’t know", "not sure"])  # noqa: RUF001
@pytest.mark.parametrize("question", ["saddle_numbness", "bladder_change", "age_years", "symptom_duration"])
def test_unsure_in_many_words(question: str, line: str) -> None:
    assert answer_from_line(QUESTIONS[question], line) is UNSURE


@pytest.mark.parametrize(
    ("question", "line", "meant"),
    [
        ("saddle_numbness", "Y", "yes"),
        ("saddle_numbness", "YES!", "yes"),
        ("saddle_numbness", "2", "no"),
        ("bowel_change", "yes", "normal"),
        ("bowel_change", "no", "cannot_feel_or_hold"),
        ("leg_weakness", "no", "no"),
        ("bend_forward_relief", "yes", "yes"),
    ],
)
def test_yes_and_no_where_the_wording_begins_so(question: str, line: str, meant: str) -> None:
    assert str(answer_from_line(QUESTIONS[question], line)) == meant


@pytest.mark.parametrize(
    ("question", "line", "same"),
    [
        ("symptom_side", "my left leg", "1"),
        ("symptom_side", "Both legs.", "both"),
        ("symptom_kinds", "1 and 2", "1, 2"),
        ("symptom_kinds", "aching or dull; numb", "1, 5"),
        ("symptom_kinds", "burning, numb and cramp", "burning, cramp, numb"),
        ("symptom_kinds", "pins and needles", "tingling"),
        ("alcohol_units", "none", "0"),
        ("bowel_change", "yes as before", "1"),
        ("bladder_change", "I can't pee", "2"),
        ("pain_sites", "back of thigh", "8"),
        ("sexual_change", "rather not say", "4"),
        ("saddle_numbness", "nope", "2"),
    ],
)
def test_small_words_between_change_nothing(question: str, line: str, same: str) -> None:
    wanted = answer_from_line(QUESTIONS[question], same)
    assert wanted is not None
    assert str(answer_from_line(QUESTIONS[question], line)) == str(wanted)


@pytest.mark.parametrize("line", ["not left", "left or right", "burning but not numb", "sharp and loud"])
@pytest.mark.parametrize("question", ["symptom_side", "symptom_kinds"])
def test_what_is_no_option_is_not_guessed(question: str, line: str) -> None:
    with pytest.raises(AnswersError):
        answer_from_line(QUESTIONS[question], line)


def test_no_to_any_of_these_is_none_of_these() -> None:
    assert answer_from_line(QUESTIONS["bladder_change"], "no") == answer_from_line(
        QUESTIONS["bladder_change"], "none of these"
    )


def test_a_yes_that_could_mean_two_things_is_asked_again() -> None:
    with pytest.raises(AnswersError):
        answer_from_line(QUESTIONS["diabetes_status"], "yes")


@pytest.mark.parametrize(
    ("question", "line", "told"),
    [
        ("saddle_numbness", "sort of", "one number from 1 to 3, or unsure"),
        ("symptom_side", "2,3", "one number from 1 to 5, or unsure"),
        ("bladder_change", "19", "a number from 1 to 9, several with commas, or unsure"),
        ("bladder_change", "1, none", "goes with no other"),
        ("symptom_duration", "long", "such as 6 weeks"),
        ("symptom_kinds", "burnin", "Did you mean `burning`? Please write a number"),
        ("age_years", "none", "a whole number of years"),
        ("rash_hours", "nothing", "number of hours"),
        ("age_years", "forty", "a whole number of years"),
        ("age_years", "130", "0 to 120 years"),
    ],
)
def test_the_remedy_speaks_of_what_is_on_the_screen(question: str, line: str, told: str) -> None:
    with pytest.raises(AnswersError) as caught:
        answer_from_line(QUESTIONS[question], line)
    assert told in remedy(QUESTIONS[question], caught.value, line)


@pytest.mark.parametrize(
    "question", ["foot_strength_test", "symptom_kinds", "pain_sites", "walk_stand_trigger"]
)
def test_a_no_that_would_be_a_guess_is_asked_again(question: str) -> None:
    """To `can you walk on your heels?` no is the opposite of the option that goes with no other."""
    for line in ("no", "n", "nope"):
        with pytest.raises(AnswersError):
            answer_from_line(QUESTIONS[question], line)


@pytest.mark.parametrize(
    ("question", "line", "words"),
    [
        ("bladder_change", "no", "none of these"),
        ("symptom_side", "my left leg", "the left"),
        ("symptom_duration", "half a year", "6 months"),
        ("saddle_numbness", "maybe", "unsure"),
        ("symptom_kinds", "1, 3", None),
        ("saddle_numbness", "Y", None),
        ("walking_now", "n", "no, I cannot walk, and that is new"),
        ("symptom_kinds", "burning, numb", None),
        ("symptom_duration", "6 weeks", None),
        ("bladder_change", "None of these.", None),
    ],
)
def test_what_was_not_said_in_so_many_words_is_said_back(question: str, line: str, words: str | None) -> None:
    answer = answer_from_line(QUESTIONS[question], line)
    assert answer is not None
    assert taken_as(QUESTIONS[question], line, answer) == words


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS.values() if each.options], ids=lambda each: each.id
)
def test_a_no_is_taken_only_for_what_says_so(question: Question) -> None:
    saying = [
        option.id
        for option in question.options
        if "no" in (option.id, *option.also) or option.text.lower().split(",")[0] == "no"
    ]
    if len(saying) != 1:  # of two that say so it might be either
        with pytest.raises(AnswersError):
            answer_from_line(question, "no")
    else:
        assert answer_from_line(question, "no") == answer_from_line(question, saying[0])


@pytest.mark.parametrize("lead", ["not", "no", "never", "neither", "without"])
def test_an_option_turned_round_is_not_that_option(lead: str) -> None:
    for question in QUESTIONS.values():
        for option in question.options:
            line = f"{lead} {option.text}"
            with contextlib.suppress(AnswersError):
                assert answer_from_line(question, line) != answer_from_line(question, option.id), line


def test_no_option_is_suggested_for_its_opposite() -> None:
    asked = 0
    for question in QUESTIONS.values():
        for option in question.options:
            with pytest.raises(AnswersError) as caught:
                answer_from_line(question, f"not {option.text}x")
            turned = {"no", "not", "none", "nothing", "never", "cannot", "neither", "nor", "without"}
            if turned.isdisjoint(re.findall(r"\w+", option.text.lower())):
                asked += 1
                said = remedy(question, caught.value, f"not {option.text}x")
                assert f"`{option.text.lower()}`" not in said
    assert asked

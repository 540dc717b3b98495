"""Plays interviews and writes docs/interviews.md: `make interviews`; a test compares the page.

A patient is a worked case. Where the case is silent the person says what is plainest: nothing, none,
as before; and `unsure` where there is no such answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

import shipped

from engine import Answers, assess
from engine.answers.answers import Answer, in_words
from engine.interview.interview import Interview, Length, begin
from engine.interview.prompts import alert_now, emergency_now, end_text, question_text
from engine.knowledge.questions import Question
from engine.loading.answer_reader import read_answers
from engine.report.rendering import text_lines

PAGE = Path(__file__).parent.parent / "docs" / "interviews.md"
WIDTH = 72

PLAIN = [
    *("none", "no", "normal", "both_fine", "not_spread", "not_apply"),
    *("nothing", "no_back_pain", "as_far", "no_night_pain", "same"),
]
"""Options that say that there is nothing, in the order in which they are looked for."""

COUNTED = {
    "spinal stenosis": "ordinary-stenosis",
    "disc, one-leg sciatica": "ordinary-sciatica-two-weeks",
    "piriformis syndrome": "published-piriformis-quartet",
    "diabetic neuropathy": "published-diabetic-feet",
}

TOLD = {
    "A narrow spine, to the end": ("ordinary-stenosis", "usual"),
    "A sore buttock, the short interview": ("published-piriformis-quartet", "short"),
    "An emergency": ("saddle-old-and-unchanged", "usual"),
}


def said(question: Question, given: Answers) -> Answer:
    """What this person answers."""
    if question.id in given:
        return given[question.id]
    plain = next((each for each in PLAIN if each in question.option_ids), "unsure")
    return read_answers({question.id: [plain] if question.kind == "many_of" else plain}, shipped.rules())[
        question.id
    ]


def walk(case: str, length: Length) -> Iterator[Interview]:
    """The states of an interview, from the first question to the last."""
    state = begin({}, shipped.rules(), length)
    yield state
    while (step := state.step) is not None:
        state = state.answered(said(step.question, shipped.answers()[case]))
        yield state


def counts() -> Iterator[str]:
    """How many questions each picture takes, and from which on the first cause stays the same."""
    yield "| picture | settled after | short ends after | all there are | the first cause is the same from |"
    yield "| --- | --- | --- | --- | --- |"
    for name, case in COUNTED.items():
        usual = list(walk(case, "usual"))
        assert usual[-1].settled
        firsts = [assess(state.answers, shipped.rules()).causes[0].id for state in usual[1:]]
        same = next(at for at in range(len(firsts)) if set(firsts[at:]) == {firsts[-1]})
        numbers = [len(list(walk(case, length))) - 1 for length in ("usual", "short", "all")]
        yield f"| {name} | {numbers[0]} | {numbers[1]} | {numbers[2]} | question {same + 1} |"


def transcript(case: str, length: Length) -> Iterator[str]:
    """The interview as it stands on the screen, the result with it."""
    chapter, told = "", False
    for state in walk(case, length):
        found = alert_now(state)
        if found.emergencies and not told:
            told = True
            yield from (line.text for line in emergency_now(found, shipped.rules(), WIDTH))
            yield "Go on with the questions? (yes or no) > no"
            break
        if (step := state.step) is None:
            yield from (line.text for line in end_text(state, WIDTH))
            break
        if step.chapter != chapter:
            chapter = step.chapter
            yield from ("", chapter.upper())
        yield from (line.text for line in question_text(step, WIDTH))
        yield f"> {in_words(step.question, said(step.question, shipped.answers()[case]))}"
    yield ""
    yield from (
        line.text for line in text_lines(assess(state.answers, shipped.rules()), full=False, width=WIDTH)
    )


def page() -> str:
    """The whole page."""
    lines = [
        "# Interviews",
        "",
        "Written by `make interviews` from the rules and worked cases; a test holds it fresh. Where a case",
        "is silent, the person says what is plainest (nothing, none, as before), or `unsure`.",
        "",
        "## How many questions it takes",
        "",
        f"There are {len(shipped.rules().questions)} questions. "
        "An interview is settled when no question that is left",
        "can change the first cause or the urgency; the short one ends when no single answer could.",
        "",
        *counts(),
    ]
    for title, (case, length) in TOLD.items():
        lines += ["", f"## {title}", "", "```text", *transcript(case, length), "```"]  # type: ignore[arg-type]
    return "\n".join(line.rstrip() for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

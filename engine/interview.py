"""The interview as a pure function of the answers so far: what is asked next, and how a line is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .answers import Answer, Answers, read_answer, read_answers
from .catalogue import form_of
from .conditions import truth
from .consultation import infer
from .inference import Known
from .loader import load_rules
from .model import Question, RuleBase
from .openness import is_asked
from .text import Line, wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question to put to the person, and where in the interview it stands."""

    question: Question
    chapter: str
    number: int
    about: int
    """About how many questions there will be in all: those that hang on others count half."""


def next_question(answers: Mapping[str, object], rules: RuleBase | None = None) -> Step | None:
    """The first question, in the interview's order, that applies and has no answer; None at the end.

    Raises AnswersError where the answers are wrong.
    """
    rules = load_rules() if rules is None else rules
    checked = read_answers(answers, rules)
    known = Known(checked, infer(rules, checked).signs)
    open_ids = [id for id in rules.questions if id not in checked]
    asked = [id for id in open_ids if is_asked(rules.questions[id], known)]
    if not asked:
        return None
    question = rules.questions[asked[0]]
    perhaps = sum(_may_be_asked(rules.questions[id], known) for id in open_ids) - len(asked)
    return Step(
        question=question,
        chapter=next(each.title for each in rules.chapters if question.id in each.questions),
        number=len(checked) + 1,
        about=len(checked) + len(asked) + perhaps // 2,
    )


def greeting(rules: RuleBase, width: int) -> list[Line]:
    """What is said before the first question."""
    return [
        *wrapped(rules.not_a_diagnosis, width),
        Line(""),
        *wrapped(
            "Answer with the number or the name of an option, several with commas. `unsure` is always an "
            "answer, `?` explains the question, Ctrl-C leaves. Nothing is stored.",
            width,
        ),
    ]


def question_text(step: Step, width: int) -> list[Line]:
    """The question as it is put to the person."""
    question = step.question
    lines = [Line(""), Line(f"Question {step.number} of about {step.about}", "quiet")]
    lines += wrapped(question.text, width, style="heading")
    for number, option in enumerate(question.options, 1):
        lines += wrapped(f"{number:>4}  {option.text}", width, hang=" " * 6)
    if not question.options:
        lines += wrapped(f"Answer with {form_of(question)}.", width, "      ")
    return lines


def help_text(step: Step, width: int) -> list[Line]:
    """What `?` shows."""
    question = step.question
    several = "several, with commas between" if question.kind == "many_of" else "one"
    form = f"Pick {several}, by number or by name" if question.options else f"Write {form_of(question)}"
    return [*wrapped(question.help, width, "  "), *wrapped(f"{form}, or unsure.", width, "  ")]


def _may_be_asked(question: Question, known: Known) -> bool:
    return question.asked_when is None or truth(question.asked_when, known) is not False


def with_answer(answers: Answers, question: str, answer: Answer) -> Answers:
    """The answers with one more, or with one replaced."""
    return Answers({**answers, question: answer})


def answer_from_line(question: Question, line: str) -> Answer | None:
    """The answer that a typed line gives; None for an empty one. Raises AnswersError.

    Options go by number as shown (from 1), by id, or by their wording; several, where the question
    takes several, with commas or spaces between. `y`, `n` and `u` stand for yes, no and unsure.
    """
    text = " ".join(line.split()).rstrip(".")
    names = {option.text.lower(): option.id for option in question.options}
    names |= {option.id.lower(): option.id for option in question.options}
    names |= {str(number): option.id for number, option in enumerate(question.options, 1)}
    names |= {"u": "unsure", "unsure": "unsure"}
    if {"yes", "no"} <= set(question.option_ids):
        names |= {"y": "yes", "n": "no"}
    if question.is_quantity:
        return read_answer(question, names.get(text.lower(), text))
    if text.lower() in names:
        return read_answer(question, names[text.lower()])
    between = r"[,\s]+" if re.fullmatch(r"[\d,\s]*", text) else r"\s*,\s*"
    parts = [part for part in re.split(between, text) if part]
    return read_answer(question, ",".join(_named(parts, names)))


def _named(parts: list[str], names: Mapping[str, str]) -> Iterator[str]:
    """What the parts name; a wording with commas in it is several parts long."""
    longest = 1 + max(name.count(",") for name in names)
    at = 0
    while at < len(parts):
        runs = [", ".join(parts[at : at + length]) for length in range(longest, 1, -1)]
        found = next((run for run in runs if run.lower() in names), parts[at])
        yield names.get(found.lower(), found)
        at += 1 + found.count(",")

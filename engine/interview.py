"""The interview as a pure function of the answers so far: what is asked next, and how it is put."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from .answer_reader import read_answers
from .answers import Answer, Answers, in_words
from .catalogue import form_of
from .consistency import contradictions
from .consultation import infer, outlook
from .inference import Known
from .loader import load_rules
from .model import ConsistencyCheck, Question, Raises, Rule
from .rule_base import RuleBase
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
    """The first question, in the interview's order, that is to be asked; None at the end.

    Raises AnswersError where the answers are wrong.
    """
    rules = load_rules() if rules is None else rules
    checked = read_answers(answers, rules)
    person = outlook(rules, checked)
    asked = person.unanswered()
    if not asked:
        return None
    perhaps = [id for id in rules.questions if id not in checked and person.applies(id) is not False]
    return Step(
        question=rules.questions[asked[0]],
        chapter=next(each.title for each in rules.chapters if asked[0] in each.questions),
        number=len(checked) + 1,
        about=len(checked) + (len(asked) + len(perhaps)) // 2,
    )


def greeting(rules: RuleBase, width: int) -> list[Line]:
    """What is said before the first question."""
    return [
        *wrapped(rules.not_a_diagnosis, width),
        Line(""),
        *wrapped(
            "Answer with the number or the name of an option, several with commas. `unsure` is always an "
            "answer, `?` says why it is asked, Ctrl-C leaves. Nothing is stored.",
            width,
        ),
    ]


def question_text(step: Step, width: int) -> list[Line]:
    """The question as it is put to the person."""
    place = Line(f"Question {step.number} of about {step.about}", "quiet")
    return [Line(""), place, *_wording(step.question, width)]


def _wording(question: Question, width: int) -> list[Line]:
    """The question, its hint and its options."""
    lines = wrapped(question.text, width, style="heading")
    if question.help:
        lines += wrapped(question.help, width, "      ", style="quiet")
    for number, option in enumerate(question.options, 1):
        lines += wrapped(f"{number:>4}  {option.text}", width, hang=" " * 6)
    if not question.options:
        lines += wrapped(f"Answer with {form_of(question)}.", width, "      ")
    return [*lines, Line("      or: unsure", "quiet")]


def again_text(question: Question, given: Answer, width: int) -> list[Line]:
    """The question as it is put again to one who gave this answer."""
    lines = [Line(""), Line("Asked again", "quiet"), *_wording(question, width)]
    return [*lines, *wrapped(f"Enter keeps your answer: {in_words(question, given)}", width, "      ")]


def help_text(question: Question, width: int) -> list[Line]:
    """What `?` shows: why it is asked, and how to answer it."""
    several = "several, with commas between" if question.kind == "many_of" else "one"
    form = f"Pick {several}, by number or by name" if question.options else f"Write {form_of(question)}"
    texts = [question.why, *([question.help] if question.help else []), f"{form}, or unsure."]
    return [line for text in texts for line in wrapped(text, width, "  ")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What must be said at once after an answer, and was not said before."""

    emergencies: tuple[Rule, ...]
    first_emergency: bool
    """Whether there are emergencies, and there were none before."""
    contradictions: tuple[ConsistencyCheck, ...]

    def to_ask_again(self, answers: Answers) -> list[str]:
        """The questions to ask again, of those that were answered; each once."""
        asked = [id for check in self.contradictions for id in check.ask_again if id in answers]
        return list(dict.fromkeys(asked))


def alert(answers: Answers, rules: RuleBase, told: Set[Rule | ConsistencyCheck] = frozenset()) -> Alert:
    """The emergencies and contradictions that the answers bring, but for those told."""
    inference = infer(rules, answers)
    fired = [rules.rules[id] for id in inference.fired]
    emergencies = [rule for rule in fired if rule.then == Raises(urgency="emergency") and rule not in told]
    found = contradictions(rules, Known(answers, inference.signs))
    return Alert(
        emergencies=tuple(emergencies),
        first_emergency=bool(emergencies) and not any(isinstance(each, Rule) for each in told),
        contradictions=tuple(check for check in found if check not in told),
    )


def emergency_now(alert: Alert, rules: RuleBase, width: int) -> list[Line]:
    """What is said as soon as an answer turns out to be an emergency."""
    lines = [Line(""), *wrapped(rules.urgencies["emergency"].advice, width, style="urgent")]
    for rule in alert.emergencies:
        lines += wrapped(f"{rule.because} [{rule.id}]", width, "  ")
    return [*lines, Line("")]


def contradiction_now(alert: Alert, width: int) -> list[Line]:
    """What is said as soon as answers do not go together."""
    lines = [Line(""), *wrapped("These answers do not go together; please check them:", width)]
    for check in alert.contradictions:
        lines += wrapped(check.says, width, "  ")
    return lines


def with_answer(answers: Answers, question: str, answer: Answer) -> Answers:
    """The answers with one more, or with one replaced."""
    return Answers({**answers, question: answer}, answers.rules_sha256)

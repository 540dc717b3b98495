"""What an interview says, in lines that a terminal may colour: questions, reasons, warnings, reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from ..answers.answers import Answers, in_words
from ..knowledge.catalogue import form_of
from ..knowledge.levels import PRESSING
from ..knowledge.questions import Question
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import ConsistencyCheck, Raises, Rule
from ..result.advice.act_text import act_lines, to_do
from ..result.advice.places import numbers_of
from ..result.advice.what_to_do import acts_for, acts_of
from ..result.assessment import ActResult, Numbers
from ..result.consistency import contradictions
from ..result.notices import notice, unasked
from ..result.urgency import raised
from ..writing.lines import Line, wrapped
from .interview import Interview, Reason, Step

NAMED = 4
"""Of a longer list of rules or questions only so many are named."""


def greeting(rules: RuleBase, width: int) -> list[Line]:
    """What is said before the first question."""
    return [
        *wrapped(rules.not_a_diagnosis, width),
        Line(""),
        *wrapped(
            "Answer with the number or the name of an option, several with commas. At every question you may "
            "write `unsure`, `?` for why it is asked, `back`, `list` for your answers so far, or `quit`.",
            width,
        ),
    ]


def question_text(step: Step, width: int) -> list[Line]:
    """The question as it is put to the person."""
    place = "Asked again" if step.given is not None else f"Question {step.number} of about {step.about}"
    lines = [Line(""), Line(place, "quiet"), *_wording(step.question, width)]
    if step.given is not None:
        lines += wrapped(f"Enter keeps your answer: {in_words(step.question, step.given)}", width, "      ")
    return lines


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


def why_text(step: Step, rules: RuleBase, width: int) -> list[Line]:
    """What `?` shows: why it is asked, how to answer it, and what it could change for this person."""
    question = step.question
    several = "several, with commas between" if question.kind == "many_of" else "one"
    form = f"Pick {several}, by number or by name" if question.options else f"Write {form_of(question)}"
    texts = [question.why, *([question.help] if question.help else []), f"{form}, or unsure."]
    texts += _bears_on(step.reason, rules)
    return [line for text in texts for line in wrapped(text, width, "  ")]


def _bears_on(reason: Reason, rules: RuleBase) -> Iterator[str]:
    names = {cause.id: cause.name for cause in (*rules.causes.values(), *rules.mimics.values())}
    if not reason.rules and not reason.questions:
        yield "No rule turns on it any more."
    if reason.urgencies:
        levels = ", ".join(rules.urgencies[level].name for level in reason.urgencies)
        yield f"It could change how soon to be seen: {levels}."
    if reason.causes:
        yield f"It could speak for or against: {', '.join(names[cause] for cause in reason.causes)}."
    if reason.questions:
        labels = [rules.questions[id].label for id in reason.questions]
        yield f"Whether these are asked hangs on it: {_first(labels)}."
    if reason.rules:
        yield f"The rules that could still fire on it: {_first(reason.rules)}."


def _first(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def list_text(state: Interview, width: int) -> list[Line]:
    """The answers so far, numbered in the order in which they were given."""
    if not state.answers:
        return [Line("  Nothing is answered yet.")]
    lines = []
    for number, (id, answer) in enumerate(state.answers.items(), 1):
        question = state.rules.questions[id]
        lines += wrapped(f"{number:>3}  {question.text}", width, hang=" " * 5, style="quiet")
        lines += wrapped(in_words(question, answer), width, " " * 7)
    return lines


def end_text(state: Interview, width: int) -> list[Line]:
    """Why the interview ends here, and what is left out."""
    person = state.prospects
    left = len(person.bearing_questions)
    open_causes = [state.rules.causes[id].name for id in person.contenders]
    if not person.unanswered():
        texts = ["Every question that applies to you has been asked."]
    elif not person.ranked:
        texts = [
            "No question that is left can change how soon to be seen."
            if state.settled
            else f"{left} questions are left. How soon to be seen could still change."
        ]
    elif not left:
        texts = ["Every question that could change the points or the urgency has been asked."]
    elif state.settled:
        texts = [
            "Settled: no question that is left can change which cause comes first or how soon to be seen. "
            f"{left} more could say something about the other causes; `more` asks them."
        ]
    else:
        texts = [f"{left} questions are left."]
        if open_causes:
            texts.append(f"These causes could still come first: {', '.join(open_causes)}.")
        if any(isinstance(rule.then, Raises) for rule in person.telling_rules):
            texts.append("How soon to be seen could still change.")
    return [Line(""), *wrapped(" ".join(texts), width)]


def leaving_text(state: Interview, width: int, numbers: Numbers | None = None) -> list[Line]:
    """What must not be missed by one who leaves before the result: the urgency so far, where it presses."""
    rules, level = state.rules, state.prospects.level
    if level not in PRESSING:
        return []
    found = rules.urgencies[level]
    acts = acts_of(state.prospects, numbers_of(rules) if numbers is None else numbers)
    texts = [f"So far: {found.name}.", *(to_do(acts) or [found.advice])]
    return [Line(""), *wrapped(" ".join(texts), width, style="urgent")]


Told = Rule | ConsistencyCheck | Question
"""An emergency, a contradiction, and a question answered that would not be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What must be said at once after an answer, and was not said before."""

    emergencies: tuple[Rule, ...]
    first_emergency: bool
    """Whether there are emergencies, and there were none before."""
    go: str | None
    """How to get the most urgent kind of help that any emergency asks for, told before or not."""
    acts: tuple[ActResult, ...]
    """What the emergencies ask for, but for what was told before."""
    numbers: Numbers
    contradictions: tuple[ConsistencyCheck, ...]
    unasked: tuple[Question, ...]
    """Those answered that would not be asked of this person, the most dangerous answers first."""
    clashes: tuple[str, ...]
    """The contradictions and the answers to what would not be asked, in words."""
    standing: frozenset[Told]
    """All that holds now, told or not; what falls and comes back is told again."""

    def to_ask_again(self, answers: Answers) -> list[str]:
        """The questions to ask again, of those that were answered; each once."""
        asked = [question.id for question in self.unasked]
        asked += [id for check in self.contradictions for id in check.ask_again if id in answers]
        return list(dict.fromkeys(asked))


def alert_now(state: Interview, told: Set[Told] = frozenset(), numbers: Numbers | None = None) -> Alert:
    """What the answers bring that must be said at once, but for what was told."""
    rules, person = state.rules, state.prospects
    emergencies = [rule for rule in raised(person) if rule.then == Raises(urgency="emergency")]
    found, kept = contradictions(rules, person.known), unasked(person)
    new = tuple(rule for rule in emergencies if rule not in told)
    told_acts = {rule.act for rule in emergencies if rule in told}
    numbers = numbers_of(rules) if numbers is None else numbers
    acts = acts_for(emergencies, person, numbers)
    return Alert(
        emergencies=new,
        go=acts[0].go if acts else None,
        acts=tuple(act for act in acts if act.id not in told_acts),
        numbers=numbers,
        first_emergency=bool(new) and len(new) == len(emergencies),
        contradictions=tuple(check for check in found if check not in told),
        unasked=tuple(each.question for each in kept if each.question not in told),
        clashes=(
            *(check.says for check in found if check not in told),
            *(notice(each, person) for each in kept if each.question not in told),
        ),
        standing=frozenset([*emergencies, *found, *(each.question for each in kept)]),
    )


def emergency_now(alert: Alert, rules: RuleBase, width: int) -> list[Line]:
    """What is said as soon as an answer turns out to be an emergency."""
    urgency = rules.urgencies["emergency"]
    lines = [Line("")]
    if alert.acts:
        lines += wrapped(urgency.name.upper(), width, style="urgent")
        lines += act_lines(alert.acts, alert.numbers, width, go=alert.go)
        lines += [Line(""), Line("  WHY", "heading")]
    elif alert.first_emergency:
        lines += wrapped(urgency.advice, width, style="urgent")
    else:
        lines += wrapped(f"{urgency.name}: one more reason.", width, style="urgent")
    for rule in alert.emergencies:
        lines += wrapped(f"{rule.because} [{rule.id}]", width, "  ")
    return [*lines, Line("")]


def clashes_text(clashes: Sequence[str], width: int) -> list[Line]:
    """What is said of answers that do not go together; nothing where all do."""
    if not clashes:
        return []
    lines = [Line(""), *wrapped("These answers do not go together; please check them:", width)]
    for says in clashes:
        lines += wrapped(says, width, "  ")
    return lines

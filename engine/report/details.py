"""What a report for the record tells beside the result: every answer in words, every rule that fired."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from ..answers.answers import UNSURE, Answer, Chosen, Picked, Refused
from ..knowledge.marks import how_seen, marks
from ..knowledge.questions import Question
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Raises, Rule, Shows
from ..knowledge.sources import Citation
from ..result.consultation import Consultation
from ..result.outlook import Outlook


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One question by its wording, and in words what is known of it."""

    question: str
    wording: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredRule:
    """A rule that fired, in full."""

    id: str
    then: str
    """What it concludes, in words."""
    because: str
    facts: tuple[str, ...]
    """The person's own, on which it fired."""
    grade: str
    marks: tuple[str, ...]
    sign_off: str | None
    sources: tuple[tuple[str, str], ...]
    """What it cites, and the source in words with how it was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The answers in words and the rules in full.

    A question of several options may stand in more than one place: some of them hold, some do not.
    """

    given: tuple[Said, ...]
    """What was said to be so, or was chosen."""
    denied: tuple[Said, ...]
    """What was said not to be so."""
    not_known: tuple[Said, ...]
    """Not answered, not sure, or left open in part."""
    not_applying: tuple[Said, ...]
    """Not answered, and by the other answers not to be asked."""
    fired: tuple[FiredRule, ...]
    """By id."""


def details(visit: Consultation) -> Details:
    """What the result of a consultation does not spell out."""
    rules, person = visit.rules, visit.outlook
    found = {question.id: dict(_said(question, person)) for question in rules.questions.values()}

    def place(name: str) -> tuple[Said, ...]:
        return tuple(
            Said(question=id, wording=rules.questions[id].text, answer=words[name])
            for id, words in found.items()
            if name in words
        )

    return Details(
        given=place("given"),
        denied=place("denied"),
        not_known=place("not known"),
        not_applying=place("not applying"),
        fired=tuple(_fired(rules.rules[id], person) for id in person.inference.fired),
    )


def _said(question: Question, person: Outlook) -> Iterator[tuple[str, str]]:
    """Each place in which the question stands, and the words for it there."""
    answer: Answer | None = person.known.answers.get(question.id)
    if answer is None:
        applies = person.applies(question.id) is not False
        yield ("not known", "not answered") if applies else ("not applying", "does not apply")
    elif answer is UNSURE:
        yield "not known", "not sure"
    elif isinstance(answer, Refused):
        yield "not known", _options(question, {answer.option})
    elif isinstance(answer, Chosen):
        yield "denied" if answer.option == "no" else "given", _options(question, {answer.option})
    elif isinstance(answer, Picked):
        open_options = {option.id for option in question.options if option.is_real}
        open_options -= answer.has | answer.has_not
        if answer.has:
            yield "given", _options(question, answer.has)
        # That `none of these` does not hold goes without saying where something does.
        alone = {option.id for option in question.options if option.exclusive and answer.has}
        if answer.has_not - alone:
            yield "denied", _options(question, answer.has_not - alone)
        if open_options:
            yield "not known", f"left open: {_options(question, open_options)}"
    else:
        yield "given", str(answer)


def _options(question: Question, picked: Set[str]) -> str:
    return "; ".join(option.text for option in question.options if option.id in picked)


def _fired(rule: Rule, person: Outlook) -> FiredRule:
    return FiredRule(
        id=rule.id,
        then=_conclusion(rule, person.rules),
        because=rule.because,
        facts=tuple(person.known.describe(leaf) for leaf in person.reasons(rule)),
        grade=rule.grade,
        marks=marks(rule, person.rules),
        sign_off=rule.sign_off,
        sources=tuple((str(cite), _source(cite, person.rules)) for cite in rule.cites),
    )


def _source(cite: Citation, rules: RuleBase) -> str:
    if cite.statement:
        return f"{rules.statements[cite.statement].says} (the article, read)"
    source = rules.sources[cite.source]
    return f"{source.title} ({how_seen(source.seen, source.confidence)})"


def _conclusion(rule: Rule, rules: RuleBase) -> str:
    then = rule.then
    if isinstance(then, Shows):
        return f"finds the sign: {rules.signs[then.sign].text}"
    if isinstance(then, Raises):
        return f"how soon: {rules.urgencies[then.urgency].name} ({then.urgency})"
    cause = rules.causes.get(then.cause) or rules.mimics[then.cause]
    return f"{'for' if then.supports else 'against'} {cause.name}, {then.points:+d}"

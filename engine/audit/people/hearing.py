"""One person before several rule bases: what each hears of the same answers.

What only one of them knows is left out for the others, as if it had never been asked there:
* an answer to a question that a rule base lacks, or has as another kind or in another unit, is no answer;
* an option that it lacks is no answer. Where several can be chosen, those that it knows are heard; where none
  of those is left, the option that stands for none of them is, if it has one;
* an amount beyond its range is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...answers.answers import UNSURE, Amount, Answer, Answers, Chosen, Picked, Refused, real_options
from ...knowledge.questions import Option, Question
from ...knowledge.rule_base import RuleBase


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """A person's answer to a question; there is one value of each, told from others by identity."""

    question: str
    answer: Answer
    heard: tuple[Answer | None, ...]
    """By each rule base; None where it hears nothing."""
    alike: bool
    """Whether all hear the same."""


Person = tuple[Reply, ...]
"""All that one person answers, each question once."""


class Hearing:
    """Several rule bases that hear the same people."""

    def __init__(self, bases: Sequence[RuleBase]) -> None:
        self.bases = bases
        self.variants = {
            id: merged([base.questions[id] for base in bases if id in base.questions])
            for id in sorted({id for base in bases for id in base.questions})
        }
        """What a person can answer to a question: in more than one way where its kind or unit differs."""
        self._replies: dict[tuple[str, Answer], Reply] = {}
        self.partly = cache(self._partly)

    def reply(self, question: Question, answer: Answer) -> Reply:
        """The answer to this variant of a question, as each rule base hears it."""
        key = (question.id, answer)
        if key not in self._replies:
            heard = [heard_by(base.questions.get(question.id), question, answer) for base in self.bases]
            self._replies[key] = reply_of(question.id, answer, tuple(heard))
        return self._replies[key]

    def _partly(self, reply: Reply, asked: tuple[bool, ...]) -> Reply:
        """The reply before rule bases of which not all ask the question: the others hear nothing."""
        heard = tuple(each if ask else None for each, ask in zip(reply.heard, asked, strict=True))
        return reply_of(reply.question, reply.answer, heard)

    def simpler(self, reply: Reply) -> Iterator[Reply]:
        """The reply with one option less, where several are chosen; whoever heard nothing hears nothing."""
        answer = reply.answer
        if not isinstance(answer, Picked) or len(answer.has) < 2:
            return
        [asked] = [each for each in self.variants[reply.question] if each.kind == "many_of"]
        for option in sorted(answer.has):
            fewer = Picked(answer.has - {option}, answer.has_not | {option})
            heard = [
                None if before is None else heard_by(base.questions.get(asked.id), asked, fewer)
                for before, base in zip(reply.heard, self.bases, strict=True)
            ]
            yield reply_of(asked.id, fewer, tuple(heard))

    def answers(self, person: Person, base: int) -> Answers:
        """What the rule base hears of all that the person answers, in the order of its interview."""
        heard = {reply.question: reply.heard[base] for reply in person}
        rules = self.bases[base]
        given = {id: answer for id in rules.questions if (answer := heard.get(id)) is not None}
        return Answers(given, rules.sha256)


def reply_of(question: str, answer: Answer, heard: tuple[Answer | None, ...]) -> Reply:
    """The answer, heard like this."""
    return Reply(question, answer, heard, all(each == heard[0] for each in heard))


def merged(variants: Sequence[Question]) -> tuple[Question, ...]:
    """The variants of one question, those of one kind and unit made one: every option, the widest range."""
    found: dict[tuple[str, str | None], Question] = {}
    for each in variants:
        key = _kind(each)
        found[key] = _merged(found[key], each) if key in found else each
    return tuple(found[key] for key in sorted(found, key=str))


def same_kind(one: Question, other: Question) -> bool:
    """Whether an answer to one of these can be one to the other."""
    return _kind(one) == _kind(other)


def _kind(question: Question) -> tuple[str, str | None]:
    kind = "one_of" if question.kind == "yes_no" else question.kind
    return kind, question.unit if question.kind == "number" else None


def _merged(one: Question, other: Question) -> Question:
    options: dict[str, Option] = {option.id: option for option in (*other.options, *one.options)}
    return replace(
        one,
        kind=one.kind if one.kind == other.kind else "one_of",
        options=tuple(options[id] for id in sorted(options)),
        minimum=None if one.minimum is None or other.minimum is None else min(one.minimum, other.minimum),
        maximum=None if one.maximum is None or other.maximum is None else max(one.maximum, other.maximum),
        whole=one.whole and other.whole,
    )


def heard_by(question: Question | None, asked: Question, answer: Answer) -> Answer | None:
    """What is heard, where `question` is asked, of an answer to `asked`; None where it is no right answer."""
    if question is None or answer is UNSURE:
        return None if question is None else UNSURE
    if isinstance(answer, Amount):
        return answer if _takes(question, asked, answer) else None
    if isinstance(answer, (Refused, Chosen)):
        option = next((each for each in question.options if each.id == answer.option), None)
        if option is None or (option.is_real and question.kind == "many_of"):
            return None
        return UNSURE if option.means_unsure else Refused(option.id) if option.refuses else Chosen(option.id)
    return _picked(question, answer) if question.kind == "many_of" and isinstance(answer, Picked) else None


def _takes(question: Question, asked: Question, amount: Amount) -> bool:
    same_unit = question.kind == asked.kind and (question.kind == "duration" or question.unit == asked.unit)
    whole = not question.whole or amount.value == amount.value.to_integral_value()
    low, high = question.minimum, question.maximum
    return (
        same_unit
        and whole
        and (low is None or low <= amount.value)
        and (high is None or amount.value <= high)
    )


def _picked(question: Question, answer: Picked) -> Answer | None:
    real = frozenset(real_options(question))
    alone = frozenset(option.id for option in question.options if option.exclusive)
    has, has_not = answer.has & real, answer.has_not & real
    if has:
        if has & alone and len(has) > 1:
            return None
        return Picked(has, real - has if has & alone else has_not | alone)
    if has_not >= real - alone:
        return Picked(alone, real - alone) if len(alone) == 1 else None
    return Picked(has, has_not) if has_not else None

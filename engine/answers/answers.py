"""Answers as plain frozen values, and the facts that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ..knowledge.conditions import Atom, Compare, Has, Is, IsUnsure, Truth
from ..knowledge.questions import Question


class Unsure(Enum):
    """The answer `unsure`: asked, and not known."""

    UNSURE = "unsure"

    def __str__(self) -> str:
        return "unsure"


UNSURE = Unsure.UNSURE


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that says nothing, in the words of this option: no fact is true or false by it."""

    option: str

    def __str__(self) -> str:
        return self.option


@dataclass(frozen=True, slots=True)
class Chosen:
    """The one option chosen."""

    option: str

    def __str__(self) -> str:
        return self.option


@dataclass(frozen=True, slots=True)
class Picked:
    """Options of a many_of question that hold, and that do not; any others are unknown."""

    has: frozenset[str]
    has_not: frozenset[str]

    def covers(self, question: Question) -> bool:
        """Whether every option is known to hold or not to."""
        return not real_options(question) - self.has - self.has_not

    def __str__(self) -> str:
        return ", ".join(sorted(self.has) or [f"not {option}" for option in sorted(self.has_not)])


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the question's unit; for a duration, in hours."""

    value: Decimal
    shown: str
    """As given, with its unit."""

    def __str__(self) -> str:
        return self.shown


Answer = Unsure | Refused | Chosen | Picked | Amount


@dataclass(frozen=True, slots=True)
class Answers(Mapping[str, Answer]):
    """Checked answers by question. A question that is not in it is unanswered."""

    values_by_question: Mapping[str, Answer]
    rules_sha256: str = ""
    """The rule base whose questions they answer."""

    def __getitem__(self, question: str) -> Answer:
        return self.values_by_question[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_question)

    def __len__(self) -> int:
        return len(self.values_by_question)

    def sure(self) -> Answers:
        """Those other than `unsure`."""
        given = {question: answer for question, answer in self.items() if answer is not UNSURE}
        return Answers(given, self.rules_sha256)

    def to_plain(self) -> dict[str, object]:
        """The same answers as an answers file would hold them."""
        return {question: plain_answer(answer) for question, answer in self.items()}

    def truth(self, atom: Atom) -> Truth:
        """Whether the atom is true, false or unknown. Signs are not for the answers to say: unknown."""
        if not isinstance(atom, (Is, Has, Compare, IsUnsure)):
            return None
        answer = self.values_by_question.get(atom.question)
        if isinstance(atom, IsUnsure):
            return None if answer is None or isinstance(answer, Refused) else answer is UNSURE
        if isinstance(atom, Is):
            return answer.option in atom.options if isinstance(answer, Chosen) else None
        if isinstance(atom, Compare):
            return atom.holds(answer.value) if isinstance(answer, Amount) else None
        if not isinstance(answer, Picked):
            return None
        return True if atom.option in answer.has else False if atom.option in answer.has_not else None


def plain_answer(answer: Answer) -> object:
    """The answer as an answers file would hold it."""
    if not isinstance(answer, Picked):
        return str(answer)
    return {"has": sorted(answer.has), "not": sorted(answer.has_not)}


def in_words(question: Question, answer: Answer) -> str:
    """The answer in the words of its options."""
    if not isinstance(answer, (Refused, Chosen, Picked)):
        return str(answer)
    texts = {option.id: option.text for option in question.options}
    if isinstance(answer, (Refused, Chosen)):
        return texts[answer.option]
    has = [text for id, text in texts.items() if id in answer.has]
    has_not = [text for id, text in texts.items() if id in answer.has_not]
    return "; ".join(has) or f"not: {'; '.join(has_not)}"


def as_written(question: Question, answer: Answer) -> str:
    """The answer on one line, as an answers file or a case may hold it."""
    if not isinstance(answer, Picked):
        return str(answer)
    alone = {option.id for option in question.options if option.exclusive}
    has, has_not = sorted(answer.has), sorted(answer.has_not - (alone if answer.has else set()))
    if answer.covers(question):
        return f"[{', '.join(has)}]"
    said = [f"has: [{', '.join(has)}]"] if has else []
    said += [f"not: [{', '.join(has_not)}]"] if has_not else []
    return f"{{{', '.join(said)}}}"


def real_options(question: Question) -> set[str]:
    """The options that say something: all but those that mean unsure, or refuse."""
    return {option.id for option in question.options if option.is_real}


def picked(question: Question, has: Set[str], has_not: Set[str]) -> Picked:
    """The options that hold and do not, with what an exclusive option and the others say of each other.

    `none` holds exactly when every other option is refused.
    """
    for option in question.options:
        if option.exclusive:
            others = real_options(question) - {option.id}
            if option.id in has:
                has_not = has_not | others
            elif has:
                has_not = has_not | {option.id}
            elif has_not >= others:
                has, has_not = {option.id}, others
    return Picked(frozenset(has), frozenset(has_not))

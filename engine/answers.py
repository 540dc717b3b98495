"""Answers: read from a file or from Python, checked against the questions, turned into facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from .condition_reader import NUMBER, unit_of
from .conditions import Atom, Compare, Has, Is, IsUnsure, Truth
from .errors import AnswersError, InputError, Location, Problem, did_you_mean
from .model import HOURS, Question, RuleBase
from .source import Items, Node, Scalar, Table, from_python, read_yaml

_NUMBER_AND_UNIT = re.compile(r"([-+0-9.,]*)\s*(.*)", re.DOTALL)


_BLANK = ("", "~", "null")
"""What YAML and JSON write for nothing: the question is unanswered."""


class Unsure(Enum):
    """The answer `unsure`: asked, and not known."""

    UNSURE = "unsure"

    def __str__(self) -> str:
        return "unsure"


UNSURE = Unsure.UNSURE


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

    def __str__(self) -> str:
        return ", ".join(sorted(self.has)) or "none of these"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the question's unit; for a duration, in hours."""

    value: Decimal
    shown: str
    """As given, with its unit."""

    def __str__(self) -> str:
        return self.shown


Answer = Unsure | Chosen | Picked | Amount


@dataclass(frozen=True, slots=True)
class Answers(Mapping[str, Answer]):
    """Checked answers by question. A question that is not in it is unanswered."""

    values_by_question: Mapping[str, Answer]

    def __getitem__(self, question: str) -> Answer:
        return self.values_by_question[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_question)

    def __len__(self) -> int:
        return len(self.values_by_question)

    def to_plain(self) -> dict[str, object]:
        """The same answers as an answers file would hold them."""
        return {question: _plain_answer(answer) for question, answer in self.items()}

    def truth(self, atom: Atom) -> Truth:
        """Whether the atom is true, false or unknown. Signs are not for the answers to say: unknown."""
        if not isinstance(atom, (Is, Has, Compare, IsUnsure)):
            return None
        answer = self.values_by_question.get(atom.question)
        if isinstance(atom, IsUnsure):
            return None if answer is None else answer is UNSURE
        if isinstance(atom, Is):
            return answer.option in atom.options if isinstance(answer, Chosen) else None
        if isinstance(atom, Compare):
            return atom.holds(answer.value) if isinstance(answer, Amount) else None
        if not isinstance(answer, Picked):
            return None
        return True if atom.option in answer.has else False if atom.option in answer.has_not else None


def _plain_answer(answer: Answer) -> object:
    if not isinstance(answer, Picked):
        return str(answer)
    return {"has": sorted(answer.has), "not": sorted(answer.has_not)}


def read_answers(given: Mapping[str, object] | bytes, rules: RuleBase, path: str = "answers") -> Answers:
    """The answers in a mapping, or in the bytes of a YAML or JSON file. Raises AnswersError.

    A mapping takes text, numbers, lists and `{"has": […], "not": […]}`; None is unanswered. It is
    left unchanged. `path` names the input in messages.
    """
    if isinstance(given, Answers):
        return given
    if isinstance(given, bytes):
        node, problems = read_yaml(given, path)
    else:
        try:
            node, problems = from_python(given, path), []
        except InputError as error:
            raise AnswersError(error.problems) from None
    reader = AnswerReader(rules)
    answers = reader.read(node) if node is not None else {}
    problems += reader.problems
    if problems:
        raise AnswersError(problems)
    return Answers({question: answers[question] for question in rules.questions if question in answers})


def read_answer(question: Question, text: str, path: str = "answer") -> Answer | None:
    """The answer that one line of text gives, options separated by commas. Raises AnswersError.

    None for a line with nothing on it.
    """
    node: Node = Scalar(text.strip(), Location(path))
    if question.kind == "many_of" and text.strip() not in ("", "unsure"):
        node = Items(tuple(Scalar(part.strip(), Location(path)) for part in text.split(",")), Location(path))
    reader = AnswerReader(None)
    answer = reader.answer(question, node)
    if reader.problems:
        raise AnswersError(reader.problems)
    return answer


class AnswerReader:
    """Reads answers; notes every fault and goes on."""

    def __init__(self, rules: RuleBase | None) -> None:
        self.rules = rules
        self.problems: list[Problem] = []

    def note(self, where: Location, code: str, message: str) -> None:
        """Take note of a problem."""
        self.problems.append(Problem(where, code, message))

    def read(self, node: Node) -> dict[str, Answer]:
        """The right answers among those in the mapping, by question."""
        if self.rules is None or not isinstance(node, Table):
            self.note(node.where, "A002", "answers are a mapping: `question: answer`, one a line")
            return {}
        found = {}
        for name, value in node.entries:
            question = self.rules.questions.get(name.text)
            if question is None:
                near = did_you_mean(name.text, self.rules.questions, "`legtriage questions` lists them")
                self.note(name.where, "A001", f"unknown question `{name.text}`{near}")
                continue
            answer = self.answer(question, value)
            if answer is not None:
                found[question.id] = answer
        return found

    def answer(self, question: Question, node: Node) -> Answer | None:
        """The answer to one question; None where it is blank or wrong."""
        if isinstance(node, Scalar):
            if node.text in _BLANK:
                return None
            if node.text == "unsure":
                return UNSURE
        if question.kind == "many_of":
            return self._many(question, node)
        if not isinstance(node, Scalar):
            self.note(node.where, "A002", f"`{question.id}` takes one answer, not several")
            return None
        if question.is_quantity:
            return self._amount(question, node)
        option = self._option(question, node)
        if option is None:
            return None
        return UNSURE if option in _meaning_unsure(question) else Chosen(option)

    def _option(self, question: Question, node: Node) -> str | None:
        if not isinstance(node, Scalar):
            self.note(node.where, "A002", f"write one option of `{question.id}` here")
            return None
        if node.text in question.option_ids:
            return node.text
        if node.text == "unsure":
            self.note(node.where, "A006", "`unsure` goes with nothing else; write it alone")
            return None
        words = [*question.option_ids, "unsure"]
        shown = {"true": "yes", "false": "no"}.get(node.text.lower(), node.text)
        near = did_you_mean(shown, words, f"it takes {', '.join(words)}")
        self.note(node.where, "A003", f"`{node.text}` is not an answer to `{question.id}`{near}")
        return None

    def _options(self, question: Question, node: Node) -> set[str] | None:
        if isinstance(node, Scalar):  # one option needs no brackets
            node = Items((node,), node.where)
        if not isinstance(node, Items):
            self.note(node.where, "A002", f"write a list of options of `{question.id}` here")
            return None
        found = [self._option(question, item) for item in node.items]
        return None if None in found else {option for option in found if option is not None}

    def _many(self, question: Question, node: Node) -> Answer | None:
        if isinstance(node, Table):
            return self._partial(question, node)
        chosen = self._options(question, node)
        if chosen is None or not self._alone(question, chosen, node.where):
            return None
        if chosen & _meaning_unsure(question):
            return UNSURE
        return Picked(*_with_none(question, chosen, _real(question) - chosen))

    def _partial(self, question: Question, node: Table) -> Answer | None:
        parts: dict[str, set[str]] = {"has": set(), "not": set()}
        right = True
        for name, value in node.entries:
            if name.text not in parts:
                message = (
                    f"unknown key `{name.text}`; write `{{has: […], not: […]}}`, or a list of all that hold"
                )
                self.note(name.where, "A002", message)
                right = False
                continue
            options = self._options(question, value)
            right = right and options is not None
            parts[name.text] = options or set()
        both = sorted(parts["has"] & parts["not"])
        if both:
            self.note(node.where, "A007", f"`{both[0]}` stands in both `has` and `not`; keep one")
        unsure = (parts["has"] | parts["not"]) & _meaning_unsure(question)
        if unsure:
            self.note(node.where, "A006", f"`{min(unsure)}` means unsure; write `unsure` alone")
        if not right or both or unsure or not self._alone(question, parts["has"], node.where):
            return None
        if not parts["has"] and not parts["not"]:
            return None
        return Picked(*_with_none(question, parts["has"], parts["not"]))

    def _alone(self, question: Question, chosen: set[str], where: Location) -> bool:
        single = [
            option.id
            for option in question.options
            if option.id in chosen and (option.exclusive or option.means_unsure)
        ]
        if single and len(chosen) > 1:
            self.note(
                where,
                "A006",
                f"`{single[0]}` goes with no other option of `{question.id}`; keep it or the others",
            )
            return False
        return True

    def _amount(self, question: Question, node: Scalar) -> Answer | None:
        number, word = _NUMBER_AND_UNIT.fullmatch(node.text.strip()).groups()  # type: ignore[union-attr]
        unit = unit_of(word) if word else question.unit
        duration = question.kind == "duration"
        digits = word != question.unit and any(char.isdigit() for char in word)  # 1e3, 5 + 1
        if not NUMBER.fullmatch(number) or digits:
            example = f"6 {question.unit}" if duration else "6"
            self.note(
                node.where, "A004", f"`{node.text}` is not a number; `{question.id}` takes one like {example}"
            )
            return None
        if (duration and not word) or (
            word and word != question.unit and (unit is None or question.unit not in HOURS)
        ):
            units = ", ".join(HOURS) if duration or question.unit in HOURS else question.unit
            what = f"`{word}` is not a unit of" if word else f"`{number}` lacks a unit for"
            self.note(node.where, "A005", f"{what} `{question.id}`; it takes {units}")
            return None
        value = Decimal(number)
        if duration:
            value *= HOURS[unit or ""]
        elif unit is not None and unit != question.unit:
            value = value * HOURS[unit] / HOURS[question.unit or ""]
        return self._in_range(question, value, node, number, word)

    def _in_range(
        self, question: Question, value: Decimal, node: Scalar, number: str, word: str
    ) -> Answer | None:
        low, high = question.minimum or Decimal(0), question.maximum or Decimal(0)
        if not low <= value <= high:
            scale = HOURS[question.unit or ""] if question.kind == "duration" else Decimal(1)
            ends = f"{_plain(low / scale)} to {_plain(high / scale)} {question.unit}"
            self.note(node.where, "A008", f"`{node.text}` is out of range; `{question.id}` takes {ends}")
            return None
        if question.whole and value != value.to_integral_value():
            self.note(
                node.where,
                "A004",
                f"`{node.text}` is not a whole number; `{question.id}` takes whole {question.unit}",
            )
            return None
        return Amount(value, f"{number} {word or question.unit}")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _real(question: Question) -> set[str]:
    return {option.id for option in question.options if not option.means_unsure}


def _meaning_unsure(question: Question) -> set[str]:
    return {option.id for option in question.options if option.means_unsure}


def _with_none(question: Question, has: set[str], has_not: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What an exclusive option and the others say of each other: `none` is every other one refused."""
    for option in question.options:
        if option.exclusive:
            others = _real(question) - {option.id}
            if option.id in has:
                has_not = has_not | others
            elif has:
                has_not = has_not | {option.id}
            elif has_not >= others:
                has, has_not = {option.id}, others
    return frozenset(has), frozenset(has_not)

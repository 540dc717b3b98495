"""Reads answers, from a file or from Python, against the questions of a rule base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal

from ..answers.answers import (
    UNSURE,
    Amount,
    Answer,
    Answers,
    Chosen,
    Picked,
    Refused,
    Unsure,
    picked,
    plain_answer,
    real_options,
)
from ..errors import AnswersError, InputError, Location, Problem, did_you_mean
from ..knowledge.questions import HOURS, NUMBER, Question, unit_of
from ..knowledge.rule_base import RuleBase
from .readers.condition_reader import Note
from .tree import Items, Node, Scalar, Table, from_python, read_yaml

_NUMBER_AND_UNIT = re.compile(r"([-+0-9.,]*)\s*(.*)", re.DOTALL)

_BLANK = ("", "~", "null")
"""What YAML and JSON write for nothing: the question is unanswered."""

_EXACT = Context(prec=60)
"""Arithmetic of our own, so that the caller's settings of `decimal` do not reach in."""


def read_answers(given: Mapping[str, object] | bytes, rules: RuleBase, path: str = "answers") -> Answers:
    """The answers in a mapping, or in the bytes of a YAML or JSON file. Raises AnswersError.

    A mapping takes text, numbers, lists and `{"has": […], "not": […]}`; None is unanswered. It is
    left unchanged. `path` names the input in messages. Raises TypeError for anything else.
    """
    if isinstance(given, Answers) and given.rules_sha256 == rules.sha256:
        return given
    if isinstance(given, bytes):
        node, problems = read_yaml(given, path)
    elif not isinstance(given, Mapping):
        kind = type(given).__name__
        raise TypeError(f"answers are a mapping of questions, or the bytes of an answers file; not {kind}")
    else:
        values = (Unsure, Refused, Chosen, Picked, Amount)
        plain = {id: plain_answer(each) if isinstance(each, values) else each for id, each in given.items()}
        try:
            node, problems = from_python(plain, path), []
        except InputError as error:
            raise AnswersError(error.problems) from None
    answers = answers_from(node, rules, problems) if node is not None else None
    if problems or answers is None:
        raise AnswersError(problems)
    return answers


def answers_from(node: Node, rules: RuleBase, problems: list[Problem]) -> Answers:
    """The right answers in a mapping, in the interview's order; faults are added to `problems`."""

    def note(where: Location, code: str, message: str) -> None:
        problems.append(Problem(where, code, message))

    found: dict[str, Answer] = {}
    if not isinstance(node, Table):
        note(node.where, "A002", "answers are a mapping: `question: answer`, one a line")
        return Answers(found, rules.sha256)
    for name, value in node.entries:
        question = rules.questions.get(name.text)
        if question is None:
            near = did_you_mean(name.text, rules.questions, "`legtriage questions` lists them")
            note(name.where, "A001", f"unknown question `{name.text}`{near}")
        elif (answer := _AnswerReader(question, note).read(value)) is not None:
            found[question.id] = answer
    return Answers({id: found[id] for id in rules.questions if id in found}, rules.sha256)


def read_answer(question: Question, text: str, path: str = "answer") -> Answer | None:
    """The answer that one line of text gives, options separated by commas. Raises AnswersError.

    None for a line with nothing on it.
    """
    problems: list[Problem] = []
    node: Node = Scalar(text.strip(), Location(path))
    if question.kind == "many_of" and text.strip() not in ("", "unsure"):
        node = Items(tuple(Scalar(part.strip(), Location(path)) for part in text.split(",")), Location(path))
    reader = _AnswerReader(
        question, lambda where, code, message: problems.append(Problem(where, code, message))
    )
    answer = reader.read(node)
    if problems:
        raise AnswersError(problems)
    return answer


class _AnswerReader:
    """Reads answers to one question; notes every fault and goes on."""

    def __init__(self, question: Question, note: Note) -> None:
        self.question = question
        self.note = note
        self.saying_nothing: dict[str, Answer] = {
            option.id: Refused(option.id) if option.refuses else UNSURE
            for option in question.options
            if not option.is_real
        }

    def read(self, node: Node) -> Answer | None:
        """The answer; None where it is blank or wrong."""
        if isinstance(node, Scalar):
            if node.text in _BLANK:
                return None
            if node.text == "unsure":
                return UNSURE
        if self.question.kind == "many_of":
            return self._many(node)
        if not isinstance(node, Scalar):
            self.note(node.where, "A002", f"`{self.question.id}` takes one answer, not several")
            return None
        if self.question.is_quantity:
            return self._amount(node)
        option = self._option(node)
        if option is None:
            return None
        return self.saying_nothing.get(option, Chosen(option))

    def _option(self, node: Node) -> str | None:
        if not isinstance(node, Scalar):
            self.note(node.where, "A002", f"write one option of `{self.question.id}` here")
            return None
        if node.text in self.question.option_ids:
            return node.text
        if node.text == "unsure":
            self.note(node.where, "A006", "`unsure` goes with nothing else; write it alone")
            return None
        words = [*self.question.option_ids, "unsure"]
        shown = {"true": "yes", "false": "no"}.get(node.text.lower(), node.text)
        near = did_you_mean(shown, words, f"it takes {', '.join(words)}")
        self.note(node.where, "A003", f"`{node.text}` is not an answer to `{self.question.id}`{near}")
        return None

    def _options(self, node: Node) -> set[str] | None:
        if isinstance(node, Scalar):  # one option needs no brackets
            node = Items((node,), node.where)
        if not isinstance(node, Items):
            self.note(node.where, "A002", f"write a list of options of `{self.question.id}` here")
            return None
        found = [self._option(item) for item in node.items]
        return None if None in found else {option for option in found if option is not None}

    def _many(self, node: Node) -> Answer | None:
        if isinstance(node, Table):
            return self._partial(node)
        chosen = self._options(node)
        if chosen == set():
            self.note(
                node.where, "A009", f"an empty list does not answer `{self.question.id}`; {self._none()}"
            )
            return None
        if chosen is None or not self._alone(chosen, node.where):
            return None
        nothing = chosen & self.saying_nothing.keys()
        if nothing:
            return self.saying_nothing[min(nothing)]
        return picked(self.question, chosen, real_options(self.question) - chosen)

    def _partial(self, node: Table) -> Answer | None:
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
            options = self._options(value)
            right = right and options is not None
            parts[name.text] = options or set()
        both = sorted(parts["has"] & parts["not"])
        if both:
            self.note(node.where, "A007", f"`{both[0]}` stands in both `has` and `not`; keep one")
        nothing = (parts["has"] | parts["not"]) & self.saying_nothing.keys()
        if nothing:
            means = self.saying_nothing[min(nothing)]
            says = "means unsure" if means is UNSURE else "says nothing of the others"
            self.note(node.where, "A006", f"`{min(nothing)}` {says}; write `{means}` alone")
        if parts["not"] == real_options(self.question):
            self.note(
                node.where, "A007", f"`not` refuses every option of `{self.question.id}`; {self._none()}"
            )
            return None
        if not right or both or nothing or not self._alone(parts["has"], node.where):
            return None
        if not parts["has"] and not parts["not"]:
            return None
        return picked(self.question, parts["has"], parts["not"])

    def _alone(self, chosen: set[str], where: Location) -> bool:
        single = [
            option.id
            for option in self.question.options
            if option.id in chosen and (option.exclusive or not option.is_real)
        ]
        if single and len(chosen) > 1:
            self.note(
                where,
                "A006",
                f"`{single[0]}` goes with no other option of `{self.question.id}`; keep it or the others",
            )
            return False
        return True

    def _amount(self, node: Scalar) -> Answer | None:
        number, word = _NUMBER_AND_UNIT.fullmatch(node.text.strip()).groups()  # type: ignore[union-attr]
        unit = unit_of(word) if word else self.question.unit
        duration = self.question.kind == "duration"
        digits = word != self.question.unit and any(char.isdigit() for char in word)  # 1e3, 5 + 1
        if not NUMBER.fullmatch(number) or digits:
            example = f"6 {self.question.unit}" if duration else "6"
            self.note(
                node.where,
                "A004",
                f"`{node.text}` is not a number; `{self.question.id}` takes one like {example}",
            )
            return None
        if (duration and not word) or (
            word and word != self.question.unit and (unit is None or self.question.unit not in HOURS)
        ):
            units = ", ".join(HOURS) if duration or self.question.unit in HOURS else self.question.unit
            what = f"`{word}` is not a unit of" if word else f"`{number}` lacks a unit for"
            self.note(node.where, "A005", f"{what} `{self.question.id}`; it takes {units}")
            return None
        value = Decimal(number)
        if duration:
            value = _EXACT.multiply(value, HOURS[unit or ""])
        elif unit is not None and unit != self.question.unit:
            value = _EXACT.divide(_EXACT.multiply(value, HOURS[unit]), HOURS[self.question.unit or ""])
        return self._in_range(value, node, number, word)

    def _in_range(self, value: Decimal, node: Scalar, number: str, word: str) -> Answer | None:
        low, high = self.question.minimum or Decimal(0), self.question.maximum or Decimal(0)
        if not low <= value <= high:
            scale = HOURS[self.question.unit or ""] if self.question.kind == "duration" else Decimal(1)
            ends = f"{_plain(low / scale)} to {_plain(high / scale)} {self.question.unit}"
            self.note(node.where, "A008", f"`{node.text}` is out of range; `{self.question.id}` takes {ends}")
            return None
        if self.question.whole and value != value.to_integral_value():
            self.note(
                node.where,
                "A004",
                f"`{node.text}` is not a whole number; `{self.question.id}` takes whole {self.question.unit}",
            )
            return None
        return Amount(value, f"{number} {word or self.question.unit}")

    def _none(self) -> str:
        """How to say that none of the options holds."""
        exclusive = [option.id for option in self.question.options if option.exclusive]
        return f"write `{exclusive[0]}` if none holds" if exclusive else "leave it blank"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

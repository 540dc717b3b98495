"""Reads conditions as they are written in the rule files, against the catalogue of questions.

bend_forward_relief is yes          symptom_kinds has burning
sitting_effect in [gone, better]    symptom_duration < 14 days
saddle_numbness is unsure           sign neurogenic_claudication
{all: […]}  {any: […]}  {not: …}  {at_least: {count: 3, of: […]}}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from ...errors import Location, did_you_mean
from ...knowledge.conditions import All, Any, AtLeast, Compare, Condition, Has, HasSign, Is, IsUnsure, Not
from ...knowledge.questions import HOURS, NUMBER, Question, unit_of
from ..tree import Items, Node, Scalar, Table

Note = Callable[[Location, str, str], None]
"""Takes note of a problem: where, code, message."""


_COMPARE = re.compile(r"(?P<question>\S+)\s*(?P<operator><=|>=|<|>)\s*(?P<number>\S+)(\s+(?P<unit>\S+))?")
_IN = re.compile(r"(?P<question>\S+)\s+in\s+\[(?P<options>[^\[\]]*)\]")
_IS = re.compile(r"(?P<question>\S+)\s+(?P<verb>is|has)\s+(?P<option>\S+)")
_FORMS = "`question is option`, `question has option`, `question in [a, b]`, `question >= 5` or `sign name`"


class ConditionReader:
    """Reads conditions; what it cannot read it notes and answers None."""

    def __init__(self, questions: Mapping[str, Question | None], signs: Collection[str], note: Note) -> None:
        """A question that is defined, but wrongly, is None: what reads it is not to blame."""
        self.questions = questions
        self.signs = signs
        self.note = note

    def read(self, node: Node) -> Condition | None:
        """The condition that `node` holds."""
        if isinstance(node, Scalar):
            return self._atom(node)
        if isinstance(node, Items):
            self.note(node.where, "R012", "a list is not a condition; write `all:` or `any:` before it")
            return None
        if len(node.entries) != 1:
            self.note(node.where, "R012", "write one of `all`, `any`, `not`, `at_least` here, and only one")
            return None
        key, value = node.entries[0]
        if key.text == "not":
            item = self.read(value)
            return None if item is None else Not(item)
        if key.text in ("all", "any"):
            items = self._items(value, key)
            if items is None:
                return None
            return All(items) if key.text == "all" else Any(items)
        if key.text == "at_least":
            return self._at_least(value)
        words = ["all", "any", "not", "at_least"]
        message = f"unknown key `{key.text}`" + did_you_mean(key.text, words, f"use {_FORMS}")
        self.note(key.where, "R012", message)
        return None

    def _items(self, node: Node, key: Scalar) -> tuple[Condition, ...] | None:
        if not isinstance(node, Items) or not node.items:
            self.note(node.where, "R012", f"`{key.text}` takes a list of conditions")
            return None
        found = [self.read(item) for item in node.items]
        return tuple(item for item in found if item is not None) if None not in found else None

    def _at_least(self, node: Node) -> Condition | None:
        parts = {key.text: (key, value) for key, value in node.entries} if isinstance(node, Table) else {}
        if set(parts) != {"count", "of"}:
            self.note(node.where, "R012", "write `at_least: {count: 2, of: […]}`")
            return None
        items = self._items(parts["of"][1], parts["of"][0])
        count = parts["count"][1]
        size = len(parts["of"][1].items) if isinstance(parts["of"][1], Items) else 0
        if not size:
            return None
        digits = isinstance(count, Scalar) and re.fullmatch("[1-9][0-9]{0,2}", count.text)
        if not isinstance(count, Scalar) or not digits or not 1 <= int(count.text) <= size:
            self.note(count.where, "R012", f"`count` must be a whole number from 1 to {size}")
            return None
        return None if items is None else AtLeast(int(count.text), items)

    def _atom(self, node: Scalar) -> Condition | None:
        text = " ".join(node.text.split())
        if match := re.fullmatch(r"sign (\S+)", text):
            return self._sign(match[1], node)
        for form, read in ((_IN, self._in), (_IS, self._is), (_COMPARE, self._compare)):
            if match := form.fullmatch(text):
                if match["question"] not in self.questions:
                    near = did_you_mean(match["question"], self.questions, "define it under `questions`")
                    self.note(node.where, "R013", f"unknown question `{match['question']}`{near}")
                    return None
                question = self.questions[match["question"]]
                return None if question is None else read(question, match, node)
        self.note(node.where, "R012", f"cannot read the condition `{node.text}`; write {_FORMS}")
        return None

    def _sign(self, sign: str, node: Scalar) -> Condition | None:
        if sign not in self.signs:
            near = did_you_mean(sign, self.signs, "define it under `signs`")
            self.note(node.where, "R015", f"unknown sign `{sign}`{near}")
            return None
        return HasSign(sign)

    def _option(self, question: Question, option: str, node: Scalar) -> bool:
        found = next((each for each in question.options if each.id == option), None)
        if option == "unsure":
            message = f"`unsure` is not an option but an answer; write `{question.id} is unsure` by itself"
            self.note(node.where, "R014", message)
        elif found is None:
            near = did_you_mean(option, question.option_ids, f"it has {', '.join(question.option_ids)}")
            self.note(node.where, "R014", f"`{option}` is not an option of `{question.id}`{near}")
        elif found.means_unsure:
            message = f"`{option}` means unsure; write `{question.id} is unsure`"
            self.note(node.where, "R014", message)
        elif found.refuses:
            message = f"`{option}` refuses to answer, and no rule reads that; name another of `{question.id}`"
            self.note(node.where, "R014", message)
        return found is not None and found.is_real

    def _wants(self, question: Question, kinds: tuple[str, ...], right: str, node: Scalar) -> bool:
        if question.kind in kinds:
            return True
        self.note(node.where, "R012", f"`{question.id}` is a {question.kind} question; write {right}")
        return False

    def _right_form(self, question: Question) -> str:
        if question.is_quantity:
            return f"`{question.id} >= number`"
        verb = "has" if question.kind == "many_of" else "is"
        return f"`{question.id} {verb} option`"

    def _is(self, question: Question, match: re.Match[str], node: Scalar) -> Condition | None:
        if match["verb"] == "is" and match["option"] == "unsure":
            return IsUnsure(question.id)
        kinds = ("many_of",) if match["verb"] == "has" else ("yes_no", "one_of")
        if not self._wants(question, kinds, self._right_form(question), node):
            return None
        if not self._option(question, match["option"], node):
            return None
        if match["verb"] == "has":
            return Has(question.id, match["option"])
        return Is(question.id, (match["option"],))

    def _in(self, question: Question, match: re.Match[str], node: Scalar) -> Condition | None:
        if not self._wants(question, ("yes_no", "one_of"), self._right_form(question), node):
            return None
        options = [option.strip() for option in match["options"].split(",")]
        right = [self._option(question, option, node) for option in options]
        if not all(right):
            return None
        return Is(question.id, tuple(options))

    def _compare(self, question: Question, match: re.Match[str], node: Scalar) -> Condition | None:
        if not self._wants(question, ("number", "duration"), self._right_form(question), node):
            return None
        if not NUMBER.fullmatch(match["number"]):
            self.note(node.where, "R016", f"`{match['number']}` is not a number; write it like 6.4")
            return None
        bound, unit = Decimal(match["number"]), match["unit"]
        if question.kind == "duration":
            known = unit_of(unit or "")
            if known is None:
                fault = f"`{unit}` is not a unit of" if unit else f"`{match['number']}` lacks a unit for"
                self.note(node.where, "R016", f"{fault} `{question.id}`; it takes {', '.join(HOURS)}")
                return None
            bound *= HOURS[known]
        elif unit is not None and unit != question.unit:
            self.note(node.where, "R016", f"`{question.id}` is in {question.unit}; leave the unit out")
            return None
        shown = match["number"] + (f" {unit}" if unit else "")
        return Compare(question.id, match["operator"], bound, shown)

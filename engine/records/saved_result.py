"""Reads a saved result: what its JSON says, and where in the file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..answers.answers import Answers
from ..errors import AnswersError, InputError, Location, Problem
from ..knowledge.rule_base import RuleBase
from ..loading.answer_reader import answers_from, read_answers
from ..loading.tree import Items, Node, Table, read_yaml
from ..result.assessment import SCHEMA

_KINDS: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}
"""What JSON holds, in words."""

_LONG = 40
"""A number of more digits is taken as the text that it is: no result holds one."""

_REMEDY = "save one with `legtriage assess --json`"

Path = tuple[str | int, ...]
"""The keys and positions that lead to a value."""


def kind_of_value(value: object) -> str:
    """What the JSON value is, in words."""
    return _KINDS[type(value)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedResult:
    """A result as its file holds it. Of its fields only those are checked that are asked for."""

    values: Mapping[str, Any]
    name: str
    """What the file is called."""
    tree: Node | None
    """The same with places; None where these cannot be told."""

    def get(self, *path: str | int, kind: type) -> Any:
        """The value that the path leads to. Raises InputError where it is not there, or another kind."""
        value: Any = self.values
        for at, key in enumerate(path):
            if isinstance(key, str) and key not in value:
                raise self.problem(path[:at], "V002", f"a result has `{key}` here; {_REMEDY}")
            value = value[key]
            wanted = kind if at == len(path) - 1 else dict if isinstance(path[at + 1], str) else list
            if type(value) is not wanted:
                message = (
                    f"{kind_of_value(value)} stands here, where a result has {_KINDS[wanted]}; {_REMEDY}"
                )
                raise self.problem(path[: at + 1], "V002", message)
        return value

    def problem(self, path: Path, code: str, message: str) -> InputError:
        """The error that something is wrong where the path leads."""
        node, where = self.tree, Location(self.name)
        for key in (None, *path):
            if isinstance(node, Table) and isinstance(key, str):
                node = next(value for name, value in node.entries if name.text == key)
            elif isinstance(node, Items) and isinstance(key, int):
                node = node.items[key]
            where = node.where if node is not None else Location(f"{where}.{key}" if key else self.name)
        return InputError([Problem(where, code, message)])

    def answers(self, rules: RuleBase) -> Answers:
        """The answers inside, checked. Raises InputError with every problem of them."""
        plain = self.get("answers", kind=dict)
        if not isinstance(self.tree, Table):
            return read_answers(plain, rules, f"{self.name}.answers")
        problems: list[Problem] = []
        [node] = [value for name, value in self.tree.entries if name.text == "answers"]
        found = answers_from(node, rules, problems)
        if problems:
            raise AnswersError(problems)
        return found


def read_result(data: bytes, name: str) -> SavedResult:
    """The result in the bytes of a JSON file. Raises InputError with the places of what is wrong.

    JSON is YAML but for a few escapes, so the reader of rules and answers gives the places, and refuses
    what is too large, too deep or there twice. The values are read as JSON: there a `1` is no `"1"`.
    """
    tree, problems = read_yaml(data, name)
    if any(problem.code != "Y002" for problem in problems):
        raise InputError(problems)
    try:
        values = json.loads(
            data.decode("utf-8-sig"), parse_int=_whole, parse_float=_fraction, parse_constant=str
        )
    except json.JSONDecodeError as error:
        where = Location(name, error.lineno, error.colno)
        message = f"not JSON: {error.msg.lower()}; {_REMEDY}"
        raise InputError([Problem(where, "V001", message)]) from None
    except RecursionError:  # only where the reader of places gave up before it came so deep
        raise InputError(problems) from None
    if not isinstance(values, dict):
        where = tree.where if tree is not None else Location(name)
        message = f"{kind_of_value(values)} stands here, where a result is an object; {_REMEDY}"
        raise InputError([Problem(where, "V002", message)])
    saved = SavedResult(values=values, name=name, tree=tree)
    schema = saved.get("schema", kind=int)
    if schema != SCHEMA:
        message = f"version `{schema}` of the result's form is not known, only {SCHEMA}; {_REMEDY}"
        raise saved.problem(("schema",), "V003", message)
    return saved


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONG else text


def _fraction(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text

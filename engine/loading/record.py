"""Reads the tables of a rule file: what is there and right, and a note of all that is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..errors import Location, Problem, did_you_mean, nearest
from ..knowledge.questions import NUMBER
from ..knowledge.sources import Allowance
from ..writing.template import Template, template_of
from .forms import CHOICES, PATTERNS
from .keys import TABLES
from .tree import Items, Node, Scalar, Table


@dataclass(slots=True)
class Record:
    """The values of one table that were there and right, and where each was written."""

    where: Location
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of an optional key."""
        return self.values.get(name, default)

    def has(self, *names: str) -> bool:
        """Whether each of these keys has a right value."""
        return all(name in self.values for name in names)

    def place(self, name: str) -> Location:
        """Where the key's value stands; where the table does, if the key does not."""
        return self.places.get(name, self.where)


class Reader:
    """Reads nodes by the table of keys; notes every fault and goes on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, where: Location, code: str, message: str) -> None:
        """Take note of a problem."""
        self.problems.append(Problem(where, code, message))

    def table(self, node: Node, kind: str) -> Record | None:
        """The record that a mapping holds, without the keys that were wrong; None if it is no mapping."""
        if not isinstance(node, Table):
            self.note(node.where, "R001", f"a {kind} is a mapping; write keys and values here")
            return None
        keys = {key.name: key for key in TABLES[kind]}
        record = Record(node.where)
        for name, value in node.entries:
            if name.text not in keys:
                near = did_you_mean(name.text, keys, f"a {kind} has {', '.join(keys)}")
                self.note(name.where, "R004", f"unknown key `{name.text}`{near}")
                meant = nearest(name.text, keys)
                if meant is not None:  # it does not lack as well
                    record.places.setdefault(meant, value.where)
                continue
            record.places[name.text] = value.where
            found = self.value(value, keys[name.text].takes)
            if found is not None:
                record.values[name.text] = found
        for key in keys.values():
            if key.required and key.name not in record.places:
                self.note(node.where, "R002", f"this {kind} lacks `{key.name}`: {key.help}")
        return record

    def value(self, node: Node, takes: str) -> Any:
        """What the node holds, as the kind of value named; None where it is wrong."""
        if takes.startswith("list of "):
            if not isinstance(node, Items):
                self.note(node.where, "R001", "write a list here: `[…]` or lines with `-`")
                return None
            found = [self.value(item, takes.removeprefix("list of ")) for item in node.items]
            return [item for item in found if item is not None]
        if takes in TABLES:
            return self.table(node, takes)
        if takes in ("condition", "answers"):
            return node
        if takes == "percent by band":
            return self._percents(node)
        if takes == "reasons by code":
            return self._reasons(node)
        if takes == "points by cause":
            return self._points(node)
        if not isinstance(node, Scalar) or not node.text.strip():
            stands = {Scalar: "nothing", Items: "a list", Table: "a mapping"}[type(node)]
            self.note(node.where, "R001", f"{stands} stands here; write {takes}")
            return None
        return _SCALARS[takes](self, node) if takes in _SCALARS else self._word(node, takes)

    def _word(self, node: Scalar, takes: str) -> str | None:
        if takes in CHOICES:
            if node.text in CHOICES[takes]:
                return node.text
            near = did_you_mean(node.text, CHOICES[takes], f"write one of {', '.join(CHOICES[takes])}")
            self.note(node.where, "R003", f"`{node.text}` is no {takes}{near}")
            return None
        pattern, form = PATTERNS[takes]
        if re.fullmatch(pattern, node.text):
            return node.text
        self.note(node.where, "R003", f"`{node.text}` is no {takes}; write {form}")
        return None

    def _percents(self, node: Node) -> dict[str, Decimal] | None:
        if not isinstance(node, Table):
            self.note(node.where, "R001", "write percent by band here: `adults: 40`, …")
            return None
        found = {key.text: self.value(value, "percent") for key, value in node.entries}
        return None if None in found.values() else found

    def _reasons(self, node: Node) -> tuple[Allowance, ...]:
        if not isinstance(node, Table):
            self.note(node.where, "R001", "write reasons by code here: `L004: why it stays`")
            return ()
        found = []
        for key, value in node.entries:
            code, reason = self._word(key, "lint code"), self.value(value, "text")
            if code is not None and reason is not None:
                found.append(Allowance(code=code, reason=reason, where=key.where))
        return tuple(found)

    def _points(self, node: Node) -> list[tuple[Scalar, int]] | None:
        if not isinstance(node, Table):
            self.note(node.where, "R001", "write the points of each cause here: `cause: 24`, …")
            return None
        found = [(key, self.value(value, "whole number")) for key, value in node.entries]
        return None if any(points is None for _, points in found) else found

    def text(self, node: Scalar) -> str:
        """The text on one line: how it was folded in the file does not matter."""
        return " ".join(node.text.split())

    def template(self, node: Scalar) -> Template | None:
        """Words with room for values."""
        found = template_of(self.text(node))
        if found is None:
            message = (
                "cannot read where values go; write `{name}`, and `[… {name} …]` round what may be left out"
            )
            self.note(node.where, "R041", message)
        return found

    def number(self, node: Scalar) -> Decimal | None:
        """A plain decimal number."""
        if NUMBER.fullmatch(node.text):
            return Decimal(node.text)
        self.note(node.where, "R017", f"`{node.text}` is not a number; write it like 6.4")
        return None

    def percent(self, node: Scalar) -> Decimal | None:
        """A number from 0 to 100."""
        number = self.number(node)
        if number is not None and not 0 <= number <= 100:
            self.note(node.where, "R017", f"`{node.text}` is not a percent; write a number from 0 to 100")
            return None
        return number

    def whole_number(self, node: Scalar) -> int | None:
        """A whole number."""
        if NUMBER.fullmatch(node.text) and "." not in node.text:
            return int(node.text)
        self.note(node.where, "R017", f"`{node.text}` is not a whole number; write it like 6")
        return None

    def yes_or_no(self, node: Scalar) -> bool | None:
        """`yes` or `no`."""
        if node.text in ("yes", "no"):
            return node.text == "yes"
        self.note(node.where, "R003", f"`{node.text}` is neither `yes` nor `no`")
        return None

    def name(self, node: Scalar) -> Scalar:
        """A reference, resolved later: it keeps its place."""
        return Scalar(self.text(node), node.where)


_SCALARS: Mapping[str, Callable[[Reader, Scalar], Any]] = {
    "text": Reader.text,
    "name": Reader.name,
    "template": Reader.template,
    "number": Reader.number,
    "percent": Reader.percent,
    "whole number": Reader.whole_number,
    "yes or no": Reader.yes_or_no,
}

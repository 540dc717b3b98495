"""What a rule file may say: one table of keys, which validates and suggests the near name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, get_args

from .condition_reader import NUMBER
from .errors import Location, Problem, did_you_mean, nearest
from .model import LEVELS, STRENGTHS, Grade, Kind, Seen
from .source import Items, Node, Scalar, Table


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: what it takes (a table, a kind of text or number, a list of one) and why."""

    name: str
    takes: str
    help: str
    required: bool = True


def optional(name: str, takes: str, help: str) -> Key:
    """A key that may be left out."""
    return Key(name, takes, help, required=False)


TABLES: Mapping[str, tuple[Key, ...]] = {
    "file": (
        optional("questions", "list of question", "what is asked"),
        optional("interview", "list of chapter", "the order in which it is asked"),
        optional("signs", "list of sign", "intermediate findings"),
        optional("causes", "list of cause", "what the article names"),
        optional("mimics", "list of mimic", "what the article leaves out"),
        optional("rules", "list of rule", "conditions and their conclusions"),
        optional("sources", "list of source", "where figures and recommendations come from"),
        optional("statements", "list of statement", "the article, statement by statement"),
        optional("base_rates", "base rates", "how common each cause is"),
        optional("advice", "advice", "levels of urgency and what to do at each"),
        optional("cases", "list of case", "worked patients and what must come out"),
    ),
    "question": (
        Key("id", "id", "public and permanent"),
        Key("kind", "kind", "what an answer looks like"),
        Key("text", "text", "the wording"),
        Key("help", "text", "what `?` shows"),
        optional("options", "list of option", "for one_of and many_of"),
        optional("minimum", "number", "smallest number taken"),
        optional("maximum", "number", "largest number taken, in the unit"),
        optional("unit", "text", "of a number; for a duration, that of the maximum"),
        optional("whole", "yes or no", "whether only whole numbers are taken"),
        optional("emergency", "yes or no", "whether unsure must lead to same_day or sooner"),
        optional("asked_when", "condition", "asked only when this is true"),
    ),
    "option": (
        Key("id", "id", "public and permanent"),
        Key("text", "text", "the wording"),
        optional("exclusive", "yes or no", "goes with no other option"),
        optional("means_unsure", "yes or no", "choosing it is answering unsure"),
    ),
    "chapter": (
        Key("title", "text", "the heading shown"),
        Key("questions", "list of name", "in the order asked"),
    ),
    "sign": (
        Key("id", "id", "public and permanent"),
        Key("text", "text", "what a clinician would call it, in plain words"),
    ),
    "cause": (
        Key("id", "id", "public and permanent"),
        Key("name", "text", "as shown"),
        Key("about", "text", "one sentence for the person"),
        Key("section", "section", "the article's section"),
        optional("lists_symptoms", "yes or no", "whether the article lists symptoms for it"),
        optional("treatments", "list of name", "the article's treatment statements"),
    ),
    "mimic": (
        Key("id", "id", "public and permanent"),
        Key("name", "text", "as shown"),
        Key("about", "text", "one sentence for the person"),
    ),
    "rule": (
        Key("id", "rule id", "public and permanent"),
        Key("when", "condition", "the rule fires exactly when this is true"),
        optional("sign", "name", "conclusion: this sign is present"),
        optional("supports", "name", "conclusion: evidence for this cause or mimic"),
        optional("opposes", "name", "conclusion: evidence against this cause or mimic"),
        optional("urgency", "level", "conclusion: be seen this soon"),
        optional("likelihood_ratio", "likelihood ratio", "the weight, where one was measured"),
        optional("strength", "strength", "the weight, where none was measured"),
        optional("group", "group", "findings that say the same thing; only the strongest counts"),
        Key("because", "text", "the reason, for the person"),
        Key("cites", "list of name", "`article 2.1.3` or a source's id"),
        Key("grade", "grade", "what the rule rests on"),
        optional("sign_off", "text", "what a clinician has still to agree to"),
    ),
    "likelihood ratio": (
        Key("value", "number", "above 1 speaks for, below 1 against"),
        optional("low", "number", "lower end of the 95 % interval"),
        optional("high", "number", "upper end"),
        optional("derived", "yes or no", "worked out from the source's figures"),
    ),
    "source": (
        Key("id", "source id", "as cited"),
        Key("title", "text", "what it is"),
        Key("seen", "way of seeing", "how its figures were obtained"),
        optional("address", "text", "where it was read"),
        optional("note", "text", "anything to beware of"),
    ),
    "statement": (
        Key("id", "statement id", "section and position"),
        Key("kind", "statement kind", "what it is"),
        Key("says", "text", "in our own words"),
        Key("sha256", "sha256", "fingerprint of the line it stands in"),
        optional("excluded", "text", "why nothing cites it"),
    ),
    "base rates": (
        Key("bands", "list of band", "who they hold for"),
        Key("rates", "list of rate", "percent by cause and band"),
        Key("points", "list of step", "percent as points"),
        Key("cites", "list of name", "where they come from"),
        Key("note", "text", "how far to trust them"),
    ),
    "band": (
        Key("id", "id", "as used in `percent`"),
        Key("text", "text", "as shown"),
        Key("when", "condition", "who belongs to it"),
    ),
    "rate": (
        Key("cause", "name", "of the article's"),
        Key("percent", "percent by band", "`adults`, and each band"),
        optional("lifts", "list of lift", "percent that replace a lower one"),
        Key("confidence", "text", "how firm they are"),
    ),
    "lift": (
        Key("when", "condition", "for whom"),
        Key("percent", "percent", "at least this"),
    ),
    "step": (
        Key("from_percent", "percent", "from here up"),
        Key("points", "whole number", "these points"),
    ),
    "advice": (
        Key("levels", "list of level advice", "one for each level"),
        Key("default", "level", "where no rule about urgency fires"),
        Key("safety_net_lead", "text", "what to do when something of the safety net comes"),
        Key("safety_net", "list of text", "what to look out for, always shown"),
        Key("not_a_diagnosis", "text", "always shown"),
    ),
    "level advice": (
        Key("level", "level", "which"),
        Key("name", "text", "as shown"),
        Key("advice", "text", "what to do"),
    ),
    "case": (
        Key("id", "rule id", "names the case in every list"),
        Key("title", "text", "the patient in a line"),
        Key("answers", "answers", "question to answer, as in an answers file"),
        Key("expect", "expectation", "what must come out"),
    ),
    "expectation": (
        optional("urgency", "level", "the level"),
        optional("at_least", "yes or no", "whether an open question could still raise it"),
        optional("first", "list of name", "the causes at rank 1, all of them"),
        optional("top", "list of name", "the first causes in this order, ties aside"),
        optional("status", "status", "complete, incomplete or insufficient"),
        optional("fires", "list of name", "rules that must fire"),
        optional("silent", "list of name", "rules that must not"),
        optional("signs", "list of name", "the signs present, all of them"),
        optional("also_consider", "list of name", "the mimics raised, all of them"),
    ),
}

_PATTERNS = {
    "id": (r"[a-z][a-z0-9_]*", "lower-case words joined by `_`"),
    "rule id": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "source id": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "group": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "section": (r"[0-9]{1,4}(\.[0-9]{1,4})*", "numbers joined by `.`, such as 2"),
    "statement id": (r"[0-9]{1,4}(\.[0-9]{1,4})*", "numbers joined by `.`, such as 2.1.3"),
    "sha256": (r"[0-9a-f]{64}", "64 hexadecimal digits"),
}

_CHOICES = {
    "kind": get_args(Kind),
    "level": LEVELS,
    "grade": get_args(Grade),
    "way of seeing": get_args(Seen),
    "strength": tuple(STRENGTHS),
    "statement kind": ("heading", "text", "symptom", "treatment", "page"),
    "status": ("complete", "incomplete", "insufficient"),
}


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
        if not isinstance(node, Scalar) or not node.text.strip():
            stands = {Scalar: "nothing", Items: "a list", Table: "a mapping"}[type(node)]
            self.note(node.where, "R001", f"{stands} stands here; write {takes}")
            return None
        return _SCALARS[takes](self, node) if takes in _SCALARS else self._word(node, takes)

    def _word(self, node: Scalar, takes: str) -> str | None:
        if takes in _CHOICES:
            if node.text in _CHOICES[takes]:
                return node.text
            near = did_you_mean(node.text, _CHOICES[takes], f"write one of {', '.join(_CHOICES[takes])}")
            self.note(node.where, "R003", f"`{node.text}` is no {takes}{near}")
            return None
        pattern, form = _PATTERNS[takes]
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

    def text(self, node: Scalar) -> str:
        """The text on one line: how it was folded in the file does not matter."""
        return " ".join(node.text.split())

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
    "number": Reader.number,
    "percent": Reader.percent,
    "whole number": Reader.whole_number,
    "yes or no": Reader.yes_or_no,
}

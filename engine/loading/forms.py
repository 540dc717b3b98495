"""A key of a rule file, what its value may look like, and which words it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ..knowledge.acts import NUMBERS
from ..knowledge.levels import LEVELS
from ..knowledge.questions import Kind
from ..knowledge.rules import STRENGTHS
from ..knowledge.sources import Confidence, Grade, Seen

PATTERNS: Mapping[str, tuple[str, str]] = {
    "id": (r"[a-z][a-z0-9_]*", "lower-case words joined by `_`"),
    "rule id": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "source id": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "group": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "section": (r"[0-9]{1,4}(\.[0-9]{1,4})*", "numbers joined by `.`, such as 2"),
    "statement id": (r"[0-9]{1,4}(\.[0-9]{1,4})*", "numbers joined by `.`, such as 2.1.3"),
    "lint code": (r"L[0-9]{3}", "one such as L004"),
    "sha256": (r"[0-9a-f]{64}", "64 hexadecimal digits"),
    "country": (r"[A-Z]{2}", "two capitals, such as GB"),
    "ICD-10 code": (r"[A-Z][0-9]{2}(\.[0-9]\*?|\.-|\*)?", "one such as M51.1, G55.1* or S84.-"),
}
"""The form of what is no free text, and that form in words."""


CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "level": LEVELS,
    "grade": get_args(Grade),
    "way of seeing": get_args(Seen),
    "way of reading": ("read", "second_hand"),
    "confidence": get_args(Confidence),
    "strength": tuple(STRENGTHS),
    "kind of number": NUMBERS,
    "statement kind": ("heading", "text", "symptom", "treatment", "page"),
    "status": ("complete", "incomplete", "insufficient"),
}
"""What is one of a few words."""


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


ALLOW = optional("allow", "reasons by code", "findings of `legtriage check` to leave as they are, and why")
"""The one way to silence a finding: in what it is about, with a reason."""

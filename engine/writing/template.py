"""Words with room for values, such as `I am {age} old[, and have had it for {duration}]`.

A part in `[…]` is left out where one of its values is missing; what stands outside is always said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PART = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")
_NAME = re.compile(r"\{([^{}]*)\}")
_START = re.compile(r"(^|[.?!] )(\w)")


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of the words in their order, each with whether it may be left out."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """The names that stand outside brackets, as written."""
        return tuple(name for text, optional in self.parts if not optional for name in _NAME.findall(text))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, as written."""
        return tuple(name for text, _ in self.parts for name in _NAME.findall(text))

    def fill(self, values: Mapping[str, str]) -> str:
        """The words on one line, each sentence with a capital. KeyError where a needed value is missing."""
        said = [
            _NAME.sub(lambda name: values[name[1]], text)
            for text, optional in self.parts
            if not optional or all(name in values for name in _NAME.findall(text))
        ]
        text = re.sub(r" +([.,;:?!])", r"\1", " ".join("".join(said).split()))
        return _START.sub(lambda found: found[1] + found[2].upper(), text)

    def __str__(self) -> str:
        return "".join(f"[{text}]" if optional else text for text, optional in self.parts)


def template_of(text: str) -> Template | None:
    """The template that the text writes; None where its brackets or braces do not pair, or nest."""
    found = list(_PART.finditer(text))
    if "".join(part[0] for part in found) != text:
        return None
    parts = tuple((part[1] or part[2] or "", part[1] is not None) for part in found)
    if any(set(_NAME.sub("", part)) & {"{", "}"} for part, _ in parts):
        return None
    if any(optional and not _NAME.search(part) for part, optional in parts):
        return None
    return Template(parts)

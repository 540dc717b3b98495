"""Lines of text for a terminal, wrapped to its width, with a name for how each may be set off."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Style = Literal["plain", "heading", "urgent", "quiet"]


class Line(NamedTuple):
    """One line, and how it may be set off."""

    text: str
    style: Style = "plain"


def visible(text: str) -> str:
    """The text on one line, with what does not print (controls, marks of direction) spelled out."""
    return _spelled_out(" ".join(text.split()))


def _spelled_out(text: str) -> str:
    return "".join(char if char.isprintable() or char in "\t\n" else ascii(char)[1:-1] for char in text)


def folded(texts: Iterable[str], width: int) -> Iterator[Line]:
    """Each text wrapped, what does not fit on its first line indented by four more than that."""
    for text in texts:
        indent = text[: len(text) - len(text.lstrip())]
        yield from wrapped(text.strip(), width, indent, indent + " " * 4) or [Line("")]


def wrapped(
    text: str, width: int, indent: str = "", hang: str | None = None, style: Style = "plain"
) -> list[Line]:
    """The text in lines of at most `width` columns, 24 at the least; a longer word stands alone.

    The first is indented by `indent`, the others by `hang`. A rule's id is one word: broken in two
    it could not be searched for.
    """
    hang = indent if hang is None else hang
    lines = textwrap.wrap(
        _spelled_out(text),  # what a rule file says must not steer the terminal
        max(width, 24),
        initial_indent=indent,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [Line(line, style) for line in lines]


STEP = "  "
"""The indent of one level."""

DEEPEST = 10
"""Levels that are indented; what lies deeper stands at this level, so that lines stay readable."""


def pad(level: int) -> str:
    """The indent of a level."""
    return STEP * min(level, DEEPEST)


def item(text: str, level: int, width: int) -> list[Line]:
    """An item of a list at this level."""
    return wrapped(f"- {text}", width, pad(level), pad(level) + STEP)


def heading(text: str, width: int) -> list[Line]:
    """A heading, set off by an empty line."""
    return [Line(""), *wrapped(text.upper(), width, style="heading")]


def in_points(points: int) -> str:
    """The points with their word: `1 point`, `-1 point`, `4 points`."""
    return f"{points} point" if abs(points) == 1 else f"{points} points"

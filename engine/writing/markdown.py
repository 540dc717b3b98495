"""Markdown as GitHub has it: what a text says is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .lines import visible

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&@$]|:(?=//)|(?<=www)\.|^[-+=])", re.IGNORECASE)
"""Whatever may begin something in CommonMark, in GitHub's tables and links, or in formulas."""

_WEB = re.compile(r"https?://[!-;=?-~]+", re.IGNORECASE)
"""An address that may stand between `<` and `>`."""

_NUMBERED = re.compile(r"^(\d+)([.)])")
"""What begins a numbered list."""


def escaped(text: str) -> str:
    """The text on one line, shown as it is wherever it stands in Markdown."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", visible(text)))


def code(text: str) -> str:
    """The text as code on one line, in as many backticks as it needs; it may stand in a table."""
    shown = visible(text)
    if "|" in shown or not shown:
        return escaped(shown)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    edge = "`" * (longest + 1)
    return f"{edge} {shown} {edge}" if longest else f"{edge}{shown}{edge}"


def address(text: str) -> str:
    """The address as a link, if it is one of the web; else as code."""
    return f"<{text}>" if _WEB.fullmatch(text) else code(text)


def codes(texts: Iterable[str]) -> str:
    """The texts as code, in a row."""
    return ", ".join(code(text) for text in texts)


def table(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """The rows, of Markdown each cell, under their heads; an empty line ends it."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""

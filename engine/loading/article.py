"""The article's statements by fingerprint, so that a copy of it can be checked without shipping it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..knowledge.rule_base import RuleBase
from ..knowledge.sources import Statement

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def normalised(line: str) -> str:
    """The line without what copying changes: bullets, runs of space, curly quotes, ligatures."""
    text = unicodedata.normalize("NFKC", line).translate(_STRAIGHT)
    return " ".join(text.lstrip(" \t•*·-\N{NO-BREAK SPACE}").split())


def fingerprint(line: str) -> str:
    """SHA-256 of the normalised line, in hexadecimal."""
    return hashlib.sha256(normalised(line).encode()).hexdigest()


def lines(statements: Iterable[Statement]) -> list[str]:
    """The fingerprints of the article's lines in order; statements of one line stand together."""
    return [digest for digest, _ in groupby(statement.sha256 for statement in statements)]


def fingerprint_of_all(statements: Iterable[Statement]) -> str:
    """One digest of the whole article: of its lines' fingerprints in order."""
    return hashlib.sha256("\n".join(lines(statements)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """How a text compares with the article that the rules were written from."""

    matched: tuple[Statement, ...]
    missing: tuple[Statement, ...]
    """Statements whose line is not in the text."""
    added: tuple[int, ...]
    """Numbers, from 1, of lines that hold none of the statements."""
    in_order: bool
    """Whether the matched lines stand in the article's order."""

    @property
    def same(self) -> bool:
        """Whether the text is the article, line for line."""
        return not self.missing and not self.added and self.in_order


def verify_article(text: str, rules: RuleBase) -> ArticleCheck:
    """Compares a copy of the article, line by line, with the fingerprints in the rules."""
    found = {
        number: fingerprint(line) for number, line in enumerate(text.splitlines(), 1) if normalised(line)
    }
    known = lines(rules.statements.values())
    here = [digest for digest in found.values() if digest in known]
    return ArticleCheck(
        matched=tuple(each for each in rules.statements.values() if each.sha256 in here),
        missing=tuple(each for each in rules.statements.values() if each.sha256 not in here),
        added=tuple(number for number, digest in found.items() if digest not in known),
        in_order=here == [digest for digest in known if digest in here],
    )

"""Where what is said comes from, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..errors import Location

Grade = Literal["measured", "article", "guideline", "judgement"]


Seen = Literal["read", "second_hand", "recalled", "judgement"]


Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A finding of `legtriage check` that stays as it is, and why."""

    code: str
    reason: str
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A pointer to a source and, for the article, to one of its statements."""

    source: str
    statement: str | None = None

    def __str__(self) -> str:
        return f"{self.source} {self.statement}" if self.statement else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a figure or a recommendation comes from, and how it was seen."""

    id: str
    title: str
    seen: Seen
    confidence: Confidence | None = None
    """How firmly it is remembered, if it was recalled; None if not."""
    address: str | None = None
    note: str | None = None
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the article, in our words, with the fingerprint of the line that holds it."""

    id: str
    kind: Literal["heading", "text", "symptom", "treatment", "page"]
    says: str
    sha256: str
    excluded: str | None = None
    """Why no rule or treatment cites it."""
    where: Location

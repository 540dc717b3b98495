"""The causes and mimics of a result, each with what speaks for and against it, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..knowledge.causes import Code
from ..knowledge.sources import Grade

Support = Literal["well supported", "possible", "little support", "against", "no evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A rule for or against a cause that fired."""

    rule: str
    points: int
    """Signed whole decibans."""
    counted: bool
    """False where a stronger rule of the same group counts in its place."""
    because: str
    cites: tuple[str, ...]
    grade: Grade
    marks: tuple[str, ...]
    group: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonness:
    """How common a cause is among people like this: the first line of its sum."""

    percent: float
    people: str
    confidence: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What the article says may help, in our words."""

    says: str
    cites: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mimic outside the article, with what speaks for and against it."""

    id: str
    name: str
    about: str
    codes: tuple[Code, ...]
    """In the system that `provenance` names."""
    points: int
    for_: tuple[Evidence, ...]
    """`for` in JSON."""
    against: tuple[Evidence, ...]
    unknown: tuple[str, ...]
    """Questions, unanswered or unsure, that could still speak for or against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedCause(Candidate):
    """A cause of the article in its place."""

    rank: int
    """1 is first; causes with equal points share a rank."""
    support: Support
    base_points: int
    least_points: int
    """No answers still to come, nor surer ones, can bring it below this; not even those that a file may give
    to questions which would not be asked of this person."""
    most_points: int
    """Nor above this. Both take each undecided rule by itself, so some totals between may be out of reach."""
    base_rate: Commonness
    article_section: str
    article_lists_symptoms: bool
    treatments: tuple[Treatment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldApart:
    """Two causes that the answers leave side by side: one is first, and the other has evidence too."""

    id: str
    causes: tuple[str, str]
    """Their ids; one of them may be a mimic."""
    because: str
    ask: tuple[str, ...]
    """The questions that would tell and are not answered, or not surely."""
    test: str | None
    """The examination or test that would tell."""
    cites: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRanked:
    """Why no cause is ranked for this person."""

    because: str
    cites: tuple[str, ...]

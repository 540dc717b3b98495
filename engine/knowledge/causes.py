"""What is weighed: causes and mimics, how common they are, and which are not told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..errors import Location
from .conditions import Condition
from .sources import Allowance, Citation, Grade, Seen

CODE_SYSTEM = "ICD-10 (WHO)"
"""The classification of diseases that the codes of causes and mimics belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What the classification of diseases calls a cause."""

    code: str
    title: str
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What is weighed: one of the article's causes, or a mimic that the article leaves out."""

    id: str
    name: str
    about: str
    section: str | None = None
    """The article's section; None for a mimic."""
    lists_symptoms: bool = True
    """Whether the article lists symptoms for it."""
    treatments: tuple[Citation, ...] = ()
    codes: tuple[Code, ...] = ()
    """In `CODE_SYSTEM`."""
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two causes, or a cause and a mimic, that answers cannot always tell apart."""

    id: str
    causes: tuple[str, str]
    ask: tuple[str, ...]
    """The questions whose answers separate them; none where only a test can."""
    test: str | None = None
    within: int | None = None
    """They count as not told apart only up to so many points from each other; None: however far."""
    because: str
    cites: tuple[Citation, ...]
    grade: Grade
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A row of people for whom base rates differ; the first band whose condition is true applies."""

    id: str
    text: str
    when: Condition
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """How common a cause is, in percent of adults with such pain, by band."""

    cause: str
    percent: Mapping[str, Decimal]
    """By band id; `adults` where no band applies."""
    lifts: tuple[tuple[Condition, Decimal], ...] = ()
    """Percent that replace a lower one where the condition is true."""
    confidence: str
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRates:
    """The first line of every cause's sum: its commonness by band, as points."""

    bands: tuple[Band, ...]
    rates: Mapping[str, BaseRate]
    points: tuple[tuple[Decimal, int], ...]
    """(percent from which it holds, points), highest first."""
    cites: tuple[Citation, ...]
    note: str

    def points_for(self, percent: Decimal) -> int:
        """The points of a base rate given in percent."""
        return next(points for least, points in self.points if percent >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """For whom the causes are ranked: where `when` is certainly false, none is."""

    when: Condition
    because: str
    cites: tuple[Citation, ...]
    where: Location

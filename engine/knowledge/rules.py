"""Rules: a condition, what it concludes and by how much, and checks of answers against one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..errors import Location
from .conditions import Condition
from .levels import Level, height
from .sources import Allowance, Citation, Grade

POINTS_CAP = 10
"""No single rule moves a cause by more than this many points (decibans)."""


STRENGTHS: Mapping[str, int] = {
    "near_diagnostic": 10,
    "strong": 7,
    "moderate": 4,
    "weak": 2,
    "neutral": 0,
}
"""Points of a rule for which no ratio was measured. `neutral` is a finding that the source names
but that does not tell this cause from the others: the rule is cited and adds nothing."""


@cache
def _decibans(ratio: Decimal) -> int:
    return round(10 * float(ratio.log10()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodRatio:
    """How many times likelier a finding is with the cause than without, with its 95 % interval."""

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    among: str
    """The people and the rivals that it was measured among."""
    derived: bool = False
    """Worked out from figures in the source and not printed there."""

    @property
    def decibans(self) -> int:
        """10 log10(ratio), whole, not capped."""
        return _decibans(self.value)

    @property
    def points(self) -> int:
        """Its decibans, capped at ±10."""
        return max(-POINTS_CAP, min(POINTS_CAP, self.decibans))

    def __str__(self) -> str:
        if self.low is None:
            return str(self.value)
        return f"{self.value} ({self.low} to {self.high})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """The conclusion that a sign is present."""

    sign: str

    def __str__(self) -> str:
        return f"sign {self.sign}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighs:
    """The conclusion that a finding speaks for (`supports`) or against a cause or mimic."""

    cause: str
    supports: bool
    likelihood_ratio: LikelihoodRatio | None = None
    strength: str | None = None
    group: str
    """Within one group only the strongest rule for a cause and the strongest against it count."""

    @property
    def points(self) -> int:
        """Signed whole decibans; zero or more when it supports, zero or less when it opposes."""
        if self.likelihood_ratio is not None:
            return self.likelihood_ratio.points
        size = STRENGTHS[self.strength or "neutral"]
        return size if self.supports else -size

    def __str__(self) -> str:
        return f"{'supports' if self.supports else 'opposes'} {self.cause} {self.points:+d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raises:
    """The conclusion that the person should be seen this soon."""

    urgency: Level

    def __str__(self) -> str:
        return f"urgency {self.urgency}"


Conclusion = Shows | Weighs | Raises


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """If `when` is true, conclude `then`."""

    id: str
    when: Condition
    then: Conclusion
    because: str
    cites: tuple[Citation, ...]
    grade: Grade
    sign_off: str | None = None
    """What a clinician has still to agree to, where anything."""
    act: str | None = None
    """What to do when it fires, where it raises an urgency."""
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """The amount of time that answers one question is longer than that which answers another."""

    longer: str
    than: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyCheck:
    """If `when` is certainly true, the answers cannot all be right. No rule hangs on it."""

    id: str
    when: Condition | Longer
    ask_again: tuple[str, ...]
    """The questions that the interview asks again."""
    says: str
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A named intermediate finding that rules conclude."""

    id: str
    text: str
    allow: tuple[Allowance, ...] = ()
    where: Location


def level_of(rule: Rule) -> Level:
    """The level that a rule about urgency raises."""
    assert isinstance(rule.then, Raises)
    return rule.then.urgency


def strongest_first(rule: Rule) -> tuple[bool, int, str]:
    """The order of rules that weigh: those for before those against, strongest first, then by id."""
    assert isinstance(rule.then, Weighs)
    return not rule.then.supports, -abs(rule.then.points), rule.id


def highest_first(rule: Rule) -> tuple[int, str]:
    """The order of rules about urgency: highest level first, then by id."""
    return -height(level_of(rule)), rule.id

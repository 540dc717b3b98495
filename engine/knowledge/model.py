"""Questions, answers, rules, causes and sources as plain frozen values; no reading, no printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from ..errors import Location
from .conditions import Condition

Kind = Literal["yes_no", "one_of", "many_of", "number", "duration"]
Level = Literal["emergency", "same_day", "urgent", "routine", "self_care"]
Grade = Literal["measured", "article", "guideline", "judgement"]
Seen = Literal["read", "second_hand", "recalled", "judgement"]
Confidence = Literal["high", "medium", "low"]

LEVELS: tuple[Level, ...] = ("emergency", "same_day", "urgent", "routine", "self_care")
"""The urgencies, highest first."""

PRESSING: tuple[Level, ...] = ("emergency", "same_day")
"""Those at which something is to be done today."""

POINTS_CAP = 10
"""No single rule moves a cause by more than this many points (decibans)."""

CODE_SYSTEM = "ICD-10 (WHO)"
"""The classification of diseases that the codes of causes and mimics belong to."""

STRENGTHS: Mapping[str, int] = {
    "near_diagnostic": 10,
    "strong": 7,
    "moderate": 4,
    "weak": 2,
    "neutral": 0,
}
"""Points of a rule for which no ratio was measured. `neutral` is a finding that the source names
but that does not tell this cause from the others: the rule is cited and adds nothing."""

HOURS: Mapping[str, Decimal] = {
    "hours": Decimal(1),
    "days": Decimal(24),
    "weeks": Decimal(168),
    "months": Decimal("730.5"),
    "years": Decimal(8766),
}
"""Hours in a unit of time: a year is 365.25 days, a month a twelfth of it. Durations are held in
hours, in which every unit is an exact decimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A finding of `legtriage check` that stays as it is, and why."""

    code: str
    reason: str
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen."""

    id: str
    text: str
    exclusive: bool = False
    """Goes with no other option (`none`)."""
    means_unsure: bool = False
    """Choosing it is the same as answering `unsure` (`cannot_look`, `did_not_try`)."""
    refuses: bool = False
    """Choosing it answers the question and says nothing (`rather_not_say`): it is no `unsure` either."""
    clear: bool = False
    """Denies what is asked after (`no`, `normal`), or says that it is old and no worse.

    So `unsure` may be more urgent.
    """
    also: tuple[str, ...] = ()
    """Other words for it, in lower case, as people write them: `no` for `none of these`."""
    where: Location

    @property
    def is_real(self) -> bool:
        """Whether choosing it says something of the person."""
        return not self.means_unsure and not self.refuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that is asked of a person. `unsure` is an answer to every question."""

    id: str
    kind: Kind
    label: str
    """What it is about, in a few words, for lists."""
    text: str
    why: str
    """Why it is asked, in a sentence or two."""
    help: str | None = None
    """How to answer it, where the wording leaves that open."""
    options: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    """Smallest number taken, in `unit` (for a duration, in hours)."""
    maximum: Decimal | None = None
    unit: str | None = None
    whole: bool = False
    """Only whole numbers are taken."""
    emergency: bool = False
    """`unsure` must lead to same_day or sooner."""
    asked_when: Condition | None = None
    allow: tuple[Allowance, ...] = ()
    where: Location

    @property
    def is_quantity(self) -> bool:
        """Whether the answer is an amount and not a choice."""
        return self.kind in ("number", "duration")

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The options' ids, in the order shown."""
        return tuple(option.id for option in self.options)


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
class Statement:
    """One statement of the article, in our words, with the fingerprint of the line that holds it."""

    id: str
    kind: Literal["heading", "text", "symptom", "treatment", "page"]
    says: str
    sha256: str
    excluded: str | None = None
    """Why no rule or treatment cites it."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """One level of urgency, and what a person should do at it."""

    level: Level
    name: str
    advice: str
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A run of questions in the interview under one heading."""

    title: str
    questions: tuple[str, ...]
    most_telling_first: bool = False
    """Asked in the order of how much each can change, and only while it can; else as written, in full."""

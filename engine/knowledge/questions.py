"""What is asked: questions, their options, and the chapters they are asked in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..errors import Location
from .conditions import Condition
from .sources import Allowance

Kind = Literal["yes_no", "one_of", "many_of", "number", "duration"]


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
class Chapter:
    """A run of questions in the interview under one heading."""

    title: str
    questions: tuple[str, ...]
    most_telling_first: bool = False
    """Asked in the order of how much each can change, and only while it can; else as written, in full."""


NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,10})?")
"""A plain decimal number; no leading zero, so that `012` is never read as 12 or as 10. It is short
enough for arithmetic on it to be exact."""


def unit_of(word: str) -> str | None:
    """The unit of time that a word names (`day` and `days` alike), or None."""
    for unit in HOURS:
        if word in (unit, unit[:-1]):
            return unit
    return None

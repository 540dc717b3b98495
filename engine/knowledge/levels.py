"""How soon to be seen: the levels, and what a person should do at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..errors import Location

Level = Literal["emergency", "same_day", "urgent", "routine", "self_care"]

LEVELS: tuple[Level, ...] = ("emergency", "same_day", "urgent", "routine", "self_care")
"""The urgencies, highest first."""

PRESSING: tuple[Level, ...] = ("emergency", "same_day")
"""Those at which something is to be done today."""


def height(level: Level) -> int:
    """How high the level stands: 1 for the lowest, and one more for each above it."""
    return len(LEVELS) - LEVELS.index(level)


def at_height(number: int) -> Level:
    """The level that stands so high."""
    return LEVELS[len(LEVELS) - number]


def is_sooner(one: Level, other: Level) -> bool:
    """Whether the one asks to be seen sooner than the other."""
    return height(one) > height(other)


def levels_above(level: Level) -> tuple[Level, ...]:
    """The levels sooner than this one, highest first."""
    return LEVELS[: LEVELS.index(level)]


def highest(levels: Iterable[Level]) -> Level:
    """The soonest of these, of which there is one at least."""
    return max(levels, key=height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """One level of urgency, and what a person should do at it."""

    level: Level
    name: str
    advice: str
    where: Location

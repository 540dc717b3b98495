"""What a danger says to do, to say, and to do until then, as plain frozen values; no reading, no printing."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Location
from ..writing.template import Template
from .levels import Level
from .sources import Allowance, Citation, Grade

NUMBERS = ("emergency", "advice")
"""The kinds of number that a place has, and that a route may name."""

DANGER, FACTS, UNSURE_OF = "danger", "facts", "unsure"
"""What `say` may name beside questions: the act's name, what was said, and what the person is not sure of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One kind of help, and how to get it."""

    id: str
    name: str
    go: Template
    """What to do to get it; its names are kinds of number."""
    number: str | None = None
    """The kind of number that goes with it."""
    levels: tuple[Level, ...]
    """The urgencies for which it will do."""
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Precaution:
    """One thing to do, or not to do, until help is there."""

    id: str
    do: str
    not_with: tuple[str, ...] = ()
    """Routes and other precautions, by id, with which it does not go."""
    cites: tuple[Citation, ...]
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What to do about one danger."""

    id: str
    name: str
    """The danger, as a helper would call it, and in plain words."""
    route: str
    act: str
    """What to do, in a sentence or two, beside the route's own words."""
    say: Template
    """What the person can read out; its names are questions, and those above."""
    meanwhile: tuple[str, ...]
    """The precautions until then, by id."""
    come_back_if: tuple[str, ...]
    """What makes it worse than it is taken for."""
    cites: tuple[Citation, ...]
    grade: Grade
    allow: tuple[Allowance, ...] = ()
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """How a person says one answer to a question aloud: as a clause, or where unsure, what it is about."""

    question: str
    option: str
    """An option, or `unsure`."""
    say: str
    where: Location

    @property
    def id(self) -> str:
        """The answer that it words."""
        return f"{self.question} {self.option}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number to call, as it is to be read, and where it comes from."""

    number: str
    cites: tuple[Citation, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, or several that share their numbers."""

    id: str
    """By ISO 3166."""
    name: str
    members: tuple[str, ...] = ()
    """Other countries for which it stands, by ISO 3166."""
    by_locale: bool = True
    """Whether the locale of a computer tells that a person is there."""
    emergency: Number
    advice: Number | None = None
    where: Location

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Those that it has."""
        return (self.emergency, *([self.advice] if self.advice else []))

"""A promise about rules, whether it holds, and what it rests on, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ...knowledge.levels import Level
from ...result.assessment import plain

How = Literal["structure", "witness", "search", "trial"]
"""`structure`: read off the rules, for everyone. `witness`: people are named by whom it is so. `search`:
everyone whom the rules can tell apart was sought among. `trial`: it was tried on some people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Something that was looked at in this run, and what for."""

    how: How
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A person by whom it is so: `about` names the rule, cause or level."""

    about: str
    answers: Mapping[str, object]
    """As an answers file would hold them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePair:
    """Two people alike in all but one answer, the first to be seen sooner because of these rules."""

    question: str
    one: str
    other: str
    levels: tuple[Level, Level]
    rules: tuple[str, ...]
    """None where the first has the usual level because no rule about urgency fires."""
    answers: Mapping[str, object]
    """Of the first."""
    instead: object
    """What the other answers to the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The answers to one question by urgency."""

    question: str
    answers: tuple[str, ...]
    never_sooner: tuple[tuple[str, str], ...]
    """(this, that): this answer never brings a higher level than that, whatever else is answered of what
    is asked of both people."""
    from_structure: int
    """How many of these were read off the structure; for the others, all answers were searched."""
    sooner: tuple[PeoplePair, ...]
    """For every other two answers, people by whom the one is sooner."""
    unasked: tuple[PeoplePair, ...]
    """Of those that are never sooner, people by whom it is, if one answers what is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise: it holds where there are no findings."""

    id: str
    claim: str
    grounds: tuple[Ground, ...]
    findings: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()
    orders: tuple[Order, ...] = ()
    exceptions: tuple[PeoplePair, ...] = ()
    """What does not break the promise but should be known."""

    @property
    def holds(self) -> bool:
        """Whether nothing was found against it."""
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """All promises over one rule base."""

    rules: int
    rules_sha256: str
    promises: tuple[Promise, ...]

    @property
    def hold(self) -> bool:
        """Whether all promises do."""
        return all(promise.holds for promise in self.promises)

    def to_dict(self) -> dict[str, Any]:
        """The same, ready for JSON."""
        promises = [{"holds": each.holds, **plain(each)} for each in self.promises]
        return {
            "rules": self.rules,
            "rules_sha256": self.rules_sha256,
            "hold": self.hold,
            "promises": promises,
        }

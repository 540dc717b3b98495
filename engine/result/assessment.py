"""The result of an assessment as plain frozen values, the same in Python and in JSON.

`assessment.schema.json` beside this file describes the JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal

from ..inference.firing import Firing
from ..knowledge.levels import Level
from ..knowledge.sources import Confidence, Grade, Seen
from .ranking import Candidate, NotRanked, NotToldApart, RankedCause

SCHEMA = 1
"""Version of the result's form; it grows by one when a reader of the old form would break."""

Status = Literal["complete", "incomplete", "insufficient"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyReason:
    """A rule about urgency that fired."""

    id: str
    level: Level
    because: str
    cites: tuple[str, ...]
    grade: Grade
    sign_off: str | None
    marks: tuple[str, ...]
    """How far the rule can be trusted, in the words of `engine.marks`."""
    facts: tuple[str, ...]


CANNOT_BE_SAID = "It cannot be said yet: questions that could make it sooner are not answered."
"""What stands before a level that is no answer yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyResult:
    """How soon to be seen, why, and what was not assessed that could make it sooner."""

    level: Level
    name: str
    advice: str
    at_least: bool
    """Whether a question still open could raise the level."""
    rules: tuple[UrgencyReason, ...]
    not_assessed: tuple[str, ...]
    not_screened: tuple[str, ...]
    """The questions of the emergency screen that could make it sooner, apply or may apply, and were not
    answered, or only in part."""
    cannot_be_said: bool
    """Whether the level is no answer yet: it may be sooner, and either no rule raised it, or it is below
    `same_day` and the emergency screen was not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers to call, and how they were chosen."""

    country: str | None
    """By ISO 3166; None where none was chosen."""
    name: str | None
    """Of the country, or of those that share these numbers."""
    chosen_by: str | None
    """What named the country, where that is known."""
    emergency: str
    """As it is to be read; where no country was chosen, words for it."""
    advice: str | None
    """For advice; None where none is known."""
    cites: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecautionResult:
    """One thing to do, or not to do, until help is there."""

    id: str
    do: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActResult:
    """What to do about a danger that was found, and what to say."""

    id: str
    name: str
    route: str
    """The kind of help."""
    go: str
    """How to get it."""
    number: str | None
    """The number that goes with it, where one is known."""
    act: str
    """What to do, beside that."""
    say: str
    """What to read out to who answers."""
    meanwhile: tuple[PrecautionResult, ...]
    come_back_if: tuple[str, ...]
    rules: tuple[str, ...]
    """Those that fired and lead to it, sorted."""
    cites: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A consistency check that holds: answers that cannot all be right, and count as given."""

    id: str
    says: str
    questions: tuple[str, ...]
    """Those to check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An answer to a question that would not be asked of this person; it counts as given."""

    id: str
    """The question's."""
    says: str
    questions: tuple[str, ...]
    """Those to check: the question, then those whose answers keep it from being asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuestion:
    """A question that the result names."""

    label: str
    """What it is about, in a few words."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A source that the result cites."""

    title: str
    seen: Seen
    confidence: Confidence | None
    """How firmly it is remembered, if it was recalled."""
    address: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the answers come to. `to_dict()` is what `--json` prints."""

    schema: int
    status: Status
    urgency: UrgencyResult
    acts: tuple[ActResult, ...]
    """Those of the rules that raise the level itself; the most urgent kind of help first."""
    numbers: Numbers
    contradictions: tuple[Contradiction, ...]
    """By id."""
    notices: tuple[Notice, ...]
    """The most dangerous answers first."""
    none_well_supported: bool
    """Whether no cause is well supported: none is ruled out by that, and the pain may have another."""
    not_ranked: NotRanked | None
    """Why no cause is ranked; then nothing but the urgency is told, and the parts about causes are empty."""
    causes: tuple[RankedCause, ...]
    """All that the article names, first to last; equal points in the order of their ids."""
    also_consider: tuple[Candidate, ...]
    outweighing: tuple[str, ...]
    """Of these, the ones for which the answers say more than for any cause, base rates apart."""
    not_told_apart: tuple[NotToldApart, ...]
    """By id."""
    signs: tuple[str, ...]
    fired: tuple[str, ...]
    none_of_these: str | None
    """How often none of the article's causes is behind such pain, and among whom; None if not ranked."""
    possible_first: tuple[str, ...]
    """Causes that no answer given so far keeps from coming first, by whatever else is answered."""
    base_rates_note: str
    """How far to trust the base rates."""
    safety_net_lead: str
    """What to do when something of the safety net comes."""
    safety_net: tuple[str, ...]
    """What the acts say to come back for, then what everybody is told; no line twice."""
    not_a_diagnosis: str
    answers: Mapping[str, object]
    """As an answers file would hold them."""
    questions: Mapping[str, NamedQuestion]
    """Those that the parts above name, by id."""
    sources: Mapping[str, CitedSource]
    provenance: Mapping[str, str]
    firings: tuple[Firing, ...] = field(default=(), compare=False)
    """The rules as the engine fired them, in its own order; not in the JSON."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        found: dict[str, Any] = plain(self)
        del found["firings"]
        return found


_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
"""What most of a result is made of."""


@cache
def _keys(kind: type[Any]) -> tuple[tuple[str, str], ...] | None:
    """The fields of a dataclass, each with its key in JSON; None for what is none."""
    if not is_dataclass(kind):
        return None
    return tuple((each.name, each.name.removesuffix("_")) for each in fields(kind))


def plain(value: object) -> Any:
    """The value as plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    keys = _keys(kind)  # type: ignore[arg-type]  # every class has a hash
    if keys is not None:
        return {key: plain(getattr(value, name)) for name, key in keys}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value

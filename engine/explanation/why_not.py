"""Why not: what the rules for a cause, or for a level of urgency, lack for this person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import Location, Problem, RulesError, did_you_mean
from ..knowledge.levels import LEVELS, Level
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Rule, Weighs, level_of
from ..result.assessment import Assessment, UrgencyReason, plain
from ..result.consultation import Consultation, consult
from ..result.outlook import Outlook
from ..result.ranking import Evidence, RankedCause, Support
from .failure import Examiner, RuleFailure
from .why import check_cause, check_ranked, weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A cause that is first."""

    id: str
    name: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseShortfall:
    """What keeps a cause or mimic down: the rules for it that did not fire, and those against it that did."""

    id: str
    name: str
    urgency: Level
    """How soon to be seen, whatever the cause."""
    urgency_name: str
    at_least: bool
    """Whether a question still open could raise the urgency."""
    cannot_be_said: bool
    """Whether the level is no answer yet, as in the result."""
    points: int
    rank: int | None
    """None for a mimic, which has no base rate and no rank."""
    support: Support | None
    base_points: int | None
    first: tuple[Ahead, ...]
    """All that share the first place."""
    behind: int | None
    """Points from the first place; 0 where it is first, None for a mimic."""
    failed: tuple[RuleFailure, ...]
    """The rules for it that did not fire: most points first, then by the conditions they lack, then by id."""
    points_of: Mapping[str, int]
    """What each of those rules would offer; in a group only the strongest counts."""
    for_: tuple[Evidence, ...]
    against: tuple[Evidence, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        return {"about": "mimic" if self.rank is None else "cause", **plain(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyShortfall:
    """What the rules of a level lack, nearest first, and those of it that fired."""

    asked: Level
    """The level that was asked about."""
    asked_name: str
    level: Level
    """The level that holds."""
    level_name: str
    fired: tuple[UrgencyReason, ...]
    failed: tuple[RuleFailure, ...]
    """By the conditions they lack, then by id."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        return {"about": "urgency", **plain(self)}


Shortfall = CauseShortfall | UrgencyShortfall


def why_not(
    cause: str | None,
    answers: Mapping[str, object] | bytes | Consultation,
    rules: RuleBase | None = None,
    *,
    urgency: str | None = None,
    path: str = "answers",
) -> Shortfall:
    """What the rules for a cause or mimic lack for this person or, with `urgency`, those of that level.

    One of `cause` and `urgency` is None. `answers`, `rules` and `path` are those of `consult`. Raises
    AnswersError with every problem of the answers, and where no cause is ranked but one is asked for;
    RulesError for a cause or level that there is not, and TypeError where both or neither are named.
    """
    if (cause is None) == (urgency is None):
        raise TypeError("name either a cause or an urgency")
    visit = consult(answers, rules, path=path)
    if cause is not None:
        check_cause(cause, visit.rules)
        check_ranked(visit.outlook, path)
        return _of_cause(visit.outlook, visit.assessment, cause)
    level = next((level for level in LEVELS if level == urgency), None)
    if level is None:
        near = did_you_mean(urgency or "", LEVELS, f"one of {', '.join(LEVELS)}")
        raise RulesError([Problem(Location("--urgency"), "R030", f"unknown urgency `{urgency}`{near}")])
    return _of_urgency(visit.outlook, visit.assessment, level)


def _of_cause(person: Outlook, assessment: Assessment, cause: str) -> CauseShortfall:
    found = weighed(person, assessment, cause)
    points = {
        rule.id: rule.then.points
        for rule in person.rules.rules_by_cause[cause]
        if isinstance(rule.then, Weighs) and rule.then.supports and rule.id not in person.fired
    }
    failed = _failures(person, (person.rules.rules[id] for id in points))
    first = tuple(
        Ahead(id=each.id, name=each.name, points=each.points) for each in assessment.causes if each.rank == 1
    )
    ranked = found if isinstance(found, RankedCause) else None
    return CauseShortfall(
        id=found.id,
        name=found.name,
        urgency=assessment.urgency.level,
        urgency_name=assessment.urgency.name,
        at_least=assessment.urgency.at_least,
        cannot_be_said=assessment.urgency.cannot_be_said,
        points=found.points,
        rank=ranked.rank if ranked else None,
        support=ranked.support if ranked else None,
        base_points=ranked.base_points if ranked else None,
        first=first,
        behind=first[0].points - found.points if ranked else None,
        failed=tuple(sorted(failed, key=lambda each: -points[each.rule])),
        points_of=points,
        for_=found.for_,
        against=found.against,
    )


def _of_urgency(person: Outlook, assessment: Assessment, level: Level) -> UrgencyShortfall:
    urgency = assessment.urgency
    silent = [
        rule for rule in person.rules.urgency_rules if level_of(rule) == level and rule.id not in person.fired
    ]
    return UrgencyShortfall(
        asked=level,
        asked_name=person.rules.urgencies[level].name,
        level=urgency.level,
        level_name=urgency.name,
        fired=tuple(reason for reason in urgency.rules if reason.level == level),
        failed=_failures(person, silent),
    )


def _failures(person: Outlook, silent: Iterable[Rule]) -> tuple[RuleFailure, ...]:
    """What each of the rules lacks, the nearest to firing first."""
    examiner = Examiner(person)
    return tuple(sorted(map(examiner.rule, silent), key=lambda each: (each.distance, each.rule)))

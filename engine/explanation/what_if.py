"""What if some answers were others: two results, and only what differs between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..answers.alteration import in_brief
from ..answers.answers import Answer, Answers, plain_answer
from ..errors import AnswersError, Problem
from ..knowledge.levels import Level
from ..knowledge.rule_base import RuleBase
from ..loading.answer_reader import read_answers
from ..result.assessment import Assessment, Contradiction, Notice, Status, plain
from ..result.consultation import Consultation, consult
from ..result.ranking import Candidate, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """A question that is answered otherwise; None where it is not answered."""

    question: str
    text: str
    before: object
    after: object
    brief: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSeen:
    """How soon to be seen."""

    level: Level
    name: str
    at_least: bool
    cannot_be_said: bool
    """Whether the level is no answer yet, as in the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CausePlace:
    """Where a cause stands."""

    rank: int
    points: int
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A cause whose rank, points or support differ; None where no cause is ranked."""

    id: str
    name: str
    before: CausePlace | None
    after: CausePlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MimicShift:
    """A mimic whose points differ; None where it is not raised."""

    id: str
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShift:
    """A rule that fires on one side only."""

    rule: str
    concludes: str
    because: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two results side by side; what is equal is left out."""

    changes: tuple[AnswerChange, ...]
    urgency_before: LevelSeen
    urgency_after: LevelSeen
    status_before: Status
    status_after: Status
    first_before: tuple[str, ...]
    """The causes that are first, by id; several share the place. None where no cause is ranked."""
    first_after: tuple[str, ...]
    causes: tuple[Shift, ...]
    """Those that differ, in the order that they then have."""
    also_consider: tuple[MimicShift, ...]
    gained: tuple[RuleShift, ...]
    lost: tuple[RuleShift, ...]
    contradictions_gained: tuple[Contradiction, ...]
    contradictions_lost: tuple[Contradiction, ...]
    notices_gained: tuple[Notice, ...]
    notices_lost: tuple[Notice, ...]
    not_told_apart_gained: tuple[str, ...]
    not_told_apart_lost: tuple[str, ...]
    names: Mapping[str, str]
    """Of all the causes."""

    @property
    def differs(self) -> bool:
        """Whether anything of the result does, beyond the answers."""
        return bool(
            self.urgency_before != self.urgency_after
            or self.status_before != self.status_after
            or self.causes
            or self.also_consider
            or self.gained
            or self.lost
            or self.contradictions_gained
            or self.contradictions_lost
            or self.notices_gained
            or self.notices_lost
            or self.not_told_apart_gained
            or self.not_told_apart_lost
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        found: dict[str, Any] = plain(self)
        return found


def what_if(
    answers: Mapping[str, object] | bytes | Consultation,
    changes: Mapping[str, object],
    rules: RuleBase | None = None,
    *,
    path: str = "answers",
) -> Comparison:
    """The results of the answers as given and as changed, side by side.

    `changes` maps questions to other answers, written as in `answers`, or to None for no answer.
    `answers`, `rules` and `path` are those of `consult`. Raises AnswersError with every problem of both.
    """
    problems: list[Problem] = []
    try:
        visit = consult(answers, rules, path=path)
    except AnswersError as error:
        problems += error.problems
        visit = consult({}, rules)
    rules, given, wanted = visit.rules, visit.answers, Answers({})
    try:
        wanted = read_answers(changes, rules, "changes")
    except AnswersError as error:
        problems += error.problems
    if problems:
        raise AnswersError(problems)
    merged = {id: answer for id, answer in {**given, **wanted}.items() if id not in changes or id in wanted}
    after = Answers({id: merged[id] for id in rules.questions if id in merged}, rules.sha256)
    return compare(visit, visit.after(after))


def compare(first: Consultation, second: Consultation) -> Comparison:
    """The results of two consultations by the same rules, side by side."""
    rules, before, after = first.rules, first.answers, second.answers
    one, other = first.assessment, second.assessment
    gained, lost = set(other.fired) - set(one.fired), set(one.fired) - set(other.fired)
    held, holds = ({each.id: each for each in side.contradictions} for side in (one, other))
    noticed, kept = ({each.id: each for each in side.notices} for side in (one, other))
    together, apart = ({each.id for each in side.not_told_apart} for side in (one, other))
    return Comparison(
        changes=tuple(
            _change(rules, id, before.get(id), after.get(id))
            for id in rules.questions
            if before.get(id) != after.get(id)
        ),
        urgency_before=_seen(one),
        urgency_after=_seen(other),
        status_before=one.status,
        status_after=other.status,
        first_before=_first(one),
        first_after=_first(other),
        causes=_shifts(one, other),
        also_consider=_mimics(one, other),
        gained=_rules(rules, gained),
        lost=_rules(rules, lost),
        contradictions_gained=tuple(each for id, each in holds.items() if id not in held),
        contradictions_lost=tuple(each for id, each in held.items() if id not in holds),
        notices_gained=tuple(each for id, each in kept.items() if id not in noticed),
        notices_lost=tuple(each for id, each in noticed.items() if id not in kept),
        not_told_apart_gained=tuple(sorted(apart - together)),
        not_told_apart_lost=tuple(sorted(together - apart)),
        names={id: cause.name for id, cause in rules.causes.items()},
    )


def _change(rules: RuleBase, id: str, before: Answer | None, after: Answer | None) -> AnswerChange:
    question = rules.questions[id]
    if before is not None and after is not None:
        brief = in_brief(question, before, after)
    else:
        brief = f"{'not answered' if after is None else after} instead of {before or 'not answered'}"
    return AnswerChange(
        question=id,
        text=question.text,
        before=None if before is None else plain_answer(before),
        after=None if after is None else plain_answer(after),
        brief=brief,
    )


def _seen(side: Assessment) -> LevelSeen:
    urgency = side.urgency
    return LevelSeen(
        level=urgency.level,
        name=urgency.name,
        at_least=urgency.at_least,
        cannot_be_said=urgency.cannot_be_said,
    )


def _first(side: Assessment) -> tuple[str, ...]:
    return tuple(cause.id for cause in side.causes if cause.rank == 1)


def _shifts(one: Assessment, other: Assessment) -> tuple[Shift, ...]:
    def places(side: Assessment) -> dict[str, CausePlace]:
        return {
            each.id: CausePlace(rank=each.rank, points=each.points, support=each.support)
            for each in side.causes
        }

    before, after = places(one), places(other)
    return tuple(
        Shift(id=each.id, name=each.name, before=before.get(each.id), after=after.get(each.id))
        for each in other.causes or one.causes
        if before.get(each.id) != after.get(each.id)
    )


def _mimics(one: Assessment, other: Assessment) -> tuple[MimicShift, ...]:
    before, after = ({each.id: each for each in side.also_consider} for side in (one, other))
    every: dict[str, Candidate] = {**after, **before}

    def points(side: Mapping[str, Candidate], id: str) -> int | None:
        return side[id].points if id in side else None

    return tuple(
        MimicShift(id=id, name=each.name, before=points(before, id), after=points(after, id))
        for id, each in every.items()
        if points(before, id) != points(after, id)
    )


def _rules(rules: RuleBase, ids: Iterable[str]) -> tuple[RuleShift, ...]:
    return tuple(
        RuleShift(
            rule=id,
            concludes=str(rules.rules[id].then),
            because=rules.rules[id].because,
            cites=tuple(str(citation) for citation in rules.rules[id].cites),
        )
        for id in sorted(ids)
    )

"""Why a cause has its points, or why the urgency is what it is: every rule behind it, proven.

What is said of a person here is what the person answered: change an answer, and what rested on it is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import AnswersError, Location, Problem, RulesError, did_you_mean
from ..knowledge.levels import Level, levels_above
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Rule, Weighs, highest_first, level_of
from ..knowledge.sources import Citation
from ..result.assessment import Assessment, plain
from ..result.consultation import Consultation, consult
from ..result.outlook import Outlook
from ..result.rank import candidate
from ..result.ranking import Candidate, Commonness, Evidence, RankedCause, Support
from .proof import AnswerGiven, Prover, RuleProof, answers_behind, rule_proofs, sources_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A rule for or against a cause that fired, what it adds to the sum, and why it fired."""

    points: int
    """Signed whole decibans."""
    group: str
    counted_by: str | None
    """The rule of its group that counts in its place; None where it counts itself."""
    proof: RuleProof


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A rule about urgency that fired, and why."""

    level: Level
    proof: RuleProof


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRule:
    """A rule that further answers, or surer ones, could still fire or take back."""

    rule: str
    concludes: str
    fired: bool
    """It fired on an `unsure`, and may be taken back where that is resolved."""
    questions: tuple[str, ...]
    """Those that would decide it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseStanding:
    """A cause's place among those that are ranked."""

    rank: int
    of: int
    """How many causes are ranked."""
    shared: bool
    """Whether another has as many points."""
    support: Support
    base_points: int
    base_rate: Commonness
    least_points: int
    most_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseExplanation:
    """Why a cause or mimic has its points: the base rate's and those of the arguments that count add up."""

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
    standing: CauseStanding | None
    """None for a mimic: it has no base rate and no rank."""
    for_: tuple[Argument, ...]
    against: tuple[Argument, ...]
    open: tuple[OpenRule, ...]
    answers: tuple[AnswerGiven, ...]
    """Those that the arguments rest on, in the interview's order."""
    sources: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        return {"about": "cause" if self.standing else "mimic", **plain(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyExplanation:
    """Why the urgency is what it is: the rules that fired, highest first, and those that could raise it."""

    level: Level
    name: str
    advice: str
    at_least: bool
    """Whether a question still open could raise the level."""
    cannot_be_said: bool
    """Whether the level is no answer yet, as in the result."""
    alarms: tuple[Alarm, ...]
    """None where no rule about urgency fired: `level` is then the one that holds without any."""
    open: tuple[OpenRule, ...]
    """Of higher levels only."""
    answers: tuple[AnswerGiven, ...]
    sources: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        return {"about": "urgency", **plain(self)}


Explanation = CauseExplanation | UrgencyExplanation


def explain(
    answers: Mapping[str, object] | bytes | Consultation,
    rules: RuleBase | None = None,
    *,
    cause: str | None = None,
    urgency: bool = False,
    path: str = "answers",
) -> Explanation:
    """Why a cause or mimic has its points (the first, if none is named), or why the urgency is what it is.

    `answers`, `rules` and `path` are those of `consult`. Raises AnswersError with every problem of the
    answers, and where no cause is ranked but one is asked for; RulesError for a cause that the rules do
    not have, and ValueError for a cause and the urgency at once.
    """
    if urgency and cause is not None:
        raise ValueError("name either a cause or the urgency")
    visit = consult(answers, rules, path=path)
    if urgency:
        return _of_urgency(visit.outlook, visit.assessment)
    if cause is not None:
        check_cause(cause, visit.rules)
    check_ranked(visit.outlook, path)
    return _of_cause(visit.outlook, visit.assessment, cause)


def check_cause(cause: str, rules: RuleBase) -> None:
    """Raises RulesError where the rules have no such cause or mimic."""
    if cause not in rules.rules_by_cause:
        known = [*rules.causes, *rules.mimics]
        near = did_you_mean(cause, known, f"one of {', '.join(known)}")
        raise RulesError([Problem(Location("cause"), "R030", f"unknown cause `{cause}`{near}")])


def check_ranked(person: Outlook, path: str) -> None:
    """Raises AnswersError, at the answers called so, where no cause is ranked for the person."""
    ranking = person.rules.ranking
    if ranking is not None and not person.ranked:
        message = f"no cause is ranked for these answers: ask for the urgency instead. {ranking.because}"
        raise AnswersError([Problem(Location(path), "A010", message)])


def weighed(person: Outlook, assessment: Assessment, cause: str) -> Candidate:
    """The cause or mimic as the result has it; a mimic that the result leaves out is weighed too."""
    found = [each for each in (*assessment.causes, *assessment.also_consider) if each.id == cause]
    return found[0] if found else candidate(person, person.rules.mimics[cause])


def _of_cause(person: Outlook, assessment: Assessment, named: str | None) -> CauseExplanation:
    found = weighed(person, assessment, named or assessment.causes[0].id)
    prover = Prover(person.rules, person.known)
    for_, against = _arguments(prover, found.for_), _arguments(prover, found.against)
    proofs = [argument.proof for argument in (*for_, *against)]
    rates = person.rules.base_rates
    standing = _standing(found, assessment) if isinstance(found, RankedCause) else None
    cites = [*_cited(proofs, person.rules), *(rates.cites if standing else ())]
    return CauseExplanation(
        id=found.id,
        name=found.name,
        urgency=assessment.urgency.level,
        urgency_name=assessment.urgency.name,
        at_least=assessment.urgency.at_least,
        cannot_be_said=assessment.urgency.cannot_be_said,
        points=found.points,
        standing=standing,
        for_=for_,
        against=against,
        open=_open(person, person.rules.rules_by_cause[found.id]),
        answers=answers_behind(proofs, person.rules, person.known.answers),
        sources=sources_behind(cites, person.rules),
    )


def _standing(found: RankedCause, assessment: Assessment) -> CauseStanding:
    return CauseStanding(
        rank=found.rank,
        of=len(assessment.causes),
        shared=sum(other.rank == found.rank for other in assessment.causes) > 1,
        support=found.support,
        base_points=found.base_points,
        base_rate=found.base_rate,
        least_points=found.least_points,
        most_points=found.most_points,
    )


def _arguments(prover: Prover, found: tuple[Evidence, ...]) -> tuple[Argument, ...]:
    """The rules of one side, strongest first, as the result has them."""
    counts = {each.group: each.rule for each in found if each.counted}
    return tuple(
        Argument(
            points=each.points,
            group=each.group,
            counted_by=None if each.counted else counts[each.group],
            proof=prover.rule(prover.rules.rules[each.rule]),
        )
        for each in found
    )


def _of_urgency(person: Outlook, assessment: Assessment) -> UrgencyExplanation:
    found, rules = assessment.urgency, person.rules
    prover = Prover(rules, person.known)
    alarms = [Alarm(level=each.level, proof=prover.rule(rules.rules[each.id])) for each in found.rules]
    higher = levels_above(found.level)
    above = sorted(
        (rule for rule in rules.urgency_rules if level_of(rule) in higher),
        key=highest_first,
    )
    proofs = [alarm.proof for alarm in alarms]
    return UrgencyExplanation(
        level=found.level,
        name=found.name,
        advice=found.advice,
        at_least=found.at_least,
        cannot_be_said=found.cannot_be_said,
        alarms=tuple(alarms),
        open=_open(person, above),
        answers=answers_behind(proofs, rules, person.known.answers),
        sources=sources_behind(_cited(proofs, rules), rules),
    )


def _open(person: Outlook, found: Iterable[Rule]) -> tuple[OpenRule, ...]:
    """Of these rules, those that are open and turn on a question that applies; the heaviest first."""
    every = [
        OpenRule(
            rule=rule.id,
            concludes=str(rule.then),
            fired=rule.id in person.fired,
            questions=person.open_questions([rule]),
        )
        for rule in sorted(
            found, key=lambda rule: -abs(rule.then.points) if isinstance(rule.then, Weighs) else 0
        )
        if person.is_open(rule)
    ]
    return tuple(each for each in every if each.questions)


def _cited(proofs: Iterable[RuleProof], rules: RuleBase) -> list[Citation]:
    """What the rules of the proofs cite, those of the signs too."""
    return [
        citation
        for proof in proofs
        for inner in rule_proofs(proof)
        for citation in rules.rules[inner.rule].cites
    ]

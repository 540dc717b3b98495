"""The causes in order of their points, and which could still come first.

A cause's points are its base rate's and, of each dependency group, those of the strongest rule
for it and of the strongest against it. All are whole decibans, so sums are exact and free of order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal

from ..knowledge.causes import Cause
from ..knowledge.marks import marks
from ..knowledge.rules import Rule, Weighs
from .outlook import Standing
from .ranking import Candidate, Commonness, Evidence, RankedCause, Support, Treatment

WELL_SUPPORTED = 10
"""Points from which a cause may be called well supported; docs/semantics.md says why."""

POSSIBLE = 5
"""Points from which a cause may be called possible."""

TELLING = 4
"""Points of evidence, the base rate apart, that `well supported` needs: those of one moderate finding."""


def support_word(points: int, base_points: int, findings: Sequence[Weighs]) -> Support:
    """The word for a total, of which `base_points` are the base rate's.

    `findings` are what counted for and against, age apart: age by itself supports nothing.
    """
    evidence = points - base_points
    telling = [then for then in findings if then.points]
    if not telling:
        return "no evidence"
    if points < 0 or evidence <= -TELLING:
        return "against"
    supporting = [then for then in telling if then.supports]
    decisive = any(then.strength == "near_diagnostic" for then in supporting)
    if points >= WELL_SUPPORTED and evidence >= TELLING and (decisive or len(supporting) > 1):
        return "well supported"
    if points >= POSSIBLE and evidence > 0:
        return "possible"
    return "little support"


def rank(person: Standing) -> tuple[RankedCause, ...]:
    """The article's causes, first to last; equal points share a rank and stand by id. None if not ranked."""
    if not person.ranked:
        return ()
    weighed = {cause.id: candidate(person, cause) for cause in person.rules.causes.values()}
    base = {cause: person.rules.base_rates.points_for(_percent(person, cause)) for cause in weighed}
    sums = {cause: base[cause] + found.points for cause, found in weighed.items()}
    order = sorted(sums, key=lambda cause: (-sums[cause], cause))
    return tuple(_ranked(person, weighed[cause], base[cause], sums) for cause in order)


def mimics(person: Standing) -> tuple[Candidate, ...]:
    """The mimics that the answers raise, more points for than against, most first. None if not ranked."""
    if not person.ranked:
        return ()
    found = [candidate(person, mimic) for mimic in person.rules.mimics.values()]
    raised = [each for each in found if each.points > 0]
    return tuple(sorted(raised, key=lambda each: (-each.points, each.id)))


def possible_first(ranked: Iterable[RankedCause]) -> tuple[str, ...]:
    """The causes that could still be first, or share the first place, sorted.

    Each undecided rule is taken to fire or not independently of the others, so a cause may be named
    that no set of answers can bring first, and none is left out that some set can.
    """
    ranges = {cause.id: (cause.least_points, cause.most_points) for cause in ranked}
    return reaching_the_top(ranges) if ranges else ()


def outweighing(mimics: Iterable[Candidate], ranked: Iterable[RankedCause]) -> tuple[str, ...]:
    """The mimics for which the answers say more than for any cause, base rates apart; in their order."""
    bar = max((cause.points - cause.base_points for cause in ranked), default=0)
    return tuple(mimic.id for mimic in mimics if mimic.points > bar)


def reaching_the_top(ranges: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """Those whose most points are no fewer than the least that some other is sure of, sorted."""
    bar = max(least for least, _ in ranges.values())
    return tuple(sorted(cause for cause, (_, most) in ranges.items() if most >= bar))


def points_range(person: Standing, cause: str) -> tuple[int, int]:
    """The least and most points that the cause could come to, its undecided rules taken one by one."""
    rules = person.rules.rules_by_cause[cause]
    fired = [rule for rule in rules if rule.id in person.surely_fired]
    unsettled = [rule for rule in rules if rule.id not in person.surely_fired and person.may_hold(rule.when)]
    least = fired + [rule for rule in unsettled if not _weighs(rule).supports]
    most = fired + [rule for rule in unsettled if _weighs(rule).supports]
    base = [person.rules.base_rates.points_for(percent) for percent in _possible_percents(person, cause)]
    return min(base) + _total(least), max(base) + _total(most)


def none_of_these(person: Standing) -> str | None:
    """How often none of the article's causes is behind such pain; None if they are not ranked."""
    if not person.ranked:
        return None
    column, people = _band(person)
    named = sum(rate.percent[column] for rate in person.rules.base_rates.rates.values())
    return f"{float(100 - named):g} in 100, {people}"


def _weighs(rule: Rule) -> Weighs:
    assert isinstance(rule.then, Weighs)
    return rule.then


def _fired(person: Standing, cause: str) -> list[Rule]:
    return [rule for rule in person.rules.rules_by_cause[cause] if rule.id in person.fired]


def _counted(strongest_first: Iterable[Rule]) -> set[str]:
    """Of each group, the strongest rule for and the strongest against."""
    best: dict[tuple[str, bool], str] = {}
    for rule in strongest_first:
        then = _weighs(rule)
        best.setdefault((then.group, then.supports), rule.id)
    return {*best.values()}


def _total(rules: Iterable[Rule]) -> int:
    """The points of these rules, of each group only those of the strongest for and the strongest against."""
    best: dict[tuple[str, bool], int] = {}
    for rule in rules:
        then = _weighs(rule)
        side, points = (then.group, then.supports), then.points
        if abs(points) >= abs(best.get(side, 0)):
            best[side] = points
    return sum(best.values())


def _band(person: Standing) -> tuple[str, str]:
    """The column of the base rates for the person, and whom it is about in words."""
    bands = person.rules.base_rates.bands
    band = next((band for band in bands if person.truth(band.when)), None)
    return (band.id, band.text) if band else ("adults", "all adults")


def _percent(person: Standing, cause: str) -> Decimal:
    """How common the cause is among people like this, in percent."""
    rate = person.rules.base_rates.rates[cause]
    column, _ = _band(person)
    return max([rate.percent[column], *(least for when, least in rate.lifts if person.truth(when))])


def _possible_percents(person: Standing, cause: str) -> list[Decimal]:
    """Every percent that further answers could make the base rate, and perhaps some more."""
    rates = person.rules.base_rates
    rate = rates.rates[cause]
    bands = [band.id for band in rates.bands if person.may_hold(band.when)]
    certain = any(person.is_certain(band.when) for band in rates.bands)
    percents = [rate.percent[column] for column in (bands if certain else [*bands, "adults"])]
    floor = [least for when, least in rate.lifts if person.is_certain(when)]
    ceiling = [least for when, least in rate.lifts if person.may_hold(when)]
    return [max([percent, *lifts]) for percent in percents for lifts in (floor, ceiling)]


def _base_rate(person: Standing, cause: str) -> Commonness:
    rates = person.rules.base_rates
    return Commonness(
        percent=float(_percent(person, cause)),
        people=_band(person)[1],
        confidence=rates.rates[cause].confidence,
        cites=tuple(str(citation) for citation in rates.cites),
    )


def _evidence(rule: Rule, counted: set[str], person: Standing) -> Evidence:
    then = _weighs(rule)
    return Evidence(
        rule=rule.id,
        points=then.points,
        counted=rule.id in counted,
        because=rule.because,
        cites=tuple(str(citation) for citation in rule.cites),
        grade=rule.grade,
        marks=marks(rule, person.rules),
        group=then.group,
        facts=tuple(person.known.describe(leaf) for leaf in person.reasons(rule)),
    )


def candidate(person: Standing, cause: Cause) -> Candidate:
    """The cause or mimic with its fired rules for and against, strongest first."""
    fired = sorted(_fired(person, cause.id), key=lambda rule: (-abs(_weighs(rule).points), rule.id))
    counted = _counted(fired)
    unsettled = [rule for rule in person.rules.rules_by_cause[cause.id] if person.is_open(rule)]
    return Candidate(
        id=cause.id,
        name=cause.name,
        about=cause.about,
        codes=cause.codes,
        points=_total(fired),
        for_=tuple(_evidence(rule, counted, person) for rule in fired if _weighs(rule).supports),
        against=tuple(_evidence(rule, counted, person) for rule in fired if not _weighs(rule).supports),
        unknown=person.open_questions(unsettled),
    )


def _ranked(person: Standing, found: Candidate, base_points: int, sums: dict[str, int]) -> RankedCause:
    """The weighed cause in its place among the sums of all."""
    cause = person.rules.causes[found.id]
    points = sums[found.id]
    counted = [each.rule for each in (*found.for_, *found.against) if each.counted]
    findings = [_weighs(person.rules.rules[id]) for id in counted if id in person.rules.findings]
    least, most = points_range(person, found.id)
    return RankedCause(
        **{each.name: getattr(found, each.name) for each in fields(found) if each.name != "points"},
        points=points,
        rank=1 + sum(other > points for other in sums.values()),
        support=support_word(points, base_points, findings),
        base_points=base_points,
        least_points=least,
        most_points=most,
        base_rate=_base_rate(person, cause.id),
        article_section=cause.section or "",
        article_lists_symptoms=cause.lists_symptoms,
        treatments=tuple(
            Treatment(says=person.rules.statements[cite.statement or ""].says, cites=str(cite))
            for cite in cause.treatments
        ),
    )

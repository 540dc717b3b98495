"""The causes in order of their points, and which could still come first.

A cause's points are its base rate's and, of each dependency group, those of the strongest rule
for it and of the strongest against it. All are whole decibans, so sums are exact and free of order.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from .assessment import Candidate, Evidence, RankedCause, Support, Treatment
from .conditions import reasons, truth
from .inference import Inference, Known
from .model import Cause, Rule, RuleBase, Weighs
from .openness import is_open, open_questions

WELL_SUPPORTED = 10
"""Points from which a cause may be called well supported; docs/semantics.md says why."""

POSSIBLE = 5
"""Points from which a cause may be called possible."""

TELLING = 4
"""Points of evidence, the base rate apart, that `well supported` needs: those of one moderate finding."""


def support_word(points: int, base_points: int, *, weighed: bool) -> Support:
    """The word for a total, of which `base_points` are the base rate's.

    `weighed` says whether any rule that adds or takes points has fired for the cause.
    """
    evidence = points - base_points
    if not weighed:
        return "no evidence"
    if points < 0 or evidence <= -TELLING:
        return "against"
    if points >= WELL_SUPPORTED and evidence >= TELLING:
        return "well supported"
    if points >= POSSIBLE and evidence > 0:
        return "possible"
    return "little support"


def rank(rules: RuleBase, inference: Inference, known: Known) -> tuple[RankedCause, ...]:
    """The article's causes, first to last; equal points share a rank and stand by id."""
    sums = {cause: _points(rules, inference, known, cause) for cause in rules.causes}
    order = sorted(rules.causes.values(), key=lambda cause: (-sums[cause.id], cause.id))
    return tuple(_ranked(rules, inference, known, cause, sums) for cause in order)


def mimics(rules: RuleBase, inference: Inference, known: Known) -> tuple[Candidate, ...]:
    """The mimics that the answers raise: those with more points for than against, most first."""
    found = [_candidate(rules, inference, known, mimic) for mimic in rules.mimics.values()]
    return tuple(
        sorted((each for each in found if each.points > 0), key=lambda each: (-each.points, each.id))
    )


def possible_first(rules: RuleBase, inference: Inference, known: Known) -> tuple[str, ...]:
    """The causes that could still be first, or share the first place, sorted.

    Each open rule is taken to fire or not independently of the others, so a cause may be named
    that no set of answers can bring first, and none is left out that some set can.
    """
    ranges = {cause: points_range(rules, inference, known, cause) for cause in rules.causes}
    bar = max(low for low, _ in ranges.values())
    return tuple(sorted(cause for cause, (_, high) in ranges.items() if high >= bar))


def points_range(rules: RuleBase, inference: Inference, known: Known, cause: str) -> tuple[int, int]:
    """The least and most points that the cause could come to, its open rules taken one by one."""
    fired = [rule for rule in rules.rules_by_cause[cause] if rule.id in inference.fired]
    unsettled = [rule for rule in rules.rules_by_cause[cause] if is_open(rule, known)]
    least = fired + [rule for rule in unsettled if not _weighs(rule).supports]
    most = fired + [rule for rule in unsettled if _weighs(rule).supports]
    base = [rules.base_rates.points_for(percent) for percent in _possible_percents(rules, known, cause)]
    return min(base) + _total(least), max(base) + _total(most)


def _weighs(rule: Rule) -> Weighs:
    assert isinstance(rule.then, Weighs)
    return rule.then


def _counted(found: Iterable[Rule]) -> set[str]:
    """Of each group, the strongest rule for and the strongest against (the first by id, if equal)."""
    best: dict[tuple[str, bool], Rule] = {}
    for rule in sorted(found, key=lambda rule: rule.id):
        then = _weighs(rule)
        side = (then.group, then.supports)
        if side not in best or abs(then.points) > abs(_weighs(best[side]).points):
            best[side] = rule
    return {rule.id for rule in best.values()}


def _total(found: list[Rule]) -> int:
    counted = _counted(found)
    return sum(_weighs(rule).points for rule in found if rule.id in counted)


def _fired(rules: RuleBase, inference: Inference, cause: str) -> list[Rule]:
    fired = set(inference.fired)
    return [rule for rule in rules.rules_by_cause[cause] if rule.id in fired]


def _points(rules: RuleBase, inference: Inference, known: Known, cause: str) -> int:
    _, percent = base_rate(rules, known, cause)
    return rules.base_rates.points_for(percent) + _total(_fired(rules, inference, cause))


def base_rate(rules: RuleBase, known: Known, cause: str) -> tuple[str, Decimal]:
    """Whose base rate applies to the person, in words, and its percent."""
    column, people = _band(rules, known)
    rate = rules.base_rates.rates[cause]
    lifted = [least for when, least in rate.lifts if truth(when, known)]
    return people, max([rate.percent[column], *lifted])


def _band(rules: RuleBase, known: Known) -> tuple[str, str]:
    """The column of the base rates for the person, and whom it is about in words."""
    band = next((band for band in rules.base_rates.bands if truth(band.when, known)), None)
    return (band.id, band.text) if band else ("adults", "all adults")


def none_of_these(rules: RuleBase, known: Known) -> str:
    """How often none of the article's causes is behind such pain: what the base rates leave over."""
    column, people = _band(rules, known)
    left = 100 - sum(rate.percent[column] for rate in rules.base_rates.rates.values())
    return f"{left} in 100, {people}"


def _possible_percents(rules: RuleBase, known: Known, cause: str) -> list[Decimal]:
    """Every percent that further answers could make the base rate."""
    rates, rate = rules.base_rates, rules.base_rates.rates[cause]
    bands = [band for band in rates.bands if truth(band.when, known) is not False]
    certain = any(truth(band.when, known) for band in bands)
    percents = [rate.percent[band.id] for band in bands] + ([] if certain else [rate.percent["adults"]])
    lifts = [least for when, least in rate.lifts if truth(when, known) is not False]
    sure = [least for when, least in rate.lifts if truth(when, known)]
    return [max([percent, *sure]) for percent in percents] + [max([percent, *lifts]) for percent in percents]


def _evidence(rule: Rule, counted: set[str], known: Known) -> Evidence:
    then = _weighs(rule)
    return Evidence(
        rule=rule.id,
        points=then.points,
        counted=rule.id in counted,
        because=rule.because,
        cites=tuple(str(citation) for citation in rule.cites),
        grade=rule.grade,
        group=then.group,
        facts=tuple(known.describe(leaf) for leaf in reasons(rule.when, known)),
    )


def _sides(
    rules: RuleBase, inference: Inference, known: Known, cause: str
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...], tuple[str, ...]]:
    """The fired rules for and against, strongest first, and the questions that could bring more."""
    fired = _fired(rules, inference, cause)
    counted = _counted(fired)
    fired.sort(key=lambda rule: (-abs(_weighs(rule).points), rule.id))
    pro = tuple(_evidence(rule, counted, known) for rule in fired if _weighs(rule).supports)
    contra = tuple(_evidence(rule, counted, known) for rule in fired if not _weighs(rule).supports)
    unsettled = [rule for rule in rules.rules_by_cause[cause] if is_open(rule, known)]
    return pro, contra, open_questions(unsettled, rules, known)


def _candidate(rules: RuleBase, inference: Inference, known: Known, mimic: Cause) -> Candidate:
    pro, contra, unknown = _sides(rules, inference, known, mimic.id)
    return Candidate(
        id=mimic.id,
        name=mimic.name,
        about=mimic.about,
        points=_total(_fired(rules, inference, mimic.id)),
        for_=pro,
        against=contra,
        unknown=unknown,
    )


def _ranked(
    rules: RuleBase, inference: Inference, known: Known, cause: Cause, sums: dict[str, int]
) -> RankedCause:
    pro, contra, unknown = _sides(rules, inference, known, cause.id)
    people, percent = base_rate(rules, known, cause.id)
    base_points = rules.base_rates.points_for(percent)
    points = sums[cause.id]
    return RankedCause(
        id=cause.id,
        name=cause.name,
        about=cause.about,
        rank=1 + sum(other > points for other in sums.values()),
        points=points,
        support=support_word(points, base_points, weighed=any(each.points for each in pro + contra)),
        base_points=base_points,
        base_rate=f"{percent} in 100, {people}",
        for_=pro,
        against=contra,
        unknown=unknown,
        article_section=cause.section or "",
        article_lists_symptoms=cause.lists_symptoms,
        treatments=tuple(
            Treatment(says=rules.statements[cite.statement or ""].says, cites=str(cite))
            for cite in cause.treatments
        ),
    )

"""What the forms of a report say alike, said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..result.assessment import Assessment
from ..result.ranking import Candidate, RankedCause


def some_of(ids: tuple[str, ...], result: Assessment) -> str:
    """What the first of these questions are about, and how many more there are."""
    more = f" and {len(ids) - MANY} more" if len(ids) > MANY else ""
    return ", ".join(labels(ids[:MANY], result)) + more


def labels(ids: Iterable[str], result: Assessment) -> list[str]:
    """What these questions are about."""
    return [result.questions[id].label for id in ids]


def caveats(result: Assessment) -> Iterator[str]:
    """What to know before the ranking is read."""
    if result.status == "insufficient":
        yield "Not enough is known to tell the causes apart: the points are only how common each is."
    if result.none_well_supported:
        yield (
            f"None of these {len(result.causes)} causes is well supported by the answers. That rules none of "
            "them out, and it may be something else: the pain still needs an explanation."
        )
    if result.outweighing:
        names = {mimic.id: mimic.name for mimic in result.also_consider}
        yield (
            "The answers say more for something outside the article than for any of these: "
            f"{', '.join(names[id] for id in result.outweighing)}. See further down."
        )


def place_of(cause: RankedCause, result: Assessment) -> str:
    """The cause's rank: `2.`, or `2=` where it shares it."""
    tied = sum(other.rank == cause.rank for other in result.causes) > 1
    return f"{cause.rank}=" if tied else f"{cause.rank}."


def common_in_words(cause: RankedCause) -> str:
    """The first line of the cause's sum."""
    rate = cause.base_rate
    common = f"about {rate.percent:g} in 100 people with such pain, {rate.people}"
    return f"{cause.base_points:+d} from how common it is: {common}"


def with_treatments(result: Assessment) -> list[RankedCause]:
    """The leading causes whose treatment is told of; none in an emergency, which comes first."""
    if result.urgency.level == "emergency":
        return []
    return [
        cause
        for cause in result.causes[:3]
        if cause.support in ("well supported", "possible") and cause.treatments
    ]


def rules_of(found: Iterable[Candidate]) -> set[str]:
    """The ids of the rules that speak for or against these."""
    return {each.rule for one in found for each in (*one.for_, *one.against)}


MANY = 6
"""Of a longer list of questions only so many are named."""

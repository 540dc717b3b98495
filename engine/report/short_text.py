"""The result in short, to be read aloud: what matters first, and in numbers what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..result.advice.act_text import MOST
from ..result.assessment import Assessment, UrgencyReason
from ..result.ranking import Candidate, Evidence, RankedCause
from ..writing.lines import Line, in_points, wrapped
from .full_text import (
    caveat_lines,
    closing_lines,
    contradiction_lines,
    heading,
    mimic_line,
    none_of_these_lines,
    pair_lines,
    safety_net_lines,
    urgency_lines,
)
from .wording import common_in_words, place_of, some_of, with_treatments

PLACES = 3
"""Of the causes, those in so many places are told with their reasons, where they have any."""


def summary(result: Assessment, width: int = 80, saved: str | None = None) -> list[Line]:
    """How soon and why, the leading causes with what counts, and how much is left out.

    Every rule that raises the level itself is named, and every one that counts for or against a
    cause of the first three places or a mimic that is raised. `saved` is the file that holds the
    answers, if any.
    """
    parts: list[Iterable[Line]] = [
        urgency_lines(result, width, _decisive(result), _reason, MOST),
        contradiction_lines(result, width),
        caveat_lines(result, width),
        _causes(result, width),
        pair_lines(result, width, cited=False),
        none_of_these_lines(result, width),
        *(_mimic(mimic, width) for mimic in result.also_consider),
        heading("If things change"),
        safety_net_lines(result, width),
        [Line("")],
        wrapped(result.not_a_diagnosis, width),
        heading("Left out here"),
        _left_out(result, width, saved),
        closing_lines(result, width),
    ]
    return [line for part in parts for line in part]


def _leading(result: Assessment) -> list[RankedCause]:
    return [cause for cause in result.causes if cause.rank <= PLACES and _counting(cause)]


def _decisive(result: Assessment) -> list[UrgencyReason]:
    """The rules that raise the level itself."""
    return [reason for reason in result.urgency.rules if reason.level == result.urgency.level]


def _counting(found: Candidate) -> list[Evidence]:
    return [each for each in (*found.for_, *found.against) if each.counted]


def _reason(reason: UrgencyReason, width: int) -> Iterator[Line]:
    yield from wrapped(f"- {reason.because} [{reason.id}]", width, "  ", "    ")


def _causes(result: Assessment, width: int) -> Iterator[Line]:
    leading = _leading(result)
    apart = True
    for cause in result.causes:
        if apart or cause in leading:
            yield Line("")
        apart = cause in leading
        text = f"{place_of(cause, result):3} {cause.name}: {cause.support}, {in_points(cause.points)}"
        yield from wrapped(text, width, hang="    ", style="heading" if apart else "plain")
        if apart:
            yield from wrapped(common_in_words(cause), width, "    ", " " * 7, style="quiet")
            yield from _reasons(cause, width)
            if cause.unknown:
                text = f"Not known: {some_of(cause.unknown, result)}"
                yield from wrapped(text, width, "    ", " " * 6, style="quiet")


def _reasons(found: Candidate, width: int) -> Iterator[Line]:
    for each in _counting(found):
        yield from wrapped(f"{each.points:+d} {each.because} [{each.rule}]", width, "    ", " " * 7)


def _mimic(mimic: Candidate, width: int) -> Iterator[Line]:
    yield from mimic_line(mimic, width)
    yield from _reasons(mimic, width)


def _left_out(result: Assessment, width: int, saved: str | None) -> Iterator[Line]:
    told = {reason.id for reason in _decisive(result)}
    told |= {each.rule for one in (*_leading(result), *result.also_consider) for each in _counting(one)}
    rules = f"{len(result.fired) - len(told)} of the {len(result.fired)} rules that fired"
    sources = "1 source" if len(result.sources) == 1 else f"{len(result.sources)} sources"
    parts = [rules, sources]
    if treated := sum(len(cause.treatments) for cause in with_treatments(result)):
        parts.append("1 treatment" if treated == 1 else f"{treated} treatments")
    yield from wrapped(", ".join(parts) + ".", width, "  ")
    file = "ANSWERS" if saved in (None, "-") else saved
    kept = "" if saved else " for saved answers"
    text = (
        f"`legtriage assess {file} --full` prints all of it{kept}; `legtriage rules show ID` a rule in full."
    )
    yield from wrapped(text, width, "  ")

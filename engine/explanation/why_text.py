"""Explanations, and why not, as text to read, in lines that a terminal may colour."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.levels import PRESSING
from ..result.assessment import CANNOT_BE_SAID
from ..result.ranking import Evidence
from ..writing.lines import Line, Style, heading, in_points, item, pad, wrapped
from .proof_text import FailureText, ProofText, answer_lines, cited, nearest, source_lines
from .why import Argument, CauseExplanation, Explanation, OpenRule, UrgencyExplanation
from .why_not import CauseShortfall, Shortfall, UrgencyShortfall

SHOWN = 10
"""Of a longer list of rules only so many are spelled out; the JSON has all."""

MANY = 4
"""Of the questions of an open rule only so many are named."""


def explanation_lines(found: Explanation, width: int = 80) -> list[Line]:
    """Why a cause has its points, or why the urgency is what it is."""
    if isinstance(found, CauseExplanation):
        return list(_cause(found, width))
    return list(_urgency(found, width))


def shortfall_lines(found: Shortfall, width: int = 80) -> list[Line]:
    """What the rules for a cause, or for a level of urgency, lack."""
    if isinstance(found, CauseShortfall):
        return list(_short_cause(found, width))
    return list(_short_urgency(found, width))


def place(rank: int, of: int, shared: bool) -> str:
    """The place in the ranking, in words."""
    return f"{'Shares place' if shared else 'Place'} {rank} of {of}"


def _cause(found: CauseExplanation, width: int) -> Iterator[Line]:
    yield from wrapped(
        f"WHY {found.name.upper()} HAS {in_points(found.points).upper()}", width, style="heading"
    )
    yield from _seen(found, width)
    at = found.standing
    if at is None:
        text = "It is outside the article: it has no base rate and no place in the ranking."
        yield from wrapped(text, width, pad(1))
    else:
        yield from wrapped(f"{place(at.rank, at.of, at.shared)}: {at.support}.", width, pad(1))
        if found.open and at.least_points != at.most_points:
            text = f"Further answers can bring it to {at.least_points} at the least and {at.most_points} at "
            yield from wrapped(f"{text}the most.", width, pad(1))
    yield from heading("The sum", width)
    if at is not None:
        text = (
            f"{at.base_points:+d} how common it is: about {at.base_rate.percent:g} in 100 people with such "
        )
        text += f"pain, {at.base_rate.people} [{', '.join(at.base_rate.cites)}]"
        yield from wrapped(text, width, pad(1), pad(2))
    for argument in (*found.for_, *found.against):
        if argument.counted_by is None:
            yield from wrapped(f"{argument.points:+d} {argument.proof.rule}", width, pad(1), pad(2))
    yield from wrapped(f"= {in_points(found.points)}", width, pad(1))
    proofs = ProofText(width)
    for title, side, none in (
        ("What speaks for it", found.for_, "No rule for it fired."),
        ("What speaks against it", found.against, "No rule against it fired."),
    ):
        yield from heading(title, width)
        if not side:
            yield from wrapped(none, width, pad(1))
        for argument in side:
            yield from _argument(argument, proofs, width)
    yield from _open(found.open, width, "No rule for or against it is open.")
    yield from answer_lines(found.answers, width)
    yield from source_lines(found.sources, width)


def _seen(found: CauseExplanation | CauseShortfall, width: int) -> list[Line]:
    """How soon to be seen: no cause matters more."""
    level = found.urgency
    style: Style = "urgent" if level in PRESSING else "plain"
    least = "at least: " if found.at_least else ""
    text = f"How soon to be seen, whatever the cause: {least}{found.urgency_name} ({level})."
    if found.cannot_be_said:
        text = f"{text} {CANNOT_BE_SAID}"
    return wrapped(text, width, pad(1), style=style)


def _argument(argument: Argument, text: ProofText, width: int) -> Iterator[Line]:
    proof = argument.proof
    shown = f"{argument.points:+d}" if argument.counted_by is None else f"({argument.points:+d})"
    yield from wrapped(f"{shown} {proof.because}", width, pad(1), pad(2))
    yield from wrapped(cited(proof), width, pad(2), style="quiet")
    if argument.counted_by is not None:
        said = f"Already counted in the group {argument.group}, by {argument.counted_by}."
        yield from wrapped(said, width, pad(2), style="quiet")
    yield from text.sign_off(proof, 2)
    yield from text.rests_on(proof, 2)


def _urgency(found: UrgencyExplanation, width: int) -> Iterator[Line]:
    least = "at least " if found.at_least else ""
    yield from wrapped(f"WHY THE URGENCY IS {(least + found.level).upper()}", width, style="heading")
    if found.cannot_be_said:
        yield from wrapped(CANNOT_BE_SAID, width, pad(1), style="urgent")
    yield from wrapped(f"{found.name}. {found.advice}", width, pad(1))
    if not found.alarms:
        text = "No rule about urgency fired; this is the level where none does."
        yield from wrapped(text, width, pad(1))
    text_of = ProofText(width)
    levels = dict.fromkeys(alarm.level for alarm in found.alarms)
    for level in levels:
        title = f"Rules that fired for {level}"
        yield from heading(title if level == found.level else f"{title}, which counts no more", width)
        for alarm in found.alarms:
            if alarm.level == level:
                yield from item(alarm.proof.because or "", 1, width)
                yield from wrapped(cited(alarm.proof), width, pad(2), style="quiet")
                yield from text_of.sign_off(alarm.proof, 2)
                yield from text_of.rests_on(alarm.proof, 2)
    if found.level != "emergency":
        yield from _open(found.open, width, "No rule of a higher level is open.")
    yield from answer_lines(found.answers, width)
    yield from source_lines(found.sources, width)


def _open(found: tuple[OpenRule, ...], width: int, none: str) -> Iterator[Line]:
    yield from heading("Still open, and the questions that would decide", width)
    if not found:
        yield from wrapped(none, width, pad(1))
    for rule in found[:SHOWN]:
        more = f" and {len(rule.questions) - MANY} more" if len(rule.questions) > MANY else ""
        fired = "; fired on an unsure" if rule.fired else ""
        text = f"{rule.rule} ({rule.concludes}{fired}): {', '.join(rule.questions[:MANY])}{more}"
        yield from item(text, 1, width)
    yield from _more(len(found), width)


def _more(count: int, width: int) -> Iterator[Line]:
    if count > SHOWN:
        yield from wrapped(f"and {count - SHOWN} more rules; --json has them all.", width, pad(1))


def _short_cause(found: CauseShortfall, width: int) -> Iterator[Line]:
    yield from wrapped(f"WHY NOT {found.name.upper()}", width, style="heading")
    yield from _seen(found, width)
    if found.rank is None:
        text = f"{in_points(found.points)}. It is outside the article: it has no place in the ranking."
        yield from wrapped(text, width, pad(1))
    else:
        first = ", ".join(f"{each.name} ({in_points(each.points)})" for each in found.first)
        text = f"Place {found.rank}: {found.support}, {in_points(found.points)}, "
        text += f"of which {found.base_points:+d} from how common it is. "
        text += f"{in_points(found.behind or 0)} behind {first}." if found.behind else "It is first."
        yield from wrapped(text, width, pad(1))
    for title, side, none in (
        ("What speaks against it", found.against, "No rule against it fired."),
        ("What speaks for it", found.for_, "No rule for it fired."),
    ):
        yield from heading(title, width)
        if not side:
            yield from wrapped(none, width, pad(1))
        for each in side:
            yield from _evidence(each, width)
    yield from heading("Rules for it that did not fire", width)
    if not found.failed:
        yield from wrapped("Every rule for it fired.", width, pad(1))
    text_of = FailureText(width)
    for failed in found.failed:
        weight = f"{found.points_of[failed.rule]:+d}"
        yield from item(f"{failed.rule}, {weight}, {nearest(failed)}", 1, width)
        yield from text_of.failure(failed.failure, 2)


def _evidence(each: Evidence, width: int) -> Iterator[Line]:
    shown = f"{each.points:+d}" if each.counted else f"({each.points:+d})"
    yield from wrapped(f"{shown} {each.because}", width, pad(1), pad(2))
    counted = "" if each.counted else "; already counted by a stronger rule"
    yield from wrapped(f"[{each.rule}; {', '.join(each.cites)}{counted}]", width, pad(2), style="quiet")
    yield from wrapped(f"on: {', '.join(each.facts)}", width, pad(2), pad(3))


def _short_urgency(found: UrgencyShortfall, width: int) -> Iterator[Line]:
    yield from wrapped(f"WHY NOT {found.asked.upper()}", width, style="heading")
    text = f"The urgency is {found.level} ({found.level_name}). Asked about: {found.asked_name}."
    yield from wrapped(text, width, pad(1))
    if found.fired:
        yield from heading(f"Rules for {found.asked} that fired", width)
    for reason in found.fired:
        yield from item(f"{reason.because} [{reason.id}]", 1, width)
        yield from wrapped(f"on: {', '.join(reason.facts)}", width, pad(2), pad(3))
    yield from heading(f"Rules for {found.asked} that did not fire, the nearest first", width)
    if not found.failed:
        yield from wrapped("There is none.", width, pad(1))
    text_of = FailureText(width)
    for failed in found.failed[:SHOWN]:
        yield from item(f"{failed.rule}, {nearest(failed)}", 1, width)
        yield from text_of.failure(failed.failure, 2)
    yield from _more(len(found.failed), width)

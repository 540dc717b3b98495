"""Two results side by side, and what a result turns on, as text to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..result.assessment import Contradiction, Notice
from ..writing.lines import Line, heading, in_points, item, pad, wrapped
from .turning_points import Reversal, TurningPoint, TurningPoints
from .what_if import Comparison, LevelSeen, RuleShift

SHOWN = 10
"""Of a longer list of sets only so many are spelled out; the JSON has all."""


def comparison_lines(found: Comparison, width: int = 80) -> list[Line]:
    """What is changed, and what differs then."""
    return list(_comparison(found, width))


def turning_lines(found: TurningPoints, width: int = 80) -> list[Line]:
    """What would put another cause first, and what would move the urgency."""
    return list(_turning(found, width))


def _comparison(found: Comparison, width: int) -> Iterator[Line]:
    yield Line("WHAT IF", "heading")
    if not found.changes:
        yield from wrapped("These are the answers as given: nothing is changed.", width, pad(1))
        return
    for change in found.changes:
        yield from item(f"{change.question}: {change.brief}", 1, width)
    yield from _urgency(found, width)
    if not found.differs:
        text = "No rule fires or falls silent by this, and the result stays the same in all else."
        yield from wrapped(text, width, pad(1))
    if found.status_before != found.status_after:
        text = f"The result was {found.status_before} and would be {found.status_after}."
        yield from wrapped(text, width, pad(1))
    yield from _causes(found, width)
    yield from _mimics(found, width)
    yield from _rules("Rules that would then fire", found.gained, width)
    yield from _rules("Rules that would fire no more", found.lost, width)
    held: list[Contradiction | Notice] = [*found.contradictions_gained, *found.notices_gained]
    holds_no_more: list[Contradiction | Notice] = [*found.contradictions_lost, *found.notices_lost]
    for title, clashes in (
        ("Answers that would then not go together", held),
        ("Answers that would go together again", holds_no_more),
    ):
        if clashes:
            yield from heading(title, width)
        for each in clashes:
            yield from item(f"{each.says} [{', '.join(each.questions)}]", 1, width)
    for title, pairs in (
        ("Pairs that would then not be told apart", found.not_told_apart_gained),
        ("Pairs that would be told apart", found.not_told_apart_lost),
    ):
        if pairs:
            yield from heading(title, width)
        for pair in pairs:
            yield from item(pair, 1, width)


def _urgency(found: Comparison, width: int) -> Iterator[Line]:
    yield from heading("How soon to be seen", width)
    if found.urgency_before == found.urgency_after:
        yield from wrapped(f"The same: {_soon(found.urgency_before)}.", width, pad(1))
        return
    yield from wrapped(f"As given: {_soon(found.urgency_before)}.", width, pad(1), pad(2))
    yield from wrapped(f"Then: {_soon(found.urgency_after)}.", width, pad(1), pad(2), style="heading")


def _soon(seen: LevelSeen) -> str:
    unsaid = ", and more cannot be said yet" if seen.cannot_be_said else ""
    return f"{'at least: ' if seen.at_least else ''}{seen.name} ({seen.level}){unsaid}"


def _causes(found: Comparison, width: int) -> Iterator[Line]:
    if not found.causes:
        return
    yield from heading("Causes that differ", width)
    before, after = _named(found.first_before, found.names), _named(found.first_after, found.names)
    same = found.first_before == found.first_after
    text = f"First as given and then: {after}." if same else f"First as given: {before}. First then: {after}."
    yield from wrapped(text, width, pad(1))
    for shift in found.causes:
        yield from item(f"{shift.name}", 1, width)
        for lead, at in (("as given", shift.before), ("then", shift.after)):
            place = "not ranked" if at is None else f"place {at.rank}, {in_points(at.points)}, {at.support}"
            text = f"{lead}: {place}"
            yield from wrapped(text, width, pad(2), pad(3))


def _mimics(found: Comparison, width: int) -> Iterator[Line]:
    if found.also_consider:
        yield from heading("Outside the article", width)
    for shift in found.also_consider:
        was = "not raised" if shift.before is None else in_points(shift.before)
        then = "not raised" if shift.after is None else in_points(shift.after)
        yield from item(f"{shift.name}: {was} as given, {then} then", 1, width)


def _rules(title: str, found: Iterable[RuleShift], width: int) -> Iterator[Line]:
    for at, rule in enumerate(found):
        if at == 0:
            yield from heading(title, width)
        yield from item(rule.because, 1, width)
        text = f"[{rule.rule}, {rule.concludes}; {', '.join(rule.cites)}]"
        yield from wrapped(text, width, pad(2), style="quiet")


def _turning(found: TurningPoints, width: int) -> Iterator[Line]:
    yield Line("WHAT THE RESULT TURNS ON", "heading")
    text = (
        f"First now: {_named(found.first, found.names)}. Urgency now: {found.urgency}. Only answers that "
        f"were given are changed here, up to {found.at_most} at a time; what is not answered may turn it too."
    )
    yield from wrapped(text, width, pad(1))
    yield from _reversal("What would put another cause first", found.another_first, found, width)
    yield from _reversal("What would make it sooner", found.sooner, found, width)
    yield from _reversal("What would make it later", found.later, found, width)


def _reversal(title: str, reversal: Reversal, found: TurningPoints, width: int) -> Iterator[Line]:
    yield from heading(title, width)
    if reversal.size is None:
        text = (
            "No other answers to the questions answered would; those not answered may."
            if reversal.impossible
            else f"No set of up to {found.at_most} changes would."
        )
        yield from wrapped(text, width, pad(1))
        return
    ways = "1 way" if len(reversal.sets) == 1 else f"{len(reversal.sets)} ways"
    text = (
        "1 changed answer is enough" if reversal.size == 1 else f"It takes {reversal.size} changes, no fewer"
    )
    yield from wrapped(f"{text}: {ways}.", width, pad(1))
    for point in reversal.sets[:SHOWN]:
        yield from _point(point, reversal is found.another_first, found.names, width)
    if len(reversal.sets) > SHOWN:
        yield from wrapped(f"and {len(reversal.sets) - SHOWN} more ways; --json has them all.", width, pad(1))


def _point(point: TurningPoint, of_causes: bool, names: Mapping[str, str], width: int) -> Iterator[Line]:
    changes = "; and ".join(f"{turn.question}: {turn.brief}" for turn in point.changes)
    yield from item(changes, 1, width)
    together = " together" if len(point.first) > 1 else ""
    then = f"first{together}: {_named(point.first, names)}" if of_causes else f"urgency: {point.urgency}"
    yield from wrapped(f"then {then}", width, pad(2), pad(3))
    if point.contradictions:
        text = f"but these answers would not go together [{', '.join(point.contradictions)}]"
        yield from wrapped(text, width, pad(2), pad(3), style="quiet")


def _named(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[id] for id in ids) or "none, as no cause is ranked"

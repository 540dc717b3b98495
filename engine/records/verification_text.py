"""What a verification found, as text to read."""

from __future__ import annotations

from collections.abc import Iterator

from ..writing.lines import Line, in_points, wrapped
from .verification import Changes, Verification

MANY = 20
"""Of more fields that differ only so many are named."""


def verification_report(found: Verification, width: int = 80) -> list[Line]:
    """Whether the result is the same, and what differs."""
    return [*wrapped(_verdict(found), width, style="heading"), *_body(found, width)]


def _verdict(found: Verification) -> str:
    before, now = found.made_by, found.now
    if found.outcome == "same":
        return "The same rules give the same result from the answers in the file."
    if found.outcome == "altered":
        return "The file was altered: by the same rules its answers come to another result."
    if found.outcome == "other_version":
        return (
            f"legtriage {before['legtriage']} made it, and this is {now['legtriage']}, with the same rules. "
            "Whether the file was altered cannot be told."
        )
    return (
        f"Other rules made it ({before['rules_sha256'][:12]}, and these are {now['rules_sha256'][:12]}). "
        "Whether the file was altered cannot be told."
    )


def _body(found: Verification, width: int) -> Iterator[Line]:
    if found.outcome == "same":
        text = "Who gave the answers, and whether they are right, it cannot show."
        yield from wrapped(text, width)
    if found.changes is not None:
        yield from _changes(found.changes, width)
    count = len(found.differences)
    if count:
        yield from wrapped("1 field differs:" if count == 1 else f"{count} fields differ:", width)
    for each in found.differences[:MANY]:
        text = f"- {each.field}: {each.saved} in the file, {each.now} by the rules"
        yield from wrapped(text, width, "  ", "    ")
    if count > MANY:
        yield from wrapped(f"and {count - MANY} more; --json names all.", width, "  ")


def _changes(found: Changes, width: int) -> Iterator[Line]:
    yield from wrapped("From the file to what these rules say:", width)
    for text in _changed(found):
        yield from wrapped(f"- {text}", width, "  ", "    ")


def _changed(found: Changes) -> Iterator[str]:
    before, now = found.urgency
    yield f"urgency: {before}, {'as before' if before == now else f'now {now}'}"
    order, order_now = (", ".join(each) for each in found.order)
    yield f"order: {order}{', as before' if order == order_now else f'; now {order_now}'}"
    for cause, pair in found.points.items():
        was, is_now = ("no such cause" if each is None else in_points(each) for each in pair)
        yield f"{cause}: {was}, now {is_now}"
    for title, rules in (("rules gained", found.gained), ("rules lost", found.lost)):
        yield f"{title}: {', '.join(rules) or 'none'}"

"""What to do, what to say and what to do until then, in words and in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...writing.lines import Line, wrapped
from ..assessment import ActResult, Numbers, PrecautionResult

SAY_THIS = "Say this"
UNTIL_THEN = "Until then"

MOST = 3
"""In short, what to say is told of so many dangers; of the others, their names."""


def to_do(acts: Sequence[ActResult]) -> list[str]:
    """How to get the most urgent kind of help, which serves for all, and then what each danger asks for."""
    return [acts[0].go, " ".join(dict.fromkeys(act.act for act in acts))] if acts else []


def meanwhile(acts: Iterable[ActResult]) -> list[PrecautionResult]:
    """What to do until then, each precaution once."""
    return list(dict.fromkeys(each for act in acts for each in act.meanwhile))


def whose_numbers(acts: Iterable[ActResult], numbers: Numbers) -> str | None:
    """Whose numbers these are and what chose them; None where none is given."""
    if numbers.country is None or not any(act.number for act in acts):
        return None
    by = f", as {numbers.chosen_by} says" if numbers.chosen_by else ""
    return f"Numbers for {numbers.name}{by}"


def _numbers_line(acts: Iterable[ActResult], numbers: Numbers) -> str:
    if numbers.country is None:
        return "No country is chosen; --country and its two letters, such as GB, give its numbers."
    whose = whose_numbers(acts, numbers)
    return " ".join([f"{whose}; --country changes that.", *numbers.notes]) if whose else ""


def act_lines(
    acts: tuple[ActResult, ...], numbers: Numbers, width: int, most: int = MOST, go: str | None = None
) -> Iterator[Line]:
    """What to do, what to say (of so many acts in full), and what to do until then.

    `go` stands in place of the way to get help that these acts ask for by themselves.
    """
    way, more = to_do(acts)
    yield from wrapped(go or way, width, "  ", style="urgent")
    yield from wrapped(more, width, "  ")
    yield from wrapped(_numbers_line(acts, numbers), width, "  ", style="quiet")
    yield Line("")
    yield Line(f"  {SAY_THIS.upper()}", "heading")
    for act in acts[:most]:
        yield from wrapped(f"“{act.say}”", width, "  ", "   ")
    if acts[most:]:
        names = "; ".join(act.name for act in acts[most:])
        yield from wrapped(f"Ask about these too: {names}.", width, "  ")
    precautions = meanwhile(acts)
    if precautions:
        yield Line("")
        yield Line(f"  {UNTIL_THEN.upper()}", "heading")
    for each in precautions:
        yield from wrapped(f"- {each.do}", width, "  ", "    ")

"""The promises as text: what holds, what it rests on, and the people who show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...knowledge.rule_base import RuleBase
from ...writing.lines import Line, Style, wrapped
from .healthier import crossing, quiet, ranked
from .promise import Order, PeoplePair, Promise, Proofs

HOW = {
    "structure": "Proved from the structure",
    "witness": "Shown by a witness",
    "search": "Proved by a full search",
    "trial": "Tried",
}
SHOWN_IN_SHORT = 10
"""Witnesses are left out of the short text where there are more of them than this."""


def promise_lines(proofs: Proofs, rules: RuleBase, width: int, *, full: bool = False) -> list[Line]:
    """All promises; with every witness if `full`, else with those that are few."""
    lines = [
        *wrapped(f"PROMISES, over {proofs.rules} rules ({proofs.rules_sha256[:12]})", width, style="heading"),
        Line(""),
    ]
    for number, promise in enumerate(proofs.promises, 1):
        lines += _promise(number, promise, rules, width, full)
        lines.append(Line(""))
    broken = sum(not promise.holds for promise in proofs.promises)
    all_of_them = f"All {len(proofs.promises)} promises hold."
    some = f"{broken} of {len(proofs.promises)} promises {'does' if broken == 1 else 'do'} not hold."
    lines += wrapped(some if broken else all_of_them, width, style="urgent" if broken else "heading")
    return lines


def _promise(number: int, promise: Promise, rules: RuleBase, width: int, full: bool) -> Iterator[Line]:
    holds = "holds" if promise.holds else "DOES NOT HOLD"
    style: Style = "heading" if promise.holds else "urgent"
    yield from wrapped(f"{number}. {promise.claim}: {holds}.", width, hang="   ", style=style)
    for finding in promise.findings:
        yield from wrapped(f"! {finding}", width, "   ", "     ", style="urgent")
    for ground in promise.grounds:
        yield from wrapped(f"{HOW[ground.how]}: {ground.says}.", width, "   ")
    if promise.shown and (full or len(promise.shown) <= SHOWN_IN_SHORT):
        for each in promise.shown:
            yield from wrapped(f"- {each.about}: {_answers(each.answers, rules)}", width, "   ", "     ")
    elif promise.shown:
        yield from wrapped("--full names them all.", width, "   ", style="quiet")
    yield from _orders(promise, rules, width, full)


def _answers(answers: Mapping[str, object], rules: RuleBase) -> str:
    """The answers on one line; what an exclusive option says of the others is left out."""
    return "; ".join(f"{id} {_answer(id, each, rules)}" for id, each in answers.items()) or "no answers"


def _answer(id: str, given: object, rules: RuleBase) -> str:
    if not isinstance(given, Mapping):
        return f"is {given}"
    alone = {option.id for option in rules.questions[id].options if option.exclusive}
    has, has_not = list(given["has"]), list(given["not"])
    if has:
        has_not = [] if alone & {*has} else [each for each in has_not if each not in alone]
    said = [f"has {', '.join(has)}"] if has else []
    said += [f"has not {', '.join(has_not)}"] if has_not else []
    return " and ".join(said)


def _orders(promise: Promise, rules: RuleBase, width: int, full: bool) -> Iterator[Line]:
    if not promise.orders:
        return
    chains: dict[str, list[str]] = {}
    options, crossed = [], []
    for order in promise.orders:
        found = ranked(order)
        if found is not None:
            chain = " > ".join(
                " = ".join(f"[{each}]" if "," in each else each for each in some) for some in found
            )
            chains.setdefault(chain, []).append(order.question)
        elif rules.questions[order.question].kind == "many_of":
            options.append(order)
        else:
            crossed.append(order)
    yield from wrapped("Most urgent first, whatever else is answered (in brackets, alike):", width, "   ")
    for chain, questions in sorted(chains.items(), key=lambda item: (-len(item[1]), item[0])):
        yield from wrapped(f"- {chain}: {', '.join(questions)}", width, "   ", "     ")
    whole = [each.question for each in options if not _left_out(each)]
    if whole:
        yield from wrapped(f"One option more is never less urgent: {', '.join(whole)}", width, "   ", "     ")
    if promise.exceptions:
        yield from wrapped(
            "An option left out can be more urgent, by a rule that asks for its absence:", width, "   "
        )
    for text in _by_rule(promise.exceptions):
        yield from wrapped(f"- {text}", width, "   ", "     ")
    if crossed:
        yield from wrapped(
            "Of some two answers each can be the sooner, so none is the healthier:", width, "   "
        )
    for order in crossed:
        yield from _crossed(order, rules, width, full)


def _left_out(order: Order) -> list[PeoplePair]:
    return [pair for pair in order.sooner if pair.one.startswith("without ")]


def _by_rule(pairs: Iterable[PeoplePair]) -> Iterator[str]:
    """The options left out, those together that the same rules ask for."""
    groups: dict[tuple[str, str], list[str]] = {}
    for pair in pairs:
        sooner, later = pair.levels
        by = f"by {', '.join(pair.rules)}" if pair.rules else "as no rule fires then"
        outcome = f"{sooner}, not {later}, {by}"
        groups.setdefault((pair.question, outcome), []).append(pair.one.removeprefix("without "))
    for (question, outcome), options in groups.items():
        yield f"{question} without {', '.join(options)}: {outcome}"


def _crossed(order: Order, rules: RuleBase, width: int, full: bool) -> Iterator[Line]:
    calm = ", ".join(f"[{each}]" if "," in each else each for each in quiet(order))
    least = f"; never sooner than another: {calm}" if calm else ""
    pairs = list(crossing(order))
    many = "1 such pair" if len(pairs) == 1 else f"{len(pairs)} such pairs"
    yield from wrapped(f"- {order.question}: {many}{least}", width, "   ", "     ")
    if not full:
        return
    by_pair = {(pair.one, pair.other): pair for pair in order.sooner}
    for one, other in pairs:
        for pair in (by_pair[one, other], by_pair[other, one]):
            rest = {id: each for id, each in pair.answers.items() if id != pair.question}
            by = f", {', '.join(pair.rules)}" if pair.rules else ""
            both = f"both {_answers(rest, rules)}"
            text = f"{pair.one}: {pair.levels[0]}{by}; {pair.other}: {pair.levels[1]}; {both}"
            yield from wrapped(text, width, "     ", "       ")

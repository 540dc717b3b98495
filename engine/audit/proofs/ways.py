"""The ways to answer a question that the rules tell apart."""

from __future__ import annotations

from ...answers.alteration import alterations
from ...answers.answers import UNSURE, Amount, Answer
from ...inference.flow import behind
from ...inference.network import network_of
from ...knowledge.conditions import Compare
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase


def ways_to_answer(question: Question, rules: RuleBase) -> dict[str, Answer]:
    """An answer of each kind that the rules about urgency tell apart, by what it says; `unsure` last.

    Not for questions that take several options.
    """
    network = network_of(rules)
    heard = behind(network, [rule.id for rule in rules.urgency_rules])
    bounds = [
        atom
        for atom, literal, _ in network.leaves[question.id]
        if isinstance(atom, Compare) and literal in heard
    ]
    found: dict[frozenset[int], list[Answer]] = {}
    for each in [*(each.answer for each in alterations(question, UNSURE, bounds, 1)), UNSURE]:
        known = heard.intersection(network.made_known(question.id, each))
        found.setdefault(known, []).append(each)
    return {_says(alike, bounds): alike[0] for alike in found.values()}


def _says(alike: list[Answer], bounds: list[Compare]) -> str:
    """The answers in words: options by their ids, an amount by the bounds it lies between."""
    return ", ".join(_interval(each, bounds) if isinstance(each, Amount) else str(each) for each in alike)


def _interval(amount: Amount, bounds: list[Compare]) -> str:
    cuts = {(each.bound, each.operator in ("<=", ">")): each.shown for each in bounds}
    below = [cut for cut in cuts if cut[0] < amount.value or (cut[0] == amount.value and not cut[1])]
    above = [cut for cut in cuts if cut not in below]
    low, high = max(below, default=None), min(above, default=None)
    ends = [f"{'over' if low[1] else 'from'} {cuts[low]}"] if low else []
    ends += [f"{'up to' if high[1] else 'under'} {cuts[high]}"] if high else []
    return " and ".join(ends) or "any"

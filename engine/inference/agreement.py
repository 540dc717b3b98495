"""Which engine infers, and whether two agree."""

from __future__ import annotations

from typing import Literal, get_args

from ..answers.answers import Answers
from ..errors import EnginesDisagree
from ..knowledge.levels import highest
from ..knowledge.rule_base import RuleBase
from . import network
from .firing import Inference

Engine = Literal["network", "experta", "both"]
"""What infers; `both` is experta, confirmed by the network."""


def infer(rules: RuleBase, answers: Answers, engine: Engine = "network") -> Inference:
    """What the rules conclude from the answers; `both` gives experta's inference, once confirmed.

    Raises EnginesDisagree where it is not, and ValueError for another engine.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"unknown engine `{engine}`; one of {', '.join(get_args(Engine))}")
    if engine == "network":
        return network.infer(rules, answers)
    from . import experta_engine  # it brings logging and threads, which the network does without

    inference = experta_engine.infer(rules, answers)
    if engine == "both":
        confirm(rules, inference, network.infer(rules, answers))
    return inference


def confirm(rules: RuleBase, one: Inference, other: Inference) -> None:
    """Raises EnginesDisagree unless both engines fired the same rules and found the same signs."""
    if one == other:
        return
    raise EnginesDisagree(
        rules=tuple(sorted(set(one.fired) ^ set(other.fired))),
        signs=tuple(sorted(sign for sign in rules.signs if one.signs.get(sign) != other.signs.get(sign))),
        urgency=highest([rules.level_by(one.fired), rules.level_by(other.fired)]),
    )

"""Where a mutant and its rule part: answers on which a case could tell them apart, or that there are none.

Of a condition, answers that make the one true and not the other, or false. Of a conclusion, answers that
fire the rule where nothing hides what it concludes: no rule as strong in its group, none as urgent, no other
that finds the same sign. All answers that rules can tell apart are searched (see `witness`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from ...answers.answers import Answers
from ...inference.firing import Known
from ...inference.network import infer, network_of, state_of
from ...knowledge.conditions import Condition, truth
from ...knowledge.levels import height, is_sooner
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Raises, Rule, Shows, Weighs, level_of
from ..search.witness import Witnesses
from .mutants import Mutant, slot_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Few answers on which a mutant and its rule part, and what only the rule makes of them.

    Both None where they part only in what nothing shows that a case could expect.
    """

    answers: Answers | None
    said: str | None


class Wishes(TypedDict, total=False):
    """What is wanted of conditions, as `Witnesses.find` takes it."""

    true: list[Condition]
    false: list[Condition]
    not_true: list[Condition]
    not_false: list[Condition]


def parting(mutant: Mutant, search: Witnesses) -> Parting | None:
    """Where the mutant and its rule part; None where no answers tell them apart. `search` is of the rules."""
    found = None
    for wishes in _of_condition(mutant) if mutant.is_of_condition else _of_conclusion(mutant, search.rules):
        answers = search.find(**wishes)
        if answers is not None:
            said = _said(mutant, search.rules, answers)
            if said is not None:
                return Parting(answers=answers, said=said)
            found = Parting(answers=None, said=None)
    return found


def _of_condition(mutant: Mutant) -> Iterator[Wishes]:
    right, wrong = mutant.rule.when, mutant.changed.when
    # That one fires shows more plainly than that one is ruled out.
    yield Wishes(true=[right], not_true=[wrong])
    yield Wishes(true=[wrong], not_true=[right])
    yield Wishes(false=[right], not_false=[wrong])
    yield Wishes(false=[wrong], not_false=[right])


def _of_conclusion(mutant: Mutant, rules: RuleBase) -> Iterator[Wishes]:
    rule, changed = mutant.rule, mutant.changed
    if isinstance(rule.then, Raises):
        higher = max((rule, changed), key=lambda each: height(level_of(each)))
        as_urgent = [each for each in rules.urgency_rules if each is not rule and _as_urgent(each, higher)]
        yield Wishes(true=[rule.when], not_true=_whens(as_urgent))
    elif isinstance(rule.then, Shows):
        # What finds the sign that is left out, and what finds the other, may hide the change.
        for each in (rule, changed):
            assert isinstance(each.then, Shows)
            others = [other.when for other in rules.rules_by_sign[each.then.sign] if other is not rule]
            yield Wishes(true=[rule.when], not_true=others)
            yield Wishes(false=others, not_false=[rule.when])
    elif _group(changed) != _group(rule):
        for other in slot_of(rule, rules):
            yield Wishes(true=[rule.when, other.when])
    else:
        # A weight shows where no other is as strong; on the other side, it may show on either.
        stronger = max((rule, changed), key=_strength)
        for each in [stronger] if _side(rule) == _side(changed) else [rule, changed]:
            hiding = [other for other in slot_of(each, rules) if _strength(other) >= _strength(each)]
            yield Wishes(true=[rule.when], not_true=_whens(hiding))


def _whens(rules: list[Rule]) -> list[Condition]:
    return [rule.when for rule in rules]


def _as_urgent(one: Rule, other: Rule) -> bool:
    return not is_sooner(level_of(other), level_of(one))


def _group(rule: Rule) -> str | None:
    return rule.then.group if isinstance(rule.then, Weighs) else None


def _side(rule: Rule) -> bool | None:
    return rule.then.supports if isinstance(rule.then, Weighs) else None


def _strength(rule: Rule) -> int:
    return abs(rule.then.points) if isinstance(rule.then, Weighs) else 0


def _said(mutant: Mutant, rules: RuleBase, answers: Answers) -> str | None:
    """What the rule makes of the answers and the mutant does not; None where a case sees no difference."""
    if not mutant.is_of_condition:
        before, after = _seen(rules, answers), _seen(mutant.rules(rules), answers)
        return next((one for one, other in zip(before, after, strict=True) if one != other), None)
    known = Known(answers, infer(rules, answers).signs)
    right, wrong = truth(mutant.rule.when, known), truth(mutant.changed.when, known)
    if right or wrong:
        return "the rule fires" if right else "the rule does not fire"
    return "the rule is ruled out" if right is False else "the rule is not ruled out"


def _seen(rules: RuleBase, answers: Answers) -> list[str]:
    """What a case can see, each in words: the points of every cause, the urgency, the signs."""
    network = network_of(rules)
    state = state_of(network, answers)
    points = zip(network.causes, state.points(), strict=True)
    signs = [sign for sign, present in state.inference().signs.items() if present]
    return [
        *(f"{cause} has {each} points" for cause, each in points),
        f"the urgency is {state.level()}",
        f"the signs are {', '.join(signs) or 'none'}",
    ]

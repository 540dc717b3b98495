"""Which causes the symptoms that the article lists tell apart, decided exactly over all answers.

The article's symptoms of a cause are the rules for it that cite a symptom of the article, whatever their
weight, for the article gives none. Such a rule tells its cause from another one if someone can have the
symptom and none of the other's: if some answers fire it while every rule of the other's symptoms is
false. Base rates, rules against a cause and rules that rest on anything else do not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from ..checks import possible
from ..conditions import All, Any, AtLeast, Condition, HasSign, Not, expand, normal
from ..model import Rule, Weighs
from ..rule_base import RuleBase

WAYS = ("not at all", "one way", "both ways")
"""How far two causes are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Two causes, and the article's symptoms by which each can be told from the other."""

    one: str
    other: str
    tells_one: tuple[str, ...]
    """Rules of `one` that can fire while no symptom of `other` holds, by id."""
    tells_other: tuple[str, ...]
    shared_by_one: tuple[str, ...]
    """Rules of `one` that cannot: whoever has such a symptom has one of the other's too."""
    shared_by_other: tuple[str, ...]

    @property
    def apart(self) -> str:
        """One of `WAYS`."""
        return WAYS[bool(self.tells_one) + bool(self.tells_other)]


def separations(rules: RuleBase) -> tuple[Separation, ...]:
    """Every two of the article's causes, in its order."""
    symptoms = {cause: article_symptoms(cause, rules) for cause in rules.causes}
    holds = {rule.id: normal(without_signs(rule.when, rules)) for each in symptoms.values() for rule in each}
    fails = {
        rule.id: normal(without_signs(rule.when, rules), False) for each in symptoms.values() for rule in each
    }

    def telling(cause: str, other: str) -> tuple[str, ...]:
        refuted = [fails[rule.id] for rule in symptoms[other]]
        return tuple(rule.id for rule in symptoms[cause] if some_answers([holds[rule.id], *refuted], rules))

    found = []
    for one, other in combinations(rules.causes, 2):
        tells_one, tells_other = telling(one, other), telling(other, one)
        found.append(
            Separation(
                one=one,
                other=other,
                tells_one=tells_one,
                tells_other=tells_other,
                shared_by_one=tuple(r.id for r in symptoms[one] if r.id not in tells_one),
                shared_by_other=tuple(r.id for r in symptoms[other] if r.id not in tells_other),
            )
        )
    return tuple(found)


def article_symptoms(cause: str, rules: RuleBase) -> tuple[Rule, ...]:
    """The rules for the cause that cite a symptom of the article, by id."""
    listed = {statement.id for statement in rules.statements.values() if statement.kind == "symptom"}
    return tuple(
        rule
        for rule in rules.rules_by_cause[cause]
        if isinstance(rule.then, Weighs)
        and rule.then.supports
        and any(cite.statement in listed for cite in rule.cites)
    )


def without_signs(condition: Condition, rules: RuleBase) -> Condition:
    """The condition with each sign replaced by the conditions of the rules that conclude it."""
    if isinstance(condition, HasSign):
        return Any(tuple(without_signs(rule.when, rules) for rule in rules.rules_by_sign[condition.sign]))
    if isinstance(condition, Not):
        return Not(without_signs(condition.item, rules))
    if isinstance(condition, (All, Any)):
        return type(condition)(tuple(without_signs(item, rules) for item in condition.items))
    if isinstance(condition, AtLeast):
        return AtLeast(condition.count, tuple(without_signs(item, rules) for item in condition.items))
    return condition


def some_answers(wanted: Iterable[Condition], rules: RuleBase) -> bool:
    """Whether some answers make all of these normal forms without signs true at once."""
    leaves: list[Condition] = []
    choices: list[Any] = []
    queue = list(wanted)
    for node in queue:  # which grows by what stands inside
        if isinstance(node, All):
            queue += node.items
        elif isinstance(node, AtLeast):
            choices.append(expand(node))
        elif isinstance(node, Any):
            choices.append(node)
        else:
            leaves.append(node)
    return _some_choice(leaves, sorted(choices, key=lambda choice: len(choice.items)), rules)


def _some_choice(leaves: list[Condition], choices: list[Any], rules: RuleBase) -> bool:
    if not possible(leaves, rules):
        return False
    if not choices:
        return True
    first, *others = choices
    return any(some_answers([item, *leaves, *others], rules) for item in first.items)

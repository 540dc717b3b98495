"""Which causes the article's own findings tell apart, decided exactly over all answers.

The article's findings of a cause are the rules for it that cite one of the article's statements, whatever
their weight, for the article gives none. Such a finding tells its cause from another one if some person
can have it and none of the other's: if some complete answers fire its rule while the rule of every
finding of the other is false. Base rates, rules against a cause and rules from other sources do not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from ..checks import possible
from ..conditions import All, Any, AtLeast, Condition, HasSign, Not, expand, normal
from ..model import Rule, Weighs
from ..rule_base import RuleBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Two causes, and the article's findings by which each can be told from the other."""

    one: str
    other: str
    tells_one: tuple[str, ...]
    """Rules of `one` that can fire while no finding of `other` holds, by id."""
    tells_other: tuple[str, ...]
    shared_by_one: tuple[str, ...]
    """Rules of `one` that cannot: whoever has such a finding has one of the other's too."""
    shared_by_other: tuple[str, ...]

    @property
    def apart(self) -> str:
        """`both ways`, `one way` or `not at all`."""
        ways = bool(self.tells_one) + bool(self.tells_other)
        return ("not at all", "one way", "both ways")[ways]

    @property
    def shared(self) -> tuple[str, ...]:
        """The findings of either that the other has too."""
        return (*self.shared_by_one, *self.shared_by_other)


def separations(rules: RuleBase) -> tuple[Separation, ...]:
    """Every two of the article's causes, in its order."""
    findings = {cause: article_findings(cause, rules) for cause in rules.causes}
    holds = {rule.id: normal(_spelled_out(rule.when, rules)) for each in findings.values() for rule in each}
    fails = {
        rule.id: normal(_spelled_out(rule.when, rules), False) for each in findings.values() for rule in each
    }

    def telling(cause: str, other: str) -> tuple[str, ...]:
        refuted = [fails[rule.id] for rule in findings[other]]
        return tuple(rule.id for rule in findings[cause] if some_answers([holds[rule.id], *refuted], rules))

    found = []
    for one, other in combinations(rules.causes, 2):
        tells_one, tells_other = telling(one, other), telling(other, one)
        found.append(
            Separation(
                one=one,
                other=other,
                tells_one=tells_one,
                tells_other=tells_other,
                shared_by_one=tuple(r.id for r in findings[one] if r.id not in tells_one),
                shared_by_other=tuple(r.id for r in findings[other] if r.id not in tells_other),
            )
        )
    return tuple(found)


def article_findings(cause: str, rules: RuleBase) -> tuple[Rule, ...]:
    """The rules for the cause that cite a statement of the article, by id."""
    return tuple(
        rule
        for rule in rules.rules_by_cause[cause]
        if isinstance(rule.then, Weighs) and rule.then.supports and any(cite.statement for cite in rule.cites)
    )


def _spelled_out(condition: Condition, rules: RuleBase) -> Condition:
    """The condition with each sign replaced by the conditions of the rules that conclude it."""
    if isinstance(condition, HasSign):
        return Any(tuple(_spelled_out(rule.when, rules) for rule in rules.rules_by_sign[condition.sign]))
    if isinstance(condition, Not):
        return Not(_spelled_out(condition.item, rules))
    if isinstance(condition, (All, Any)):
        return type(condition)(tuple(_spelled_out(item, rules) for item in condition.items))
    if isinstance(condition, AtLeast):
        return AtLeast(condition.count, tuple(_spelled_out(item, rules) for item in condition.items))
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

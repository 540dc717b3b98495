"""Which causes the symptoms that the article lists tell apart, decided exactly over all answers.

The article's symptoms of a cause are the rules for it that cite a symptom of the article, whatever their
weight, for the article gives none. Such a rule tells its cause from another one if someone can have the
symptom and none of the other's: if some answers fire it while every rule of the other's symptoms is
false. Base rates, rules against a cause and rules that rest on anything else do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Weighs
from ..search.witness import Witnesses

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
    search = Witnesses(rules)

    def telling(cause: str, other: str) -> tuple[str, ...]:
        refuted = [rule.when for rule in symptoms[other]]
        return tuple(
            rule.id for rule in symptoms[cause] if search.find(true=[rule.when], false=refuted) is not None
        )

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

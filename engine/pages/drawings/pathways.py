"""How questions lead through signs and rules to a cause: what reads what, each thing once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...knowledge.causes import Cause
from ...knowledge.conditions import Condition, HasSign, Not, leaves, normal
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Shows, Weighs, strongest_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What a condition reads, each once and in the order written."""

    questions: tuple[str, ...]
    signs: tuple[str, ...]
    absent: frozenset[str]
    """Those of the signs that it reads only as not being there."""


def reads(condition: Condition) -> Reads:
    """What the condition reads, not through signs."""
    found = list(leaves(normal(condition)))
    bare = [leaf.item if isinstance(leaf, Not) else leaf for leaf in found]
    present = {leaf.sign for leaf in found if isinstance(leaf, HasSign)}
    signs = dict.fromkeys(atom.sign for atom in bare if isinstance(atom, HasSign))
    return Reads(
        questions=tuple(dict.fromkeys(atom.question for atom in bare if hasattr(atom, "question"))),
        signs=tuple(signs),
        absent=frozenset(signs) - present,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Pathways:
    """All that leads to one cause."""

    cause: Cause
    rules: RuleBase

    @cached_property
    def weighing(self) -> tuple[Rule, ...]:
        """The rules for it and then those against it, each heaviest first."""
        return tuple(sorted(self.rules.rules_by_cause[self.cause.id], key=strongest_first))

    @cached_property
    def signs(self) -> Mapping[str, int]:
        """The signs that its rules read, directly or through signs, by id, and how high each stands.

        One that reads only questions stands at 1, any other one above the highest that it reads.
        """
        found: dict[str, int] = {}

        def depth(sign: str) -> int:
            if sign not in found:
                below = [each for rule in self.rules.rules_by_sign[sign] for each in reads(rule.when).signs]
                found[sign] = 1 + max(map(depth, below), default=0)
            return found[sign]

        for rule in self.weighing:
            for sign in reads(rule.when).signs:
                depth(sign)
        return dict(sorted(found.items()))

    @cached_property
    def finding(self) -> tuple[Rule, ...]:
        """The rules that find those signs, by sign and id."""
        return tuple(rule for sign in self.signs for rule in self.rules.rules_by_sign[sign])

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that all of them read, in the order of the interview."""
        read = {id for rule in (*self.weighing, *self.finding) for id in reads(rule.when).questions}
        return tuple(id for id in self.rules.questions if id in read)

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], bool]:
        """From what is read (`question a`, `sign b`) to what reads it (`sign b`, `rule c`), sorted.

        True where it is read only as not being there.
        """
        found: dict[tuple[str, str], bool] = {}
        for rule in (*self.weighing, *self.finding):
            end = f"sign {rule.then.sign}" if isinstance(rule.then, Shows) else f"rule {rule.id}"
            read = reads(rule.when)
            starts = [(f"question {id}", False) for id in read.questions]
            starts += [(f"sign {sign}", sign in read.absent) for sign in read.signs]
            for start, absent in starts:
                found[start, end] = absent and found.get((start, end), True)
        return dict(sorted(found.items()))


def weight(rule: Rule) -> Weighs:
    """What a rule that weighs concludes."""
    assert isinstance(rule.then, Weighs)
    return rule.then

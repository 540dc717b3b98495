"""What an engine concludes from answers; every engine gives the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..answers.answers import Answers
from ..knowledge.conditions import Atom, Compare, Condition, HasSign, Is, IsUnsure, Not, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One rule as an engine fired it, and the facts it fired on."""

    rule: str
    facts: tuple[str, ...]
    concludes: str

    def __str__(self) -> str:
        return f"{self.rule}: {', '.join(self.facts)} => {self.concludes}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """The rules that fired and the signs that are known; equal whatever engine made it."""

    fired: tuple[str, ...]
    """Rule ids, sorted."""
    signs: Mapping[str, bool]
    """Signs known to be present or absent, sorted; the others are unknown."""
    firings: tuple[Firing, ...] = field(default=(), compare=False)
    """As the engine made them, in its own order."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a person: the answers, and the signs concluded from them."""

    answers: Answers
    signs: Mapping[str, bool]

    def __call__(self, atom: Atom) -> Truth:
        """Whether the atom is true, false or unknown."""
        return self.signs.get(atom.sign) if isinstance(atom, HasSign) else self.answers.truth(atom)

    def describe(self, leaf: Condition) -> str:
        """The person's own fact behind an atom or negated atom that holds: `sitting_effect is gone`."""
        atom = leaf.item if isinstance(leaf, Not) else leaf
        if isinstance(atom, (Is, Compare, IsUnsure)):
            return f"{atom.question} is {self.answers[atom.question]}"
        return str(leaf)

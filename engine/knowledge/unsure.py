"""Which rules read a question, and what the answer `unsure` to it does: worked out from the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .conditions import IsUnsure, atoms, leaves, normal, truth
from .levels import LEVELS, Level, levels_above
from .rule_base import RuleBase
from .rules import Raises, Rule, highest_first, level_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsureEffect:
    """What `unsure` to a question does."""

    at_least: Level | None
    """The level that it raises whatever else is answered."""
    alone: tuple[Rule, ...]
    """The rules that raise that level on `unsure` alone."""
    together: tuple[Rule, ...]
    """The rules of higher levels that it can fire together with other answers, highest first."""
    rules: tuple[Rule, ...]
    """Every rule that `unsure` helps to fire, by id."""

    def __str__(self) -> str:
        said = [f"at least {self.at_least} ({_ids(self.alone)})"] if self.at_least else []
        levels = {level_of(rule): None for rule in self.together}
        may = [f"{level} ({_ids(_of_level(level, self.together))})" for level in levels]
        said += [f"may bring {', '.join(may)}"] if may else []
        if not said:
            return f"helps to fire {_ids(self.rules)}" if self.rules else "counts as not known"
        return "; ".join(said)


def unsure(question: str, rules: RuleBase) -> UnsureEffect:
    """What `unsure` to the question does, by the rules that read it directly."""
    atom = IsUnsure(question)
    found = [rule for rule in rules.rules.values() if atom in leaves(normal(rule.when))]
    urgent = sorted(
        (rule for rule in found if isinstance(rule.then, Raises)),
        key=highest_first,
    )
    alone = [rule for rule in urgent if fires_on_unsure(rule, question)]
    at_least = level_of(alone[0]) if alone else None
    higher = levels_above(at_least) if at_least else LEVELS
    return UnsureEffect(
        at_least=at_least,
        alone=_of_level(at_least, alone),
        together=tuple(rule for rule in urgent if level_of(rule) in higher),
        rules=tuple(found),
    )


def fires_on_unsure(rule: Rule, question: str) -> bool:
    """Whether `unsure` to the question fires the rule, whatever else is answered."""
    unsure = IsUnsure(question)
    return truth(rule.when, lambda atom: True if atom == unsure else None) is True


def read_by(question: str, rules: RuleBase) -> tuple[str, ...]:
    """The ids of the rules that read the question, not through signs, sorted."""
    return tuple(
        rule.id
        for rule in rules.rules.values()
        if any(getattr(atom, "question", None) == question for atom in atoms(rule.when))
    )


def _of_level(level: Level | None, found: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in found if level_of(rule) == level)


def _ids(found: Iterable[Rule]) -> str:
    return ", ".join(rule.id for rule in found)

"""Why a rule did not fire: only the part of its condition that is not true, down to the answers.

A condition is false on an answer, or unknown for want of one; either way it is named with what it wants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..answers.answers import UNSURE
from ..knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    Not,
    needed,
    normal,
    truth,
)
from ..knowledge.rules import Rule
from ..result.outlook import Outlook
from .proof import Prover, SignProof

Lacking = Literal["differs", "unsure", "left open", "not answered", "does not apply"]

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_WORDS = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A leaf: a condition on one answer that is not true."""

    condition: str
    question: str
    lacking: Lacking
    answer: str | None
    """As given; None where there is none."""
    wants: str
    distance: int
    """1; or 2 where another answer has to turn for the question to be asked at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetSeveral:
    """So many more of these parts would have to be true."""

    more: int
    parts: tuple[Failure, ...]
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetSign:
    """A sign that should be present (`wanted`) or absent and is not, or is not known to be."""

    sign: str
    text: str
    wanted: bool
    known: bool
    """Whether it is known to be the other way; else it is not known."""
    proof: SignProof | None
    """Why it is the other way, where it should be absent and is present."""
    rules: tuple[RuleFailure, ...]
    """One of these would have to fire or, where the sign should be absent, each to be ruled out."""
    distance: int


Failure = Unmet | UnmetSeveral | UnmetSign


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFailure:
    """A rule that is not true (or, for a sign that should be absent, not false), and what it lacks."""

    rule: str
    concludes: str
    distance: int
    """How many conditions would have to turn, at the least; one read twice counts twice."""
    failure: Failure


class Examiner:
    """Says what the rules lack for one person; a sign is looked into once."""

    def __init__(self, person: Outlook) -> None:
        self.person = person
        self.rules = person.rules
        self.known = person.known
        self.prover = Prover(person.rules, person.known)
        self._signs: dict[tuple[str, bool], UnmetSign] = {}

    def rule(self, rule: Rule, holds: bool = True) -> RuleFailure:
        """What the rule lacks to fire or, if not `holds`, to be ruled out; it must not be so already."""
        failure = self._failure(normal(rule.when, holds))
        return RuleFailure(rule=rule.id, concludes=str(rule.then), distance=failure.distance, failure=failure)

    def _failure(self, node: Condition) -> Failure:
        if isinstance(node, (All, Any, AtLeast)):
            return self._several(node)
        atom, holds = (node.item, False) if isinstance(node, Not) else (node, True)
        if isinstance(atom, HasSign):
            return self._sign(atom.sign, holds)
        return self._unmet(node, atom, holds)

    def _several(self, node: All | Any | AtLeast) -> Failure:
        unmet = [item for item in node.items if truth(item, self.known) is not True]
        more = needed(node) - (len(node.items) - len(unmet))
        parts = [self._failure(item) for item in dict.fromkeys(unmet)]
        if len(parts) == 1:
            return parts[0]
        more = min(more, len(parts))
        return UnmetSeveral(more=more, parts=tuple(parts), distance=_least(parts, more))

    def _sign(self, sign: str, wanted: bool) -> UnmetSign:
        if (sign, wanted) not in self._signs:
            known = self.known.signs.get(sign)
            in_the_way = [
                rule for rule in self.rules.rules_by_sign[sign] if truth(rule.when, self.known) is not wanted
            ]
            rules = [self.rule(rule, wanted) for rule in in_the_way]
            rules.sort(key=lambda each: (each.distance, each.rule))
            self._signs[sign, wanted] = UnmetSign(
                sign=sign,
                text=self.rules.signs[sign].text,
                wanted=wanted,
                known=known is not None,
                proof=self.prover.sign(sign) if known and not wanted else None,
                rules=tuple(rules),
                distance=_least(rules, 1 if wanted else len(rules)),
            )
        return self._signs[sign, wanted]

    def _unmet(self, node: Condition, atom: Condition, holds: bool) -> Unmet:
        question: str = atom.question  # type: ignore[union-attr]  # a leaf is an atom
        answer = self.known.answers.get(question)
        lacking: Lacking = "differs"
        if answer is None:
            lacking = "does not apply" if self.person.applies(question) is False else "not answered"
        elif truth(node, self.known) is None:
            lacking = "unsure" if answer is UNSURE else "left open"
        gate = 1 if lacking == "does not apply" else 0  # what it hangs on has to turn first
        return Unmet(
            distance=1 + gate,
            condition=str(node),
            question=question,
            lacking=lacking,
            answer=None if answer is None else str(answer),
            wants=wanted(atom, holds),
        )


def wanted(atom: Condition, holds: bool) -> str:
    """In words, the answer for which the atom is true, or for which it is false (not `holds`)."""
    if isinstance(atom, Is):
        options = " or ".join(atom.options)
        return options if holds else f"anything but {options}"
    if isinstance(atom, Has):
        return atom.option if holds else f"not {atom.option}"
    if isinstance(atom, Compare):
        return f"{_WORDS[atom.operator if holds else _OPPOSITE[atom.operator]]} {atom.shown}"
    return "unsure" if holds else "a sure answer"


def _least(parts: Iterable[Failure | RuleFailure], count: int) -> int:
    """The conditions to turn for the `count` parts that are nearest."""
    return sum(sorted(part.distance for part in parts)[:count])

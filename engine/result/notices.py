"""Answers to questions that would not be asked, and the answers that say so.

They bear on nothing else: every answer counts as given, for every rule, rank and urgency.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from ..answers.answers import in_words
from ..knowledge.conditions import All, Any, AtLeast, Condition, HasSign, Not, expand, normal
from ..knowledge.levels import height
from ..knowledge.questions import Question
from ..knowledge.rules import level_of
from .outlook import Standing

MOST = 200
"""Of the sets of answers that close a gate no more are kept at a time, the shortest first."""

Sets = tuple[frozenset[str], ...]
"""Questions whose answers together are enough; none of the sets holds another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A question that was answered, and would not be asked of whoever gives these other answers."""

    question: Question
    because: tuple[Question, ...]
    """As few of those answered as are enough, in the interview's order; without them it may be asked."""


def unasked(person: Standing) -> tuple[Unasked, ...]:
    """The questions answered whose `asked_when` is certainly false, the most dangerous answers first.

    An answer is as dangerous as the highest level of the rules that fired and read it; among equals
    the emergency screen comes first, then the order of the interview.
    """
    rules = person.rules
    found = [id for id in rules.questions if id in person.known.answers and person.applies(id) is False]
    fired = [rule for rule in rules.urgency_rules if rule.id in person.fired] if found else []

    def danger(id: str) -> tuple[int, bool]:
        heights = [height(level_of(rule)) for rule in fired if id in rules.questions_read[rule.id]]
        return -max(heights, default=0), not rules.questions[id].emergency

    grounds = _Grounds(person)
    return tuple(
        Unasked(question=rules.questions[id], because=grounds.of(id)) for id in sorted(found, key=danger)
    )


def notice(found: Unasked, person: Standing) -> str:
    """The two sides in words, and that they do not go together."""
    said = [
        f"\N{LEFT DOUBLE QUOTATION MARK}{each.label}: {in_words(each, person.known.answers[each.id])}"
        "\N{RIGHT DOUBLE QUOTATION MARK}"
        for each in (found.question, *found.because)
    ]
    return f"{said[0]} does not go with {' and '.join(said[1:])}."


class _Grounds:
    """Which of a person's answers keep a question from being asked."""

    def __init__(self, person: Standing) -> None:
        self.person = person
        self._known: dict[Condition, Sets] = {}

    def of(self, id: str) -> tuple[Question, ...]:
        """The fewest answers that are enough to keep the question from being asked."""
        fewest = self._closing(id)[0]
        return tuple(question for question in self.person.rules.questions.values() if question.id in fewest)

    def _closing(self, id: str) -> Sets:
        gate = self.person.rules.questions[id].asked_when
        assert gate is not None
        return self._enough(normal(gate, False))

    def _enough(self, node: Condition) -> Sets:
        """The sets of answers each of which makes a normal form true; none where it is not."""
        if node not in self._known:
            self._known[node] = self._found(node)
        return self._known[node]

    def _found(self, node: Condition) -> Sets:
        if isinstance(node, AtLeast):
            return self._enough(expand(node))
        if isinstance(node, Any):
            return _shortest(each for item in node.items for each in self._enough(item))
        if isinstance(node, All):
            sets: Sets = (frozenset(),)
            for item in node.items:
                sets = _shortest(one | other for one, other in product(sets, self._enough(item)))
            return sets
        atom, holds = (node.item, False) if isinstance(node, Not) else (node, True)
        if isinstance(atom, HasSign):
            ways = tuple(normal(rule.when, holds) for rule in self.person.rules.rules_by_sign[atom.sign])
            return self._enough(Any(ways) if holds else All(ways))
        question: str = atom.question  # type: ignore[union-attr]  # a leaf is an atom
        if self.person.known(atom) is holds:  # type: ignore[arg-type]
            return (frozenset([question]),)
        left_out = question not in self.person.known.answers and self.person.applies(question) is False
        return self._closing(question) if left_out and not holds else ()


def _shortest(sets: Iterable[frozenset[str]]) -> Sets:
    """The sets that hold no other, the shortest first."""
    kept: list[frozenset[str]] = []
    for each in sorted(dict.fromkeys(sets), key=len):
        if len(kept) < MOST and not any(other <= each for other in kept):
            kept.append(each)
    return tuple(kept)

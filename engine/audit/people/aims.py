"""Answers that make a rule fire: drawn from the ways in which its condition can come true.

A way is found by going down the condition in negation normal form: every part of an `all`, one part of an
`any`, so many as it wants of an `at_least`; behind a sign a rule that concludes it, behind a refuted sign the
failing of every such rule; and for each question so met, the condition under which it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...answers.alteration import alterations
from ...answers.answers import UNSURE, Answer, Answers, Picked, real_options
from ...knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    IsUnsure,
    Not,
    normal,
)
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from .hearing import Hearing, Reply, same_kind

WAYS = 12
"""Of the ways to make a condition true, so many are looked for."""

TRIES = 30
"""So many times: ways are met again, and some contradict themselves."""

Dice = Callable[[], float]
"""Gives a number from 0 up to, but not, 1."""

Wish = tuple[Is | Has | Compare | IsUnsure, bool]
"""An atom that an answer decides, and whether it is to be true or false."""

Way = Mapping[str, Sequence[Reply]]
"""What to answer for a rule to fire: for each question the replies of which any will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A rule that people are drawn around, under a condition that one or more rule bases give it."""

    rule: str
    ways: tuple[Way, ...]


class Replies:
    """What people can reply: one amount for each interval that rules tell apart, up to two options chosen."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.certain = {id: self._certain(found) for id, found in hearing.variants.items()}
        """By question: every reply but `unsure`."""
        self.unsure = {id: hearing.reply(found[0], UNSURE) for id, found in hearing.variants.items()}
        self._fitting: dict[tuple[int, str, frozenset[Wish]], tuple[Reply, ...]] = {}

    def _certain(self, variants: Sequence[Question]) -> tuple[Reply, ...]:
        return tuple(
            self.hearing.reply(question, found.answer)
            for question in variants
            for found in alterations(question, UNSURE, self._bounds(question), 2)
        )

    def _bounds(self, variant: Question) -> list[Compare]:
        """What rules compare the question with, where it is asked in this variant's kind and unit."""
        reads = {
            atom
            for base in self.hearing.bases
            if variant.id in base.questions and same_kind(base.questions[variant.id], variant)
            for atom in base.atoms
            if isinstance(atom, Compare) and atom.question == variant.id
        }
        return sorted(reads, key=lambda atom: (atom.bound, atom.operator, atom.shown))

    def fitting(self, base: int, question: str, leaves: frozenset[Wish]) -> tuple[Reply, ...]:
        """The replies that make all of these so, as the rule base hears them."""
        key = (base, question, leaves)
        if key not in self._fitting:
            found = [each for each in self._all(question) if fits(each.heard[base], question, leaves)]
            self._fitting[key] = tuple(found or self._made(base, question, leaves))
        return self._fitting[key]

    def _all(self, question: str) -> tuple[Reply, ...]:
        return (*self.certain[question], self.unsure[question])

    def _made(self, base: int, question: str, leaves: frozenset[Wish]) -> Iterator[Reply]:
        """Of several options, just those that are wanted, where that is right."""
        has = frozenset(atom.option for atom, holds in leaves if holds and isinstance(atom, Has))
        for variant in self.hearing.variants[question]:
            if has and variant.kind == "many_of":
                rest = frozenset(real_options(variant)) - has
                reply = self.hearing.reply(variant, Picked(has, rest))
                if fits(reply.heard[base], question, leaves):
                    yield reply


def fits(answer: Answer | None, question: str, leaves: frozenset[Wish]) -> bool:
    """Whether an answer to the question makes all of these so."""
    if answer is None:
        return False
    known = Answers({question: answer})
    return all(known.truth(atom) is holds for atom, holds in leaves)


def aims(replies: Replies, dice: Dice) -> list[Aim]:
    """Every rule of the rule bases, sorted; twice where they give it different conditions.

    One for which no way was found has none. They do not hang on which rule base is named first.
    """
    bases = replies.hearing.bases
    distinct = {bases[at].sha256: at for at in reversed(range(len(bases)))}
    wanted: dict[tuple[str, str], list[int]] = {}
    for _, at in sorted(distinct.items()):
        for rule in bases[at].rules.values():
            wanted.setdefault((rule.id, str(rule.when)), []).append(at)
    return [
        Aim(
            rule=id,
            ways=tuple(way for at in wanted[id, when] for way in _Descent(replies, at, dice).ways(id)),
        )
        for id, when in sorted(wanted)
    ]


class _Descent:
    """Finds ways in one rule base."""

    def __init__(self, replies: Replies, base: int, dice: Dice) -> None:
        self.replies = replies
        self.base = base
        self.rules: RuleBase = replies.hearing.bases[base]
        self.dice = dice

    def ways(self, rule: str) -> list[Way]:
        """Different ways to make the rule fire, in a person who would be asked all that it takes."""
        found: dict[frozenset[Wish], Way] = {}
        for learnt in (True, False):
            for _ in range(TRIES):
                leaves = self._leaves(normal(self.rules.rules[rule].when), learnt)
                if leaves not in found and (way := self._way(leaves)) is not None:
                    found[leaves] = way
                if len(found) == WAYS:
                    break
            if found:
                break
        return list(found.values())

    def _leaves(self, condition: Condition, learnt: bool) -> frozenset[Wish]:
        """What is to be so for the condition to be true, and for the questions behind it to be asked.

        Not `learnt`: by one who is unsure of what a question of the emergency screen hangs on.
        """
        leaves: dict[Wish, None] = {}
        queue, met = [condition], set()
        for node in queue:  # which grows by the conditions under which questions are asked
            for leaf in self._down(node):
                leaves[leaf] = None
                question = self.rules.questions[leaf[0].question]
                if question.asked_when is not None and question.id not in met:
                    met.add(question.id)
                    if learnt or not question.emergency:
                        queue.append(normal(question.asked_when))
                    else:
                        read = sorted(self.rules.gates_read[question.id])
                        queue.append(All(tuple(IsUnsure(id) for id in read)))
        return frozenset(leaves)

    def _way(self, leaves: frozenset[Wish]) -> Way | None:
        """The replies to each question that make these so; None where none does."""
        by_question: dict[str, set[Wish]] = {}
        for leaf in leaves:
            by_question.setdefault(leaf[0].question, set()).add(leaf)
        way = {
            id: self.replies.fitting(self.base, id, frozenset(by_question[id])) for id in sorted(by_question)
        }
        return way if all(way.values()) else None

    def _down(self, node: Condition) -> Iterator[Wish]:
        if isinstance(node, All):
            for item in node.items:
                yield from self._down(item)
        elif isinstance(node, Any):
            yield from self._down(node.items[int(self.dice() * len(node.items))])
        elif isinstance(node, AtLeast):
            left = list(node.items)
            for _ in range(node.count):
                yield from self._down(left.pop(int(self.dice() * len(left))))
        elif isinstance(node, HasSign):
            found = self.rules.rules_by_sign[node.sign]
            yield from self._down(normal(found[int(self.dice() * len(found))].when))
        elif isinstance(node, Not) and isinstance(node.item, HasSign):
            for rule in self.rules.rules_by_sign[node.item.sign]:
                yield from self._down(normal(rule.when, False))
        elif isinstance(node, Not):
            assert isinstance(node.item, (Is, Has, Compare, IsUnsure))
            yield node.item, False
        else:
            yield node, True

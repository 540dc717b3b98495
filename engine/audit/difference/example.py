"""The smallest answers for which two rule bases differ in some way, and the rules that do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ...answers.answers import Answer, Picked, as_written, plain_answer
from ...knowledge.levels import Level
from ...knowledge.rules import Weighs
from ..people.hearing import Hearing, Person, Reply
from .outcome import KindOfDifference, Side, kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleAnswer:
    """An answer, and what each rule base hears of it: None is nothing."""

    question: str
    answer: object
    says: str
    """As an answers file may hold it."""
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInOrder:
    """A cause in its place; causes with equal points share a rank."""

    id: str
    rank: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """What one rule base makes of the answers."""

    urgency: Level
    causes: tuple[PlaceInOrder, ...]
    also_consider: Mapping[str, int]
    """The mimics raised, with their points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEffect:
    """A rule, and what it concludes on either side; None where it does not fire."""

    rule: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseShift:
    """A cause of which another base rate holds, in points; None where there is no such cause."""

    cause: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Answers for which the results differ, none of which (nor an option of one) can go, and what did it."""

    of: str
    """Whose answers they are a part of: `simulated`, `searched for`, or the id of a case."""
    answers: tuple[ExampleAnswer, ...]
    old: ExampleResult
    new: ExampleResult
    lost: tuple[RuleEffect, ...]
    """Rules that fire by the old rules only."""
    gained: tuple[RuleEffect, ...]
    """By the new rules only."""
    altered: tuple[RuleEffect, ...]
    """Rules that fire by both, and conclude something else."""
    base_rates: tuple[BaseShift, ...]


Someone = tuple[str, Person]
"""A person, and whose answers they are a part of."""


class Examples:
    """Makes examples of people for whom the two rule bases differ."""

    def __init__(self, hearing: Hearing, old: Side, new: Side) -> None:
        self.hearing = hearing
        self.old = old
        self.new = new
        self.alike = all(
            one == other
            for one, other in (
                (old.network.causes, new.network.causes),
                (old.network.ranked, new.network.ranked),
            )
        )
        """Whether both have the same causes and mimics."""

    def kinds(self, person: Person) -> tuple[KindOfDifference, ...]:
        """In what the results differ."""
        old, new = self.old.brief(person), self.new.brief(person)
        if self.alike and old == new:
            return ()
        return tuple(kinds(self.old.outcome(old), self.new.outcome(new)))

    def smallest(self, kind: KindOfDifference, found: Sequence[Someone], shown: Sequence[Someone]) -> Someone:
        """Of these people the one who differs so with the fewest answers; those shown already come first."""

        def size(each: tuple[bool, Someone]) -> tuple[int, bool, list[str], str]:
            is_new, (whose, person) = each
            answers = sorted(f"{reply.question} {reply.answer}" for reply in person)
            return len(person), is_new, answers, whose

        small = [
            (is_new, (whose, self._small(person, lambda few: kind in self.kinds(few))))
            for is_new, people in ((False, shown), (True, found))
            for whose, person in people
            if kind in self.kinds(person)
        ]
        return min(small, key=size)[1]

    def _small(self, person: Person, keeps: Callable[[Person], bool]) -> Person:
        """The person with no answer to spare, and no option of one."""
        small = shrunk(person, keeps)
        for at, reply in enumerate(small):
            for simpler in self.hearing.simpler(reply):
                fewer = (*small[:at], simpler, *small[at + 1 :])
                if keeps(fewer):
                    return self._small(fewer, keeps)
        return small

    def _says(self, reply: Reply) -> str:
        """The answer as an answers file may hold it, to all the options that either side knows."""
        if not isinstance(reply.answer, Picked):
            return str(reply.answer)
        [asked] = [each for each in self.hearing.variants[reply.question] if each.kind == "many_of"]
        return as_written(asked, reply.answer)

    def example(self, whose: str, person: Person) -> Example:
        """The two results of the person side by side, and what did it."""
        order = {id: at for at, id in enumerate({**self.new.rules.questions, **self.old.rules.questions})}
        old, new = (
            {rule: _concludes(side, rule) for rule in side.fired(person)} for side in (self.old, self.new)
        )
        effects = [
            RuleEffect(rule=rule, old=old.get(rule), new=new.get(rule)) for rule in sorted({**old, **new})
        ]
        bases = [side.base_points(person) for side in (self.old, self.new)]
        return Example(
            of=whose,
            answers=tuple(
                ExampleAnswer(
                    question=reply.question,
                    answer=plain_answer(reply.answer),
                    says=self._says(reply),
                    old=_plain(reply.heard[self.old.base]),
                    new=_plain(reply.heard[self.new.base]),
                )
                for reply in sorted(person, key=lambda reply: order[reply.question])
            ),
            old=_result(self.old, person),
            new=_result(self.new, person),
            lost=tuple(each for each in effects if each.new is None),
            gained=tuple(each for each in effects if each.old is None),
            altered=tuple(
                each for each in effects if None not in (each.old, each.new) and each.old != each.new
            ),
            base_rates=tuple(
                BaseShift(cause=cause, old=bases[0].get(cause), new=bases[1].get(cause))
                for cause in sorted({**bases[0], **bases[1]})
                if bases[0].get(cause) != bases[1].get(cause)
            ),
        )


def shrunk(person: Person, keeps: Callable[[Person], bool]) -> Person:
    """A part of the person's answers that keeps something, and none of which can be taken away.

    Large pieces are taken away first, then smaller ones (Zeller and Hildebrandt 2002, IEEE Transactions on
    Software Engineering 28(2):183-200), and single answers until none can go.
    """
    size = len(person)
    while size:
        before, at = len(person), 0
        while at < len(person):
            fewer = person[:at] + person[at + size :]
            if keeps(fewer):
                person = fewer
            else:
                at += size
        if size > 1 or len(person) == before:
            size //= 2
    return person


def _concludes(side: Side, rule: str) -> str:
    """What the rule concludes, as far as results rest on it."""
    then = side.rules.rules[rule].then
    group = f" in group {then.group}" if isinstance(then, Weighs) else ""
    return f"{then}{group}"


def _result(side: Side, person: Person) -> ExampleResult:
    found = side.outcome(side.brief(person))
    return ExampleResult(
        urgency=found.level,
        causes=tuple(
            PlaceInOrder(id=cause, rank=rank, points=found.points[cause]) for rank, cause in found.places
        ),
        also_consider={id: found.points[id] for id in sorted(found.raised)},
    )


def _plain(answer: Answer | None) -> object:
    return None if answer is None else plain_answer(answer)

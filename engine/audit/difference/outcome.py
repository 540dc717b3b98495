"""What one of several rule bases makes of person after person, and in what two outcomes differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ...inference.network import Network, State
from ...knowledge.levels import Level, is_sooner
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Weighs
from ..people.hearing import Person, Reply

What = Literal["later", "sooner", "first", "order", "mimics", "points"]
WHATS: tuple[What, ...] = ("later", "sooner", "first", "order", "mimics", "points")
"""In what two outcomes may differ, what matters most first: seen later, or sooner; another cause is first or
shares the first place; another order of causes, ties counted; another mimic raised; other points."""


class KindOfDifference(NamedTuple):
    """In what two outcomes differ; of the urgency also from which level to which."""

    what: What
    before: Level | None = None
    after: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How soon to be seen, and the points of every cause and mimic."""

    level: Level
    points: Mapping[str, int]
    mimics: frozenset[str]
    """Which of those are mimics."""

    @cached_property
    def places(self) -> list[tuple[int, str]]:
        """The article's causes, first to last: rank and id. Equal points share a rank and stand by id."""
        points = self.points
        order = sorted(sorted(points.keys() - self.mimics), key=points.__getitem__, reverse=True)
        found: list[tuple[int, str]] = []
        for at, cause in enumerate(order):
            tied = at > 0 and points[cause] == points[order[at - 1]]
            found.append((found[-1][0] if tied else at + 1, cause))
        return found

    @property
    def first(self) -> list[str]:
        """The causes that share the first place, sorted."""
        return [cause for rank, cause in self.places if rank == 1]

    @property
    def raised(self) -> set[str]:
        """The mimics with more points for than against."""
        return {id for id in self.mimics if self.points[id] > 0}


Brief = tuple[Level, list[int]]
"""The level, and the points of every cause and mimic in the order of `Network.causes`."""


class Side:
    """One of the rule bases, for person after person."""

    def __init__(self, rules: RuleBase, base: int) -> None:
        self.rules = rules
        self.base = base
        self.network = Network(rules)
        self.state = State(self.network)
        self.mimics = frozenset(rules.mimics)
        self._known: dict[Reply, list[int]] = {}

    def hear(self, person: Person) -> State:
        """All that follows from the person's answers, until the next person is heard."""
        literals: list[int] = []
        for reply in person:
            known = self._known.get(reply)
            if known is None:
                heard = reply.heard[self.base]
                known = [] if heard is None else self.network.made_known(reply.question, heard)
                self._known[reply] = known
            literals += known
        self.state.clear()
        self.state.suppose(literals)
        return self.state

    def brief(self, person: Person) -> Brief:
        """What the rule base makes of the person, in short."""
        state = self.hear(person)
        return state.level(), state.points()

    def outcome(self, brief: Brief) -> Outcome:
        """The same at length."""
        level, points = brief
        return Outcome(
            level=level,
            points=dict(zip(self.network.causes, points, strict=True)),
            mimics=self.mimics,
        )

    def fired(self, person: Person) -> tuple[str, ...]:
        """The ids of the rules that fire, sorted."""
        return self.hear(person).fired_rules()

    def base_points(self, person: Person) -> dict[str, int]:
        """Of every cause, the points of its base rate."""
        state = self.hear(person)
        sums = state.sums
        return {
            id: points - sums[at]
            for at, (id, points) in enumerate(zip(self.network.causes, state.points(), strict=True))
            if id in self.rules.causes
        }


def kinds(old: Outcome, new: Outcome) -> Iterator[KindOfDifference]:
    """In what the new outcome differs from the old, what matters most first."""
    if old.level != new.level:
        later = is_sooner(old.level, new.level)
        yield KindOfDifference("later" if later else "sooner", old.level, new.level)
    if old.first != new.first:
        yield KindOfDifference("first")
    if old.places != new.places:
        yield KindOfDifference("order")
    if old.raised != new.raised:
        yield KindOfDifference("mimics")
    if old.points != new.points:
        yield KindOfDifference("points")


Contribution = tuple[str, str, bool, int, str]
"""All of a rule's conclusion that an outcome rests on."""


def effect_of(rule: Rule) -> Contribution:
    """All of the rule's conclusion that an outcome rests on: what, of whom, which side, points, group."""
    then = rule.then
    if isinstance(then, Weighs):
        return "weighs", then.cause, then.supports, then.points, then.group
    return "concludes", str(then), True, 0, ""

"""What a change of rules does: two rule bases before the same people.

They are simulated ones, worked cases, and people searched for because their urgency differs, if anyone's
does. Each is put before both, and each hears what it knows of the answers. What is compared is the urgency,
which causes are first, the order of the causes with their ties, which mimics are raised, and all points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ...answers.answers import Answer, Answers, Picked, real_options
from ...knowledge.levels import Level, height
from ...knowledge.rule_base import RuleBase
from ...result.assessment import plain
from ..cases.case import Case
from ..people.hearing import Hearing, Person, reply_of
from ..people.simulation import Simulation
from .example import Example, Examples, Someone
from .outcome import WHATS, KindOfDifference, Side, What
from .rule_changes import PartChanges, rule_changes
from .shortcut import Shortcut
from .urgency_search import urgency_search

PATIENTS = 10_000
"""Simulated people where no number is asked for."""

SEED = 1

TRIED = 10
"""So many people of each kind are made as small as can be, and the smallest is the example."""

STEP = 500
"""Progress is told after so many people."""

SIMULATED = "simulated"
SEARCHED = "searched for"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBaseName:
    """One of the two rule bases."""

    name: str
    rules_sha256: str
    rules: int
    """How many it has."""
    default_urgency: Level
    """The level where no rule about urgency fires."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """How many results differ in one way, with the smallest example found."""

    what: What
    before: Level | None
    after: Level | None
    people: int
    cases: tuple[str, ...]
    """Their ids, sorted."""
    searched: int
    """People searched for."""
    example: Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the new rules say and do otherwise than the old."""

    old: RuleBaseName
    new: RuleBaseName
    changes: tuple[PartChanges, ...]
    people: int
    """Simulated people that were put before both."""
    seed: int
    cases: int
    """Worked cases that were, of either side; one that both have is one."""
    rarest: tuple[str, int] | None
    """The rule that the fewest people were drawn around, and how many they were; it fired in each."""
    never: tuple[str, ...]
    """Rules that no answers were found to fire."""
    urgency_rules: tuple[str, ...]
    """The rules about urgency that differ, or a sign behind them does, of either side, by id."""
    asked_otherwise: tuple[str, ...]
    """Questions that rules about urgency rest on and that the two do not ask alike, by id."""
    findings: tuple[Consequence, ...]
    """What matters most first."""

    def count(self, what: What) -> tuple[int, int, int]:
        """How many simulated people, cases, and people searched for, differ in this."""
        found = [each for each in self.findings if each.what == what]
        return (
            sum(each.people for each in found),
            sum(len(each.cases) for each in found),
            sum(each.searched for each in found),
        )

    @property
    def searched(self) -> int:
        """People found by searching whose urgency differs."""
        return self.count("later")[2] + self.count("sooner")[2]

    @property
    def later(self) -> bool:
        """Whether anyone would be seen later than before."""
        return any(each.what == "later" for each in self.findings)

    @property
    def nobody_later(self) -> bool:
        """Whether it is proved that no answers whatever would be seen later than before."""
        return not self.later and not self.asked_otherwise

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        names = ("people", "cases", "searched")
        counts = {what: dict(zip(names, self.count(what), strict=True)) for what in WHATS}
        found: dict[str, Any] = plain(self)
        return {**found, "later": self.later, "nobody_later": self.nobody_later, "counts": counts}


def difference(
    old: RuleBase,
    new: RuleBase,
    *,
    names: tuple[str, str] = ("old", "new"),
    cases: tuple[Iterable[Case], Iterable[Case]] = ((), ()),
    patients: int = PATIENTS,
    seed: int = SEED,
    progress: Callable[[int], None] = lambda done: None,
) -> Difference:
    """What changes from the old rules to the new, over so many simulated patients and these cases.

    `names` say what to call the two, `cases` are those of each; `progress` is told now and then how many
    more patients are done. The same rules, number and seed give the same result everywhere, and the same
    in mirror image where old and new change places.
    """
    simulation = Simulation((old, new), seed)
    trial = _Tally(simulation.hearing)
    search = urgency_search(simulation.hearing)
    for person in search.people:
        trial.put(person, searched=True)
    count = 0
    for count, person in enumerate(simulation.people(patients), 1):
        trial.put(person)
        if count % STEP == 0:
            progress(STEP)
    progress(count % STEP)
    worked = _people_of(simulation.hearing, cases)
    for id, person in worked:
        trial.put(person, case=id)
    return Difference(
        old=_name(names[0], old),
        new=_name(names[1], new),
        changes=rule_changes(old, new),
        people=count,
        seed=seed,
        cases=len(worked),
        rarest=simulation.rarest,
        never=simulation.never,
        urgency_rules=search.rules,
        asked_otherwise=search.asked_otherwise,
        findings=trial.findings(),
    )


def _name(name: str, rules: RuleBase) -> RuleBaseName:
    return RuleBaseName(
        name=name,
        rules_sha256=rules.sha256,
        rules=len(rules.rules),
        default_urgency=rules.default_urgency,
    )


def _people_of(hearing: Hearing, cases: tuple[Iterable[Case], Iterable[Case]]) -> list[tuple[str, Person]]:
    """The worked cases as people, by id: one where both sides have it with the same answers, else two."""
    old, new = ({case.id: case.answers for case in each} for each in cases)
    found: list[tuple[str, Person]] = []
    for id in sorted({**old, **new}):
        if id in old and id in new and _same_person(hearing, old[id], new[id]):
            both = [reply_of(each, new[id][each], (old[id][each], new[id][each])) for each in new[id]]
            found.append((id, tuple(both)))
            continue
        for at, (side, word) in enumerate([(old, "old"), (new, "new")]):
            if id in side:
                questions = hearing.bases[at].questions
                person = [hearing.reply(questions[each], answer) for each, answer in side[id].items()]
                found.append((f"{id} ({word})" if id in old and id in new else id, tuple(person)))
    return found


def _same_person(hearing: Hearing, old: Answers, new: Answers) -> bool:
    """Whether the answers of a case are the same on both sides, as far as both know the options."""
    return old.keys() == new.keys() and all(
        _known_to(hearing, id, old[id]) == _known_to(hearing, id, new[id]) for id in old
    )


def _known_to(hearing: Hearing, question: str, answer: Answer) -> object:
    if not isinstance(answer, Picked):
        return answer
    common = set.intersection(*(real_options(base.questions[question]) for base in hearing.bases))
    return answer.has, answer.has_not & common


@dataclass(slots=True)
class _Met:
    """People of one kind: how many, and the first of them."""

    people: int = 0
    cases: list[str] = field(default_factory=list)
    searched: int = 0
    first: list[Someone] = field(default_factory=list)


class _Tally:
    """Two rule bases, before which people are put one after the other."""

    def __init__(self, hearing: Hearing) -> None:
        self.old, self.new = (Side(rules, at) for at, rules in enumerate(hearing.bases))
        self.shortcut = Shortcut(self.old, self.new)
        self.examples = Examples(hearing, self.old, self.new)
        self.met: dict[KindOfDifference, _Met] = {}

    def put(self, person: Person, *, case: str | None = None, searched: bool = False) -> None:
        """Counts in what the two differ for one more person: a simulated one, of a case, or searched for."""
        if self.shortcut.is_same(person):
            return
        for kind in self.examples.kinds(person):
            met = self.met.setdefault(kind, _Met())
            if case is not None:
                met.cases.append(case)
            elif searched:
                met.searched += 1
            else:
                met.people += 1
            if len(met.first) < TRIED:
                met.first.append((case or (SEARCHED if searched else SIMULATED), person))

    def findings(self) -> tuple[Consequence, ...]:
        """What was counted, what matters most first, each with an example."""
        found: list[Consequence] = []
        shown: list[Someone] = []
        for kind in sorted(self.met, key=_weight):
            met = self.met[kind]
            shown.append(self.examples.smallest(kind, met.first, shown))
            found.append(
                Consequence(
                    what=kind.what,
                    before=kind.before,
                    after=kind.after,
                    people=met.people,
                    cases=tuple(met.cases),
                    searched=met.searched,
                    example=self.examples.example(*shown[-1]),
                )
            )
        return tuple(found)


def _weight(kind: KindOfDifference) -> tuple[int, int, int]:
    """To sort by: the farthest fall of urgency first."""
    if kind.before is None or kind.after is None:
        return WHATS.index(kind.what), 0, 0
    before, after = -height(kind.before), -height(kind.after)
    return WHATS.index(kind.what), -abs(after - before), min(before, after)

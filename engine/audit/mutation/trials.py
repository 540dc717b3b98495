"""Mutation: each rule made slightly wrong in turn, to see whether some case notices.

A mutant that a case notices is killed. One that no answers can tell from the rule is no mistake at
all and is set aside as the same. What is left survives: the rule could be wrong in that way, and
every case would still hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...answers.answers import Answers
from ...inference.agreement import infer
from ...inference.firing import Known
from ...inference.network import network_of, state_of
from ...knowledge.conditions import truth
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Shows, Weighs
from ..cases.case import Case, differences
from ..search.witness import Witnesses
from .mutants import Mutant
from .parting import parting

Fate = Literal["killed", "the same", "survived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of a mutant."""

    mutant: Mutant
    fate: Fate
    killer: str | None = None
    """The case that notices it, if one does."""
    witness: Answers | None = None
    """Of a survivor: answers on which it and the rule part, few of them; a case with them would notice."""
    parting: str | None = None
    """What the rules as they are make of the witness and the mutant does not."""


def trials(rules: RuleBase, cases: Sequence[Case], mutants: Iterable[Mutant]) -> Iterator[Trial]:
    """What becomes of each mutant. The cases must hold for the rules as they are."""
    bench, search = _Bench(rules, cases), Witnesses(rules)
    for mutant in mutants:
        killer = bench.killer(mutant)
        if killer is not None:
            yield Trial(mutant=mutant, fate="killed", killer=killer.id)
        else:
            yield _survivor_or_same(mutant, search)


class _Bench:
    """The cases, each with what the rules as they are make of it."""

    def __init__(self, rules: RuleBase, cases: Sequence[Case]) -> None:
        self.rules = rules
        self.cases = cases
        self.inferences = [infer(rules, case.answers) for case in cases]
        self.known = [
            Known(case.answers, inference.signs)
            for case, inference in zip(cases, self.inferences, strict=True)
        ]
        self.fired = [frozenset(inference.fired) for inference in self.inferences]
        self.naming: dict[str, list[int]] = {id: [] for id in rules.rules}
        for at, case in enumerate(cases):
            for id in (*case.expect.fires, *case.expect.silent):
                self.naming[id].append(at)
        # What is still open can show, too, where no rule fires otherwise.
        self.looks_at_open = [
            at for at, case in enumerate(cases) if (case.expect.at_least, case.expect.status) != (None, None)
        ]

    def killer(self, mutant: Mutant) -> Case | None:
        """A case that no longer holds with the mutant in place of the rule, if there is one."""
        id, then = mutant.rule.id, mutant.rule.then
        if mutant.is_of_condition:
            for at in self.naming[id]:
                if self._fires(mutant, at) != (id in self.fired[at]):
                    return self.cases[at]
            touched = [at for at, known in enumerate(self.known) if self._turned(mutant, known)]
        elif isinstance(then, Shows):  # which bears on what is ruled out, too
            touched = list(range(len(self.cases)))
        else:
            touched = [at for at, fired in enumerate(self.fired) if id in fired]
        if isinstance(then, Weighs):  # a signpost asks for a level only
            touched = [at for at in touched if self.cases[at].signpost is None]
        else:
            touched = list(dict.fromkeys([*touched, *self.looks_at_open]))
        if not touched:
            return None
        changed = mutant.rules(self.rules)
        touched.sort(key=lambda at: (not _speaks_of(self.cases[at], mutant), _is_costly(self.cases[at]), at))
        return next((self.cases[at] for at in touched if _notices(self.cases[at], changed)), None)

    def _fires(self, mutant: Mutant, at: int) -> bool:
        """Whether the changed rule fires in a case. The signs that it reads are not its own conclusion."""
        return truth(mutant.changed.when, self.known[at]) is True

    def _turned(self, mutant: Mutant, known: Known) -> bool:
        """Whether the changed condition is not as true, false or unknown as the right one."""
        return truth(mutant.changed.when, known) is not truth(mutant.rule.when, known)


def _notices(case: Case, changed: RuleBase) -> bool:
    """Whether the case no longer holds. The network is asked first: it knows most of what cases expect."""
    expect = case.expect
    state = state_of(network_of(changed), case.answers)
    if case.signpost is not None:
        return case.signpost.complaint(state.level()) is not None
    inference = state.inference()
    points = dict(zip(state.network.causes, state.points(), strict=True))
    ranked = state.is_ranked()
    order = [cause for _, cause in state.ranking()] if ranked else []
    leaders = sorted(cause for cause in order if points[cause] == points[order[0]])
    raised = sorted(mimic for mimic in changed.mimics if ranked and points[mimic] > 0)
    present = sorted(sign for sign, holds in inference.signs.items() if holds)
    seen: list[tuple[object, object]] = [
        (expect.urgency, state.level()),
        (_sorted(expect.first), leaders),
        (None if expect.top is None else [*expect.top], order[: len(expect.top or ())]),
        (_sorted(expect.signs), present),
        (_sorted(expect.also_consider), raised),
        (expect.points, {cause: points[cause] for cause in expect.points or {}}),
    ]
    if any(wanted is not None and wanted != found for wanted, found in seen):
        return True
    fired = frozenset(inference.fired)
    if not fired.issuperset(expect.fires) or not fired.isdisjoint(expect.silent):
        return True
    return _is_costly(case) and bool(differences(case, changed, inference))


def _is_costly(case: Case) -> bool:
    """Whether the case expects what only a whole result shows."""
    expect = case.expect
    found = (expect.at_least, expect.status, expect.contradictions, expect.notices, expect.not_told_apart)
    return any(each is not None for each in found)


def _sorted(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _speaks_of(case: Case, mutant: Mutant) -> bool:
    """Whether the case is about what the rule concludes, so that it is likely to notice."""
    then, expect = mutant.rule.then, case.expect
    if isinstance(then, Weighs) and expect.points:
        return then.cause in expect.points
    return mutant.rule.id in expect.fires


def _survivor_or_same(mutant: Mutant, search: Witnesses) -> Trial:
    apart = parting(mutant, search)
    if apart is None:
        return Trial(mutant=mutant, fate="the same")
    return Trial(mutant=mutant, fate="survived", witness=apart.answers, parting=apart.said)

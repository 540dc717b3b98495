"""Which rules each worked case fires, and which it nearly fires: one answer changed would do it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...answers.alteration import alterations
from ...errors import Problem
from ...inference.network import network_of, state_of
from ...knowledge.conditions import Compare
from ...knowledge.rule_base import RuleBase
from ...result.assessment import plain
from .case import Case, Coverage, differences
from .case import coverage as case_coverages
from .signpost_tally import Tally, fared, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCoverage:
    """The rules that one case is about."""

    id: str
    where: str
    fired: tuple[str, ...]
    """Every rule that fires, sorted."""
    nearly: tuple[str, ...]
    """Every other rule that one change of one answer given would fire, sorted."""
    expected: tuple[str, ...]
    """Of both, those that the case says must fire, or must not."""

    def __str__(self) -> str:
        fired, nearly = (", ".join(each) or "none" for each in (self.fired, self.nearly))
        return f"{self.where}: {self.id}\n  fires: {fired}\n  nearly: {nearly}"


def case_coverage(case: Case, rules: RuleBase) -> CaseCoverage:
    """What the case fires and nearly fires."""
    network = network_of(rules)
    fired = set(state_of(network, case.answers).fired_rules())
    nearly: set[str] = set()
    for id, answer in case.answers.items():
        others = {each: given for each, given in case.answers.items() if each != id}
        state = state_of(network, others)
        bounds = [atom for atom in rules.atoms if isinstance(atom, Compare) and atom.question == id]
        for other in alterations(rules.questions[id], answer, bounds, most=1):
            state.add(id, other.answer)
            nearly.update(state.fired_rules())
            state.undo()
    named = {*case.expect.fires, *case.expect.silent}
    return CaseCoverage(
        id=case.id,
        where=str(case.where),
        fired=tuple(sorted(fired)),
        nearly=tuple(sorted(nearly - fired)),
        expected=tuple(sorted(named & (fired | nearly))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """What came of the worked cases and, where asked for, how far they reach."""

    cases: tuple[Case, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    """By case: what came out otherwise than it expects."""
    coverage: Coverage | None
    covered: tuple[CaseCoverage, ...]
    """Case by case, where asked for."""
    signposts: Tally | None
    """None where no case is a signpost."""

    @property
    def held(self) -> int:
        """How many cases hold."""
        return sum(not found for found in self.problems.values())

    @property
    def percent(self) -> float:
        """Of all rules, checks and pairs, those that a case shows, the rules also nearly, in percent."""
        found = self.coverage
        if found is None or not found.total:
            return 100.0
        lacking = {*found.never_fires, *found.never_silent, *found.never_shown}
        return 100 * (found.total - len(lacking)) / found.total

    def holds(self, percent: float) -> bool:
        """Whether all cases hold and show so much."""
        return self.held == len(self.cases) and self.percent >= percent

    def lines(self, percent: float = 100) -> Iterator[str]:
        """As text: what each case reaches, what differs, what no case shows, and whether that is enough."""
        yield from map(str, self.covered)
        yield from (str(problem) for found in self.problems.values() for problem in found)
        yield f"{self.held} of {len(self.cases)} cases hold."
        if self.signposts is not None:
            yield str(self.signposts)
        found = self.coverage
        if found is None:
            return
        yield from (f"{rule}: no case says that it must fire (`fires`)" for rule in found.never_fires)
        yield from (f"{rule}: no case says that it must not (`silent`)" for rule in found.never_silent)
        yield from (f"{id}: no case shows it" for id in found.never_shown)
        fired, missed = found.rules - len(found.never_fires), found.rules - len(found.never_silent)
        others = found.total - found.rules
        shown = others - len(found.never_shown)
        yield f"Of {found.rules} rules, {fired} must fire in a case, {missed} must not in another."
        yield f"Of {others} consistency checks and pairs, {shown} are shown by a case."
        # Rounded down, so that 100 % is said of nothing less.
        whole = f"{math.floor(10 * self.percent) / 10:g} % of all are shown in full"
        yield f"{whole}; {percent:g} % is asked for: {'enough' if self.percent >= percent else 'too few'}."

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        reach = {
            each.id: {"fired": each.fired, "nearly": each.nearly, "expected": each.expected}
            for each in self.covered
        }
        found: dict[str, Any] = {
            "cases": [
                {
                    "id": case.id,
                    "title": case.title,
                    "where": str(case.where),
                    "differences": [problem.message for problem in self.problems[case.id]],
                    **plain(reach.get(case.id, {})),
                }
                for case in self.cases
            ],
            "held": self.held,
        }
        if self.signposts is not None:
            found["signposts"] = plain(self.signposts)
        if self.coverage is not None:
            found["coverage"] = {**plain(self.coverage), "percent": self.percent}
        return found


def run_cases(
    cases: Sequence[Case], rules: RuleBase, *, coverage: bool = False, reach: bool = False
) -> CaseRun:
    """Runs the cases; `coverage` also counts what they show, with `reach` case by case."""
    signposts = fared(cases, rules)
    return CaseRun(
        cases=tuple(cases),
        problems={case.id: tuple(differences(case, rules)) for case in cases},
        coverage=case_coverages(cases, rules) if coverage else None,
        covered=tuple(case_coverage(case, rules) for case in cases) if coverage and reach else (),
        signposts=tally(signposts) if signposts else None,
    )

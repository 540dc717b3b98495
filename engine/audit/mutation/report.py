"""What mutation found: survivors with their place, and what is wrong with those accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...answers.answers import Answers, as_written
from ...errors import Problem
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule
from .accepted import Accepted
from .trials import Fate, Trial

LEGEND = (
    "Killed: some case no longer holds, as it should be. The same: no answers tell it from the rule. "
    "Survived: no case notices; write one, or accept it with a reason."
)
"""What the counts are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationReport:
    """What became of the mutants of some rules."""

    rules: RuleBase
    tested: tuple[str, ...]
    """The rules that were changed, by id."""
    trials: tuple[Trial, ...]
    accepted: tuple[Accepted, ...]
    """Those about the rules tested."""

    def of(self, fate: Fate) -> tuple[Trial, ...]:
        """The mutants that met this fate."""
        return tuple(trial for trial in self.trials if trial.fate == fate)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Survivors that nobody accepted, and acceptances that have nothing to accept; sorted by place."""
        return tuple(sorted([*self._survivors(), *self._stale()]))

    def _survivors(self) -> Iterator[Problem]:
        """Each rule with each case that it lacks, once, however many changes that case would notice."""
        reasons = _reasons(self.accepted)
        by_case: dict[tuple[str, str | None], list[Trial]] = {}
        for trial in self.of("survived"):
            rule, change = trial.mutant.rule, trial.mutant.change
            if (rule.id, change) not in reasons:
                answers = None if trial.witness is None else in_flow(trial.witness, self.rules)
                by_case.setdefault((rule.id, answers), []).append(trial)
        for (id, answers), trials in by_case.items():
            changes = ", ".join(f'"{trial.mutant.change}"' for trial in trials)
            go = "goes" if len(trials) == 1 else "go"
            message = f"{id}: {changes} {go} unnoticed; {_remedy(trials, answers)}"
            yield Problem(trials[0].mutant.rule.where, "M001", message)

    def _stale(self) -> Iterator[Problem]:
        fates = {(trial.mutant.rule.id, trial.mutant.change): trial for trial in self.trials}
        for each in self.accepted:
            trial = fates.get((each.rule, each.change))
            if trial is None:
                message = f'{each.rule} has no mutant "{each.change}"; remove the entry, or mend its words'
                yield Problem(each.where, "M002", message)
            elif trial.fate != "survived":
                by = f"is noticed by the case `{trial.killer}`" if trial.killer else "is the same as its rule"
                message = f'{each.rule}: "{each.change}" {by}; remove the entry'
                yield Problem(each.where, "M003", message)

    def summary(self) -> str:
        """The counts in a line."""
        survived = self.of("survived")
        reasons, many = _reasons(self.accepted), len(self.tested)
        listed = sum((each.mutant.rule.id, each.mutant.change) in reasons for each in survived)
        return (
            f"{len(self.trials)} mutants of {many} rule{'' if many == 1 else 's'}: "
            f"{len(self.of('killed'))} killed, {len(self.of('the same'))} the same as their rule, "
            f"{len(survived)} survived, {listed} of them accepted with a reason."
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; a mutant's `case` is the one that notices it."""
        reasons = _reasons(self.accepted)
        return {
            "rules": list(self.tested),
            "mutants": [
                {
                    "rule": trial.mutant.rule.id,
                    "where": str(trial.mutant.rule.where),
                    "change": trial.mutant.change,
                    "before": _side(trial.mutant.rule, trial),
                    "after": _side(trial.mutant.changed, trial),
                    "fate": trial.fate,
                    "case": trial.killer,
                    "accepted": reasons.get((trial.mutant.rule.id, trial.mutant.change)),
                    "answers": None if trial.witness is None else trial.witness.to_plain(),
                    "parting": trial.parting,
                }
                for trial in self.trials
            ],
            "problems": [str(problem) for problem in self.problems],
        }


def report(
    rules: RuleBase, trials: Sequence[Trial], accepted: Iterable[Accepted], ids: Iterable[str] | None = None
) -> MutationReport:
    """The trials of these rules, or of all, beside what is accepted of them."""
    tested = tuple(rules.rules) if ids is None else tuple(sorted(set(ids)))
    return MutationReport(
        rules=rules,
        tested=tested,
        trials=tuple(trials),
        accepted=tuple(each for each in accepted if each.rule in tested),
    )


def _reasons(accepted: Iterable[Accepted]) -> dict[tuple[str, str], str]:
    return {(each.rule, each.change): each.because for each in accepted}


def _side(rule: Rule, trial: Trial) -> str:
    """The part of the rule that differs in the mutant."""
    return str(rule.when if trial.mutant.is_of_condition else rule.then)


def _remedy(trials: Sequence[Trial], answers: str | None) -> str:
    """What case would notice these mutants of a rule, all of which part from it on these answers."""
    if answers is None:
        return "no answers on which they part were found; write a case, or accept it with a reason"
    partings = dict.fromkeys(trial.parting for trial in trials if trial.parting is not None)
    return f"a case with {answers} would notice, where {' and '.join(partings)}"


def in_flow(answers: Answers, rules: RuleBase) -> str:
    """The answers as a case may hold them, on one line."""
    parts = [f"{id}: {as_written(rules.questions[id], answer)}" for id, answer in answers.items()]
    return f"{{{', '.join(parts)}}}"

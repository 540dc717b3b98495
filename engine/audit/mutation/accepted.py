"""Survivors that are accepted: mutants that no case has to notice, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import Location, RulesError, did_you_mean
from ...knowledge.rule_base import RuleBase
from ...loading.folder import SHIPPED, case_files
from ...loading.record import Reader
from ...loading.sections import read_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A mutant that may survive."""

    rule: str
    change: str
    because: str
    where: Location


def load_accepted(rules: RuleBase, folder: str | Path | None = None) -> tuple[Accepted, ...]:
    """The accepted survivors in `folder`, or the shipped ones; none is no error. Raises RulesError."""
    files = case_files(SHIPPED if folder is None else Path(folder))
    return read_accepted(files, rules) if files else ()


def read_accepted(files: Mapping[str, bytes], rules: RuleBase) -> tuple[Accepted, ...]:
    """The accepted survivors in these files, sorted by place. Raises RulesError with every problem."""
    reader = Reader()
    found: dict[tuple[str, str], Accepted] = {}
    for record in read_sections(files, reader)["survivors"]:
        if not record.has("rule", "change", "because"):
            continue
        rule = record["rule"].text
        if rule not in rules.rules:
            near = did_you_mean(rule, rules.rules, "there is no such rule")
            reader.note(record["rule"].where, "R030", f"unknown rule `{rule}`{near}")
        first = found.setdefault(
            (rule, record["change"]),
            Accepted(rule=rule, change=record["change"], because=record["because"], where=record.where),
        )
        if first.where != record.where:
            message = f"this change of `{rule}` is already at {first.where}; keep one of the two"
            reader.note(record.where, "R005", message)
    if reader.problems:
        raise RulesError(reader.problems)
    return tuple(sorted(found.values(), key=lambda each: each.where))

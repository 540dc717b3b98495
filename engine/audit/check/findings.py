"""What `legtriage check` finds, as values: each with its place and remedy, silenced or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ...errors import Location, Problem
from ...knowledge.acts import Act, Precaution
from ...knowledge.causes import Cause, Pair
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import ConsistencyCheck, Rule, Sign
from ...knowledge.sources import Allowance, Source

Subject = Rule | Question | Sign | Cause | Source | ConsistencyCheck | Pair | Act | Precaution
"""What a finding is about, and what may silence it."""

UNLOADED = (
    "the rules as a set were not looked at (codes L…), as they or their cases cannot be loaded; "
    "mend that first, and check again"
)
"""What to say where rules or cases cannot be loaded."""

ADVICE = "advice"
"""The kind of the texts that stand once and silence nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend, or one that stays for a reason."""

    code: str
    kind: str
    """What it is about: a rule, a question, …"""
    id: str
    message: str
    where: Location
    part: str | None = None
    """Which part of it, where there may be a finding on each: an option, a text, what it goes against."""
    silenced: Allowance | None = None
    """Where what it is about says why it stays."""

    def __str__(self) -> str:
        return str(Problem(self.where, self.code, self.message))

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it; `silenced` is the reason, or None."""
        return {
            "code": self.code,
            "kind": self.kind,
            "id": self.id,
            "part": self.part,
            "message": self.message,
            "path": self.where.path,
            "line": self.where.line,
            "column": self.where.column,
            "silenced": self.silenced.reason if self.silenced else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """All that was found, sorted by place."""

    findings: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    not_checked: tuple[str, ...]
    """What could not be checked here, each with what it takes."""
    counts: tuple[tuple[str, int], ...]
    """How many of what were looked at."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "schema": 1,
            "findings": [each.to_dict() for each in self.findings],
            "silenced": [each.to_dict() for each in self.silenced],
            "not_checked": list(self.not_checked),
            "counts": dict(self.counts),
        }


def refused(problems: Iterable[Problem]) -> LintReport:
    """The same for rules or cases that cannot be loaded: each problem as a finding, and no more looked at."""
    found = [
        Finding(code=each.code, kind="file", id=each.where.path, message=each.message, where=each.where)
        for each in problems
    ]
    return LintReport(findings=tuple(found), silenced=(), not_checked=(UNLOADED,), counts=())


@dataclass(frozen=True, slots=True)
class Remark:
    """A code, what it is about, and what to do: a finding before it is asked whether it is silenced."""

    code: str
    about: Subject
    message: str
    part: str | None = None
    where: Location | None = None
    """The place of the part, where it has one of its own."""


def subjects(rules: RuleBase) -> Iterator[tuple[str, Subject]]:
    """Everything that may silence a finding, with its kind."""
    yield from (("rule", each) for each in rules.rules.values())
    yield from (("question", each) for each in rules.questions.values())
    yield from (("sign", each) for each in rules.signs.values())
    yield from (("cause", each) for each in rules.causes.values())
    yield from (("mimic", each) for each in rules.mimics.values())
    yield from (("consistency check", each) for each in rules.consistency.values())
    yield from (("pair", each) for each in rules.pairs.values())
    yield from (("source", each) for each in rules.sources.values())
    yield from (("act", each) for each in rules.acts.values())
    yield from (("precaution", each) for each in rules.precautions.values())


def listed(names: Iterable[str]) -> str:
    """Names in a row, as a message shows them."""
    return ", ".join(f"`{name}`" for name in names)

"""How the rules do on published patients: `make published`, or `make published AGAINST=main~20`.

The 90 patients of `published_patients.jsonl` are taken from examination questions and case reports. This
is a set that was looked at: its failures were in sight when rules were mended, so it shows what a change
does to them, and is no proof of how the rules do on others. What is printed is a count by the
mix in the file, which is not that of any surgery. With AGAINST, a folder or a git revision, it is printed
for those rules and for today's, and then who came out otherwise.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent.parent)]

from engine import AnswersError, RuleBase, RulesError, assess, load_rules, read_answers
from engine.audit.difference.revision import read_revision
from engine.knowledge.levels import PRESSING

FILE = Path(__file__).parent / "published_patients.jsonl"

WARNING = (
    "A set that was looked at when rules were mended, its failures too: no proof of how they do on others."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A published patient, and what the publication says of them."""

    id: str
    truth: str
    """The cause; what is no cause of the article begins with `none_of_these:`."""
    acceptable: tuple[str, ...]
    """Other answers that are right as well."""
    emergency: bool
    hard: bool
    """Marked so in the file."""
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What the rules make of a patient."""

    patient: Patient
    level: str
    place: int | None
    """The best place of a right cause, ties shared; None where no cause of the article is right, or none
    is ranked."""
    left_out: tuple[str, ...]
    """The answers that the questions of these rules do not take."""

    def __str__(self) -> str:
        return f"{self.level}, {'no place' if self.place is None else f'place {self.place}'}"


def patients(text: str) -> list[Patient]:
    """The patients in the lines of a file."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [
        Patient(
            id=row["id"],
            truth=row["truth"],
            acceptable=tuple(row["acceptable"]),
            emergency=row["emergency"],
            hard=row["hard"],
            answers=row["answers"],
        )
        for row in rows
    ]


def scored(patient: Patient, rules: RuleBase) -> Scored:
    """The patient's level and place; answers to what is no longer asked are left out."""
    taken = {id: answer for id, answer in patient.answers.items() if _is_taken(id, answer, rules)}
    result = assess(taken, rules)
    right = {patient.truth, *patient.acceptable}
    return Scored(
        patient=patient,
        level=result.urgency.level,
        place=min((cause.rank for cause in result.causes if cause.id in right), default=None),
        left_out=tuple(id for id in patient.answers if id not in taken),
    )


def _is_taken(question: str, answer: object, rules: RuleBase) -> bool:
    try:
        read_answers({question: answer}, rules)
    except AnswersError:
        return False
    return True


def counts(found: Iterable[Scored]) -> Iterator[tuple[str, int, int]]:
    """What is counted, how many of how many."""
    every = list(found)
    placed = [one.place for one in every if one.place is not None]
    emergencies = [one.level for one in every if one.patient.emergency]
    others = [one.level for one in every if not one.patient.emergency]
    yield "a right cause first, or sharing the first place", placed.count(1), len(placed)
    yield "a right cause among three", sum(place <= 3 for place in placed), len(placed)
    yield (
        "emergencies at emergency or same_day",
        sum(each in PRESSING for each in emergencies),
        len(emergencies),
    )
    yield "emergencies at emergency", emergencies.count("emergency"), len(emergencies)
    yield "others called an emergency", others.count("emergency"), len(others)


def mixes(found: list[Scored]) -> dict[str, list[Scored]]:
    """The patients by the mix in the file: all, those that it marks as hard, and those that it does not."""
    return {
        "all": found,
        "not marked hard": [one for one in found if not one.patient.hard],
        "marked hard": [one for one in found if one.patient.hard],
    }


def table(columns: Mapping[str, list[Scored]]) -> Iterator[str]:
    """The counts as lines, a column for each set of rules."""
    by_mix = {name: mixes(found) for name, found in columns.items()}
    for mix in next(iter(by_mix.values())):
        rows = {name: list(counts(found[mix])) for name, found in by_mix.items()}
        first, *_ = columns
        yield f"{mix}: {len(by_mix[first][mix])} patients"
        for at, (what, _, _) in enumerate(rows[first]):
            said = [f"{rows[name][at][1]} of {rows[name][at][2]}" for name in rows]
            yield f"  {what}: {' → '.join(said)}"


def changes(before: list[Scored], after: list[Scored]) -> Iterator[str]:
    """Who came out otherwise, a line each."""
    for old, new in zip(before, after, strict=True):
        if (old.level, old.place) != (new.level, new.place):
            kind = "emergency" if new.patient.emergency else "no emergency"
            yield f"  {new.patient.id} ({new.patient.truth}, {kind}): {old} → {new}"


def report(columns: Mapping[str, list[Scored]]) -> Iterator[str]:
    """All that is printed: of one set of rules, or of two, the older first."""
    yield WARNING
    if len(columns) > 1:
        yield f"Before → after: {' → '.join(columns)}"
    yield from table(columns)
    for name, found in columns.items():
        many = sum(len(one.left_out) for one in found)
        if many:
            asked = sorted({question for one in found for question in one.left_out})
            yield f"Left out, as {name} does not take them: {many} answers to {', '.join(asked)}"
    if len(columns) > 1:
        before, after = columns.values()
        changed = list(changes(before, after))
        yield f"{len(changed)} came out otherwise{':' if changed else '.'}"
        yield from changed


def main(against: str | None) -> None:
    """Prints the report. A revision that cannot be read ends it with what is wrong."""
    everyone = patients(FILE.read_text(encoding="utf-8"))
    columns = {}
    if against:
        try:
            old = read_revision(against)
        except RulesError as error:
            sys.exit(str(error))
        columns[old.name] = [scored(one, old.rules) for one in everyone]
    rules = load_rules()
    columns["the rules of today"] = [scored(one, rules) for one in everyone]
    for line in report(columns):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)

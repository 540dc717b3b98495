"""Worked cases: patients as data, what must come out, and how that compares with what does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...answers.answers import Answers
from ...errors import Location, Problem, RulesError, did_you_mean
from ...inference.firing import Inference
from ...knowledge.levels import Level
from ...knowledge.rule_base import RuleBase
from ...loading.answer_reader import answers_from
from ...loading.folder import SHIPPED, case_files
from ...loading.record import Reader, Record
from ...loading.sections import Sections, read_sections
from ...loading.tree import Scalar, Table
from ...result.assessment import Assessment
from ...result.consultation import consulted
from ...result.rank import candidate
from .signpost import Signpost, changed, read_signposts


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must come out of a case; what is None is not looked at."""

    urgency: Level | None = None
    at_least: bool | None = None
    first: tuple[str, ...] | None = None
    top: tuple[str, ...] | None = None
    points: Mapping[str, int] | None = None
    """Of causes and mimics, those named only."""
    status: str | None = None
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    signs: tuple[str, ...] | None = None
    also_consider: tuple[str, ...] | None = None
    contradictions: tuple[str, ...] | None = None
    notices: tuple[str, ...] | None = None
    """Questions answered that would not be asked."""
    not_told_apart: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One worked patient."""

    id: str
    title: str
    answers: Answers
    expect: Expectation
    where: Location
    signpost: Signpost | None = None
    """What a public page asks for, where the case is that; then nothing else is expected."""


def load_cases(rules: RuleBase, folder: str | Path | None = None) -> tuple[Case, ...]:
    """The worked cases in `folder`, or the shipped ones; none is no error. Raises RulesError."""
    files = case_files(SHIPPED if folder is None else Path(folder))
    return read_cases(files, rules) if files else ()


def read_cases(files: Mapping[str, bytes], rules: RuleBase) -> tuple[Case, ...]:
    """The cases in these files, sorted by place, those of folders further down last.

    Raises RulesError with every problem of theirs.
    """
    reader = Reader()
    sections = read_sections(files, reader)
    for section in sections.records.keys() - {"cases", "survivors", "signposts", "signpost_base"}:
        for record in sections[section]:
            reader.note(
                record.where, "R004", f"`{section}` among the cases are not read; move them to the rules"
            )
    records = sections.unique("cases", "id", "title", "answers", "expect")
    cases = [case for record in records for case in _cases(record, rules, reader)]
    cases += _signposts(sections, rules, {case.id: case.where for case in cases})
    if reader.problems:
        raise RulesError(reader.problems)
    return tuple(sorted(cases, key=lambda case: (len(Path(case.where.path).parts), case.where)))


def _cases(record: Record, rules: RuleBase, reader: Reader) -> Iterator[Case]:
    """The case, and one for each of its variations: `id:1`, `id:2` and so on."""
    yield Case(
        id=record["id"],
        title=record["title"],
        answers=answers_from(record["answers"], rules, reader.problems),
        expect=_expectation(record["expect"], rules, reader),
        where=record.where,
    )
    for at, variation in enumerate(record.get("but", []), 1):
        if not variation.has("with", "expect"):
            continue
        answers = changed(record["answers"], variation["with"])
        others = answers_from(variation["with"], rules, reader.problems)
        if not isinstance(variation["with"], Table):
            continue
        left_out = [name.text for name, _ in variation["with"].entries if name.text not in others]
        said = [f"{id}: {answer}" for id, answer in others.items()] + [f"{id} left open" for id in left_out]
        yield Case(
            id=f"{record['id']}:{at}",
            title=f"{record['title']}; but {', '.join(said)}",
            answers=answers_from(answers, rules, reader.problems),
            expect=_expectation(variation["expect"], rules, reader),
            where=variation.where,
        )


def _signposts(sections: Sections, rules: RuleBase, taken: Mapping[str, Location]) -> Iterator[Case]:
    """Each signpost as a case; `taken` are the ids of the other cases and where they are."""
    for signpost in read_signposts(sections, rules):
        if signpost.id in taken:
            message = f"`{signpost.id}` is already at {taken[signpost.id]}; keep one of the two"
            sections.note(signpost.where, "R005", message)
        yield Case(
            id=signpost.id,
            title=f"{signpost.page.name}: {signpost.says}",
            answers=signpost.answers,
            expect=Expectation(),
            where=signpost.where,
            signpost=signpost,
        )


def _expectation(record: Record, rules: RuleBase, reader: Reader) -> Expectation:
    known: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "first": ("cause", rules.causes),
        "top": ("cause", rules.causes),
        "fires": ("rule", rules.rules),
        "silent": ("rule", rules.rules),
        "signs": ("sign", rules.signs),
        "also_consider": ("mimic", rules.mimics),
        "contradictions": ("consistency check", rules.consistency),
        "notices": ("question", rules.questions),
        "not_told_apart": ("pair", rules.pairs),
    }
    lists: dict[str, tuple[str, ...]] = {}
    for key, (what, ids) in known.items():
        names: list[Scalar] = record.get(key, [])
        for name in names:
            if name.text not in ids:
                near = did_you_mean(name.text, ids, f"there is no such {what}")
                reader.note(name.where, "R030", f"unknown {what} `{name.text}`{near}")
        if record.has(key):
            lists[key] = tuple(name.text for name in names)
    if not record.places:
        reader.note(record.where, "R002", "this case expects nothing; say at least the urgency")
    return Expectation(
        urgency=record.get("urgency"),
        at_least=record.get("at_least"),
        first=lists.get("first"),
        top=lists.get("top"),
        points=_points(record, rules, reader) if record.has("points") else None,
        status=record.get("status"),
        fires=lists.get("fires", ()),
        silent=lists.get("silent", ()),
        signs=lists.get("signs"),
        also_consider=lists.get("also_consider"),
        contradictions=lists.get("contradictions"),
        notices=lists.get("notices"),
        not_told_apart=lists.get("not_told_apart"),
    )


def _points(record: Record, rules: RuleBase, reader: Reader) -> dict[str, int]:
    """The points expected, by cause or mimic."""
    found: dict[str, int] = {}
    for name, points in record["points"]:
        if name.text not in rules.causes and name.text not in rules.mimics:
            near = did_you_mean(name.text, [*rules.causes, *rules.mimics], "there is no such cause or mimic")
            reader.note(name.where, "R030", f"unknown cause or mimic `{name.text}`{near}")
        found[name.text] = points
    return found


def differences(case: Case, rules: RuleBase, inference: Inference | None = None) -> list[Problem]:
    """What came out otherwise than the case expects, each at the case's place; none if it holds.

    `inference` is what the rules conclude from the case's answers, if already made.
    """
    visit = consulted(rules, case.answers, inference)
    if case.signpost is not None:
        complaint = case.signpost.complaint(rules.level_by(visit.inference.fired))
        return [Problem(case.where, "C001", f"{case.id}: {complaint}")] if complaint else []
    found = visit.assessment
    lines = _lines(case.expect, found)
    points = {each.id: each.points for each in (*found.causes, *found.also_consider)}
    for id, wanted in (case.expect.points or {}).items():
        if found.not_ranked:
            lines.append(f"points of {id} should be {wanted}, and no cause is ranked")
            continue
        if id not in points:  # a mimic that is not raised
            points[id] = candidate(visit.outlook, rules.mimics[id]).points
        if points[id] != wanted:
            lines.append(f"points of {id} should be {wanted}, are {points[id]}")
    return [Problem(case.where, "C001", f"{case.id}: {line}") for line in lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which rules, consistency checks and pairs the cases speak of."""

    rules: int
    total: int
    """Rules, consistency checks and pairs."""
    never_fires: tuple[str, ...]
    """Rules that no case expects to fire."""
    never_silent: tuple[str, ...]
    """Rules that no case expects not to fire: they lack a near miss."""
    never_shown: tuple[str, ...]
    """Consistency checks that no case expects to hold, and pairs that none expects not told apart."""


def coverage(cases: Iterable[Case], rules: RuleBase) -> Coverage:
    """How far the cases' expectations reach over the rules."""
    expectations = [case.expect for case in cases]
    fires = {rule for expect in expectations for rule in expect.fires}
    silent = {rule for expect in expectations for rule in expect.silent}
    contradict = {id for expect in expectations for id in expect.contradictions or ()}
    together = {id for expect in expectations for id in expect.not_told_apart or ()}
    return Coverage(
        rules=len(rules.rules),
        total=len(rules.rules) + len(rules.consistency) + len(rules.pairs),
        never_fires=tuple(rule for rule in rules.rules if rule not in fires),
        never_silent=tuple(rule for rule in rules.rules if rule not in silent),
        never_shown=(
            *(id for id in rules.consistency if id not in contradict),
            *(id for id in rules.pairs if id not in together),
        ),
    )


def _lines(expect: Expectation, result: Assessment) -> list[str]:
    leaders = tuple(cause.id for cause in result.causes if cause.rank == 1)
    order = tuple(cause.id for cause in result.causes)
    compared: list[tuple[str, object, object]] = [
        ("urgency", expect.urgency, result.urgency.level),
        ("at_least", expect.at_least, result.urgency.at_least),
        ("first", _sorted(expect.first), leaders),
        ("top", expect.top, order[: len(expect.top or ())]),
        ("status", expect.status, result.status),
        ("signs", _sorted(expect.signs), result.signs),
        (
            "also_consider",
            _sorted(expect.also_consider),
            tuple(sorted(each.id for each in result.also_consider)),
        ),
        (
            "contradictions",
            _sorted(expect.contradictions),
            tuple(each.id for each in result.contradictions),
        ),
        ("notices", _sorted(expect.notices), tuple(sorted(each.id for each in result.notices))),
        (
            "not_told_apart",
            _sorted(expect.not_told_apart),
            tuple(each.id for each in result.not_told_apart),
        ),
    ]
    lines = [
        f"{what} should be {_shown(wanted)}, is {_shown(got)}"
        for what, wanted, got in compared
        if wanted is not None and wanted != got
    ]
    lines += [f"`{rule}` should fire, does not" for rule in expect.fires if rule not in result.fired]
    lines += [f"`{rule}` should not fire, does" for rule in expect.silent if rule in result.fired]
    return lines


def _sorted(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(sorted(names))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

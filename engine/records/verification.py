"""Whether a saved result is what its answers come to, and if not, what differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ..inference.agreement import Engine
from ..knowledge.rule_base import RuleBase
from ..loading.loader import load_rules
from ..result.advice.places import known_countries, numbers_of
from ..result.assessment import Assessment, Numbers
from ..result.consultation import Consultation
from ..writing.lines import visible
from .saved_result import SavedResult, kind_of_value, read_result

Verdict = Literal["same", "altered", "other_version", "other_rules"]
"""`altered`: the same rules and program give another result. With another version of the program, or
other rules, whether the file was altered cannot be told."""

_SHOWN = 60
"""So many characters of a value are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """A field that the file and the result of today have otherwise."""

    field: str
    saved: str
    """What the file has there, as JSON and in short; `nothing` where it lacks the field."""
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What other rules change in a result; pairs are what the file says and what is so now."""

    urgency: tuple[str, str]
    order: tuple[tuple[str, ...], tuple[str, ...]]
    """The ids of the causes, first to last."""
    points: Mapping[str, tuple[int | None, int | None]]
    """Of the causes whose points differ; None where there is no such cause."""
    gained: tuple[str, ...]
    """Rules that fire now and did not."""
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How a saved result compares with what its answers come to today."""

    outcome: Verdict
    made_by: Mapping[str, str]
    """Version and rules that the file names."""
    now: Mapping[str, str]
    """The version and the rules of today."""
    differences: tuple[FieldDifference, ...]
    changes: Changes | None
    """Where the rules are others."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text and numbers, ready for `json.dumps`."""
        return asdict(self)


def verify(
    saved: bytes | str | Mapping[str, object],
    rules: RuleBase | None = None,
    *,
    engine: Engine = "network",
    path: str = "result",
) -> Verification:
    """Recomputes a saved result (its JSON, or that as a dict) from its answers, and compares every field.

    It finds whatever was changed after the result was made, but for a file whose answers were
    changed as well and which is in all parts the result of those. `rules` are the shipped ones where
    none are given; `path` names the file in messages. Raises InputError where the file cannot be read
    as a result, or its answers not by these rules.
    """
    rules = load_rules() if rules is None else rules
    text = json.dumps(saved) if isinstance(saved, Mapping) else saved
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    read = read_result(data, path)
    keys = ("legtriage", "rules_sha256")
    made_by = {key: visible(read.get("provenance", key, kind=str))[:64] for key in keys}
    answers = read.answers(rules)
    visit = Consultation(rules=rules, answers=answers, engine=engine, numbers=_numbers(read, rules))
    today = visit.assessment
    now = {key: today.provenance[key] for key in keys}
    differences = tuple(_differences("", read.values, today.to_dict()))
    outcome: Verdict = "altered" if differences else "same"
    if made_by["rules_sha256"] != now["rules_sha256"]:
        outcome = "other_rules"
    elif made_by["legtriage"] != now["legtriage"]:
        outcome = "other_version"
    return Verification(
        outcome=outcome,
        made_by=made_by,
        now=now,
        differences=differences,
        changes=_changes(read, today) if outcome == "other_rules" else None,
    )


def _numbers(saved: SavedResult, rules: RuleBase) -> Numbers:
    """The numbers of the country that the file names; neutral words where it names none that is known."""
    found = saved.values.get("numbers")
    named = found if isinstance(found, Mapping) else {}
    country, chosen_by = named.get("country"), named.get("chosen_by")
    if not isinstance(country, str) or country not in known_countries(rules):
        return numbers_of(rules)
    return numbers_of(rules, country, chosen_by if isinstance(chosen_by, str) else None)


def _changes(saved: SavedResult, today: Assessment) -> Changes:
    """Raises InputError where the file does not hold what is compared."""

    def text(*path: str | int) -> str:
        return visible(saved.get(*path, kind=str))

    def positions(field: str) -> range:
        return range(len(saved.get(field, kind=list)))

    before = {
        text("causes", at, "id"): saved.get("causes", at, "points", kind=int) for at in positions("causes")
    }
    fired = {text("fired", at) for at in positions("fired")}
    after = {cause.id: cause.points for cause in today.causes}
    return Changes(
        urgency=(text("urgency", "level"), today.urgency.level),
        order=(tuple(before), tuple(after)),
        points={
            cause: (before.get(cause), after.get(cause))
            for cause in {**after, **before}
            if before.get(cause) != after.get(cause)
        },
        gained=tuple(rule for rule in today.fired if rule not in fired),
        lost=tuple(sorted(fired - {*today.fired})),
    )


_NOTHING = object()
"""What stands where a field is missing."""


def _differences(field: str, saved: object, now: object) -> Iterator[FieldDifference]:
    """Every field in which the two differ, in the order of the result, then what only the file has."""
    if isinstance(saved, Mapping) and isinstance(now, Mapping):
        for key in {**now, **saved}:
            name = f"{field}.{_named(key)}" if field else _named(key)
            yield from _differences(name, saved.get(key, _NOTHING), now.get(key, _NOTHING))
    elif isinstance(saved, list) and isinstance(now, list):
        for at in range(max(len(saved), len(now))):
            pair = [each[at] if at < len(each) else _NOTHING for each in (saved, now)]
            yield from _differences(f"{field}[{at}]", *pair)
    elif not _same(saved, now):
        yield FieldDifference(field=field, saved=_shown(saved), now=_shown(now))


def _same(saved: object, now: object) -> bool:
    """Whether the two are one JSON value: 24 is 24.0, and 1 is not true."""
    numbers = [type(each) in (int, float) for each in (saved, now)]
    return saved == now and (all(numbers) or type(saved) is type(now))


def _named(key: str) -> str:
    return key if key.isidentifier() and key.isascii() else _in_short(json.dumps(key, ensure_ascii=False))


def _shown(value: object) -> str:
    if value is _NOTHING:
        return "nothing"
    if isinstance(value, (Mapping, list)):
        return kind_of_value(value)
    return _in_short(json.dumps(value, ensure_ascii=False))


def _in_short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"

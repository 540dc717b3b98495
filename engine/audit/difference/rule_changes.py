"""What two rule bases say differently, part by part, places in files apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from ...knowledge.causes import BaseRates
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Weighs


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Something that one side says otherwise than the other; an empty text is nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A rule, question, … that both have, and say differently."""

    id: str
    revisions: tuple[Wording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChanges:
    """What differs in one part of the rule bases."""

    part: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def rule_changes(old: RuleBase, new: RuleBase) -> tuple[PartChanges, ...]:
    """The parts in which anything differs; none where the two say the same."""
    before, after = _parts(old), _parts(new)
    found = [_changes(part, before[part], after[part]) for part in before]
    return tuple(each for each in found if each)


def _changes(
    part: str, old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]
) -> PartChanges:
    changed = [
        Changed(id=id, revisions=revisions)
        for id in sorted(old.keys() & new.keys())
        if (revisions := tuple(_revisions(old[id], new[id])))
    ]
    return PartChanges(
        part=part,
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(changed),
    )


def _revisions(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Wording]:
    for what in dict.fromkeys([*old, *new]):
        before, after = _said(old.get(what)), _said(new.get(what))
        if before != after:
            yield Wording(what=what, before=before, after=after)


def _parts(rules: RuleBase) -> dict[str, dict[str, dict[str, object]]]:
    """Everything that is said, by part and id, each as its aspects; the parts in the order to be listed."""

    def aspects(values: Mapping[str, object]) -> dict[str, dict[str, object]]:
        return {id: _aspects(each) for id, each in values.items()}

    levels: dict[str, dict[str, object]] = {
        level: {"name": each.name, "advice": each.advice} for level, each in rules.urgencies.items()
    }
    return {
        "rules": aspects(rules.rules),
        "base rates": _of_base_rates(rules.base_rates),
        "ranking": {"ranked_when": _aspects(rules.ranking)} if rules.ranking else {},
        "signs": aspects(rules.signs),
        "questions": aspects(rules.questions),
        "interview": {each.title: {"questions": each.questions} for each in rules.chapters},
        "causes": aspects(rules.causes),
        "mimics": aspects(rules.mimics),
        "consistency checks": aspects(rules.consistency),
        "pairs": aspects(rules.pairs),
        "acts": aspects(rules.acts),
        "precautions": aspects(rules.precautions),
        "routes": aspects(rules.routes),
        "sayings": {each.id: {"said": each.say} for each in rules.sayings.values()},
        "places": aspects(rules.places),
        "sources": aspects(rules.sources),
        "statements of the article": aspects(rules.statements),
        "advice": {
            **levels,
            "default": {"level": rules.default_urgency},
            "safety net": {"lead": rules.safety_net_lead, "signs": rules.safety_net},
            "not a diagnosis": {"text": rules.not_a_diagnosis},
            "emergency number": {"text": rules.emergency_number},
        },
    }


def _of_base_rates(rates: BaseRates) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {
        cause: {
            **{f"percent {band}": percent for band, percent in rate.percent.items()},
            "lifts": "; ".join(f"{percent} where {when}" for when, percent in rate.lifts),
            "confidence": rate.confidence,
        }
        for cause, rate in rates.rates.items()
    }
    table = "; ".join(f"{points:+d} from {percent} %" for percent, points in rates.points)
    found["table"] = {"points": table, "cites": rates.cites, "note": rates.note}
    return found | {f"band {band.id}": {"text": band.text, "when": band.when} for band in rates.bands}


def _aspects(value: object) -> dict[str, object]:
    """What can differ of a rule, question, …: by name, its place apart."""
    if isinstance(value, Rule):
        return _of_rule(value)
    assert is_dataclass(value)
    return {
        each.name: getattr(value, each.name) for each in fields(value) if each.name not in ("id", "where")
    }


def _of_rule(rule: Rule) -> dict[str, object]:
    then = rule.then
    found: dict[str, object] = {"condition": rule.when}
    if isinstance(then, Weighs):
        found["conclusion"] = f"{'supports' if then.supports else 'opposes'} {then.cause}"
        found |= {"points": f"{then.points:+d}", "weight": _weight(then), "group": then.group}
        ratio = then.likelihood_ratio
        found["measured among"] = ratio.among if ratio else ""
    else:
        found["conclusion"] = str(then)
    return found | {
        "because": rule.because,
        "sources": rule.cites,
        "grade": rule.grade,
        "sign-off": rule.sign_off,
        "act": rule.act,
        "allowed": rule.allow,
    }


def _weight(then: Weighs) -> str:
    ratio = then.likelihood_ratio
    if ratio is None:
        return f"strength {then.strength}"
    return f"likelihood ratio {ratio}{', derived' if ratio.derived else ''}"


def _said(value: object) -> str:
    """The value in a line, to be compared and shown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(_said(item) for item in value)
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        held = {each.name: getattr(value, each.name) for each in fields(value) if each.name != "where"}
        return ", ".join(
            f"{name} {_said(item)}" for name, item in held.items() if item not in (None, False, ())
        )
    return str(value)

"""The promises of the design, each decided over a whole rule base: nothing is said that was not looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...answers.answers import Answers
from ...knowledge.levels import LEVELS, Level, levels_above
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import level_of
from ...result.consultation import assess
from ..search.witness import Witnesses
from .certainty import certain_as_urgent
from .firsts import Firsts
from .healthier import healthier
from .invariants import each_alone, lowest_level_answered, more_answers, order_of_rules, order_without_urgency
from .promise import Ground, Promise, Proofs, Shown

_Found = Mapping[str, Answers | None] | Mapping[Level, Answers | None]
"""A person by rule, cause or level."""


def prove(rules: RuleBase) -> Proofs:
    """Every promise of the design, and whether it holds for these rules."""
    asked, free = Witnesses(rules, asked=True), Witnesses(rules)
    fired = {rule.id: asked.find(true=[rule.when]) for rule in rules.rules.values()}
    levels = {level: _level_witness(level, rules, asked) for level in LEVELS}
    firsts = Firsts(rules, asked)
    first = {cause: firsts.find(cause) for cause in [*rules.causes, *rules.mimics]}
    orders = healthier(rules)
    people = _apart([*fired.values(), *levels.values(), *first.values()])
    return Proofs(
        rules=len(rules.rules),
        rules_sha256=rules.sha256,
        promises=(
            order_without_urgency(rules, people),
            _first(rules, {id: first[id] for id in rules.causes}),
            _named(rules, {id: first[id] for id in rules.mimics}),
            _levels(levels),
            _fires(rules, fired, free),
            orders,
            certain_as_urgent(rules, orders.orders),
            each_alone(rules, fired),
            more_answers(rules, people),
            order_of_rules(rules, people),
            lowest_level_answered(rules, free),
        ),
    )


def _first(rules: RuleBase, found: Mapping[str, Answers | None]) -> Promise:
    foreseen = assess({}, rules).possible_first
    return Promise(
        id="every-cause-first",
        claim="Every cause can come first",
        grounds=(_each_has_a_witness(found, "comes first alone, by a finding for it"),),
        findings=tuple(
            f"{rules.causes[id].where}: `{id}`: "
            + ("no answers were met with" if id in foreseen else "there can be no answers")
            + " that bring it before all others"
            for id, answers in found.items()
            if answers is None
        ),
        shown=_shown(found),
    )


def _named(rules: RuleBase, found: Mapping[str, Answers | None]) -> Promise:
    return Promise(
        id="every-mimic-named",
        claim="Every mimic can be named",
        grounds=(_each_has_a_witness(found, "has more points for it than against"),),
        findings=tuple(
            f"{rules.mimics[id].where}: `{id}`: no answers were met with by which it is to be considered"
            for id, answers in found.items()
            if answers is None
        ),
        shown=_shown(found),
    )


def _levels(found: Mapping[Level, Answers | None]) -> Promise:
    return Promise(
        id="every-level",
        claim="Every level of urgency can be reached",
        grounds=(_each_has_a_witness(found, "is the level, by a rule of that level"),),
        findings=tuple(
            f"`{level}`: no interview leads to it, as a search among all answers shows"
            for level, answers in found.items()
            if answers is None
        ),
        shown=_shown(found),
    )


def _level_witness(level: Level, rules: RuleBase, search: Witnesses) -> Answers | None:
    """The fewest answers by which this is the level and a rule says so."""
    higher = levels_above(level)
    above = [rule.when for rule in rules.urgency_rules if level_of(rule) in higher]
    found = [
        search.find(true=[rule.when], not_true=above)
        for rule in rules.urgency_rules
        if level_of(rule) == level
    ]
    return min((each for each in found if each is not None), key=len, default=None)


def _fires(rules: RuleBase, fired: Mapping[str, Answers | None], free: Witnesses) -> Promise:
    findings = []
    for id, answers in fired.items():
        if answers is None:
            rule = rules.rules[id]
            never = free.find(true=[rule.when]) is None
            who = "no answers fire it" if never else "only answers to questions that are not asked fire it"
            findings.append(f"{rule.where}: `{id}`: {who}; all answers were searched")
    return Promise(
        id="every-rule-fires",
        claim="Every rule can fire, in an interview",
        grounds=(_each_has_a_witness(fired, "fires, having answered only what is asked of such a person"),),
        findings=tuple(findings),
        shown=_shown(fired),
    )


def _apart(found: Iterable[Answers | None]) -> list[Answers]:
    """The people among these, each once."""
    return list({str(each.to_plain()): each for each in found if each is not None}.values())


def _each_has_a_witness(
    found: Mapping[str, Answers | None] | Mapping[Level, Answers | None], says: str
) -> Ground:
    there = sum(answers is not None for answers in found.values())
    return Ground(how="witness", says=f"{there} of {len(found)}, each with a person by whom it {says}")


def _shown(found: _Found) -> tuple[Shown, ...]:
    return tuple(
        Shown(about=id, answers=answers.to_plain()) for id, answers in found.items() if answers is not None
    )

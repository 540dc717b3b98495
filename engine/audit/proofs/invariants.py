"""What must be so of everyone: read off the rules as they stand, and tried on people as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...answers.alteration import alterations
from ...answers.answers import UNSURE, Answer, Answers
from ...inference.network import State, network_of
from ...knowledge.behind import signs_behind
from ...knowledge.conditions import Compare, Condition, IsUnsure
from ...knowledge.levels import LEVELS, height, is_sooner
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Weighs, level_of
from ..search.witness import Witnesses
from .answer_order import level_by
from .promise import Ground, Promise


def order_without_urgency(rules: RuleBase, people: list[Answers]) -> Promise:
    """The promise that the order of causes reads no conclusion about urgency, nor urgency any weight."""
    weighing = {rule.id: rule.when for rule in rules.rules.values() if isinstance(rule.then, Weighs)}
    urgent = {rule.id: rule.when for rule in rules.urgency_rules}
    rates = rules.base_rates
    base = [band.when for band in rates.bands]
    base += [when for rate in rates.rates.values() for when, _ in rate.lifts]
    behind_order = _rules_behind([*weighing.values(), *base], rules)
    behind_urgency = _rules_behind(urgent.values(), rules)
    led, weighed = sorted(behind_order & urgent.keys()), sorted(behind_urgency & weighing.keys())
    without = replace(rules, rules={id: rule for id, rule in rules.rules.items() if id not in urgent})
    one, other = State(network_of(rules)), State(network_of(without))
    return Promise(
        id="order-without-urgency",
        claim="Red flags never move the order of causes",
        grounds=(
            Ground(
                how="structure",
                says=f"the order is read from {len(weighing)} rules that weigh, {len(base)} conditions of "
                f"the base rates, and {len(behind_order)} rules behind the signs that those read; none of "
                f"the {len(urgent)} rules about urgency is among them. Behind the signs that urgency "
                f"reads are {len(behind_urgency)} rules, and none of them weighs",
            ),
            Ground(
                how="trial",
                says=f"{len(people)} people have the same points with the rules about urgency and without",
            ),
        ),
        findings=(
            *(f"{_at(id, rules)}: raises urgency, and the order of causes reads it" for id in led),
            *(f"{_at(id, rules)}: weighs a cause, and urgency reads it" for id in weighed),
            *(
                f"the order changes where the rules about urgency are taken out, for {each.to_plain()}"
                for each in people
                if _with(one, each).ranking() != _with(other, each).ranking()
            ),
        ),
    )


def _rules_behind(conditions: Iterable[Condition], rules: RuleBase) -> set[str]:
    """The rules that conclude the signs which these conditions read, and those that they read in turn."""
    signs = signs_behind(conditions, rules.rules_by_sign)
    return {rule.id for sign in signs for rule in rules.rules_by_sign[sign]}


def each_alone(rules: RuleBase, fired: Mapping[str, Answers | None]) -> Promise:
    """The promise that a rule about urgency needs no other one, and that nothing lowers what it brings."""
    urgent = {rule.id: rule for rule in rules.urgency_rules}
    others = {id: rule for id, rule in rules.rules.items() if id not in urgent}
    tried = {id: answers for id in urgent if (answers := fired[id]) is not None}
    findings = [
        f"{_at(id, rules)}: firing does something else to the urgency than to offer its level"
        for id in _beside_the_point(rules)
    ]
    for id, answers in tried.items():
        level = level_of(urgent[id])
        alone, _ = level_by(replace(rules, rules={**others, id: urgent[id]}), answers)
        together, _ = level_by(rules, answers)
        if alone != level:
            findings.append(f"{_at(id, rules)}: alone it brings {alone}, not {level}")
        if is_sooner(level, together):
            findings.append(f"{_at(id, rules)}: it fires, and yet the level is {together}, below {level}")
    return Promise(
        id="each-red-flag-alone",
        claim="Each rule about urgency is alone enough for its level, and nothing lowers it",
        grounds=(
            Ground(
                how="witness",
                says=f"{len(tried)} of {len(urgent)} rules about urgency, each with a person for whom it "
                "fires: "
                "with all other such rules taken out it brings its level, and with them no lower one",
            ),
            Ground(
                how="structure",
                says=f"firing, each of the {len(urgent)} offers its level and does nothing else; the highest "
                f"offered is the urgency, and none of the {len(others)} other rules touches it",
            ),
        ),
        findings=tuple(findings),
    )


def _beside_the_point(rules: RuleBase) -> list[str]:
    """The rules that do something else to the urgency than to offer their level, sorted."""
    network = network_of(rules)
    slot_of_urgency, sum_of_urgency = 0, len(network.causes)
    found = set()
    for at, slot, size, total, side in (effect for effects in network.effects for effect in effects):
        rule = rules.rules[network.rule_ids[at]]
        if rule in rules.urgency_rules:
            wanted = (slot_of_urgency, sum_of_urgency, height(level_of(rule)), 1)
            right = (slot, total, size, side) == wanted
        else:
            right = slot != slot_of_urgency and total != sum_of_urgency
        if not right:
            found.add(rule.id)
    return sorted(found)


def more_answers(rules: RuleBase, people: list[Answers]) -> Promise:
    """The promise that one more answer takes no firing back."""
    ways = {question.id: _ways(question, rules) for question in rules.questions.values()}
    state = State(network_of(rules))
    findings, tried = [], 0
    for person in people:
        _with(state, person)
        before, level = set(state.fired), state.best[0]
        for id, answer in ((id, answer) for id, each in ways.items() if id not in person for answer in each):
            state.add(id, answer)
            tried += 1
            if not before <= set(state.fired) or state.best[0] < level:
                findings.append(f"`{id}` answered with {answer} takes back a firing, of {person.to_plain()}")
            state.undo()
    return Promise(
        id="more-answers",
        claim="One more answer only adds firings, and never lowers what a rule has raised",
        grounds=(
            Ground(
                how="trial",
                says=f"{len(people)} people, each with every further answer that rules tell apart, one "
                f"option at a time: {tried} trials",
            ),
        ),
        findings=tuple(findings),
    )


def _ways(question: Question, rules: RuleBase) -> list[Answer]:
    """`unsure`, and each answer that rules tell apart; of several options each by itself."""
    bounds = [atom for atom in rules.atoms if isinstance(atom, Compare) and atom.question == question.id]
    return [UNSURE, *(each.answer for each in alterations(question, UNSURE, bounds, 1))]


def order_of_rules(rules: RuleBase, people: list[Answers]) -> Promise:
    """The promise that nothing hangs on the order in which the rules are written."""
    turned = replace(rules, rules={id: rules.rules[id] for id in reversed(list(rules.rules))})
    one, other = State(network_of(rules)), State(network_of(turned))
    return Promise(
        id="order-of-rules",
        claim="The order of the rules does not matter",
        grounds=(
            Ground(
                how="trial",
                says=f"{len(people)} people, with the rules as they are and from last to first: the same "
                "rules fire, and order and urgency are the same",
            ),
        ),
        findings=tuple(
            f"with the rules from last to first the result is another, for {each.to_plain()}"
            for each in people
            if _outcome(_with(one, each)) != _outcome(_with(other, each))
        ),
    )


def lowest_level_answered(rules: RuleBase, search: Witnesses) -> Promise:
    """The promise that nobody is at the lowest level who left a question of the emergency screen open."""
    lowest = LEVELS[-1]
    low = [rule for rule in rules.urgency_rules if level_of(rule) == lowest]
    higher = [rule.when for rule in rules.urgency_rules if level_of(rule) != lowest]
    screen = [question for question in rules.questions.values() if question.emergency]
    findings = [
        f"{rule.where}: `{rule.id}`: brings {lowest} with `{question.id}` not answered, or not for sure, for "
        f"{found.to_plain()}"
        for rule in low
        for question in screen
        if (
            found := search.find(
                true=[rule.when, *([question.asked_when] if question.asked_when else [])],
                not_true=higher,
                not_false=[IsUnsure(question.id)],
            )
        )
        is not None
    ]
    return Promise(
        id="lowest-level-answered",
        claim=f"Nobody is told {lowest} with a question of the emergency screen open",
        grounds=(
            Ground(
                how="search",
                says=f"for each of the {len(screen)} questions of the screen, among all answers "
                "there are none by which it applies, is unanswered or unsure, and "
                f"{lowest} is the level ({_many(low)})",
            ),
        ),
        findings=tuple(findings),
    )


def _many(rules: list[Rule]) -> str:
    ids = ", ".join(rule.id for rule in rules) or "none"
    return f"which {'this rule brings' if len(rules) == 1 else 'these rules bring'}: {ids}"


def _outcome(state: State) -> object:
    return sorted(state.fired_rules()), state.ranking(), state.level()


def _with(state: State, answers: Answers) -> State:
    """The state, of this person and nobody else."""
    state.clear()
    for question, answer in answers.items():
        state.add(question, answer)
    return state


def _at(id: str, rules: RuleBase) -> str:
    return f"{rules.rules[id].where}: `{id}`"

"""The network and its peers, each as a function from a person's answers to what came out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import zen
from clips_engine import ClipsEngine

from engine import Answers, RuleBase
from engine.inference import experta_engine
from engine.inference.firing import Known
from engine.inference.network import Network, State
from engine.knowledge.conditions import (
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    IsUnsure,
    Not,
    atoms,
    normal,
    truth,
)
from engine.knowledge.levels import LEVELS
from engine.knowledge.rules import Raises, Shows, Weighs
from engine.loading.checks import branches

Outcome = tuple[tuple[str, ...], list[tuple[int, str]], str]
Run = Callable[[Answers], Outcome]


def network(rules: RuleBase) -> Run:
    """The network: a state that is added to, read and taken back."""
    state = State(Network(rules))

    def run(answers: Answers) -> Outcome:
        for question, answer in answers.items():
            state.add(question, answer)
        found = state.fired_rules(), state.ranking(), state.level()
        state.clear()
        return found

    return run


def experta(rules: RuleBase) -> Run:
    """experta, each rule an experta rule; ranking and urgency from the rules it fired."""
    finish = finisher(rules)
    return lambda answers: finish(answers, experta_engine.infer(rules, answers).fired)


def clips(rules: RuleBase) -> Run:
    """CLIPS through clipspy, answers asserted through a template; ranking from the rules it fired.

    An environment slows down with every person, to ten times its first pace within a thousand, so a
    new one is made for every two hundred; one person in two hundred bears the cost.
    """
    engine = ClipsEngine(rules)
    finish = finisher(rules)
    people = 0

    def run(answers: Answers) -> Outcome:
        nonlocal engine, people
        people += 1
        if people % 200 == 0:
            engine = ClipsEngine(rules)
        engine.run(answers)
        return finish(answers, engine.fired())

    return run


def loop(rules: RuleBase) -> Run:
    """A plain loop that tries every rule, signs first and in order."""
    signs: dict[str, list[Condition]] = {}

    def visit(sign: str) -> None:
        if sign not in signs:
            found = rules.rules_by_sign[sign]
            for atom in (atom for rule in found for atom in atoms(rule.when)):
                if isinstance(atom, HasSign):
                    visit(atom.sign)
            signs[sign] = [rule.when for rule in found]

    for sign in rules.signs:
        visit(sign)
    finish = finisher(rules)

    def run(answers: Answers) -> Outcome:
        present: dict[str, bool] = {}
        known = Known(answers, present)
        for sign, conditions in signs.items():
            values = [truth(condition, known) for condition in conditions]
            if True in values or None not in values:
                present[sign] = True in values
        return finish(answers, tuple(id for id, rule in rules.rules.items() if truth(rule.when, known)))

    return run


def finisher(rules: RuleBase) -> Callable[[Answers, tuple[str, ...]], Outcome]:
    """Ranking and urgency from rules fired, for peers that do not add up themselves."""
    rates = rules.base_rates
    columns = {
        column: {cause: rates.points_for(rate.percent[column]) for cause, rate in rates.rates.items()}
        for column in ["adults", *(band.id for band in rates.bands)]
    }

    def finish(answers: Answers, fired: tuple[str, ...]) -> Outcome:
        best: dict[tuple[str, str, bool], int] = {}
        level = len(LEVELS)
        for id in fired:
            then = rules.rules[id].then
            if isinstance(then, Weighs):
                slot = (then.cause, then.group, then.supports)
                best[slot] = max(best.get(slot, 0), abs(then.points))
            elif isinstance(then, Raises):
                level = min(level, LEVELS.index(then.urgency))
        column = next((band.id for band in rates.bands if truth(band.when, answers.truth)), "adults")
        points = dict(columns[column])
        for cause, rate in rates.rates.items():
            for when, percent in rate.lifts:
                if truth(when, answers.truth):
                    points[cause] = max(points[cause], rates.points_for(percent))
        for (cause, _, supports), size in best.items():
            if cause in points:
                points[cause] += size if supports else -size
        ranking = sorted(
            ((found, cause) for cause, found in points.items()), key=lambda each: (-each[0], each[1])
        )
        return fired, ranking, LEVELS[level] if level < len(LEVELS) else rules.default_urgency

    return finish


class ZenTable:
    """zen-engine: one decision table, hit policy collect, a row for each way a rule can be true.

    It chains nothing, so rules that read signs, and rules that conclude them, are left out; it adds
    nothing up, so it gives the rules fired only.
    """

    def __init__(self, rules: RuleBase) -> None:
        left_out = {
            rule.id
            for rule in rules.rules.values()
            if isinstance(rule.then, Shows) or any(isinstance(atom, HasSign) for atom in atoms(rule.when))
        }
        self.rules = {id: rule for id, rule in rules.rules.items() if id not in left_out}
        fields: dict[str, str] = {}
        rows: list[dict[str, str]] = []
        for rule in self.rules.values():
            for branch in branches(normal(rule.when)):
                row = {"_id": f"row{len(rows)}", "out": json.dumps(rule.id)}
                for leaf in branch:
                    name, test = _cell(leaf)
                    column = fields.setdefault(name, f"c{len(fields)}")
                    row[column] = f"({row[column]}) and ({test})" if column in row else test
                rows.append(row)
        inputs = [{"id": column, "name": name, "field": name} for name, column in fields.items()]
        for row in rows:
            for column in fields.values():
                row.setdefault(column, "")
        content = {
            "hitPolicy": "collect",
            "inputs": inputs,
            "outputs": [{"id": "out", "name": "rule", "field": "rule"}],
            "rules": rows,
        }
        place = {"x": 0, "y": 0}
        nodes = [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "table",
                "type": "decisionTableNode",
                "name": "table",
                "position": place,
                "content": content,
            },
            {"id": "end", "type": "outputNode", "name": "end", "position": place},
        ]
        edges = [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "end", "type": "edge"},
        ]
        self.decision: Any = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
        self.fields = {name: -1 if name.endswith("__amount") else "" for name in fields}

    def run(self, answers: Answers) -> tuple[str, ...]:
        """The rules whose row matched, sorted."""
        context = dict(self.fields)
        for question, answer in answers.items():
            context.update(_context(question, answer))
        rows = self.decision.evaluate(context)["result"] or []
        return tuple(sorted({row["rule"] for row in rows}))


def _cell(leaf: Condition) -> tuple[str, str]:
    """The column that an atom reads, and the test in it."""
    atom, holds = (leaf.item, False) if isinstance(leaf, Not) else (leaf, True)
    if isinstance(atom, Is):
        listed = json.dumps(list(atom.options))
        return f"{atom.question}__is", f"$ in {listed}" if holds else f'not ($ in {listed}) and $ != ""'
    if isinstance(atom, Has):
        return f"{atom.question}__has__{atom.option}", f'$ == "{"yes" if holds else "no"}"'
    if isinstance(atom, IsUnsure):
        return f"{atom.question}__unsure", f'$ == "{"yes" if holds else "no"}"'
    assert isinstance(atom, Compare)
    turned = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
    operator = atom.operator if holds else turned[atom.operator]
    return f"{atom.question}__amount", f"$ {operator} {atom.bound:f} and $ >= 0"


def _context(question: str, answer: Any) -> dict[str, Any]:
    """One answer as the table's fields."""
    kind = type(answer).__name__
    found: dict[str, Any] = {f"{question}__unsure": "yes" if kind == "Unsure" else "no"}
    if kind == "Chosen":
        found[f"{question}__is"] = answer.option
    elif kind == "Amount":
        found[f"{question}__amount"] = float(answer.value)
    elif kind == "Picked":
        found |= {f"{question}__has__{option}": "yes" for option in answer.has}
        found |= {f"{question}__has__{option}": "no" for option in answer.has_not}
    return found


def zen_table(rules: RuleBase) -> Run:
    """zen-engine's table; gives the rules fired and leaves ranking and urgency out."""
    table = ZenTable(rules)
    return lambda answers: (table.run(answers), [], "")


PEERS: dict[str, Callable[[RuleBase], Run]] = {
    "network": network,
    "CLIPS": clips,
    "zen-engine": zen_table,
    "plain loop": loop,
    "experta": experta,
}

"""When a question is asked, straight from docs/semantics.md: beside the model, and as simple."""

from __future__ import annotations

from typing import Any

from model import Truth, kleene, truth

from engine.answers.answers import Answers
from engine.knowledge.rule_base import RuleBase


def applies(question: str, rules: RuleBase, answers: Answers) -> Truth:
    """Whether the question is asked: what hangs on one that is not asked, nor answered, is false."""
    gate = rules.questions[question].asked_when
    return True if gate is None else _gate_truth(gate, rules, answers)


def _gate_truth(condition: Any, rules: RuleBase, answers: Answers) -> Truth:
    id = getattr(condition, "question", None)
    if id is not None:
        left_out = id not in answers and applies(id, rules, answers) is False
        return False if left_out else truth(condition, rules, answers)
    if type(condition).__name__ == "HasSign":
        found = [rule.when for rule in rules.rules.values() if str(rule.then) == f"sign {condition.sign}"]
        return kleene("Any", 1, [_gate_truth(each, rules, answers) for each in found])
    items = [condition.item] if type(condition).__name__ == "Not" else condition.items
    values = [_gate_truth(item, rules, answers) for item in items]
    return kleene(type(condition).__name__, getattr(condition, "count", 1), values)

"""Rule bases of any size for the benchmark, read by the loader like any other."""

from __future__ import annotations

import json
from typing import Any

from engine.knowledge.levels import LEVELS
from engine.knowledge.rule_base import RuleBase
from engine.loading.loader import read_rules

OPTIONS = ["a", "b", "c", "d"]
CAUSES = [f"cause_{number}" for number in range(9)]


def made_rules(count: int, per_question: int) -> RuleBase:
    """`count` rules over questions that each head `per_question` of them.

    A rule reads its own question and a near one. One rule in ten concludes a sign, which the next
    rule reads; one in ten raises an urgency; the others weigh.
    """
    asked = -(-count // per_question)
    rules = [_rule(at, at // per_question, at % per_question, asked) for at in range(count)]
    signs = [{"id": rule["sign"], "text": "a sign"} for rule in rules if "sign" in rule]
    questions = [_question(at) for at in range(asked)]
    everything = {
        "questions": questions,
        "interview": [{"title": "All", "questions": [question["id"] for question in questions]}],
        "signs": signs,
        "rules": rules,
        "causes": [
            {"id": cause, "name": cause, "about": "A cause.", "section": str(at)}
            for at, cause in enumerate(CAUSES, 1)
        ],
        "sources": [{"id": "made", "title": "Made up", "seen": "judgement"}],
        "base_rates": {
            "bands": [{"id": "first", "text": "first", "when": "q0 is a"}],
            "rates": [
                {"cause": cause, "percent": {"adults": "10", "first": "5"}, "confidence": "none"}
                for cause in CAUSES
            ],
            "points": [{"from_percent": "8", "points": "4"}, {"from_percent": "0", "points": "0"}],
            "cites": ["made"],
            "note": "Made up.",
        },
        "advice": {
            "levels": [{"level": level, "name": level, "advice": "None."} for level in LEVELS],
            "default": "routine",
            "safety_net_lead": "None.",
            "safety_net": ["none"],
            "not_a_diagnosis": "Made up.",
        },
    }
    parts = {name: {name: part} for name, part in everything.items()}
    files = {f"{name}.yaml": json.dumps(part).encode() for name, part in parts.items() if name != "rules"}
    for at in range(0, count, 2000):  # a file may hold a million bytes
        files[f"rules{at}.yaml"] = json.dumps({"rules": rules[at : at + 2000]}).encode()
    return read_rules(files)


def _question(at: int) -> dict[str, Any]:
    options = [{"id": option, "text": option} for option in OPTIONS]
    return {"id": f"q{at}", "kind": "one_of", "text": "Which?", "why": "Any.", "options": options}


def _rule(at: int, question: int, turn: int, asked: int) -> dict[str, Any]:
    near = (question + 1 + turn % 7) % asked
    when: Any = {
        "all": [
            f"q{question} is {OPTIONS[at % 4]}",
            f"q{near} in [{OPTIONS[at // 4 % 4]}, {OPTIONS[at // 8 % 4]}]",
        ]
    }
    if near == question:
        when = f"q{question} is {OPTIONS[at % 4]}"
    rule: dict[str, Any] = {
        "id": f"rule-{at:05}",
        "because": "Made up.",
        "cites": ["made"],
        "grade": "judgement",
    }
    if at % 10 == 3:
        return rule | {"when": {"any": [when, f"q{question} is unsure"]}, "sign": f"sign_{at}"}
    if at % 10 == 4:
        when = {"all": [f"sign sign_{at - 1}", f"q{near} is {OPTIONS[at // 4 % 4]}"]}
    if at % 10 == 7:
        return rule | {"when": when, "urgency": LEVELS[at // 10 % 5]}
    weight = {"strength": ["weak", "moderate", "strong"][at % 3], "group": f"group-{question % 50}"}
    return rule | {"when": when, "supports" if at % 2 else "opposes": CAUSES[at % 9]} | weight

"""People whose results show every part of a report, and a rule base that would break one if it could."""

from __future__ import annotations

import json
from pathlib import Path

from engine import Assessment, assess, load_rules
from engine.cases import load_cases
from engine.loader import read_rules

RULES = load_rules()

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(2)>",
    "a \"quoted\" 'text' & more &lt;b&gt;",
    "\u202egnorw eht \u200fright-to-left\u2066",
    "| a | table [with](javascript:alert(3)) `code`\n\n# and a heading\n---\n1. and *more*",
    "\x1b[31mred\x07",
)


def hostile_rules() -> bytes:
    """The small rule base of the wrong files, each of its texts made hostile."""
    base = (Path(__file__).parent / "bad" / "base.yaml").read_text(encoding="utf-8")
    texts = [
        "Is it worse at night?",
        "it burns",
        "Slipped disc",
        "A disc presses on a nerve.",
        "The hip is worn.",
        "Hip joint",
        "Pain at night wants a look.",
        "A pressed nerve burns.",
        "whether 3 months are long",
        "A study of discs",
        "A guideline",
        "Most slipped discs heal by themselves.",
        "See someone today.",
        "Get help.",
        "numbness between the legs",
        "This is no diagnosis.",
        "You have had it for longer than you have lived.",
        "Both squeeze the same nerve.",
        "a clinician who turns the hip",
        "it feels like a nerve",
    ]
    for at, text in enumerate(texts):
        assert text in base
        hostile = HOSTILE_TEXTS[at % len(HOSTILE_TEXTS)] + f" ({at})"
        base = base.replace(f": {text}", f": {json.dumps(hostile)}")
    return base.encode()


HOSTILE = read_rules({"base.yaml": hostile_rules()})
HOSTILE_PERSON = {
    "worse_at_night": "yes",
    "side": "both",
    "feelings": ["shooting", "numb"],
    "lasts": "50 years",
    "age_years": 20,
}


def people() -> dict[str, Assessment]:
    """Worked cases by what they show: each kind of result that a reader may have before them."""
    results = [assess(case.answers, RULES) for case in load_cases(RULES)]
    kinds = {
        "emergency": [each for each in results if each.urgency.level == "emergency"],
        "ordinary": [each for each in results if each.causes and each.causes[0].support == "well supported"],
        "not ranked": [each for each in results if each.not_ranked],
        "insufficient": [each for each in results if each.status == "insufficient"],
        "contradictions": [each for each in results if each.contradictions],
        "pairs": [each for each in results if each.not_told_apart],
        "mimics": [each for each in results if each.also_consider],
    }
    return {kind: max(found, key=lambda each: len(each.fired)) for kind, found in kinds.items()}

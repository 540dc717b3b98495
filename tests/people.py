"""People whose results show every part of a report, and a rule base that would break one if it could."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import shipped

from engine import Assessment, RuleBase, assess
from engine.loading.loader import read_rules

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


@cache
def hostile() -> RuleBase:
    """The rule base whose every text is hostile."""
    return read_rules({"base.yaml": hostile_rules()})


HOSTILE_PERSON = {
    "worse_at_night": "yes",
    "side": "both",
    "feelings": ["shooting", "numb"],
    "lasts": "50 years",
    "age_years": 20,
}


KINDS = {
    "emergency": "published-guillain-barre",
    "ordinary": "ordinary-numb-feet",
    "not ranked": "not-ranked-at-13:4",
    "insufficient": "unsure-of-everything",
    "contradictions": "edge-outer-thigh-patch:5",
    "pairs": "ordinary-numb-feet",
    "mimics": "ordinary-numb-feet-no-diabetes",
}
"""The worked case that shows each kind of result, with as many rules fired as any of its kind."""


@cache
def person(kind: str) -> Assessment:
    """The result of this kind that a reader may have before them."""
    found = assess(shipped.answers()[KINDS[kind]], shipped.rules())
    assert {
        "emergency": found.urgency.level == "emergency",
        "ordinary": bool(found.causes) and found.causes[0].support == "well supported",
        "not ranked": found.not_ranked,
        "insufficient": found.status == "insufficient",
        "contradictions": found.contradictions,
        "pairs": found.not_told_apart,
        "mimics": found.also_consider,
    }[kind], f"the case {KINDS[kind]} shows no such result any more; name another"
    return found


def people() -> dict[str, Assessment]:
    """The result of each kind."""
    return {kind: person(kind) for kind in KINDS}

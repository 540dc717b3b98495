"""Rule bases and answers for hypothesis, valid by construction; rule bases go through the loader."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine.knowledge.rule_base import RuleBase
from engine.loading.loader import read_rules

QUESTIONS: list[dict[str, Any]] = [
    {"id": "fever", "kind": "yes_no", "emergency": "yes"},
    {"id": "limp", "kind": "yes_no", "asked_when": "side in [left, both]"},
    {"id": "side", "kind": "one_of", "options": ["left", "right", "both", "cannot_tell", "not_say"]},
    {"id": "effect", "kind": "one_of", "options": ["gone", "better", "worse"]},
    {"id": "kinds", "kind": "many_of", "options": ["burning", "numb", "cramp", "none", "not_say"]},
    {"id": "age", "kind": "number", "minimum": "0", "maximum": "120", "unit": "years", "whole": "yes"},
    {"id": "lasting", "kind": "duration", "minimum": "0", "maximum": "10", "unit": "years"},
]
CAUSES = ["disc", "canal", "sugar"]
MIMICS = ["clot"]
SIGNS = ["first_sign", "second_sign", "third_sign"]
TEXT = {"text": "Some text.", "why": "Some reason."}

ATOMS = st.one_of(
    st.builds(
        "{} is {}".format, st.sampled_from(["fever", "limp"]), st.sampled_from(["yes", "no", "unsure"])
    ),
    st.builds("side is {}".format, st.sampled_from(["left", "right", "both", "unsure"])),
    st.lists(st.sampled_from(["gone", "better", "worse"]), min_size=1, max_size=2, unique=True).map(
        lambda options: f"effect in [{', '.join(options)}]"
    ),
    st.builds("kinds has {}".format, st.sampled_from(["burning", "numb", "cramp", "none"])),
    st.builds("age {} {}".format, st.sampled_from(["<", "<=", ">", ">="]), st.integers(1, 119)),
    st.builds(
        "lasting {} {} {}".format,
        st.sampled_from(["<", "<=", ">", ">="]),
        st.integers(1, 9),
        st.sampled_from(["hours", "days", "weeks", "months", "years"]),
    ),
)


@cache
def conditions(*signs: str) -> st.SearchStrategy[Any]:
    """Conditions over the questions above and these signs.

    They are kept, for hypothesis takes long to look at one that it has not seen.
    """
    leaves = ATOMS if not signs else ATOMS | st.sampled_from(signs).map(lambda sign: f"sign {sign}")

    def extend(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda items: {"all": items}),
            several.map(lambda items: {"any": items}),
            inner.map(lambda item: {"not": item}),
            several.flatmap(
                lambda items: st.integers(1, len(items)).map(
                    lambda count: {"at_least": {"count": str(count), "of": items}}
                )
            ),
        )

    return st.recursive(leaves, extend, max_leaves=5)


@st.composite
def rules_of(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rules of every kind; a sign's rules read only signs before it."""
    rules: list[dict[str, Any]] = []
    for at, sign in enumerate(SIGNS):
        for _ in range(draw(st.integers(1, 2))):
            rules.append({"when": draw(conditions(*SIGNS[:at])), "sign": sign, "grade": "judgement"})
    for _ in range(draw(st.integers(1, 8))):
        side = draw(st.sampled_from(["supports", "opposes"]))
        rule = {"when": draw(conditions(*SIGNS)), side: draw(st.sampled_from(CAUSES + MIMICS))}
        rule["group"] = draw(st.sampled_from(["one", "two"]))
        if draw(st.booleans()):
            ratio = draw(st.integers(101, 3000)) / 100
            value = str(ratio if side == "supports" else round(1 / ratio, 4))
            rule["likelihood_ratio"] = {"value": value, "among": "some people"}
            rule["grade"] = "measured"
        else:
            strengths = ["near_diagnostic", "strong", "moderate", "weak", "neutral"]
            rule["strength"] = draw(st.sampled_from(strengths))
            rule["grade"] = "judgement"
        rules.append(rule)
    for _ in range(draw(st.integers(0, 4))):
        levels = ["emergency", "same_day", "urgent", "routine", "self_care"]
        rules.append(
            {"when": draw(conditions(*SIGNS)), "urgency": draw(st.sampled_from(levels)), "grade": "judgement"}
        )
    return [
        {"id": f"rule-{at}", **rule, "because": "Some reason.", "cites": ["study"]}
        for at, rule in enumerate(rules)
    ]


def files_of(rules: list[dict[str, Any]]) -> dict[str, bytes]:
    """Rule files with these rules: one for the rules, one for all else (JSON is YAML)."""
    percents = {"adults": "20", "young": "2", "old": "30"}
    questions = [
        {**question, **TEXT}
        | ({"options": [_option(id) for id in question["options"]]} if "options" in question else {})
        for question in QUESTIONS
    ]
    everything = {
        "questions": questions,
        "interview": [{"title": "All", "questions": [question["id"] for question in QUESTIONS]}],
        "signs": [{"id": sign, "text": "a sign"} for sign in SIGNS],
        "causes": [
            {"id": cause, "name": cause, "about": "A cause.", "section": str(at)}
            for at, cause in enumerate(CAUSES, 1)
        ],
        "mimics": [{"id": mimic, "name": mimic, "about": "A mimic."} for mimic in MIMICS],
        "sources": [{"id": "study", "title": "A study", "seen": "read"}],
        "base_rates": {
            "bands": [
                {"id": "young", "text": "young", "when": "age < 40"},
                {"id": "old", "text": "old", "when": "age >= 40"},
            ],
            "rates": [
                {
                    "cause": cause,
                    "percent": percents,
                    "confidence": "low",
                    "lifts": [{"when": "fever is yes", "percent": "10"}] if cause == "sugar" else [],
                }
                for cause in CAUSES
            ],
            "points": [
                {"from_percent": "30", "points": "6"},
                {"from_percent": "5", "points": "4"},
                {"from_percent": "0", "points": "0"},
            ],
            "cites": ["study"],
            "note": "Made up.",
        },
        "advice": {
            "levels": [
                {"level": level, "name": level, "advice": "Do it."}
                for level in ["emergency", "same_day", "urgent", "routine", "self_care"]
            ],
            "default": "routine",
            "safety_net_lead": "Get help.",
            "safety_net": ["look out"],
            "not_a_diagnosis": "Not a diagnosis.",
        },
    }
    return {"all.yaml": json.dumps(everything).encode(), "rules.yaml": json.dumps({"rules": rules}).encode()}


def _option(id: str) -> dict[str, str]:
    marks = {
        "none": {"exclusive": "yes"},
        "cannot_tell": {"means_unsure": "yes"},
        "not_say": {"refuses": "yes"},
    }
    return {"id": id, "text": id, **marks.get(id, {})}


READ_ALL = [
    {
        "id": f"reads-{question['id']}",
        "when": f"{question['id']} is unsure",
        "urgency": "same_day" if "emergency" in question else "self_care",
        "grade": "judgement",
        "because": "So that every question is read, and no unsure about an emergency goes unheard.",
        "cites": ["study"],
    }
    for question in QUESTIONS
]
"""Rules that every rule base has."""


@st.composite
def rule_bases(draw: st.DrawFn) -> RuleBase:
    """A rule base of a few questions, signs and causes, read by the loader."""
    return loaded(draw(rules_of()))


def loaded(rules: list[dict[str, Any]]) -> RuleBase:
    """The rule base with these rules; those that can never fire are left out."""
    from engine.errors import RulesError

    try:
        return read_rules(files_of([*rules, *READ_ALL]))
    except RulesError as error:
        never = {
            problem.message.split("`")[1] for problem in error.problems if problem.code in ("R022", "R029")
        }
        if len(never) != len(error.problems):
            raise
        kept = [rule | ({"when": "limp is yes"} if rule["id"] in never else {}) for rule in rules]
        return read_rules(files_of([*kept, *READ_ALL]))


@st.composite
def edited_rules(draw: st.DrawFn) -> tuple[RuleBase, RuleBase]:
    """A rule base, and the same with a few rules drawn anew or, where no sign needs them, gone."""
    rules, others = draw(rules_of()), draw(rules_of())
    changed = list(rules)
    for at in draw(st.sets(st.integers(0, len(rules) - 1), min_size=1, max_size=2)):
        sign = rules[at].get("sign")
        fitting = [other for other in others if other.get("sign") == sign]
        changed[at] = draw(st.sampled_from([*fitting, rules[at]])) | {"id": rules[at]["id"]}
    if "sign" not in changed[-1] and draw(st.booleans()):
        changed.pop()
    return loaded(rules), loaded(changed)


PAIRS = edited_rules() | st.tuples(rule_bases(), rule_bases())
"""An old and a new rule base: much or little of it the same."""

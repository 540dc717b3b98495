"""The table of keys as a JSON Schema, by which an editor completes and explains what a rule file may say.

It knows the form of a file and not what its names refer to: `legtriage check` alone tells whether the
rules are right.
"""

from __future__ import annotations

from typing import Any

from .forms import CHOICES, PATTERNS, Key
from .keys import TABLES

TEXT = {"type": ["string", "number", "boolean"]}
"""A scalar: where a text is expected, an editor takes `2.1` for a number and `yes` for a truth."""

CONDITION: dict[str, Any] = {
    "description": "An atom such as `age_years > 65`, or all, any, at_least or not of conditions.",
    "anyOf": [
        {"type": "string"},
        *(
            {
                "type": "object",
                "properties": {key: {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}},
                "required": [key],
                "additionalProperties": False,
            }
            for key in ("all", "any")
        ),
        {
            "type": "object",
            "properties": {"not": {"$ref": "#/$defs/condition"}},
            "required": ["not"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "at_least": {
                    "type": "object",
                    "properties": {
                        "count": {"type": "integer", "minimum": 1},
                        "of": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}},
                    },
                    "required": ["count", "of"],
                    "additionalProperties": False,
                }
            },
            "required": ["at_least"],
            "additionalProperties": False,
        },
    ],
}

PLAIN: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "name": TEXT,
    "template": TEXT,
    "number": {"type": "number"},
    "percent": {"type": "number", "minimum": 0, "maximum": 100},
    "whole number": {"type": "integer"},
    "yes or no": {"enum": ["yes", "no", True, False]},
    "condition": {"$ref": "#/$defs/condition"},
    "answers": {"type": "object", "description": "Answers as an answers file holds them."},
    "percent by band": {"type": "object", "additionalProperties": {"type": "number"}},
    "points by cause": {"type": "object", "additionalProperties": {"type": "integer"}},
    "reasons by code": {
        "type": "object",
        "propertyNames": {"pattern": f"^{PATTERNS['lint code'][0]}$"},
        "additionalProperties": TEXT,
    },
}
"""What is neither a table nor a list, has no form of its own and is not one of a few words."""


def rule_file_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a rule file or a file of cases."""
    named = {name.replace(" ", "_"): _table(keys) for name, keys in TABLES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule file of legtriage",
        **named["file"],
        "$defs": {"condition": CONDITION, **{name: each for name, each in named.items() if name != "file"}},
    }


def _table(keys: tuple[Key, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key.name: {"description": key.help, **_value(key.takes)} for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _value(takes: str) -> dict[str, Any]:
    if takes.startswith("list of "):
        return {"type": "array", "items": _value(takes.removeprefix("list of "))}
    if takes in TABLES:
        return {"$ref": f"#/$defs/{takes.replace(' ', '_')}"}
    if takes in PLAIN:
        return PLAIN[takes]
    if takes in CHOICES:
        return {"enum": list(CHOICES[takes])}
    return {**TEXT, "pattern": f"^{PATTERNS[takes][0]}$"}

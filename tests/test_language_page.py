"""The reference of the rule language and its JSON Schema say what the loader takes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shipped
import yaml
from jsonschema import Draft202012Validator

from engine.loading.folder import SHIPPED
from engine.loading.keys import TABLES
from engine.loading.readers.condition_reader import ConditionReader
from engine.loading.schema import rule_file_schema
from engine.loading.tree import Table, read_yaml
from engine.pages.language_page import PAGE

FILES = sorted(SHIPPED.rglob("*.yaml"))


@cache
def schema() -> dict[str, Any]:
    """That of rule files."""
    return rule_file_schema()


def errors(content: object) -> list[str]:
    """What the schema finds wrong with a file's content."""
    return [error.message for error in Draft202012Validator(schema()).iter_errors(content)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SHIPPED)))
def test_every_shipped_file_fits_it(path: Path) -> None:
    assert errors(yaml.load(path.read_bytes(), yaml.CSafeLoader)) == []


@pytest.mark.parametrize("name", [name for name in TABLES if name != "file"])
def test_it_refuses_a_key_that_no_table_has_and_asks_for_those_that_are_needed(name: str) -> None:
    part = {**schema(), "$ref": f"#/$defs/{name.replace(' ', '_')}"}
    del part["properties"], part["required"]
    del part["additionalProperties"]
    found = [error.message for error in Draft202012Validator(part).iter_errors({"no_such_key": 1})]
    assert any("no_such_key" in message for message in found)
    for key in TABLES[name]:
        needed = any(f"'{key.name}' is a required property" == message for message in found)
        assert needed == key.required


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"rules": {"id": "no-list"}}, "$.rules"),
        ({"rules": [{"id": "Not An Id"}]}, "$.rules[0].id"),
        ({"questions": [{"kind": "maybe"}]}, "$.questions[0].kind"),
        ({"rules": [{"when": {"some": ["age_years > 3"]}}]}, "$.rules[0].when"),
        ({"rules": [{"when": {"all": ["a"], "any": ["b"]}}]}, "$.rules[0].when"),
        ({"rules": [{"when": {"all": []}}]}, "$.rules[0].when"),
        ({"rules": [{"allow": {"L4": "no such code"}}]}, "$.rules[0].allow"),
        ({"rules": [{"likelihood_ratio": {"value": "much"}}]}, "$.rules[0].likelihood_ratio.value"),
    ],
    ids=str,
)
def test_it_refuses_what_has_another_form_at_its_place(wrong: dict[str, Any], place: str) -> None:
    assert place in [error.json_path for error in Draft202012Validator(schema()).iter_errors(wrong)]


def test_every_example_of_a_condition_can_be_read() -> None:
    rules = shipped.rules()
    page = shipped.pages()[PAGE]
    block = page.partition("```yaml\n")[2].partition("```")[0]
    problems: list[str] = []
    reader = ConditionReader(
        dict(rules.questions), rules.signs.keys(), lambda where, code, message: problems.append(message)
    )
    for line in block.splitlines():
        node, wrong = read_yaml(line.encode(), "example")
        assert isinstance(node, Table)
        assert wrong == []
        assert reader.read(node.entries[0][1]) is not None, (line, problems)
    assert len(block.splitlines()) > 10

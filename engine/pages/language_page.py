"""The reference of the rule language, and its JSON Schema: both made from the table of keys."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..knowledge.questions import Question
from ..knowledge.rule_base import RuleBase
from ..loading.forms import CHOICES, PATTERNS, Key
from ..loading.keys import TABLES
from ..loading.schema import rule_file_schema
from ..writing.markdown import code, escaped, table
from .parts.anchors import FOLDER
from .parts.book import GENERATED, Book, page_text

PAGE = f"{FOLDER}/language.md"
SCHEMA = f"{FOLDER}/rule-file.schema.json"

LEAD = """\
A rule file is YAML with any of these sections at its top, and a folder of such files is a rule base. The
same table of keys reads the files, suggests the near name for a wrong one, and makes this page and
[a JSON Schema](rule-file.schema.json), by which an editor completes keys and shows what each is for. What
the conditions mean is told on the page of the semantics.

A condition is an atom, or `all`, `any`, `not` or `at_least` of conditions. These read questions of the
rules here:
"""


def language_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page and the schema: path and text."""
    yield PAGE, page_text("The rule language", "the table of keys", _lines(book.rules))
    schema = {"$comment": f"{GENERATED} from the table of keys.", **rule_file_schema()}
    yield SCHEMA, json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _lines(rules: RuleBase) -> Iterator[str]:
    yield from LEAD.splitlines()
    yield ""
    yield "```yaml"
    yield from _examples(rules)
    yield "```"
    yield ""
    for name, keys in TABLES.items():
        yield f"## {'The top of a file' if name == 'file' else escaped(name)}"
        yield ""
        yield from table(["key", "takes", "", "what it is"], (_row(key) for key in keys))
    yield "## Forms"
    yield ""
    yield from table(
        ["what", "form"], ([escaped(name), escaped(form)] for name, (_, form) in PATTERNS.items())
    )
    yield ""
    yield "## Words"
    yield ""
    words = ([escaped(name), escaped(", ".join(each))] for name, each in CHOICES.items())
    yield from table(["what", "one of"], words)


def _row(key: Key) -> list[str]:
    return [code(key.name), escaped(key.takes), "" if key.required else "may be left out", escaped(key.help)]


def _examples(rules: RuleBase) -> Iterator[str]:
    """One condition of each form, over the first question of each kind and the first sign."""
    first = {question.kind: question for question in reversed([*rules.questions.values()])}
    atoms = [_example(question) for question in first.values()]
    yield from (f"when: {atom}" for atom in atoms)
    yield from (f"when: {question.id} is unsure" for question in first.values() if not question.is_quantity)
    signs = [f"sign {sign}" for sign in rules.signs]
    yield from (f"when: {sign}" for sign in signs[:1])
    several = ", ".join((signs[:1] + atoms)[:2])
    yield f"when: {{all: [{several}]}}"
    yield f"when: {{any: [{several}]}}"
    yield f"when: {{not: {atoms[0]}}}"
    yield f"when: {{at_least: {{count: 1, of: [{several}]}}}}"


def _example(question: Question) -> str:
    """An atom over the question."""
    if question.kind == "duration":
        return f"{question.id} > 1 {question.unit}"
    if question.is_quantity:
        return f"{question.id} > {((question.minimum or 0) + (question.maximum or 0)) // 2}"
    option = next(option.id for option in question.options if option.is_real)
    return f"{question.id} {'has' if question.kind == 'many_of' else 'is'} {option}"

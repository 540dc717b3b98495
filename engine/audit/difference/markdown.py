"""The difference between two rule bases as a section of a Markdown page, for `docs/rule-changes.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...writing.markdown import code, escaped, table
from .difference import Difference
from .rule_changes import PartChanges
from .text import (
    IN_WORDS,
    answers_of,
    by_example,
    caveats,
    compared,
    in_words,
    now,
    results_of,
    rules_of,
    some_of,
    verdict,
)


def difference_markdown(found: Difference) -> str:
    """The section, under a heading of the second level that names the two."""
    parts: list[Iterable[str]] = [
        [f"## {escaped(found.old.name)} to {escaped(found.new.name)}", ""],
        [f"**{escaped(verdict(found))}** {escaped(compared(found))}", ""],
        ["### What the rules say otherwise", ""],
        _changes(found),
        ["### What they do otherwise", ""],
        _counts(found),
        _examples(found),
        ["### How this was compared", ""],
        [f"* {escaped(text)}" for text in caveats(found)],
    ]
    return "\n".join([line for part in parts for line in part]) + "\n"


def _changes(found: Difference) -> Iterator[str]:
    if not found.changes:
        yield "Nothing: both say the same."
        yield ""
    for part in found.changes:
        yield f"{escaped(part.part.capitalize())}:"
        yield ""
        yield from _of_part(part)
        yield ""


def _of_part(part: PartChanges) -> Iterator[str]:
    for word, ids in (("added", part.added), ("removed", part.removed)):
        yield from (f"* {word}: {code(id)}" for id in ids)
    for each in part.changed:
        yield f"* changed: {code(each.id)}"
        for one in each.revisions:
            yield f"  * {one.what}: {escaped(now(one.before, one.after))}"


def _counts(found: Difference) -> Iterator[str]:
    rows: list[list[str]] = []
    for what, title in IN_WORDS.items():
        rows.append([title, *(f"{number:,}" for number in found.count(what))])
        for each in found.findings:
            if each.what == what and each.before is not None:
                levels = f"… {code(each.before)} to {code(str(each.after))}"
                rows.append([levels, f"{each.people:,}", f"{len(each.cases):,}", f"{each.searched:,}"])
    yield from table(["what differs", "simulated people", "cases", "found by search"], rows)
    for each in found.findings:
        if each.cases:
            yield f"{escaped(in_words(each))}, the cases: {escaped(some_of(each.cases))}."
            yield ""


def _examples(found: Difference) -> Iterator[str]:
    if not found.findings:
        return
    yield "### Smallest examples found"
    yield ""
    for findings, example in by_example(found):
        yield f"{escaped('; '.join(map(in_words, findings)))}:"
        yield ""
        yield from (f"* {escaped(answer)}" for answer in answers_of(example))
        yield from (f"* → {escaped(text)}" for text in results_of(example, findings))
        for word, rule, concludes in rules_of(example):
            yield f"* {word}: {code(rule)}, {escaped(concludes)}"
        yield ""

"""Writes docs/lint.md from the table of codes and the wrong files: `make lint-page`; a test compares it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

from engine.audit.check.codes import CODES, LintCode
from engine.audit.check.codes import PAGE as NAME

HOME = Path(__file__).parent
WRONG = HOME / "bad" / "lint"
RIGHT = WRONG / "right"
PAGE = HOME.parent / NAME


HEAD = """\
# What `legtriage check` finds

<!-- Made from the table of codes and the files under tests/bad/lint/: `make lint-page`. -->

A rule file that is wrong by itself, or with the others, is refused when it is loaded (codes R001 and on;
the message says what to do). What is right as far as that goes may still be a fault of the rules as a
set: a rule that never fires, one that another takes back, an option that nothing reads. `legtriage check`
finds those:

    rules/causes/herniated_disc.yaml:107:5: L006 `disc-three-root-items` adds nothing: …

The exit code is 1 where anything is found. `--json` gives every finding as data, and `--format sarif` the
format that code hosts and editors show beside the line. What is said by logic (L002 to L007) is decided
exactly, over all answers there are.

## Allowing a finding

A finding that is meant is allowed where it stands: in the rule, question, sign, cause, mimic, source,
pair or consistency check that it is about, by its code and with the reason.

```yaml
  - id: infection-both-legs-red
    when: {all: [sign hot_skin, red_both_legs is yes]}
    opposes: infection
    …
    allow: {L007: An exception to the wider rule.}
```

There is no other way: no list of exceptions elsewhere, no option of the command. `legtriage rules show`
prints what a rule or a sign allows, `--json` and SARIF (as a suppression) every reason. An `allow`
without a finding is itself one (L001). Advice and the safety net allow nothing: they must be plain.

## Codes

The examples belong to the small rule base of `tests/bad/base.yaml`. In it `nerve_like` takes two kinds of
feeling, `lasts` is asked of those who know which leg it is, and `canal-both-sides` weighs `moderate` for
`narrow_canal`, in the group `side`, where `side is both`.

| code | name | what is found |
| --- | --- | --- |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A wrong file, what is said of it, and the same made right."""

    wrong: str
    says: str
    right: str


def lint_page(examples: Mapping[str, Example]) -> str:
    """The page in Markdown; `examples` by code. The anchor of a code is the code in lower case."""
    rows = "".join(
        f"| [{row.code}](#{row.code.lower()}) | {row.name} | {row.says} |\n" for row in CODES.values()
    )
    sections = ["\n".join(_section(row, examples[code])) for code, row in CODES.items()]
    return HEAD + rows + "\n" + "\n".join(sections)


def _section(row: LintCode, example: Example) -> Iterator[str]:
    yield f"## {row.code}\n"
    yield f"*{row.name}.* {row.says}\n"
    yield f"{row.why}\n"
    yield f"Wrong:\n\n```yaml\n{example.wrong.rstrip()}\n```\n"
    yield f"> {row.code} {example.says}\n"
    yield f"Right:\n\n```yaml\n{example.right.rstrip()}\n```\n"
    yield f"{row.remedy} {_where(row)}\n"


def _where(row: LintCode) -> str:
    if not row.silenced_in:
        return "It cannot be allowed."
    return (
        f"It is allowed (`allow: {{{row.code}: …}}`) in the {' or '.join(row.silenced_in)} that it is about."
    )


def example(code: str) -> Example:
    """The first wrong file of the code that has a right one beside it."""
    name = next(path.name for path in sorted(RIGHT.glob(f"{code.lower()}_*.yaml")))
    lines = (WRONG / name).read_text(encoding="utf-8").splitlines()
    said = next(found[1] for line in lines if (found := re.fullmatch(rf"# expect: \S+ {code} (.*)", line)))
    wrong = "\n".join(line for line in lines if not line.startswith("# "))
    return Example(wrong=wrong, says=said, right=(RIGHT / name).read_text(encoding="utf-8"))


def page() -> str:
    """The page as it should be."""
    return lint_page({code: example(code) for code in CODES})


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

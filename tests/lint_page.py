"""Writes docs/lint.md from the table of codes and the wrong files: `make lint-page`; a test compares it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

from engine.audit.lint_codes import CODES
from engine.audit.lint_codes import PAGE as NAME
from engine.pages.lint_page import Example, lint_page

HOME = Path(__file__).parent
WRONG = HOME / "bad" / "lint"
RIGHT = WRONG / "right"
PAGE = HOME.parent / NAME


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

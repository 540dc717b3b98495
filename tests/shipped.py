"""What the tests share: made when a test first asks for it, then kept.

Only the rules and the cases may be asked for while the tests are collected, for the names of tests.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine import Answers, RuleBase, load_rules
from engine.audit.cases.case import Case, load_cases
from engine.loading.folder import SHIPPED
from engine.loading.loader import read_rules
from engine.pages import making

SMALL = Path(__file__).parent / "bad" / "base.yaml"
"""A small rule base with an example of everything."""


@cache
def rules() -> RuleBase:
    """The rules that are shipped."""
    return load_rules()


@cache
def cases() -> tuple[Case, ...]:
    """The worked cases that are shipped."""
    return tuple(load_cases(rules()))


@cache
def answers() -> dict[str, Answers]:
    """The answers of each case by its id."""
    return {case.id: case.answers for case in cases()}


@cache
def small() -> RuleBase:
    """The small rule base."""
    return read_rules({SMALL.name: SMALL.read_bytes()})


@cache
def pages() -> dict[str, str]:
    """Every page made from the rules and the cases, by its path."""
    return dict(making.pages(rules(), cases(), root=str(SHIPPED)))

"""The rules under trial: what is wrong with them as a set, what a change does, what holds for them all.

Each module is loaded when it is first used, so that the command line pays only for what it runs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import (
        accepted,
        aims,
        answer_order,
        asking,
        condition_changes,
        coverage,
        difference,
        difference_markdown,
        difference_text,
        example,
        findings,
        firsts,
        flow,
        goals,
        healthier,
        hearing,
        invariants,
        lint,
        lint_codes,
        mutants,
        mutation,
        mutation_report,
        outcome,
        overlap,
        parting,
        promise,
        promises,
        promises_text,
        reach,
        reading_grade,
        revision,
        rule_changes,
        sarif,
        separation,
        shortcut,
        signpost_tally,
        simulation,
        unused,
        urgency_search,
        witness,
    )

__all__ = [
    "accepted",
    "aims",
    "answer_order",
    "asking",
    "condition_changes",
    "coverage",
    "difference",
    "difference_markdown",
    "difference_text",
    "example",
    "findings",
    "firsts",
    "flow",
    "goals",
    "healthier",
    "hearing",
    "invariants",
    "lint",
    "lint_codes",
    "mutants",
    "mutation",
    "mutation_report",
    "outcome",
    "overlap",
    "parting",
    "promise",
    "promises",
    "promises_text",
    "reach",
    "reading_grade",
    "revision",
    "rule_changes",
    "sarif",
    "separation",
    "shortcut",
    "signpost_tally",
    "simulation",
    "unused",
    "urgency_search",
    "witness",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

"""legtriage in Python: `from legtriage.engine import assess, load_rules`.

Importing it reads no file, sets up no logging and prints nothing. Each name is loaded when it is
first used, so that a program which needs only a part (`legtriage --help`) does not pay for the whole.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import (
        article,
        cases,
        catalogue,
        clips,
        errors,
        interview,
        loader,
        model,
        output,
        rendering,
        report,
        source,
        text,
        typed,
        verification_report,
    )
    from .answer_reader import read_answer, read_answers
    from .answers import UNSURE, Answers
    from .assessment import Assessment, Candidate, Evidence, RankedCause, UrgencyResult
    from .consultation import assess
    from .errors import AnswersError, EnginesDisagree, InputError, Location, Problem, RulesError
    from .interview import next_question
    from .loader import load_rules
    from .rendering import render
    from .rule_base import RuleBase
    from .verification import Verification, verify
    from .version import VERSION as __version__  # noqa: N811 - the name Python gives it

__all__ = [
    "UNSURE",
    "Answers",
    "AnswersError",
    "Assessment",
    "Candidate",
    "EnginesDisagree",
    "Evidence",
    "InputError",
    "Location",
    "Problem",
    "RankedCause",
    "RuleBase",
    "RulesError",
    "UrgencyResult",
    "Verification",
    "__version__",
    "article",
    "assess",
    "cases",
    "catalogue",
    "clips",
    "errors",
    "interview",
    "load_rules",
    "loader",
    "model",
    "next_question",
    "output",
    "read_answer",
    "read_answers",
    "render",
    "rendering",
    "report",
    "source",
    "text",
    "typed",
    "verification_report",
    "verify",
]

_HOMES = {
    "answer_reader": ["read_answer", "read_answers"],
    "answers": ["UNSURE", "Answers"],
    "assessment": ["Assessment", "Candidate", "Evidence", "RankedCause", "UrgencyResult"],
    "consultation": ["assess"],
    "errors": ["AnswersError", "EnginesDisagree", "InputError", "Location", "Problem", "RulesError"],
    "interview": ["next_question"],
    "loader": ["load_rules"],
    "rendering": ["render"],
    "rule_base": ["RuleBase"],
    "verification": ["Verification", "verify"],
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module(".version", __name__).VERSION
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

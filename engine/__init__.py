"""legtriage in Python: `from legtriage.engine import assess, load_rules`.

Importing it reads no file, sets up no logging and prints nothing. Each name is loaded when it is
first used, so that a program which needs only a part (`legtriage --help`) does not pay for the whole.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answer_reader import read_answer, read_answers
    from .answers import UNSURE, Answers
    from .assessment import Assessment, Candidate, Evidence, RankedCause, UrgencyResult
    from .comparison import Comparison, what_if
    from .consultation import assess
    from .errors import AnswersError, EnginesDisagree, InputError, Location, Problem, RulesError
    from .explanation import CauseExplanation, UrgencyExplanation, explain
    from .interview import next_question
    from .loader import load_rules
    from .rendering import render
    from .rule_base import RuleBase
    from .shortfall import CauseShortfall, UrgencyShortfall, why_not
    from .turning import TurningPoints, turning_points
    from .verification import Verification, verify
    from .version import VERSION as __version__  # noqa: N811 - the name Python gives it

__all__ = [
    "UNSURE",
    "Answers",
    "AnswersError",
    "Assessment",
    "Candidate",
    "CauseExplanation",
    "CauseShortfall",
    "Comparison",
    "EnginesDisagree",
    "Evidence",
    "InputError",
    "Location",
    "Problem",
    "RankedCause",
    "RuleBase",
    "RulesError",
    "TurningPoints",
    "UrgencyExplanation",
    "UrgencyResult",
    "UrgencyShortfall",
    "Verification",
    "__version__",
    "assess",
    "explain",
    "load_rules",
    "next_question",
    "read_answer",
    "read_answers",
    "render",
    "turning_points",
    "verify",
    "what_if",
    "why_not",
]

_HOMES = {
    "answer_reader": ["read_answer", "read_answers"],
    "answers": ["UNSURE", "Answers"],
    "assessment": ["Assessment", "Candidate", "Evidence", "RankedCause", "UrgencyResult"],
    "comparison": ["Comparison", "what_if"],
    "consultation": ["assess"],
    "errors": ["AnswersError", "EnginesDisagree", "InputError", "Location", "Problem", "RulesError"],
    "explanation": ["CauseExplanation", "UrgencyExplanation", "explain"],
    "interview": ["next_question"],
    "loader": ["load_rules"],
    "rendering": ["render"],
    "rule_base": ["RuleBase"],
    "shortfall": ["CauseShortfall", "UrgencyShortfall", "why_not"],
    "turning": ["TurningPoints", "turning_points"],
    "verification": ["Verification", "verify"],
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module(".version", __name__).VERSION
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

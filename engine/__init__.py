"""legtriage in Python: `from legtriage.engine import assess, load_rules`.

Importing it reads no file, sets up no logging and prints nothing. Each name is loaded when it is
first used, so that a program which needs only a part (`legtriage --help`) does not pay for the whole.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answers.answers import UNSURE, Answers
    from .errors import AnswersError, EnginesDisagree, InputError, Location, Problem, RulesError
    from .explanation.turning_points import TurningPoints, turning_points
    from .explanation.what_if import Comparison, what_if
    from .explanation.why import CauseExplanation, UrgencyExplanation, explain
    from .explanation.why_not import CauseShortfall, UrgencyShortfall, why_not
    from .interview.interview import next_question
    from .knowledge.rule_base import RuleBase
    from .loading.answer_reader import read_answer, read_answers
    from .loading.loader import load_rules
    from .records.verification import Verification, verify
    from .report.rendering import render
    from .result.assessment import Assessment, UrgencyResult
    from .result.consultation import Consultation, assess, consult
    from .result.ranking import Candidate, Evidence, RankedCause
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
    "Consultation",
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
    "consult",
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
    "loading.answer_reader": ["read_answer", "read_answers"],
    "answers.answers": ["UNSURE", "Answers"],
    "result.assessment": ["Assessment", "UrgencyResult"],
    "explanation.what_if": ["Comparison", "what_if"],
    "result.consultation": ["Consultation", "assess", "consult"],
    "errors": ["AnswersError", "EnginesDisagree", "InputError", "Location", "Problem", "RulesError"],
    "explanation.why": ["CauseExplanation", "UrgencyExplanation", "explain"],
    "interview.interview": ["next_question"],
    "result.ranking": ["Candidate", "Evidence", "RankedCause"],
    "loading.loader": ["load_rules"],
    "report.rendering": ["render"],
    "knowledge.rule_base": ["RuleBase"],
    "explanation.why_not": ["CauseShortfall", "UrgencyShortfall", "why_not"],
    "explanation.turning_points": ["TurningPoints", "turning_points"],
    "records.verification": ["Verification", "verify"],
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

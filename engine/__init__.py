"""legtriage in Python: `from legtriage.engine import assess, load_rules`.

Importing it reads no file, sets up no logging and prints nothing.
"""

from .answers import UNSURE, Answers, read_answers
from .assess import assess
from .assessment import Assessment, Candidate, Evidence, RankedCause, UrgencyResult
from .errors import AnswersError, InputError, Location, Problem, RulesError
from .loader import load_rules
from .model import RuleBase
from .version import VERSION as __version__

__all__ = [
    "UNSURE",
    "Answers",
    "AnswersError",
    "Assessment",
    "Candidate",
    "Evidence",
    "InputError",
    "Location",
    "Problem",
    "RankedCause",
    "RuleBase",
    "RulesError",
    "UrgencyResult",
    "__version__",
    "assess",
    "load_rules",
    "read_answers",
]

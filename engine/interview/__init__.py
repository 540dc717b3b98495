"""Which question comes next, what is said with it, and how a typed answer is read.

`begin(answers)` starts an interview; its steps are values (see `interview.py`).
"""

from .interview import Interview, Step, begin

__all__ = ["Interview", "Step", "begin"]

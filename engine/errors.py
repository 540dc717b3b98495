"""What can be wrong with an input, as values: where it is, a stable code, the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_QUOTED = re.compile(r"`([^`]*)`")

QUOTED = 60
"""What an input says is repeated in a message up to so many characters."""


class Location(NamedTuple):
    """A place in a file. Line and column count from 1; both are 0 for a value that came from Python."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Problem(NamedTuple):
    """One fault of an input. Problems sort by place, then code."""

    where: Location
    code: str
    message: str

    def __str__(self) -> str:
        message = _QUOTED.sub(lambda quoted: f"`{_cut(quoted[1])}`", self.message)
        return printable(f"{self.where}: {self.code} {message}")


def printable(text: str) -> str:
    """The text as one line: what a file or a name says must not break it or steer the terminal."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


class InputError(ValueError):
    """An input is wrong: `problems` holds every fault found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RulesError(InputError):
    """A rule base cannot be used."""


class AnswersError(InputError):
    """A set of answers cannot be used."""


class EnginesDisagree(Exception):
    """Two engines drew different conclusions from the same answers: neither may be trusted."""

    def __init__(self, *, rules: tuple[str, ...], signs: tuple[str, ...], urgency: str) -> None:
        self.rules = rules
        """Rules that one engine fired and the other did not."""
        self.signs = signs
        """Signs on which they differ."""
        self.urgency = urgency
        """The higher of the two urgencies: the one to act on."""
        apart = ", ".join([*rules, *(f"sign {sign}" for sign in signs)])
        super().__init__(
            f"the engines disagree on {apart}; act on the higher urgency, `{urgency}`, and report this"
        )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is most likely a slip of, or None where nothing is close."""
    import difflib  # only mistakes need it

    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The end of a message about an unknown word: the near name, else `otherwise`."""
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else f"; {otherwise}"

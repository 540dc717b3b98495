"""What commands read, and what they write: files, standard input, and the result as text."""

from __future__ import annotations

from pathlib import Path

from ..answers.answers import Answers
from ..knowledge.rule_base import RuleBase
from ..loading.tree import read_bytes
from ..records.private_file import write_private
from ..records.saved_answers import read_saved
from ..report.rendering import text_lines
from ..result.assessment import Assessment
from .terminal import fail, say, show, tell, width


def called(path: str) -> str:
    """What messages call a file."""
    return "standard input" if path == "-" else path


def read_file(path: str) -> bytes:
    """The file's content, or standard input's for `-`; ends with a message if it cannot be read."""
    try:
        return read_bytes(None if path == "-" else Path(path))
    except OSError as error:
        fail(f"{path}: {(error.strerror or str(error)).lower()}")


def write_file(path: str, text: str, force: bool) -> None:
    """Writes a file that only its owner can read; ends with a message if it cannot be written."""
    try:
        write_private(Path(path), text, replace=force)
    except FileExistsError:
        fail(f"{path}: is there already; name another file, or replace it with --force")
    except OSError as error:
        fail(f"{path}: {(error.strerror or str(error)).lower()}")


def show_report(result: Assessment, *, full: bool = False, saved: str | None) -> None:
    """The result as text on standard output, in short or in full; `saved` is where the answers are."""
    show(text_lines(result, full=full, width=width(), saved=saved))


def saved_answers(path: str, rules: RuleBase) -> tuple[Answers, bool]:
    """The answers of a saved file that hold by the rules of today, and whether all do.

    What does not hold is named, and the file is then left alone; ends where nothing in it holds.
    """
    answers, problems = read_saved(read_file(path), rules, path)
    for problem in problems:
        say(str(problem))
    if problems and not answers:
        fail(f"{path}: no answer in it holds, so it is no file of answers; it was left alone")
    if problems:
        tell(
            "Those answers do not hold by the rules of today, and are asked again. The file is left as it "
            "is; name another with --save to keep the new answers."
        )
    return answers, not problems

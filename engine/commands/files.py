"""What commands read, and what they write: files, standard input, and the result as text."""

from __future__ import annotations

from pathlib import Path

from ..loading.tree import read_bytes
from ..records.private_file import write_private
from ..report.rendering import text_lines
from ..result.assessment import Assessment
from .terminal import fail, show, width


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

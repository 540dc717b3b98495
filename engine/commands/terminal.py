"""What every command needs of the terminal: lines, colour, width, a bar, an early end."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

import click

from ..errors import printable
from ..writing.lines import Line, wrapped

WRONG_INPUT = 1

LEFT = 130
"""The exit code of who leaves early: that of a program ended by Ctrl-C."""


def show(lines: Iterable[Line], *, err: bool = False) -> None:
    """Lines with their styles; colour only on a terminal that wants it."""
    styles: dict[str, dict[str, Any]] = {
        "plain": {},
        "heading": {"bold": True},
        "urgent": {"bold": True, "fg": "red"},
        "quiet": {"dim": True},
    }
    for line in lines:
        click.echo(
            click.style(line.text, **styles[line.style]), err=err, color=None if wants_colour() else False
        )


def wants_colour() -> bool:
    """Whether the environment leaves colour on (https://no-color.org; a dumb terminal has none)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns to write in: the terminal's, but no wider than is good to read."""
    import shutil

    return min(shutil.get_terminal_size().columns, 88)


def print_json(value: object) -> None:
    """Two-space JSON on standard output, letters as they are."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def tell(text: str, indent: str = "") -> None:
    """A sentence on standard error, wrapped to the width."""
    show(wrapped(text, width(), indent), err=True)


def say(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True, color=None if wants_colour() else False)


def fail(message: str) -> NoReturn:
    """Ends with a message and the exit code of wrong input."""
    say(printable(message))
    sys.exit(WRONG_INPUT)


@contextlib.contextmanager
def progress(length: int, what: str) -> Iterator[Callable[[int], None]]:
    """Something to tell of steps that are done; a bar on standard error where that is a terminal for one."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda done: None
        return
    with click.progressbar(length=length, label=what, file=sys.stderr) as bar:
        yield bar.update


def read_line(prompt: str) -> str:
    """A line typed by the person; where standard output is kept, the prompt goes to standard error."""
    with contextlib.suppress(ImportError):  # arrow keys, where the system has it
        import readline  # noqa: F401
    if sys.stdout.isatty():
        return input(prompt)  # so that the line editor knows of it, and does not wipe it away
    click.echo(prompt, nl=False, err=True)
    return input()

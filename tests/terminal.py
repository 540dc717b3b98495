"""An interview at a pseudo-terminal of its own, driven as a person would."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pexpect
import shipped

import cli
from engine.knowledge.questions import Question


def as_put(question: Question) -> str:
    """A pattern of the question as it is put, with its hint and options, on one line."""
    options = [f"{number} {option.text}" for number, option in enumerate(question.options, 1)]
    return re.escape(" ".join([question.text, *([question.help] if question.help else []), *options]))


class Terminal:
    """The interview at a terminal of its own."""

    def __init__(self, redirect: str = "", args: Sequence[str] = (), **env: str) -> None:
        program = f"from cli import main; main({list(args)!r}, prog_name='legtriage')"
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(cli.__file__).parent),
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "TERM": "xterm",
            **env,
        }
        self.child = pexpect.spawn(
            "/bin/sh",
            ["-c", f'exec "$0" -c "$1" {redirect}', sys.executable, program],
            env=environment,
            encoding="utf-8",
            dimensions=(50, 100),
            echo=False,
            timeout=30,
            # What a shell without job control runs in the background is deaf to Ctrl-C.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        self.child.delaybeforesend = None
        self.asked: list[str] = []
        self.seen = ""

    def until(self, text: str) -> str:
        """What is shown up to this text, line ends as on Unix."""
        self.child.expect_exact(text)
        shown = f"{self.child.before}{text}".replace("\r\n", "\n")
        self.seen += shown
        return shown

    def question(self) -> Question | None:
        """The question that is put next, or None at the review and at the end."""
        at = self.child.expect_exact(["> ", pexpect.EOF])
        shown = str(self.child.before).replace("\r\n", "\n")
        self.seen += shown
        text = " ".join(shown.split())
        if at == 1 or "Enter shows the result" in text:
            return None
        [question] = [
            each
            for each in shipped.rules().questions.values()
            if re.search(rf"(about \d+|Asked again) {as_put(each)}", text)
        ]
        self.asked.append(question.id)
        return question

    def answer(self, line: str) -> None:
        """Types a line."""
        self.child.sendline(line)

    def go_through(self, **answers: str) -> None:
        """Answers up to the review: these, and `unsure` to all else."""
        while (question := self.question()) is not None:
            self.answer(answers.get(question.id, "unsure"))

    def result(self) -> int:
        """The exit code, once the review is left for the result."""
        self.answer("")
        return self.end()

    def interrupt(self) -> None:
        """Interrupts the program, as Ctrl-C does.

        The key itself would be taken for text by a line editor that is just setting up its terminal.
        """
        self.child.kill(signal.SIGINT)

    def end(self) -> int:
        """The exit code, once all that is shown has been taken in."""
        self.child.expect(pexpect.EOF)
        self.seen += str(self.child.before).replace("\r\n", "\n")
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

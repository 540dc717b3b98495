"""An interview driven as a person would: at a pseudo-terminal of its own, or without any."""

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
from engine import assess, render
from engine.interview.dialogue import Dialogue
from engine.interview.interview import Length, begin
from engine.knowledge.questions import Question


def as_put(question: Question) -> str:
    """A pattern of the question as it is put, with its hint and options, on one line."""
    options = [f"{number} {option.text}" for number, option in enumerate(question.options, 1)]
    return re.escape(" ".join([question.text, *([question.help] if question.help else []), *options]))


class Person:
    """Whoever answers an interview and reads what it says."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.seen = ""

    def up_to(self, text: str) -> str | None:
        """What is shown before this text, or None and all of it where the interview ends first."""
        raise NotImplementedError

    def answer(self, line: str) -> None:
        """Types a line."""
        raise NotImplementedError

    def end(self) -> int:
        """The exit code, once all that is shown has been taken in."""
        raise NotImplementedError

    def until(self, text: str) -> str:
        """What is shown up to this text, line ends as on Unix."""
        before = self.up_to(text)
        assert before is not None, self.seen
        self.seen += text
        return f"{before}{text}"

    def question(self) -> Question | None:
        """The question that is put next, or None at the review and at the end."""
        before = self.up_to("> ")
        text = " ".join((before or "").split())
        if before is None or "Enter shows the result" in text:
            return None
        [question] = [
            each
            for each in shipped.rules().questions.values()
            if re.search(rf"(about \d+|Asked again) {as_put(each)}", text)
        ]
        self.asked.append(question.id)
        return question

    def go_through(self, **answers: str) -> None:
        """Answers up to the review: these, and `unsure` to all else."""
        while (question := self.question()) is not None:
            self.answer(answers.get(question.id, "unsure"))

    def result(self) -> int:
        """The exit code, once the review is left for the result."""
        self.answer("")
        return self.end()


class Spoken(Person):
    """An interview without a terminal: the dialogue itself, its answers kept in no file."""

    WIDTH = 88

    def __init__(self, length: Length = "usual") -> None:
        super().__init__()
        self.turn = Dialogue(state=begin({}, shipped.rules(), length)).start(self.WIDTH)
        self.shown = self._words()

    def _words(self) -> str:
        said = "".join(f"{line.text}\n" for line in self.turn.says)
        if self.turn.ends == "result":
            return said + render(assess(self.turn.dialogue.state.answers, shipped.rules()))
        return said + (self.turn.prompt or "")

    def up_to(self, text: str) -> str | None:
        before, found, after = self.shown.partition(text)
        self.seen += before
        self.shown = after
        return before if found else None

    def answer(self, line: str) -> None:
        self.turn = self.turn.dialogue.hear(line, self.WIDTH)
        self.shown += self._words()

    def end(self) -> int:
        assert self.turn.ends is not None
        self.seen += self.shown
        return {"result": 0, "left": 130}[self.turn.ends]


class Terminal(Person):
    """The interview at a terminal of its own."""

    def __init__(self, redirect: str = "", args: Sequence[str] = (), **env: str) -> None:
        super().__init__()
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

    def up_to(self, text: str) -> str | None:
        at = self.child.expect_exact([text, pexpect.EOF])
        before = str(self.child.before).replace("\r\n", "\n")
        self.seen += before
        return None if at else before

    def answer(self, line: str) -> None:
        self.child.sendline(line)

    def interrupt(self) -> None:
        """Interrupts the program, as Ctrl-C does.

        The key itself would be taken for text by a line editor that is just setting up its terminal, and one
        that has put its prompt but does not wait yet would hear of the signal only with the next line.
        """
        self.child.kill(signal.SIGINT)
        self.child.sendline()

    def end(self) -> int:
        self.child.expect(pexpect.EOF)
        self.seen += str(self.child.before).replace("\r\n", "\n")
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

"""The interview at a terminal: it asks line by line, and ends in the result."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import NoReturn

import click

from ..errors import AnswersError
from ..interview.interview import Interview, Length, Step, begin
from ..interview.prompts import (
    Alert,
    Told,
    alert_now,
    clashes_text,
    emergency_now,
    end_text,
    greeting,
    leaving_text,
    list_text,
    question_text,
    why_text,
)
from ..interview.typed import answer_from_line, remedy, taken_as
from ..loading.loader import load_rules
from ..records.private_file import write_private
from ..records.saved_answers import saved_text
from ..result.advice.places import numbers_of
from ..result.assessment import Assessment
from ..result.consultation import assess
from .files import saved_answers, show_report, write_file
from .options import chosen_country, country_option, rules_option
from .terminal import LEFT, read_line, say, show, tell, width

NO_TERMINAL = 3


NOTHING_TO_CHANGE = ("", "ok", "yes", "y", "no", "n", "unsure")


@click.command("interview")
@click.option(
    "--short", "length", flag_value="short", help="Stop when no single answer can change the outcome."
)
@click.option("--all", "length", flag_value="all", help="Ask everything that applies.")
@click.option(
    "--save", metavar="FILE", help="Write the answers to this file after each one, readable by you alone."
)
@click.option("--resume", metavar="FILE", help="Go on from these saved answers, and save there.")
@country_option
@rules_option
def interview_command(
    length: Length | None = None,
    save: str | None = None,
    resume: str | None = None,
    country: str | None = None,
    folder: str | None = None,
) -> None:
    """Answer questions, then read the result.

    At every question: the number or the name of an option, several with commas; `unsure`; `?` for
    why it is asked; `back`; `list` for the answers so far; `quit`. It ends when no question that
    is left can change the first cause or how soon to be seen. Nothing is stored without --save.

    \b
    Examples:
      legtriage interview
      legtriage interview --save answers.yaml
      legtriage interview --resume answers.yaml
    """
    if not sys.stdin.isatty():
        say("the interview needs a terminal; put the answers into a file and use `legtriage assess ANSWERS`")
        sys.exit(NO_TERMINAL)
    if save == "-":
        raise click.UsageError("answers are saved to a file; `-` is none")
    rules = load_rules(folder)
    if save and save != resume and Path(save).exists():
        raise click.UsageError(f"`{save}` exists; go on from it with --resume, or save elsewhere")
    answers, whole = saved_answers(resume, rules) if resume else (None, True)
    state = begin(answers, rules, length or "usual")
    talk = Talk(state, save or (resume if whole else None), *chosen_country(country, rules))
    show_report(talk.result(), saved=talk.path)


class Talk:
    """An interview at the terminal: it says, asks, and keeps the state."""

    def __init__(
        self, state: Interview, path: str | None, country: str | None = None, chosen_by: str | None = None
    ) -> None:
        self.state = state
        self.path = path
        self.country = country
        self.chosen_by = chosen_by
        self.numbers = numbers_of(state.rules, country, chosen_by)
        self.told: set[Told] = set()
        self.again: list[str] = []  # questions whose answers do not go together
        self.chapter = ""
        self.last = ""  # the question answered last

    def result(self) -> Assessment:
        """Asks until the interview ends or the person stops, and gives the result."""
        rules = self.state.rules
        show(greeting(rules, width()), err=True)
        if self.path:
            write_file(self.path, saved_text(self.state.answers), force=True)
            tell(f"Your answers are kept in `{self.path}`, readable by you alone.")
        try:
            if self.warn():
                while self.ask_all() and self.review():
                    pass
        except (KeyboardInterrupt, EOFError):
            say("")
            self.left()
        say("")
        return assess(
            self.state.answers, rules, engine="both", country=self.country, chosen_by=self.chosen_by
        )

    def ask_all(self) -> bool:
        """Asks to the end; False where the person stops at an emergency."""
        while True:
            self.again = [id for id in self.again if id in self.state.answers]
            if self.again and self.state.again is None:
                self.state = self.state.change(self.again.pop(0))
            step = self.state.step
            if step is None:
                return True
            if not self.ask(step):
                continue
            if not self.warn():
                return False

    def ask(self, step: Step) -> bool:
        """Puts one question until it is answered, kept or left; whether there is an answer to look at."""
        if step.chapter != self.chapter:
            self.chapter = step.chapter
            say(f"\n{click.style(step.chapter.upper(), bold=True)}")
        show(question_text(step, width()), err=True)
        while True:
            line = read_line("> ")
            word = line.strip().lower()
            if word in ("?", "why"):
                show(why_text(step, self.state.rules, width()), err=True)
            elif word == "list":
                show(list_text(self.state, width()), err=True)
            elif word == "quit":
                self.leave()
            elif word == "back":
                before = self.state.back()
                if before != self.state:
                    self.state = before
                    return False
                say("  This is the first question.")
            elif not word and step.given is not None:
                self.last = step.question.id
                self.state = self.state.kept()
                return True
            elif self.read(step, line):
                return True

    def read(self, step: Step, line: str) -> bool:
        """Takes the line as an answer; whether it is one."""
        try:
            answer = answer_from_line(step.question, line)
        except AnswersError as error:
            tell(remedy(step.question, error, line), "  ")
            return False
        if answer is None:
            tell("Please answer; `unsure` if you do not know, `?` for why it is asked.", "  ")
            return False
        taken = taken_as(step.question, line, answer)
        if taken is not None:
            tell(f"Taken as: {taken}.", "  ")
        self.last = step.question.id
        self.state = self.state.answered(answer)
        if self.path:
            self.save()
        return True

    def save(self) -> bool:
        """Writes the answers to their file; says so where it cannot, and keeps no file then."""
        assert self.path is not None
        try:
            text = saved_text(self.state.answers)
            write_private(Path(self.path), text, replace=True)
        except OSError as error:
            tell(f"{self.path}: {(error.strerror or str(error)).lower()}; the answers are not stored there.")
            self.path = None
        return self.path is not None

    def keep(self) -> None:
        """Asks for a file to keep the answers in, until one can be written or none is wanted."""
        while self.path is None:
            name = read_line("Keep your answers in a file? (its name, or Enter to keep nothing) > ").strip()
            if not name:
                return
            path = Path(name).expanduser()
            if path.exists():
                tell(f"`{name}` exists; name another.", "  ")
                continue
            self.path = str(path)
            if self.save():
                tell(f"Your answers are in `{self.path}`, readable by you alone.", "  ")

    def warn(self) -> bool:
        """Says at once what must be said; False where the person stops at an emergency."""
        rules = self.state.rules
        alert = alert_now(self.state, self.told, self.numbers)
        self.told = {*alert.standing}
        self.again.extend(id for id in alert.to_ask_again(self.state.answers) if id not in self.again)
        if alert.emergencies:
            show(emergency_now(alert, rules, width()), err=True)
            if alert.first_emergency and not self.goes_on(alert):
                return False
        if alert.clashes:
            show(clashes_text(alert.clashes, width()), err=True)
        return True

    def goes_on(self, alert: Alert) -> bool:
        """Whether the person goes on at an emergency: yes, or back to the answer that brought it."""
        while True:
            word = read_line("Go on with the questions? (yes, no, or back) > ").strip().lower()
            if word in ("y", "yes"):
                return True
            if word in ("n", "no"):
                return False
            if word == "back":
                self.told -= {*alert.emergencies}  # told again, should the answer be kept
                self.state = self.state.change(self.last) if self.last else self.state.back()
                return True
            if word == "list":
                show(list_text(self.state, width()), err=True)
            elif word == "quit":
                self.leave()
            else:
                tell("Please write yes, no, or back to change your last answer; `quit` leaves.", "  ")

    def review(self) -> bool:
        """Shows all answers to be checked; whether one is asked again, or more questions are."""
        show(end_text(self.state, width()), err=True)
        more = self.state.prospects.unanswered()
        say(f"\n{click.style('YOUR ANSWERS', bold=True)}")
        show(list_text(self.state, width()), err=True)
        if clashes := alert_now(self.state).clashes:
            show(clashes_text(clashes, width()), err=True)
        hint = ", `more` to go on with the questions that are left" if more else ""
        keep = "" if self.path else ", `save` to keep them in a file"
        tell(f"Enter shows the result; a number changes that answer{hint}{keep}; `quit` leaves.")
        asked = list(self.state.answers)
        while True:
            try:
                word = read_line("> ").strip().lower()
            except EOFError:  # there is nothing left to say, and all was answered
                return False
            if word in NOTHING_TO_CHANGE:
                return False
            if word == "quit":
                self.leave()
            elif word == "save":
                self.keep()
            elif word == "more" and more:
                self.state = self.state.at_length("all")
                return True
            elif word.isascii() and word.isdigit() and 1 <= int(word) <= len(asked):
                self.state = self.state.change(asked[int(word) - 1])
                return True
            else:
                tell(f"Please write a number from 1 to {len(asked)}, or press Enter.", "  ")

    def leave(self) -> NoReturn:
        """Ends the interview early at the person's word, offering to keep the answers."""
        if self.state.answers:
            self.keep()
        self.left()

    def left(self) -> NoReturn:
        """Says what is urgent so far, and where the answers are; exit code 130."""
        show(leaving_text(self.state, width(), self.numbers), err=True)
        if self.path is None:
            tell("Left early. Nothing was stored.")
        else:
            tell(f"Left early. Your answers are in `{self.path}`. To go on:")
            say(f"legtriage interview --resume {shlex.quote(self.path)}")  # whole, to be copied
        sys.exit(LEFT)

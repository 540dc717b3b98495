"""What is said back and forth in an interview, as a pure state machine: a line heard gives what to say next.

It reads no line, writes no file and knows no terminal: whoever drives it says `Turn.says`, writes the
answers where a turn asks for that, reads a line after `Turn.prompt`, and puts it to `hear`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ..errors import AnswersError
from ..result.advice.places import numbers_of
from ..result.assessment import Numbers
from ..writing.lines import Line, wrapped
from .interview import Interview, Step
from .prompts import (
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
from .typed import answer_from_line, remedy, taken_as

NOTHING_TO_CHANGE = ("", "ok", "yes", "y", "no", "n", "unsure")
"""What is typed at the review by whoever is content."""

GO_ON = "Go on with the questions? (yes, no, or back) > "
NAME_A_FILE = "Keep your answers in a file? (its name, or Enter to keep nothing) > "

End = Literal["result", "left"]
"""How an interview ends: with the result, or because the person leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What to say, what to do, and what to ask for."""

    dialogue: Dialogue
    says: tuple[Line, ...]
    prompt: str | None = None
    """None where the interview is over."""
    ends: End | None = None
    save: bool = False
    """Whether the answers changed and are kept in a file; where it cannot be written, `unkept` follows."""
    save_as: str | None = None
    """A file that was named to keep the answers in; `saved` or `not_saved` of the dialogue follows."""

    def unkept(self) -> Turn:
        """The same where the answers are kept in no file."""
        return replace(self, dialogue=replace(self.dialogue, kept_in=None))


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """An interview, and where in it the talk is."""

    state: Interview
    country: str | None = None
    chosen_by: str | None = None
    """What named the country."""
    kept_in: str | None = None
    """The file in which the answers are kept, as the person named it."""
    asks: Literal["question", "emergency", "review", "file"] = "question"
    told: frozenset[Told] = frozenset()
    """What was said already, and still stands."""
    again: tuple[str, ...] = ()
    """Questions to ask again, as their answers do not go together."""
    chapter: str = ""
    last: str = ""
    """The question answered last."""
    stopped_by: Alert | None = None
    """What the person was asked at last whether to go on for."""
    leaving: bool = False

    @cached_property
    def numbers(self) -> Numbers:
        """Those to call."""
        return numbers_of(self.state.rules, self.country, self.chosen_by)

    def start(self, width: int) -> Turn:
        """The greeting and the first question, or what is to be said before it."""
        says = greeting(self.state.rules, width)
        if self.kept_in:
            says += wrapped(f"Your answers are kept in `{self.kept_in}`, readable by you alone.", width)
        return self._warned(says, width)

    def hear(self, line: str, width: int) -> Turn:
        """The turn after a line that was typed."""
        if self.asks == "emergency":
            return self._at_emergency(line, width)
        if self.asks == "review":
            return self._at_review(line, width)
        if self.asks == "file":
            return self._at_file(line, width)
        return self._at_question(line, width)

    def end_of_input(self, width: int) -> Turn:
        """The turn where nothing more can be typed: the result at the review, where all was answered."""
        return self._result() if self.asks == "review" else self.interrupted(width)

    def interrupted(self, width: int) -> Turn:
        """The turn where the person breaks off at once."""
        return self._left([Line("")], width)

    def saved(self, name: str, width: int) -> Turn:
        """The turn after the answers were written to the file that was named."""
        kept = replace(self, kept_in=name)
        says = wrapped(f"Your answers are in `{name}`, readable by you alone.", width, "  ")
        if self.leaving:
            return kept._left(says, width)
        return replace(kept, asks="review")._turn(says)

    def not_saved(self, why: str, width: int, indent: str = "") -> Turn:
        """The turn where the answers could not be written: no file is kept, another one may be named."""
        return replace(self, kept_in=None)._turn(wrapped(why, width, indent))

    def _turn(self, says: Iterable[Line], save: bool = False) -> Turn:
        """Says this, and asks what is asked now."""
        prompts = {"emergency": GO_ON, "file": NAME_A_FILE}
        return Turn(dialogue=self, says=tuple(says), prompt=prompts.get(self.asks, "> "), save=save)

    def _tell(self, text: str, width: int, indent: str = "  ") -> Turn:
        """Says this, and asks the same again."""
        return self._turn(wrapped(text, width, indent))

    def _result(self) -> Turn:
        return Turn(dialogue=self, says=(Line(""),), ends="result")

    def _left(self, says: list[Line], width: int) -> Turn:
        """Ends early: what is urgent so far, and where the answers are."""
        says = says + leaving_text(self.state, width, self.numbers)
        if self.kept_in is None:
            says += wrapped("Left early. Nothing was stored.", width)
        else:
            says += wrapped(f"Left early. Your answers are in `{self.kept_in}`. To go on:", width)
            says.append(Line(f"legtriage interview --resume {shlex.quote(self.kept_in)}"))  # to be copied
        return Turn(dialogue=self, says=tuple(says), ends="left")

    def _leave(self, width: int) -> Turn:
        """Ends early at the person's word, offering to keep the answers."""
        if self.state.answers and self.kept_in is None:
            return replace(self, asks="file", leaving=True)._turn([])
        return self._left([], width)

    def _warned(self, says: list[Line], width: int, save: bool = False) -> Turn:
        """Says at once what must be said; then the next question, where the person need not stop."""
        alert = alert_now(self.state, self.told, self.numbers)
        again = [id for id in alert.to_ask_again(self.state.answers) if id not in self.again]
        told = replace(self, told=alert.standing, again=(*self.again, *again))
        if alert.emergencies:
            says = says + emergency_now(alert, self.state.rules, width)
            if alert.first_emergency:
                return replace(told, asks="emergency", stopped_by=alert)._turn(says, save)
        return told._next(says + clashes_text(alert.clashes, width), width, save)

    def _next(self, says: list[Line], width: int, save: bool = False) -> Turn:
        """The next question, or the review where none is left."""
        again = [id for id in self.again if id in self.state.answers]
        state = self.state
        if again and state.again is None:
            state = state.change(again.pop(0))
        found = replace(self, state=state, again=tuple(again))
        step = state.step
        if step is None:
            return replace(found, asks="review")._turn(says + found._reviewed(width), save)
        if step.chapter != self.chapter:
            says = [*says, Line(""), Line(step.chapter.upper(), "heading")]
        asked = replace(found, asks="question", chapter=step.chapter)
        return asked._turn(says + question_text(step, width), save)

    def _reviewed(self, width: int) -> list[Line]:
        """All answers to be checked, and what can be done with them."""
        says = [*end_text(self.state, width), Line(""), Line("YOUR ANSWERS", "heading")]
        says += list_text(self.state, width)
        says += clashes_text(alert_now(self.state).clashes, width)
        hint = ", `more` to go on with the questions that are left" if self._has_more() else ""
        keep = "" if self.kept_in else ", `save` to keep them in a file"
        do = f"Enter shows the result; a number changes that answer{hint}{keep}; `quit` leaves."
        return says + wrapped(do, width)

    def _has_more(self) -> bool:
        return bool(self.state.prospects.unanswered())

    def _at_question(self, line: str, width: int) -> Turn:
        step, word = self.state.step, line.strip().lower()
        assert step is not None
        if word in ("?", "why"):
            return self._turn(why_text(step, self.state.rules, width))
        if word == "list":
            return self._turn(list_text(self.state, width))
        if word == "quit":
            return self._leave(width)
        if word == "back":
            before = self.state.back()
            if before == self.state:
                return self._turn([Line("  This is the first question.")])
            return replace(self, state=before)._next([], width)
        if not word and step.given is not None:
            return replace(self, state=self.state.kept(), last=step.question.id)._warned([], width)
        return self._answered(step, line, width)

    def _answered(self, step: Step, line: str, width: int) -> Turn:
        """Takes the line as an answer, or says how to give one."""
        try:
            answer = answer_from_line(step.question, line)
        except AnswersError as error:
            return self._tell(remedy(step.question, error, line), width)
        if answer is None:
            return self._tell("Please answer; `unsure` if you do not know, `?` for why it is asked.", width)
        taken = taken_as(step.question, line, answer)
        says = [] if taken is None else wrapped(f"Taken as: {taken}.", width, "  ")
        after = replace(self, state=self.state.answered(answer), last=step.question.id)
        return after._warned(says, width, save=self.kept_in is not None)

    def _at_emergency(self, line: str, width: int) -> Turn:
        """Whether the person goes on at an emergency: yes, or back to the answer that brought it."""
        word, alert = line.strip().lower(), self.stopped_by
        assert alert is not None
        if word in ("n", "no"):
            return self._result()
        if word in ("y", "yes", "back"):
            on = self
            if word == "back":
                state = self.state.change(self.last) if self.last else self.state.back()
                on = replace(self, state=state, told=self.told - {*alert.emergencies})  # told again, if kept
            return on._next(clashes_text(alert.clashes, width), width)
        if word == "list":
            return self._turn(list_text(self.state, width))
        if word == "quit":
            return self._leave(width)
        return self._tell("Please write yes, no, or back to change your last answer; `quit` leaves.", width)

    def _at_review(self, line: str, width: int) -> Turn:
        word, asked = line.strip().lower(), list(self.state.answers)
        if word in NOTHING_TO_CHANGE:
            return self._result()
        if word == "quit":
            return self._leave(width)
        if word == "save":
            return self._turn([]) if self.kept_in else replace(self, asks="file")._turn([])
        if word == "more" and self._has_more():
            return replace(self, state=self.state.at_length("all"))._next([], width)
        if word.isascii() and word.isdigit() and 1 <= int(word) <= len(asked):
            return replace(self, state=self.state.change(asked[int(word) - 1]))._next([], width)
        return self._tell(f"Please write a number from 1 to {len(asked)}, or press Enter.", width)

    def _at_file(self, line: str, width: int) -> Turn:
        """A file to keep the answers in, or none."""
        name = line.strip()
        if name:
            return replace(self._turn([]), save_as=name)
        if self.leaving:
            return self._left([], width)
        return replace(self, asks="review")._turn([])

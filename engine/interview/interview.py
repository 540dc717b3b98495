"""The interview as a pure state machine: a state and an answer give a state, and a state gives a question.

The state is all there is: the same answers lead to the same next question, whoever asks it, so a
command line, a web page or a form can drive it. `next_question(answers)` is the same without states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

from ..answers.answers import Answer, Answers
from ..knowledge.levels import Level
from ..knowledge.questions import Chapter, Question
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Raises, Weighs
from ..loading.answer_reader import read_answers
from ..loading.loader import load_rules
from ..result.outlook import Standing
from ..result.urgency import moving_levels
from .choice import Tryout
from .prospects import Prospects

Length = Literal["short", "usual", "all"]
"""`usual` ends when no open question can change the first cause or the urgency, `short` when no
single answer can (of several options, each by itself), and `all` when nothing is left to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a question is asked now, from the rules and this person's answers."""

    rules: tuple[str, ...]
    """The rules that read the question, directly or through signs, and could still fire; sorted."""
    causes: tuple[str, ...]
    """The causes and mimics that they weigh, sorted."""
    urgencies: tuple[Level, ...]
    """The levels to which they could move the urgency, highest first."""
    questions: tuple[str, ...]
    """The questions that are asked or not by the answer, in the interview's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question to put to the person, and where in the interview it stands."""

    question: Question
    chapter: str
    number: int
    about: int
    """About how many questions there will be in all: of those that hang on others, one in four."""
    reason: Reason
    given: Answer | None = None
    """The answer given before, where the question is asked again."""


@dataclass(frozen=True)
class Interview:
    """One person's interview so far. Answers stand in the order in which they were given."""

    rules: RuleBase
    answers: Answers
    length: Length = "usual"
    again: str | None = None
    """The question that is asked again, where the person went back."""

    @cached_property
    def prospects(self) -> Prospects:
        """What is known, and what could still come of it."""
        return Prospects(self.rules, self.answers)

    @cached_property
    def step(self) -> Step | None:
        """The question to put now; None at the end."""
        id = self.again or self._next()
        if id is None:
            return None
        place = list(self.answers).index(id) if id in self.answers else len(self.answers)
        return Step(
            question=self.rules.questions[id],
            chapter=self._chapter(id).title,
            number=place + 1,
            about=max(place + 1, self._about()),
            reason=reason_of(id, self.rules, self.prospects),
            given=self.answers.get(id),
        )

    @property
    def settled(self) -> bool:
        """Whether no open question can change the first cause or the urgency."""
        return self.prospects.settled

    def answered(self, answer: Answer) -> Interview:
        """The state after an answer to the step's question; every other answer stays as it was."""
        assert self.step is not None
        given = {**self.answers, self.step.question.id: answer}
        return replace(self, answers=Answers(given, self.answers.rules_sha256), again=None)

    def back(self) -> Interview:
        """The state in which the question before this one is asked again; itself where there is none."""
        order = list(self.answers)
        place = order.index(self.again) if self.again else len(order)
        return replace(self, again=order[place - 1]) if place else self

    def change(self, question: str) -> Interview:
        """The state in which this answered question is asked again. Raises ValueError for another one."""
        if question not in self.answers:
            raise ValueError(f"`{question}` is not answered, and cannot be asked again")
        return replace(self, again=question)

    def at_length(self, length: Length) -> Interview:
        """The same state of a shorter or longer interview."""
        return replace(self, length=length)

    def kept(self) -> Interview:
        """The state after going back and leaving the answer as it was: where the person came from."""
        return replace(self, again=None)

    def _next(self) -> str | None:
        asked = self._left()
        for chapter in self.rules.chapters:
            here = [id for id in asked if id in chapter.questions]
            if here and not chapter.most_telling_first:
                return here[0]
        return self._most_telling(asked)

    def _left(self) -> tuple[str, ...]:
        """The questions that might be asked now: but for `all`, only those that anything hangs on.

        Where no cause is ranked, `all` asks no others either.
        """
        everything = self.length == "all" and self.prospects.ranked
        return self.prospects.unanswered() if everything else self.prospects.bearing_questions

    def _most_telling(self, asked: tuple[str, ...]) -> str | None:
        """Of the questions asked, the one that could change the most, as long as one should be asked."""
        prospects = self.prospects
        telling = prospects.telling_questions
        found = asked if self.length == "all" else telling
        if not found:
            return None
        trial = Tryout(self.rules, self.answers)
        impacts = {id: trial.impact(id, prospects.contenders) for id in found}
        if self.length == "short" and not any(each.turns for each in impacts.values()):
            return None
        open_rules = prospects.telling_rules
        reads = self.rules.questions_read
        turning = {id: sum(id in reads[rule.id] for rule in open_rules) for id in found}
        return min(found, key=lambda each: (each not in telling, -impacts[each].points, -turning[each], each))

    def _chapter(self, question: str) -> Chapter:
        return next(each for each in self.rules.chapters if question in each.questions)

    def _about(self) -> int:
        prospects, asked = self.prospects, self._left()
        if self.length != "all":
            fixed = {
                id for each in self.rules.chapters if not each.most_telling_first for id in each.questions
            }
            asked = tuple(id for id in asked if id in fixed or id in prospects.telling_questions)
        perhaps = len(prospects.open) - len(prospects.unanswered())
        return len(self.answers) + len(asked) + perhaps // 4


def begin(
    answers: Mapping[str, object] | None = None, rules: RuleBase | None = None, length: Length = "usual"
) -> Interview:
    """An interview, with these answers already given.

    Raises AnswersError where they are wrong, and ValueError for another length.
    """
    if length not in get_args(Length):
        raise ValueError(f"unknown length `{length}`; one of {', '.join(get_args(Length))}")
    rules = load_rules() if rules is None else rules
    checked = read_answers(answers or {}, rules)
    return Interview(rules, checked, length)


def next_question(
    answers: Mapping[str, object], rules: RuleBase | None = None, length: Length = "usual"
) -> Step | None:
    """The question to ask next, why, and how far the interview is; None at the end.

    Raises AnswersError where the answers are wrong.
    """
    return begin(answers, rules, length).step


def reason_of(question: str, rules: RuleBase, person: Standing) -> Reason:
    """What the question bears on for this person: rules that read it and could still fire."""
    reads = rules.questions_read
    found = [
        rule
        for rule in rules.rules.values()
        if question in reads[rule.id]
        and person.is_open(rule)
        and (person.ranked or not isinstance(rule.then, Weighs))
    ]
    weighed = {rule.then.cause for rule in found if isinstance(rule.then, Weighs)}
    raised = {rule.then.urgency for rule in found if isinstance(rule.then, Raises)}
    hanging = [
        each.id
        for each in rules.questions.values()
        if each.id not in person.known.answers and question in rules.gates_read[each.id]
    ]
    return Reason(
        rules=tuple(rule.id for rule in found),
        causes=tuple(sorted(weighed)),
        urgencies=tuple(level for level in moving_levels(person) if level in raised),
        questions=tuple(id for id in hanging if person.applies(id) is None),
    )

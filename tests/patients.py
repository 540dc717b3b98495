"""Random people in bulk, faster than hypothesis makes them; the same for the same seed."""

from __future__ import annotations

import random
from decimal import Decimal

from engine import UNSURE, Answers, RuleBase
from engine.answers.answers import Amount, Answer, Chosen, Picked, Refused, real_options
from engine.knowledge.questions import HOURS, Question

SKIPPED = 0.2
"""Share of questions left unanswered."""

NOT_SURE = 0.08
"""Share of answers that are `unsure`."""

IN_PART = 0.15
"""Share of many_of answers that leave some options open."""


def person(rules: RuleBase, dice: random.Random, questions: list[str] | None = None) -> Answers:
    """Answers to most of the questions, or of those named, at random."""
    found: dict[str, Answer] = {}
    for id in rules.questions if questions is None else questions:
        if dice.random() >= SKIPPED:
            refusals = [Refused(option.id) for option in rules.questions[id].options if option.refuses]
            if dice.random() < NOT_SURE:
                found[id] = UNSURE
            elif refusals and dice.random() < NOT_SURE:
                found[id] = refusals[0]
            else:
                found[id] = answer(rules.questions[id], dice)
    return Answers(found, rules.sha256)


def answer(question: Question, dice: random.Random) -> Answer:
    """A right answer other than `unsure`."""
    if question.is_quantity:
        return _amount(question, dice)
    real = [option.id for option in question.options if option.is_real]
    if question.kind != "many_of":
        return Chosen(dice.choice(real))
    exclusive = [option.id for option in question.options if option.exclusive]
    free = [option for option in real if option not in exclusive]
    if exclusive and dice.random() < 0.4:
        return Picked(frozenset(exclusive), frozenset(free))
    has = frozenset(dice.sample(free, dice.randint(1, min(3, len(free)))))
    has_not = real_options(question) - has
    if dice.random() < IN_PART:
        has_not = set(exclusive) | {option for option in free if option not in has and dice.random() < 0.5}
    return Picked(has, frozenset(has_not))


def _amount(question: Question, dice: random.Random) -> Amount:
    low, high = question.minimum or Decimal(0), question.maximum or Decimal(0)
    if question.kind == "duration":
        unit = dice.choice(list(HOURS))
        number = dice.randint(0, min(60, int(high / HOURS[unit])))
        return Amount(number * HOURS[unit], f"{number} {unit}")
    number = dice.randint(int(low), int(high))
    return Amount(Decimal(number), f"{number} {question.unit}")

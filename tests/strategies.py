"""Random right answers to the questions of a rule base."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from engine.knowledge.questions import HOURS, Question
from engine.knowledge.rule_base import RuleBase


def answer_sets(rules: RuleBase) -> SearchStrategy[dict[str, object]]:
    """Answers to some of the questions: `unsure`, or any right value in any of its forms."""
    each = {id: answers_to(question) for id, question in rules.questions.items()}
    return st.fixed_dictionaries({}, optional=each)


def answers_to(question: Question) -> SearchStrategy[object]:
    """Every kind of right answer to one question."""
    return st.just("unsure") | certain_answers_to(question)


def full_answers_to(question: Question) -> SearchStrategy[object]:
    """Right answers that leave no option of the question open, as an interview takes them."""
    if question.kind == "many_of":
        return st.just("unsure") | _lists(question)
    return answers_to(question)


def certain_answers_to(question: Question) -> SearchStrategy[object]:
    """Right answers other than the word `unsure`."""
    if question.kind == "duration":
        return _durations(question)
    if question.kind == "number":
        return _numbers(question)
    if question.kind == "many_of":
        return _lists(question) | _partial(question)
    return st.sampled_from(question.option_ids)


def _numbers(question: Question) -> SearchStrategy[object]:
    low, high = _bounds(question)
    whole = st.integers(int(low), int(high))
    numbers: SearchStrategy[object] = (
        whole | whole.map(str) | whole.map(lambda number: f"{number} {question.unit}")
    )
    if question.whole:
        return numbers
    return numbers | st.decimals(low, high, places=1).map(str)


def _durations(question: Question) -> SearchStrategy[object]:
    low, high = _bounds(question)
    return st.sampled_from(list(HOURS)).flatmap(
        lambda unit: st.integers(-int(-low // HOURS[unit]), int(high // HOURS[unit])).map(
            lambda number: f"{number} {unit}"
        )
    )


def _bounds(question: Question) -> tuple[Decimal, Decimal]:
    assert question.minimum is not None
    assert question.maximum is not None
    return question.minimum, question.maximum


def _lists(question: Question) -> SearchStrategy[object]:
    """Full lists: an option that stands alone, or any set of the others."""
    alone = [[option] for option in _alone(question)]
    several = st.lists(st.sampled_from(_together(question)), min_size=1, unique=True)
    return several | st.sampled_from(alone) if alone else several


@st.composite
def _partial(draw: st.DrawFn, question: Question) -> dict[str, list[str]]:
    """What is known of some options, the others left open."""
    together = _together(question)
    said = draw(
        st.lists(st.sampled_from([True, False, None]), min_size=len(together), max_size=len(together))
    )
    chosen = [option for option, holds in zip(together, said, strict=True) if holds]
    refused = [option for option, holds in zip(together, said, strict=True) if holds is False]
    refused += [
        option.id for option in question.options if option.exclusive and chosen and draw(st.booleans())
    ]
    return {"has": chosen, "not": refused}


def _alone(question: Question) -> list[str]:
    return [option.id for option in question.options if option.exclusive or not option.is_real]


def _together(question: Question) -> list[str]:
    alone = _alone(question)
    return [id for id in question.option_ids if id not in alone]

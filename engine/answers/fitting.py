"""The answer to one question that makes facts about it true, false or unknown, as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..knowledge.conditions import Atom, Compare, Has, Truth
from ..knowledge.questions import Question
from .alteration import alterations
from .answers import UNSURE, Answer, Answers, Chosen, picked, real_options

Wanted = Mapping[Atom, frozenset[Truth]]
"""For each atom over one question, the truth values that will do."""


def fitting_answer(question: Question, wanted: Wanted) -> Answer | None:
    """An answer that makes the atoms as wanted; None where no answer does. `unsure` only where it must be.

    No two answers that the atoms tell apart are left untried, but that more options of a many_of
    question are known than are asked for: that more is known never helps where less will do.
    """
    for answer in _candidates(question, wanted):
        given = Answers({question.id: answer})
        if all(given.truth(atom) in values for atom, values in wanted.items()):
            return answer
    return None


def _candidates(question: Question, wanted: Wanted) -> Iterator[Answer]:
    if question.kind == "many_of":
        yield from _picks(question, wanted)
    elif question.is_quantity:
        bounds = [atom for atom in wanted if isinstance(atom, Compare)]
        yield from (each.answer for each in alterations(question, UNSURE, bounds, 1))
    else:
        yield from (Chosen(option.id) for option in question.options if option.is_real)
    yield UNSURE


def _picks(question: Question, wanted: Wanted) -> Iterator[Answer]:
    """The answers that say what is asked for and no more; any one option, where nothing is."""
    has, has_not = (
        {atom.option for atom, values in wanted.items() if isinstance(atom, Has) and values == {wish}}
        for wish in (True, False)
    )
    real = [id for id in question.option_ids if id in real_options(question)]
    if has or has_not:
        tried = [(has, has_not)]
    else:
        tried = [({id}, set()) for id in real] + [(set(), {id}) for id in real]
    alone = {option.id for option in question.options if option.exclusive}
    for has, has_not in tried:
        answer = picked(question, has, has_not)
        both = answer.has & answer.has_not or (answer.has & alone and len(answer.has) > 1)
        if not both and answer.has <= {*real} and answer.has_not != {*real}:
            yield answer

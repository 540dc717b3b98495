"""What is still open: rules not decided yet, and the questions that would decide them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .answers import UNSURE
from .conditions import Atom, HasSign, truth, undecided
from .inference import Known
from .model import Question, Rule, RuleBase


def is_open(rule: Rule, known: Known) -> bool:
    """Whether further answers could still make the rule fire."""
    return truth(rule.when, known) is None


def applies(question: Question, known: Known) -> bool:
    """Whether the question makes sense for this person, as far as is known."""
    return question.asked_when is None or truth(question.asked_when, known) is not False


def is_asked(question: Question, known: Known) -> bool:
    """Whether the interview asks the question: what it hangs on is known to be so."""
    return question.asked_when is None or truth(question.asked_when, known) is True


def open_questions(found: Iterable[Rule], rules: RuleBase, known: Known) -> tuple[str, ...]:
    """The questions, unanswered or unsure, on which these rules still turn, in the interview's order."""
    atoms = {atom for rule in found for atom in undecided(rule.when, known)}
    wanted = {question for atom in atoms for question in _questions(atom, rules, known)}
    return tuple(id for id, question in rules.questions.items() if id in wanted and applies(question, known))


def _questions(atom: Atom, rules: RuleBase, known: Known) -> Iterator[str]:
    """The questions behind an unknown atom; behind a sign, those of its undecided rules."""
    if isinstance(atom, HasSign):
        for rule in rules.rules_by_sign[atom.sign]:
            for inner in undecided(rule.when, known):
                yield from _questions(inner, rules, known)
    else:
        yield atom.question


def unanswered(rules: RuleBase, known: Known) -> tuple[str, ...]:
    """The questions that the interview would ask now and that have no answer, in the interview's order."""
    return tuple(
        id
        for id, question in rules.questions.items()
        if id not in known.answers and is_asked(question, known)
    )


def not_known(rules: RuleBase, known: Known) -> tuple[str, ...]:
    """The same, and those answered with `unsure`, in the interview's order."""
    blank = unanswered(rules, known)
    return tuple(id for id in rules.questions if id in blank or known.answers.get(id) is UNSURE)

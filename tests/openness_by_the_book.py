"""What is still open, straight from docs/semantics.md: condition by condition, with nothing remembered.

It shares with the engine the meaning of a condition and nothing else. What `engine.openness` reads off its
network is right when it is what this says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.answers.answers import Answers
from engine.inference.firing import Known
from engine.inference.network import infer
from engine.knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Condition,
    HasSign,
    Not,
    Truth,
    Valuation,
    truth,
)
from engine.knowledge.questions import Question
from engine.knowledge.rule_base import RuleBase
from engine.knowledge.rules import Rule


def undecided(condition: Condition, known: Valuation) -> list[Atom]:
    """The unknown atoms on which an unknown condition still turns, in the order written, each once."""
    return list(dict.fromkeys(_undecided(condition, known)))


def _undecided(condition: Condition, known: Valuation) -> Iterator[Atom]:
    if truth(condition, known) is not None:
        return
    if isinstance(condition, Not):
        yield from _undecided(condition.item, known)
    elif isinstance(condition, (All, Any, AtLeast)):
        for item in condition.items:
            yield from _undecided(item, known)
    else:
        yield condition


class Book:
    """One person, by definition. `settled` are the answers that will not be resolved."""

    def __init__(self, rules: RuleBase, answers: Answers, settled: Answers) -> None:
        self.rules = rules
        self.known = Known(answers, infer(rules, answers).signs)
        self.sure = Known(settled, infer(rules, settled).signs)

    def foreseen(self, base: Known) -> Valuation:
        """As `base` sees it, but not so what hangs on a question that will not be asked."""

        def see(atom: Atom) -> Truth:
            if (known := base(atom)) is not None:
                return known
            if isinstance(atom, HasSign):
                return truth(Any(tuple(rule.when for rule in self.rules.rules_by_sign[atom.sign])), see)
            unasked = atom.question not in self.known.answers and self.applies(atom.question) is False
            return False if unasked else None

        return see

    def applies(self, question: str) -> Truth:
        """Whether the question makes sense for the person."""
        gate = self.rules.questions[question].asked_when
        return True if gate is None else truth(gate, self.foreseen(self.known))

    def is_open(self, rule: Rule) -> bool:
        """Whether further answers could still decide the rule otherwise."""
        return truth(rule.when, self.foreseen(self.sure)) is None

    def is_asked(self, question: Question) -> bool:
        """Whether the interview asks the question."""
        applies = self.applies(question.id)
        if applies is not None or not question.emergency or question.asked_when is None:
            return applies is True
        behind = self._behind(undecided(question.asked_when, self.foreseen(self.known)))
        open_ = [id for id in behind if id not in self.known.answers]
        return not any(self.is_asked(self.rules.questions[id]) for id in open_)

    def unanswered(self) -> tuple[str, ...]:
        """The questions that the interview would ask now."""
        questions = self.rules.questions.values()
        return tuple(
            each.id for each in questions if each.id not in self.known.answers and self.is_asked(each)
        )

    def questions_behind(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """The questions to answer, or to be surer of, to decide these."""
        behind = self._behind([atom for each in conditions for atom in undecided(each, self.sure)])
        wanted = {id for question in behind for id in self._to_answer(question)}
        return tuple(id for id in self.rules.questions if id in wanted)

    def _to_answer(self, question: str) -> set[str]:
        if question in self.known.answers or self.is_asked(self.rules.questions[question]):
            return {question}
        gate = self.rules.questions[question].asked_when
        if gate is None or self.applies(question) is False:
            return set()
        behind = self._behind(undecided(gate, self.foreseen(self.known)))
        return {id for each in behind for id in self._to_answer(each)}

    def _behind(self, atoms: list[Atom]) -> set[str]:
        """The questions behind unknown atoms; behind a sign, those of its undecided rules."""
        questions: set[str] = set()
        signs: set[str] = set()
        queue = list(atoms)
        for atom in queue:  # which grows by what stands behind signs
            if not isinstance(atom, HasSign):
                questions.add(atom.question)
            elif atom.sign not in signs:
                signs.add(atom.sign)
                for rule in self.rules.rules_by_sign[atom.sign]:
                    queue += undecided(rule.when, self.sure)
        return questions

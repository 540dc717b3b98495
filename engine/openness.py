"""What is still open: rules that further answers could fire, and the questions that would decide it."""

from __future__ import annotations

from collections.abc import Iterable

from .answers import UNSURE, Answers, Picked, Refused
from .conditions import Any, Atom, Condition, HasSign, Truth, Valuation, truth, undecided
from .inference import Inference, Known
from .model import Question, Rule
from .rule_base import RuleBase


class Outlook:
    """What is known of a person, and what could still come to be known.

    An `unsure` may be resolved one day, so what rests on it is open like what is unanswered. A
    question that hangs on another one which does not apply does not apply either.
    """

    def __init__(self, rules: RuleBase, answers: Answers, inference: Inference, sure: Inference) -> None:
        """`inference` is that of the answers, `sure` that of the answers other than `unsure`."""
        self.rules = rules
        self.known = Known(answers, inference.signs)
        self.sure = Known(answers.sure(), sure.signs)
        self.fired = frozenset(inference.fired)
        self.surely_fired = frozenset(sure.fired)
        self._applies: dict[str, Truth] = {}
        self._as_gates_see = self._foreseen(self.known)
        self._as_answers_could_make_it = self._foreseen(self.sure)

    @property
    def ranked(self) -> bool:
        """Whether the causes are ranked for this person: it is not certain that they are not."""
        ranking = self.rules.ranking
        return ranking is None or truth(ranking.when, self.known) is not False

    def is_open(self, rule: Rule) -> bool:
        """Whether further answers could still make the rule fire, or take it back from an `unsure`."""
        return truth(rule.when, self._as_answers_could_make_it) is None

    def may_hold(self, condition: Condition) -> bool:
        """Whether any answers still to come could make it so, or it is true already.

        Those count too that a file may give to a question which would not be asked.
        """
        return truth(condition, self.sure) is not False

    def _foreseen(self, base: Known) -> Valuation:
        """As `base` sees it, but not so what hangs on a question that will not be asked."""
        signs: dict[str, Truth] = {}

        def see(atom: Atom) -> Truth:
            found = base(atom)
            if found is not None:
                return found
            if isinstance(atom, HasSign):
                if atom.sign not in signs:
                    shown = Any(tuple(rule.when for rule in self.rules.rules_by_sign[atom.sign]))
                    signs[atom.sign] = truth(shown, see)
                return signs[atom.sign]
            unasked = atom.question not in self.known.answers and self.applies(atom.question) is False
            return False if unasked else None

        return see

    def applies(self, question: str) -> Truth:
        """Whether the question makes sense for this person; None where that is not known yet."""
        if question not in self._applies:
            gate = self.rules.questions[question].asked_when
            self._applies[question] = True if gate is None else truth(gate, self._as_gates_see)
        return self._applies[question]

    def is_asked(self, question: Question) -> bool:
        """Whether the interview asks the question.

        It does where the question applies; a question of the emergency screen also where nothing
        more will be learnt of whether it applies.
        """
        applies = self.applies(question.id)
        if applies is not None or not question.emergency or question.asked_when is None:
            return applies is True
        open_atoms = undecided(question.asked_when, self._as_gates_see)
        return not any(
            self.is_asked(self.rules.questions[each])
            for each in self._questions(open_atoms)
            if each not in self.known.answers
        )

    def unanswered(self) -> tuple[str, ...]:
        """The questions that the interview would ask now, in its order."""
        return tuple(
            id
            for id, question in self.rules.questions.items()
            if id not in self.known.answers and self.is_asked(question)
        )

    def any_in_part(self) -> bool:
        """Whether some answer leaves its question open, or options of it."""
        return any(self.is_in_part(question) for question in self.known.answers)

    def is_in_part(self, question: str) -> bool:
        """Whether the answer given leaves options of its question open."""
        answer = self.known.answers[question]
        if isinstance(answer, Refused):
            return True
        return isinstance(answer, Picked) and not answer.covers(self.rules.questions[question])

    def is_to_answer(self, question: str) -> bool:
        """Whether the question may apply, and is unanswered, answered in part or `unsure`."""
        if question not in self.known.answers:
            return self.applies(question) is not False
        return self.known.answers[question] is UNSURE or self.is_in_part(question)

    def open_questions(self, found: Iterable[Rule]) -> tuple[str, ...]:
        """The questions to answer, or to be surer of, to decide these rules; in the interview's order."""
        return self.questions_behind(rule.when for rule in found)

    def unscreened(self, found: Iterable[Rule]) -> tuple[str, ...]:
        """The questions of the emergency screen that could decide these rules, and were not answered in full.

        Those too of which it is not known yet whether they apply. `unsure` is an answer.
        """
        behind = self._questions(atom for rule in found for atom in undecided(rule.when, self.sure))
        return tuple(
            id
            for id, question in self.rules.questions.items()
            if id in behind
            and question.emergency
            and (self.is_in_part(id) if id in self.known.answers else self.applies(id) is not False)
        )

    def questions_behind(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """The questions to answer, or to be surer of, to decide these; in the interview's order."""
        behind = self._questions(atom for each in conditions for atom in undecided(each, self.sure))
        wanted = {id for question in behind for id in self._to_answer(question)}
        return tuple(id for id in self.rules.questions if id in wanted)

    def _to_answer(self, question: str) -> set[str]:
        """The question itself, or, while it is not known to apply, those that it hangs on."""
        if question in self.known.answers or self.is_asked(self.rules.questions[question]):
            return {question}
        gate = self.rules.questions[question].asked_when
        if gate is None or self.applies(question) is False:
            return set()
        behind = self._questions(undecided(gate, self._as_gates_see))
        return {id for each in behind for id in self._to_answer(each)}

    def _questions(self, open_atoms: Iterable[Atom]) -> set[str]:
        """The questions behind unknown atoms; behind a sign, those of its undecided rules."""
        found: set[str] = set()
        seen: set[str] = set()
        queue = list(open_atoms)
        for atom in queue:  # which grows by what stands behind signs
            if not isinstance(atom, HasSign):
                found.add(atom.question)
            elif atom.sign not in seen:
                seen.add(atom.sign)
                for rule in self.rules.rules_by_sign[atom.sign]:
                    queue += undecided(rule.when, self.sure)
        return found

"""What is still open: rules that further answers could fire, and the questions that would decide it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cached_property

from ..answers.answers import UNSURE, Answers, Picked, Refused
from ..inference.firing import Inference, Known
from ..inference.network import State, state_of
from ..inference.whole_network import View, whole_network_of
from ..knowledge.conditions import Condition, Truth
from ..knowledge.questions import Question
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Rule


class Standing(ABC):
    """What is known of a person, and which questions are still to be asked.

    A question that hangs on another one which does not apply does not apply either. What could
    still come of further answers is for those to say who build on this: see `Outlook` and `Prospects`.
    """

    def __init__(
        self, rules: RuleBase, answers: Answers, settled: Answers, inference: Inference | None = None
    ) -> None:
        """`settled` are the answers that stay as they are; `inference` is that of all, if already made."""
        network = whole_network_of(rules)
        state = state_of(network, settled)
        sure = bytes(state.known)
        self.rules = rules
        self.surely_fired = frozenset(state.fired_rules())
        for question, answer in answers.items():
            if question not in settled:
                state.add(question, answer)
        known = bytes(state.known)
        self.inference = state.inference() if inference is None else inference
        self.fired = frozenset(self.inference.fired)
        self.known = Known(answers, self.inference.signs)
        self._network = network
        self._closed = self._close(state)
        heard = sum(network.bits[question] for question in answers)
        closed = sum(network.bits[question] for question in self._closed)
        self._sure = View(network, sure, heard)
        self._as_it_stands = View(network, known, heard)
        self._heard = heard | closed
        self._as_gates_see = View(network, bytes(state.known), self._heard, through_signs=self._sure)
        self._decided_by: dict[str, int] = {}

    def _close(self, state: State) -> tuple[str, ...]:
        """The questions that will not be asked, and have no answer: the state learns that all is denied."""
        network, closed = self._network, []
        waiting = [question for question in network.gates if question not in self.known.answers]
        while now := [question for question in waiting if state.known[network.gates[question][1]]]:
            state.suppose(literal for question in now for literal in network.denials[question])
            waiting = [question for question in waiting if question not in now]
            closed += now
        return tuple(closed)

    @abstractmethod
    def is_open(self, rule: Rule) -> bool:
        """Whether further answers could still decide the rule otherwise than it is now."""

    @abstractmethod
    def may_hold(self, condition: Condition) -> bool:
        """Whether further answers could make a condition of the rule base so, or it is true already."""

    def truth(self, condition: Condition) -> Truth:
        """Whether a condition of the rule base is true, false or unknown, by the answers as they stand."""
        return self._as_it_stands.truth(condition)

    def is_certain(self, condition: Condition) -> bool:
        """Whether a condition of the rule base is true, and no answer that is to come changes that."""
        return self._sure.truth(condition) is True

    def reasons(self, rule: Rule) -> list[Condition]:
        """The atoms and negated atoms for which a rule fired, as written, each once."""
        return self._as_it_stands.reasons(rule.when)

    @cached_property
    def ranked(self) -> bool:
        """Whether the causes are ranked for this person: it is not certain that they are not."""
        ranking = self.rules.ranking
        return ranking is None or self.truth(ranking.when) is not False

    def applies(self, question: str) -> Truth:
        """Whether the question makes sense for this person; None where that is not known yet."""
        gate = self.rules.questions[question].asked_when
        return True if gate is None else self._as_gates_see.truth(gate)

    def is_asked(self, question: Question) -> bool:
        """Whether the interview asks the question.

        It does where the question applies; a question of the emergency screen also where nothing
        more will be learnt of whether it applies.
        """
        applies = self.applies(question.id)
        if applies is not None or not question.emergency or question.asked_when is None:
            return applies is True
        return not any(
            self.is_asked(self.rules.questions[each])
            for each in self._named(self._as_gates_see.questions_behind(question.asked_when))
            if each not in self.known.answers
        )

    @cached_property
    def _unanswered(self) -> tuple[str, ...]:
        answers = self.known.answers
        questions = self.rules.questions.values()
        return tuple(each.id for each in questions if each.id not in answers and self.is_asked(each))

    def unanswered(self) -> tuple[str, ...]:
        """The questions that the interview would ask now, in its order."""
        return self._unanswered

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

    def open_questions(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """The questions to answer, or to be surer of, to decide these rules; in the interview's order."""
        return self.questions_behind(rule.when for rule in rules)

    def unscreened(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """The questions of the emergency screen that could decide these rules, and were not answered in full.

        Those too of which it is not known yet whether they apply. `unsure` is an answer.
        """
        return tuple(
            id
            for id in self._named(self._undecided_by(rule.when for rule in rules))
            if self.rules.questions[id].emergency
            and (self.is_in_part(id) if id in self.known.answers else self.applies(id) is not False)
        )

    def questions_behind(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """The questions to answer, or to be surer of, to decide these; in the interview's order."""
        behind = self._undecided_by(conditions)
        wanted = behind & self._askable
        for question in self._named(behind & ~self._askable):
            wanted |= self._to_answer(question)
        return self._named(wanted)

    def _undecided_by(self, conditions: Iterable[Condition]) -> int:
        """The questions, as a mask, that these conditions of the rule base turn on."""
        behind = 0
        for condition in conditions:
            behind |= self._sure.questions_behind(condition)
        return behind

    @cached_property
    def _askable(self) -> int:
        """The questions, as a mask, that are answered, or that the interview would ask now."""
        bits = self._network.bits
        return sum(bits[question] for question in (*self.known.answers, *self._unanswered))

    def _to_answer(self, question: str) -> int:
        """Of a question that is not asked, those to answer first, as a mask; none where it will not apply."""
        found = self._decided_by.get(question)
        if found is None:
            found, gate = 0, self.rules.questions[question].asked_when
            if gate is not None and self.applies(question) is not False:
                behind = self._as_gates_see.questions_behind(gate)
                found = behind & self._askable
                for each in self._named(behind & ~self._askable):
                    found |= self._to_answer(each)
            self._decided_by[question] = found
        return found

    def _named(self, mask: int) -> tuple[str, ...]:
        """The questions of a mask, in the interview's order."""
        names, found = self._network.questions, []
        while mask:
            lowest = mask & -mask
            found.append(names[lowest.bit_length() - 1])
            mask ^= lowest
        return tuple(found)


class Outlook(Standing):
    """What is known of a person, and what could still come to be known, whoever answers it.

    An `unsure` may be resolved one day, so what rests on it is open like what is unanswered.
    """

    def __init__(self, rules: RuleBase, answers: Answers, inference: Inference | None = None) -> None:
        sure = answers.sure()
        super().__init__(rules, answers, sure, inference)
        if len(sure) == len(answers):
            self._as_answers_could_make_it = self._as_gates_see
            return
        state = state_of(self._network, sure)
        state.suppose(literal for question in self._closed for literal in self._network.denials[question])
        self._as_answers_could_make_it = View(self._network, bytes(state.known), self._heard)

    def is_open(self, rule: Rule) -> bool:
        """Whether further answers could still make the rule fire, or take it back from an `unsure`."""
        return self._as_answers_could_make_it.truth(rule.when) is None

    def may_hold(self, condition: Condition) -> bool:
        """Whether any answers still to come could make it so, or it is true already.

        Those count too that a file may give to a question which would not be asked.
        """
        return self._sure.truth(condition) is not False

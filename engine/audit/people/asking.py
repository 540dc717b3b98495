"""What a rule base asks of simulated people, and which of their answers it finds not to go together.

The conditions under which questions are asked, and those of the consistency checks, are made rules of a small
network, which is fast enough for very many people. It is as in an interview: a question is asked where its
condition is true; where the condition hangs on a question that is not asked, that counts as failing; and a
question of the emergency screen is asked also where whether it applies cannot be learnt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...inference.firing import Known
from ...inference.network import Network, State
from ...knowledge.behind import signs_behind
from ...knowledge.conditions import Condition, Not
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import ConsistencyCheck, Longer, Raises, Shows
from ...result.consistency import holds
from .hearing import Hearing, Person, Reply


class Asking:
    """What one of the rule bases asks of one person after another; answers come in with `hear`."""

    def __init__(self, hearing: Hearing, base: int) -> None:
        self.base = base
        self.hearing = hearing
        self.rules = hearing.bases[base]
        self.questions = self.rules.questions
        gates = {id: each.asked_when for id, each in self.questions.items() if each.asked_when is not None}
        checks = self.rules.consistency.values()
        holds_when = {each.id: each.when for each in checks if not isinstance(each.when, Longer)}
        made = [
            *((f"asks {id}", gate) for id, gate in gates.items()),
            *((f"leaves out {id}", Not(gate)) for id, gate in gates.items()),
            *((f"holds {id}", when) for id, when in holds_when.items()),
        ]
        self._network = Network(_asking(self.rules, made))
        number = {id: at for at, id in enumerate(self._network.rule_ids)}
        literals = {
            rule: literal for literal, effects in enumerate(self._network.effects) for rule, *_ in effects
        }
        self._asks = {id: literals[number[f"asks {id}"]] for id in gates}
        self._leaves_out = {id: literals[number[f"leaves out {id}"]] for id in gates}
        self._holding = [(literals[number[f"holds {id}"]], self.rules.consistency[id]) for id in holds_when]
        self._longer = [each for each in checks if isinstance(each.when, Longer)]
        self._longer_seen: dict[tuple[str, tuple[Reply, ...]], bool] = {}
        self._refuted = {
            id: [literal for _, literal, wanted in found if not wanted]
            for id, found in self._network.leaves.items()
        }
        self._literals: dict[Reply, list[int]] = {}
        self._state = State(self._network)
        self._unheard: list[int] = []

    def start(self) -> None:
        """Another person, of whom nothing is known."""
        self._unheard = []
        self._state.clear()

    def hear(self, reply: Reply) -> None:
        """One more answer; what follows from it is worked out when it is asked for."""
        literals = self._literals.get(reply)
        if literals is None:
            heard = reply.heard[self.base]
            literals = [] if heard is None else self._network.made_known(reply.question, heard)
            self._literals[reply] = literals
        self._unheard += literals

    def _known(self) -> bytearray:
        if self._unheard:
            self._state.suppose(self._unheard)
            self._unheard = []
        return self._state.known

    def asks(self, question: str) -> bool:
        """Whether the question is asked now, all that its condition reads being answered, or left out."""
        if question not in self._asks:
            return question in self.questions
        known = self._known()
        if known[self._asks[question]]:
            return True
        if known[self._leaves_out[question]]:
            self._unheard += self._refuted[question]
            return False
        return self.questions[question].emergency

    def at_fault(self, person: Person) -> Iterator[str]:
        """The questions of the consistency checks that hold of the person, every answer having been heard."""
        known = self._known()
        for literal, check in self._holding:
            if known[literal]:
                yield from check.ask_again
        for check in self._longer:
            if self._is_longer(check, person):
                yield from check.ask_again

    def _is_longer(self, check: ConsistencyCheck, person: Person) -> bool:
        assert isinstance(check.when, Longer)
        two = (check.when.longer, check.when.than)
        amounts = tuple([reply for reply in person if reply.question in two])
        key = (check.id, amounts)
        if key not in self._longer_seen:
            answers = self.hearing.answers(amounts, self.base)
            self._longer_seen[key] = bool(holds(check, self.rules, Known(answers, {})))
        return self._longer_seen[key]


def _asking(rules: RuleBase, made: list[tuple[str, Condition]]) -> RuleBase:
    """A rule for each of these conditions, whose conclusion says nothing, and the signs that they read."""
    pattern = next(iter(rules.rules.values()))
    then = Raises(urgency=rules.default_urgency)
    asking = {id: replace(pattern, id=id, when=when, then=then) for id, when in made}
    signs = signs_behind([when for _, when in made], rules.rules_by_sign)
    finding = {rule.id: rule for sign in signs for rule in rules.rules_by_sign[sign]}
    rates = replace(rules.base_rates, bands=(), rates={})
    return replace(rules, rules={**finding, **asking}, causes={}, mimics={}, base_rates=rates, ranking=None)


def how_asked(question: Question) -> object:
    """All of a question that says when it is asked, and what it takes for an answer."""
    options = {
        option.id: (option.exclusive, option.means_unsure, option.refuses) for option in question.options
    }
    takes = question.kind, options, question.minimum, question.maximum, question.unit, question.whole
    return takes, question.emergency, question.asked_when


def gating(rules: RuleBase) -> object:
    """All that says what is asked and what goes together: rule bases of which it is equal ask the same."""
    return (
        {id: how_asked(each) for id, each in rules.questions.items()},
        {id: (rule.when, rule.then) for id, rule in rules.rules.items() if isinstance(rule.then, Shows)},
        {check.when for check in rules.consistency.values()},
    )

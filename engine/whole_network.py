"""The network with both sides of everything: what holds, what cannot, and what is still unknown.

The network that infers has only the literals that rules need in order to fire. Here every condition
that the rule base writes has two, that it is true and that it is false, so one run over the answers
tells them all: a condition is unknown where neither of its literals is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from .conditions import All, Any, AtLeast, Condition, HasSign, Not, Truth, normal
from .network import Network
from .rule_base import RuleBase

_networks: WeakKeyDictionary[RuleBase, WholeNetwork] = WeakKeyDictionary()


def whole_network_of(rules: RuleBase) -> WholeNetwork:
    """The rule base as a network with both sides of everything, built when it is first asked for."""
    network = _networks.get(rules)
    if network is None:
        network = _networks[rules] = WholeNetwork(rules)
    return network


class WholeNetwork(Network):
    """A rule base lowered to gates, every condition with both its literals."""

    def __init__(self, rules: RuleBase) -> None:
        written = rules.conditions()
        forms = [(normal(condition), normal(condition, False)) for condition in written]
        super().__init__(rules, also=(form for both in forms for form in both))
        self.sides = {
            id(condition): (self.literals[true], self.literals[false])
            for condition, (true, false) in zip(written, forms, strict=True)
        }
        """By the identity of a condition of the rule base: that it is true, and that it is false."""
        self.conditions = list(self.literals)
        """By literal."""
        self.opposite = [self.literals[normal(condition, False)] for condition in self.conditions]
        """By literal: that which says the contrary."""
        self.inputs = [tuple(self._inputs(condition)) for condition in self.conditions]
        """By literal: those of which it is made; none for an atom."""
        self.sign_rules = [tuple(self._sign_rules(condition, rules)) for condition in self.conditions]
        """By literal: those of the rules that conclude its sign; none where it is not about one."""
        self.questions = tuple(rules.questions)
        self.bits = {question: 1 << at for at, question in enumerate(self.questions)}
        """Questions as the bits of a mask, in the interview's order."""
        self.own_bit = [0] * len(self.conditions)
        """By literal: the question that an atom reads."""
        for question, leaves in self.leaves.items():
            for _, literal, _ in leaves:
                self.own_bit[literal] = self.bits[question]
        behind: dict[int, int] = {}
        self.all_behind = [self._questions_behind(literal, behind) for literal in range(len(self.conditions))]
        """By literal: all questions from which it follows, through signs too."""
        self.gates = {
            question.id: self.sides[id(question.asked_when)]
            for question in rules.questions.values()
            if question.asked_when is not None
        }
        """By question, where one hangs on others: that it applies, and that it does not."""
        self.denials = {
            question: tuple(literal for _, literal, holds in leaves if not holds)
            for question, leaves in self.leaves.items()
        }
        """By question: that none of what can be answered to it is so."""

    def _inputs(self, condition: Condition) -> Iterator[int]:
        if isinstance(condition, (All, Any, AtLeast)):
            for item in condition.items:
                yield self.literals[item]

    def _sign_rules(self, condition: Condition, rules: RuleBase) -> Iterator[int]:
        atom = condition.item if isinstance(condition, Not) else condition
        if isinstance(atom, HasSign):
            for rule in rules.rules_by_sign[atom.sign]:
                yield self.sides[id(rule.when)][0]

    def _questions_behind(self, literal: int, known: dict[int, int]) -> int:
        if literal not in known:
            found = self.own_bit[literal]
            for each in (*self.inputs[literal], *self.sign_rules[literal]):
                found |= self._questions_behind(each, known)
            known[literal] = found
        return known[literal]


class View:
    """What is known from one point of view: of each condition of the rule base whether it is so."""

    def __init__(
        self, network: WholeNetwork, known: bytes, heard: int, through_signs: View | None = None
    ) -> None:
        """`known` holds the literals that are; `heard` the questions that any of them comes from.

        What is behind a sign is seen by `through_signs`, or else by this view too.
        """
        self.network = network
        self.known = known
        self._heard = heard
        self._through_signs = through_signs or self
        self._behind: dict[int, int] = {}

    def truth(self, condition: Condition) -> Truth:
        """Whether a condition of the rule base is true, false or unknown."""
        true, false = self.network.sides[id(condition)]
        return True if self.known[true] else False if self.known[false] else None

    def reasons(self, condition: Condition) -> list[Condition]:
        """The atoms and negated atoms that make a true condition true, as written, each once."""
        return list(dict.fromkeys(self._reasons(self.network.sides[id(condition)][0])))

    def _reasons(self, literal: int) -> Iterator[Condition]:
        if self.known[literal]:
            inputs = self.network.inputs[literal]
            if not inputs:
                yield self.network.conditions[literal]
            for each in inputs:
                yield from self._reasons(each)

    def questions_behind(self, condition: Condition) -> int:
        """The questions, as a mask, on which an unknown condition still turns; none where it is known."""
        return self._questions(self.network.sides[id(condition)][0])

    def _questions(self, literal: int) -> int:
        network, known = self.network, self.known
        if known[literal] or known[network.opposite[literal]]:
            return 0
        everything = network.all_behind[literal]
        if not everything & self._heard:  # so nothing behind it is known
            return everything
        found = self._behind.get(literal)
        if found is None:
            found = network.own_bit[literal]
            for each in network.inputs[literal]:
                found |= self._questions(each)
            for each in network.sign_rules[literal]:
                found |= self._through_signs._questions(each)
            self._behind[literal] = found
        return found

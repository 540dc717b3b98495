"""The network with both sides of everything: what holds, what cannot, and what is still unknown.

The network that infers has only the literals that rules need in order to fire. Here every condition
that the rule base writes has two, that it is true and that it is false, so one run over the answers
tells them all: a condition is unknown where neither of its literals is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from ..knowledge.conditions import All, Any, AtLeast, Condition, HasSign, Not, Truth, needed
from ..knowledge.rule_base import RuleBase
from .network import Network

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
        self.sides: dict[int, tuple[int, int]] = {}
        """By the identity of a condition of the rule base: that it is true, and that it is false."""
        self._contrary: dict[int, int] = {}
        super().__init__(rules)
        many = len(self.feeds)
        self.opposite = [self._contrary[literal] for literal in range(many)]
        """By literal: that which says the contrary."""
        self.inputs: list[tuple[int, ...]] = [()] * many
        """By literal: those of which it is made; none for an atom."""
        for (_, inputs), literal in self.nodes.items():
            self.inputs[literal] = inputs
        self.atoms = {literal: condition for condition, literal in self.literals.items()}
        """By literal: the atom, or the negated atom."""
        self.sign_rules: list[tuple[int, ...]] = [()] * many
        """By literal: those of the rules that conclude its sign; none where it is not about one."""
        for sign, true, false in self.signs:
            concluding = tuple(self.sides[id(rule.when)][0] for rule in rules.rules_by_sign[sign])
            self.sign_rules[true] = self.sign_rules[false] = concluding
        self.questions = tuple(rules.questions)
        self.bits = {question: 1 << at for at, question in enumerate(self.questions)}
        """Questions as the bits of a mask, in the interview's order."""
        self.own_bit = [0] * many
        """By literal: the question that an atom reads."""
        for question, leaves in self.leaves.items():
            for _, literal, _ in leaves:
                self.own_bit[literal] = self.bits[question]
        behind: dict[int, int] = {}
        self.all_behind = [self._questions_behind(literal, behind) for literal in range(many)]
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

    def _lower_more(self, rules: RuleBase) -> None:
        for sign in rules.signs:
            self._both(HasSign(sign))
        for condition in rules.conditions():
            self.sides[id(condition)] = self._both(condition)

    def _both(self, condition: Condition) -> tuple[int, int]:
        """The literals that the condition is true, and that it is false."""
        if isinstance(condition, Not):
            false, true = self._both(condition.item)
            return true, false
        if isinstance(condition, (All, Any, AtLeast)):
            need, items = needed(condition), [self._both(item) for item in condition.items]
            true = self._node(need, tuple([true for true, _ in items]))
            false = self._node(len(items) - need + 1, tuple([false for _, false in items]))
        else:
            true, false = self._literal(condition), self._literal(Not(condition))
        self._contrary |= {true: false, false: true}
        return true, false

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
                yield self.network.atoms[literal]
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

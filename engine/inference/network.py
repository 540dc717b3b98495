"""Inference by a propagation network: the engine for volume.

Every condition, and its being false, is a literal of its own: a number. A condition in negation
normal form is a gate, which needs so many of its inputs (`all` every one, `any` one, `at_least` its
count) and then makes its head known. These are Horn clauses over positive literals, run by counting
down what each gate still needs (Dowling and Gallier 1984, Journal of Logic Programming 1(3):267-284),
here with a threshold where they have "all". What is false is a literal like what is true, so Kleene's
logic needs no negation: unknown means that neither of the two is known.

A rule that fires offers a size to a slot, and a slot holds the greatest size offered. The rules for a
cause in one group share a slot, those against it another, so that only the strongest counts; the
rules about urgency share one slot, whose greatest size is the highest level.

Invariants of a `State`, to which the tests hold it:
* `left[gate]` is what the gate needs, less the number of its inputs that are known;
* a literal is known exactly when an answer says so or a gate of which it is the head has `left` <= 0;
* `best[slot]` is the greatest size among the fired rules of that slot, and `sums` add the slots up;
* `undo` brings all of this back to what it was before the last `add`.

`add` and `undo` cost in proportion to the gates that the answer touches, whatever the size of the
rule base. A network does not change once it is built; a state belongs to one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

from ..answers.answers import Answer, Answers
from ..knowledge.conditions import All, Any, AtLeast, Atom, Condition, HasSign, Not, needed, normal
from ..knowledge.levels import Level, at_height, height
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Raises, Rule, Weighs
from .firing import Inference

Effect = tuple[int, int, int, int, int]
"""What firing does: rule, slot, size offered, sum that the slot belongs to, and +1 or -1 to that sum."""

COPIED = 20
"""Gates that are copied in about the time in which one literal is taken back."""

REMEMBERED = 4096
"""Answers whose literals are kept, so that many people with like answers cost little."""


_networks: WeakKeyDictionary[RuleBase, Network] = WeakKeyDictionary()


def infer(rules: RuleBase, answers: Answers) -> Inference:
    """What the rules conclude from the answers. Safe to call from several threads."""
    return state_of(network_of(rules), answers).inference()


def state_of(network: Network, answers: Mapping[str, Answer]) -> State:
    """All that follows from these answers, to which more can be added."""
    state = State(network)
    for question, answer in answers.items():
        state.add(question, answer)
    return state


def network_of(rules: RuleBase) -> Network:
    """The rule base as a network, built when it is first asked for."""
    network = _networks.get(rules)
    if network is None:
        network = _networks[rules] = Network(rules)
    return network


class Network:
    """A rule base lowered to gates, once."""

    def __init__(self, rules: RuleBase) -> None:
        self.rule_ids = list(rules.rules)
        self.causes = sorted([*rules.causes, *rules.mimics])
        self.ranked = [at for at, cause in enumerate(self.causes) if cause in rules.causes]
        self.default = rules.default_urgency
        self.literals: dict[Condition, int] = {}  # of atoms and negated atoms
        self.nodes: dict[tuple[int, tuple[int, ...]], int] = {}  # of so many of these literals
        self.feeds: list[list[int]] = []  # by literal: the gates that it is an input of
        self.needs: list[int] = []  # by gate: how many inputs
        self.heads: list[int] = []  # by gate: the literal made known
        self.slots: dict[tuple[str, str, bool], int] = {}
        true = {rule.id: self._lower(normal(rule.when)) for rule in rules.rules.values()}
        for sign, found in rules.rules_by_sign.items():
            self._gate(1, [true[rule.id] for rule in found], self._literal(HasSign(sign)))
            refuted = [self._lower(normal(rule.when, False)) for rule in found]
            self._gate(len(refuted), refuted, self._literal(Not(HasSign(sign))))
        self.signs = [
            (sign, self._literal(HasSign(sign)), self._literal(Not(HasSign(sign)))) for sign in rules.signs
        ]
        self._lower_base_rates(rules)
        self.unranked = self._lower(normal(rules.ranking.when, False)) if rules.ranking else None
        self._lower_more(rules)
        self.effects: list[list[Effect]] = [[] for _ in self.feeds]  # by literal
        for at, rule in enumerate(rules.rules.values()):
            self.effects[true[rule.id]].append(self._effect(at, rule))
        self.leaves: dict[str, list[tuple[Atom, int, bool]]] = {question: [] for question in rules.questions}
        for key, literal in self.literals.items():
            atom, holds = (key.item, False) if isinstance(key, Not) else (key, True)
            if not isinstance(atom, (All, Any, AtLeast, Not, HasSign)):
                self.leaves[atom.question].append((atom, literal, holds))
        self.made_known = lru_cache(REMEMBERED)(self._made_known)

    def _lower_more(self, rules: RuleBase) -> None:
        """Nothing more is needed to infer."""

    def _literal(self, key: Condition) -> int:
        if key not in self.literals:
            self.literals[key] = self._new()
        return self.literals[key]

    def _new(self) -> int:
        self.feeds.append([])
        return len(self.feeds) - 1

    def _gate(self, need: int, inputs: Iterable[int], head: int) -> None:
        for literal in inputs:
            self.feeds[literal].append(len(self.needs))
        self.needs.append(need)
        self.heads.append(head)

    def _lower(self, node: Condition) -> int:
        """The literal of a normal form; the same condition anywhere is the same literal."""
        if isinstance(node, (All, Any, AtLeast)):
            return self._node(needed(node), tuple([self._lower(item) for item in node.items]))
        return self._literal(node)

    def _node(self, need: int, inputs: tuple[int, ...]) -> int:
        """The literal that is known when so many of the inputs are."""
        if (need, inputs) not in self.nodes:
            self.nodes[need, inputs] = self._new()
            self._gate(need, inputs, self.nodes[need, inputs])
        return self.nodes[need, inputs]

    def literal_of(self, node: Condition) -> int | None:
        """The literal of a normal form; None where the network has none."""
        if not isinstance(node, (All, Any, AtLeast)):
            return self.literals.get(node)
        inputs = [literal for item in node.items if (literal := self.literal_of(item)) is not None]
        return self.nodes.get((needed(node), tuple(inputs))) if len(inputs) == len(node.items) else None

    def _lower_base_rates(self, rules: RuleBase) -> None:
        rates = rules.base_rates

        def points(column: str) -> list[int]:
            return [
                rates.points_for(rates.rates[cause].percent[column]) if cause in rates.rates else 0
                for cause in self.causes
            ]

        self.base = points("adults")
        self.bands = [(self._lower(normal(band.when)), points(band.id)) for band in rates.bands]
        self.lifts = [
            (self._lower(normal(when)), self.causes.index(cause), rates.points_for(percent))
            for cause, rate in rates.rates.items()
            for when, percent in rate.lifts
        ]

    def _effect(self, at: int, rule: Rule) -> Effect:
        then = rule.then
        if isinstance(then, Weighs):
            slot = self.slots.setdefault((then.cause, then.group, then.supports), len(self.slots) + 2)
            return at, slot, abs(then.points), self.causes.index(then.cause), 1 if then.supports else -1
        if isinstance(then, Raises):  # slot 0; its sum stands behind those of the causes
            return at, 0, height(then.urgency), len(self.causes), 1
        return at, 1, 0, 0, 1  # a sign: its gate does the work, and nothing is offered

    def _made_known(self, question: str, answer: Answer) -> list[int]:
        """The literals that an answer makes known."""
        answers = Answers({question: answer})
        return [literal for atom, literal, holds in self.leaves[question] if answers.truth(atom) is holds]


class State:
    """One person's answers so far and all that follows from them; answers are added and undone."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._start()

    def _start(self) -> None:
        network = self.network
        self.left = list(network.needs)
        self.known = bytearray(len(network.feeds))
        self.best = [0] * (len(network.slots) + 2)
        self.sums = [0] * (len(network.causes) + 1)
        self.fired: list[int] = []
        self.trail: list[int] = []  # literals, in the order they became known
        self.displaced: list[tuple[int, int, int, int]] = []  # slot, its old best, sum and its old value
        self.marks: list[tuple[int, int, int]] = []

    def add(self, question: str, answer: Answer) -> None:
        """One more answer, to a question not answered yet."""
        self.suppose(self.network.made_known(question, answer))

    def suppose(self, literals: Iterable[int]) -> None:
        """These literals known, whoever could say them all; taken back by `undo`, like an answer.

        What follows from all that several answers would make known bounds what follows from any one.
        """
        self.marks.append((len(self.trail), len(self.fired), len(self.displaced)))
        self._derive(list(literals))

    def _derive(self, queue: list[int]) -> None:
        network, left, known, best, sums = self.network, self.left, self.known, self.best, self.sums
        feeds, heads, effects = network.feeds, network.heads, network.effects
        for literal in queue:  # which grows while it is walked
            if known[literal]:
                continue
            known[literal] = 1
            self.trail.append(literal)
            for gate in feeds[literal]:
                left[gate] -= 1
                if not left[gate]:
                    queue.append(heads[gate])
            for rule, slot, size, total, side in effects[literal]:
                self.fired.append(rule)
                if size > best[slot]:
                    self.displaced.append((slot, best[slot], total, sums[total]))
                    sums[total] += side * (size - best[slot])
                    best[slot] = size

    def undo(self) -> None:
        """Back to what was known before the last answer was added."""
        trail, fired, displaced = self.marks.pop()
        feeds, left, known = self.network.feeds, self.left, self.known
        for literal in self.trail[trail:]:
            known[literal] = 0
            for gate in feeds[literal]:
                left[gate] += 1
        del self.trail[trail:], self.fired[fired:]
        while len(self.displaced) > displaced:
            slot, old, total, old_sum = self.displaced.pop()
            self.best[slot] = old
            self.sums[total] = old_sum

    def clear(self) -> None:
        """Back to no answers at all: by starting over or, where the rule base is far larger, by undoing."""
        if len(self.left) < COPIED * len(self.trail):
            self._start()
        while self.marks:
            self.undo()

    def level(self) -> Level:
        """The urgency so far."""
        size = self.best[0]
        return at_height(size) if size else self.network.default

    def is_ranked(self) -> bool:
        """Whether the causes are: it is not certain that they are not."""
        unranked = self.network.unranked
        return unranked is None or not self.known[unranked]

    def points(self) -> list[int]:
        """The points of every cause and mimic, in the order of `network.causes`."""
        network, known = self.network, self.known
        base = next((points for literal, points in network.bands if known[literal]), network.base)
        points = [start + found for start, found in zip(base, self.sums, strict=False)]
        for literal, cause, lifted in network.lifts:
            if known[literal] and lifted > base[cause]:
                points[cause] = max(points[cause], lifted + self.sums[cause])
        return points

    def ranking(self) -> list[tuple[int, str]]:
        """The article's causes with their points, most first, equal ones by id."""
        network, points = self.network, self.points()
        order = sorted(network.ranked, key=points.__getitem__, reverse=True)
        return [(points[at], network.causes[at]) for at in order]

    def fired_rules(self) -> tuple[str, ...]:
        """The ids of the rules fired so far, sorted."""
        return tuple([self.network.rule_ids[rule] for rule in sorted(self.fired)])

    def inference(self) -> Inference:
        """What every engine gives."""
        network, known = self.network, self.known
        signs = {
            sign: bool(known[true]) for sign, true, false in network.signs if known[true] or known[false]
        }
        return Inference(fired=self.fired_rules(), signs=signs)

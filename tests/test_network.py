"""The network adds and takes back answers exactly."""

from __future__ import annotations

import model
import shipped
from effort import examples
from generators import rule_bases
from hypothesis import given, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from strategies import answer_sets, answers_to

from engine import Answers, RuleBase, load_rules, read_answers
from engine.inference.network import Network, State


def everything(state: State) -> object:
    """All that a state holds, order apart."""
    return list(state.left), bytes(state.known), list(state.best), list(state.sums), sorted(state.fired)


def recomputed(network: Network, answers: Answers) -> State:
    state = State(network)
    for question, answer in answers.items():
        state.add(question, answer)
    return state


class AddAndUndo(RuleBasedStateMachine):
    """Adds and takes back answers in any order, beside a list of what should be there."""

    rule_base: RuleBase

    @initialize(rules=st.one_of(st.builds(shipped.rules), rule_bases()))
    def start(self, rules: RuleBase) -> None:
        self.rule_base = rules
        self.network = Network(rules)
        self.state = State(self.network)
        self.answers: list[tuple[str, object]] = []

    @precondition(lambda self: len(self.answers) < len(self.rule_base.questions))
    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        answered = dict(self.answers)
        open_questions = [
            question for question in self.rule_base.questions.values() if question.id not in answered
        ]
        question = data.draw(st.sampled_from(open_questions))
        value = data.draw(answers_to(question))
        answer = read_answers({question.id: value}, self.rule_base).get(question.id)
        if answer is not None:
            self.state.add(question.id, answer)
            self.answers.append((question.id, value))

    @precondition(lambda self: self.answers)
    @rule()
    def undo(self) -> None:
        self.state.undo()
        note(f"took back {self.answers.pop()}")

    @precondition(lambda self: self.answers)
    @rule()
    def clear(self) -> None:
        self.state.clear()
        self.answers.clear()

    @invariant()
    def is_as_if_computed_anew(self) -> None:
        answers = read_answers(dict(self.answers), self.rule_base)
        assert everything(self.state) == everything(recomputed(self.network, answers))
        expected = model.outcome(self.rule_base, answers)
        assert self.state.inference().fired == expected.fired
        assert self.state.inference().signs == expected.signs
        assert self.state.level() == expected.urgency
        assert {cause: points for points, cause in self.state.ranking()} == expected.points
        assert [cause for _, cause in self.state.ranking()] == [cause for _, cause in expected.order]


TestAddAndUndo = AddAndUndo.TestCase
TestAddAndUndo.settings = examples(20)


@given(rules=rule_bases(), data=st.data())
def test_gates_hold_their_invariant(rules: RuleBase, data: st.DataObject) -> None:
    """What a gate still needs is what it needs less its known inputs; its head is known when that is none."""
    network = Network(rules)
    state = recomputed(network, read_answers(data.draw(answer_sets(rules)), rules))
    inputs: list[list[int]] = [[] for _ in network.needs]
    for literal, gates in enumerate(network.feeds):
        for gate in gates:
            inputs[gate].append(literal)
    for gate, need in enumerate(network.needs):
        left = need - sum(state.known[literal] for literal in inputs[gate])
        assert state.left[gate] == left
        assert state.known[network.heads[gate]] or left > 0


@given(rules=rule_bases(), data=st.data())
def test_no_atom_is_known_both_ways(rules: RuleBase, data: st.DataObject) -> None:
    network = Network(rules)
    state = recomputed(network, read_answers(data.draw(answer_sets(rules)), rules))
    for _, true, false in network.signs:
        assert not (state.known[true] and state.known[false])


def test_a_state_taken_back_is_as_new() -> None:
    rules = load_rules()
    network = Network(rules)
    state = recomputed(network, read_answers(dict.fromkeys(rules.questions, "unsure"), rules))
    assert state.fired
    for _ in rules.questions:
        state.undo()
    assert everything(state) == everything(State(network))

"""The smallest sets of changed answers: nothing smaller exists, and nothing of that size is missing."""

from __future__ import annotations

from collections.abc import Callable

import model
import pytest
import shipped
from effort import examples
from enumeration import as_rules_see, changed
from generators import rule_bases
from hypothesis import event, given
from hypothesis import strategies as st
from strategies import answer_sets

from engine import Answers, RuleBase, TurningPoints, assess, read_answers, turning_points
from engine.explanation.turning_points import Reversal
from engine.inference.network import State, network_of
from engine.knowledge.levels import LEVELS

Outcome = tuple[frozenset[str], str]
"""The causes that are first, and the urgency."""


def by_the_model(rules: RuleBase, answers: Answers) -> Outcome:
    found = model.outcome(rules, answers)
    if assess(answers, rules).not_ranked:  # which the model does not know
        return frozenset(), found.urgency
    return frozenset(cause for rank, cause in found.order if rank == 1), found.urgency


def by_the_network(rules: RuleBase, answers: Answers) -> Outcome:
    """The same, faster; other tests hold it to the model."""
    state = State(network_of(rules))
    for question, answer in answers.items():
        state.add(question, answer)
    if not state.is_ranked():
        return frozenset(), state.level()
    ranking = state.ranking()
    return frozenset(cause for points, cause in ranking if points == ranking[0][0]), state.level()


TURNS: dict[str, Callable[[Outcome, Outcome], bool]] = {
    "another_first": lambda before, after: bool(after[0] - before[0]),
    "sooner": lambda before, after: LEVELS.index(after[1]) < LEVELS.index(before[1]),
    "later": lambda before, after: LEVELS.index(after[1]) > LEVELS.index(before[1]),
}

Sets = set[frozenset[tuple[str, object]]]


def by_brute_force(
    rules: RuleBase, answers: Answers, most: int, outcome: Callable[[RuleBase, Answers], Outcome]
) -> dict[str, tuple[int | None, Sets]]:
    """For each turn the smallest size up to `most`, and every set of that size."""
    before = outcome(rules, answers)
    found: dict[str, tuple[int | None, Sets]] = {turn: (None, set()) for turn in TURNS}
    for size, edge in enumerate(changed(rules, answers, most), 1):
        outcomes = [(after, outcome(rules, after)) for after in edge]
        for turn, turns in TURNS.items():
            sets = {
                frozenset(
                    (id, as_rules_see(rules.questions[id], after[id], rules))
                    for id in answers
                    if after[id] != answers[id]
                )
                for after, then in outcomes
                if turns(before, then)
            }
            if sets and found[turn][0] is None:
                found[turn] = (size, sets)
    return found


def sets_of(reversal: Reversal, rules: RuleBase) -> Sets:
    """The changed answers of each set, as brute force names them; no set comes twice."""
    sets = [
        frozenset(
            (id, as_rules_see(rules.questions[id], answer, rules))
            for id, answer in read_answers(
                {turn.question: turn.after for turn in point.changes}, rules
            ).items()
        )
        for point in reversal.sets
    ]
    assert len(sets) == len(set(sets))
    return set(sets)


def disagreements(
    found: TurningPoints, rules: RuleBase, expected: dict[str, tuple[int | None, Sets]], most: int
) -> list[str]:
    """The turns of which the search says something else than brute force."""
    wrong = []
    for turn, (size, sets) in expected.items():
        reversal: Reversal = getattr(found, turn)
        beyond = size is None and reversal.size is not None and reversal.size > most
        if not beyond and (reversal.size, sets_of(reversal, rules)) != (size, sets):
            wrong.append(turn)
        if size is not None and reversal.impossible:
            wrong.append(f"{turn} is possible")
    return wrong


@examples(60)
@given(rules=rule_bases(), data=st.data())
def test_search_finds_what_brute_force_does(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    found = turning_points(answers, rules)
    expected = by_brute_force(rules, answers, found.at_most, by_the_model)
    event(f"sizes: {[size for size, _ in expected.values()]}")
    assert disagreements(found, rules, expected, found.at_most) == []


@pytest.mark.parametrize(
    ("case", "most"),
    [
        ("stenosis-classic", 2),
        ("sexual-change-old-but-worse", 2),
        ("clumsy-hands-fast", 2),
        ("rf29-arm-and-leg", 2),
        ("disc-classic", 1),
        ("unsure-of-everything", 1),
        ("piriformis-classic", 1),
    ],
)
def test_search_finds_what_brute_force_does_in_worked_cases(case: str, most: int) -> None:
    """Up to two changes of a few answers, one of many; more would take too long."""
    found = turning_points(shipped.answers()[case], shipped.rules())
    expected = by_brute_force(shipped.rules(), shipped.answers()[case], most, by_the_network)
    assert disagreements(found, shipped.rules(), expected, most) == []


@pytest.mark.parametrize("every", [60, pytest.param(6, marks=pytest.mark.audit)])
def test_each_set_does_what_is_said_of_it(every: int) -> None:
    for id in list(shipped.answers())[::every]:
        found = turning_points(shipped.answers()[id], shipped.rules())
        assert (frozenset(found.first), found.urgency) == by_the_network(
            shipped.rules(), shipped.answers()[id]
        )
        for turn, turns in TURNS.items():
            for point in getattr(found, turn).sets:
                after = read_answers(
                    {**shipped.answers()[id], **{each.question: each.after for each in point.changes}},
                    shipped.rules(),
                )
                then = by_the_network(shipped.rules(), after)
                assert then == (frozenset(point.first), point.urgency), id
                assert turns((frozenset(found.first), found.urgency), then), id
                assert {each.question for each in point.changes} <= shipped.answers()[id].keys()


@given(rules=rule_bases(), data=st.data())
def test_the_order_of_answers_does_not_matter(rules: RuleBase, data: st.DataObject) -> None:
    answers = data.draw(answer_sets(rules))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    kept = dict(answers)
    assert turning_points(answers, rules) == turning_points(shuffled, rules)
    assert answers == kept


def test_an_amount_is_moved_to_the_nearest_value_in_the_units_of_the_rule() -> None:
    answers = {**shipped.answers()["rf06-both-legs-fourteen-days"], "symptom_duration": "3 weeks"}
    points = turning_points(answers, shipped.rules()).sooner.sets
    briefs = [turn.brief for point in points for turn in point.changes if turn.question == "symptom_duration"]
    assert "14 days instead of 3 weeks" in briefs

"""A mutant is the same as its rule just where brute force finds nobody to tell them apart."""

from __future__ import annotations

from dataclasses import replace

from effort import examples
from enumeration import people_apart
from generators import CAUSES, SIGNS, rule_bases
from hypothesis import given
from hypothesis import strategies as st

from engine import Answers, RuleBase
from engine.audit.mutation.mutants import Mutant, mutants
from engine.audit.mutation.parting import parting
from engine.audit.search.witness import Witnesses
from engine.inference.firing import Known
from engine.inference.network import infer, network_of, state_of
from engine.knowledge.conditions import All, AtLeast, Condition, Not, truth
from engine.knowledge.conditions import Any as AnyOf
from engine.knowledge.levels import LEVELS
from engine.knowledge.rules import Raises, Rule, Shows, Weighs


def rules_beside(mutant: Mutant, rules: RuleBase) -> list[Rule]:
    """All rules of the kind that could hide the change, the rule itself among them."""

    def beside(one: Rule) -> object:
        then = one.then
        return then.cause if isinstance(then, Weighs) else isinstance(then, Shows)

    return [rule for rule in rules.rules.values() if beside(rule) == beside(mutant.rule)]


def comes_to(mutant: Mutant, when: Condition, rules: RuleBase, answers: Answers) -> object:
    """Of a condition its truth, of a conclusion all that follows but for what fires."""
    if mutant.is_of_condition:
        return truth(when, Known(answers, infer(rules, answers).signs))
    state = state_of(network_of(rules), answers)
    return state.points(), state.level(), state.inference().signs


def part_on(mutant: Mutant, rules: RuleBase, answers: Answers) -> bool:
    changed = rules if mutant.is_of_condition else mutant.rules(rules)
    before = comes_to(mutant, mutant.rule.when, rules, answers)
    return before != comes_to(mutant, mutant.changed.when, changed, answers)


def repeating(one: Condition, other: Condition) -> list[Condition]:
    """Conditions of two, of which many imply others or say the same."""
    both, either = All((one, other)), AnyOf((one, other))
    return [
        one,
        other,
        both,
        either,
        Not(one),
        All((one, either)),
        AnyOf((one, both)),
        AtLeast(1, (one, other)),
    ]


@st.composite
def wrong_rules(draw: st.DrawFn) -> tuple[RuleBase, Mutant]:
    """A rule base that reads few questions and says much more than once, and a mutant of one of its rules."""
    rules = draw(rule_bases())
    kind = draw(st.sampled_from([Weighs, Shows, Raises]))
    found = {id: each for id, each in rules.rules.items() if "reads" not in id}
    spare = Raises(urgency=draw(st.sampled_from(LEVELS)))
    last = max(found)
    found |= {id: replace(found[last], id=id, then=spare) for id in ("spare-1", "spare-2") if kind is Raises}
    # What signs read first hangs on no sign, so that none comes to hang on itself.
    plain = [rule.when for rule in rules.rules_by_sign[SIGNS[0]]]
    parts = repeating(plain[0], found[last].when if kind is not Shows else plain[-1])
    for id, each in found.items():
        if isinstance(each.then, kind) and draw(st.booleans()):
            found[id] = each = replace(each, when=draw(st.sampled_from(parts)))
        if isinstance(each.then, Weighs) and kind is Weighs:
            word = draw(st.sampled_from(["strong", "moderate"]))
            then = replace(each.then, cause=CAUSES[0], group="one", strength=word, likelihood_ratio=None)
            found[id] = replace(each, then=then)
    rules = replace(rules, rules=found)
    every = [each for each in mutants(rules) if isinstance(each.rule.then, kind)]
    of_condition = draw(st.integers(0, 3)) == 0
    some = [each for each in every if each.is_of_condition is of_condition]
    return rules, draw(st.sampled_from(some or every))


@examples(150)
@given(wrong=wrong_rules())
def test_where_nobody_is_found_there_is_nobody(wrong: tuple[RuleBase, Mutant]) -> None:
    rules, mutant = wrong
    told_apart = [rule.when for rule in (mutant.rule, mutant.changed, *rules_beside(mutant, rules))]
    found = parting(mutant, Witnesses(rules))
    apart = [each for each in people_apart(told_apart, rules) if part_on(mutant, rules, each)]
    assert (found is not None) is bool(apart)
    if found is not None and found.answers is not None:
        assert part_on(mutant, rules, found.answers)
        if mutant.is_of_condition:
            assert ("fire" in str(found.said)) is any(fires_for_one(mutant, rules, each) for each in apart)


def fires_for_one(mutant: Mutant, rules: RuleBase, answers: Answers) -> bool:
    """Whether just one of the two fires."""
    values = [comes_to(mutant, each.when, rules, answers) for each in (mutant.rule, mutant.changed)]
    return values.count(True) == 1

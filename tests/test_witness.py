"""A witness shows what it should, is as small as it can be, and where there is none nobody could be one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

import model
import pytest
from enumeration import sure_answers
from generators import conditions, rule_bases
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import UNSURE, Answers, AnswersError, RuleBase, load_rules, read_answers
from engine.answers import Answer, Picked
from engine.audit.witness import Witnesses
from engine.condition_reader import ConditionReader
from engine.conditions import Condition, HasSign, atoms
from engine.consultation import outlook
from engine.model import Question
from engine.source import from_python

RULES = load_rules()
MOST = 600
"""People that brute force looks at, at most."""

Wanted = dict[str, list[Condition]]
VALUES: Mapping[str, set[bool | None]] = {
    "true": {True},
    "false": {False},
    "not_true": {False, None},
    "not_false": {True, None},
}


def condition(written: Any, rules: RuleBase) -> Condition:
    """The condition as it is written in a rule file."""
    found = ConditionReader(rules.questions, rules.signs, lambda *problem: None).read(
        from_python(written, "test")
    )
    assert found is not None
    return found


@st.composite
def gated(draw: st.DrawFn) -> RuleBase:
    """A rule base in which some questions are asked only when others were answered so."""
    rules = draw(rule_bases())
    questions: dict[str, Question] = {}
    order = draw(st.permutations(list(rules.questions)))
    for id in order:
        question = rules.questions[id]
        gate = condition(draw(conditions([])), rules) if draw(st.booleans()) else None
        known = gate is not None and {atom.question for atom in atoms(gate)} <= questions.keys()  # type: ignore[union-attr]
        questions[id] = replace(question, asked_when=gate if known else None, emergency=draw(st.booleans()))
    return replace(rules, questions={id: questions[id] for id in rules.questions})


def read_through_signs(found: Condition, rules: RuleBase) -> set[str]:
    """The questions that the condition hangs on."""
    queue = list(atoms(found))
    for atom in queue:
        if isinstance(atom, HasSign):
            queue += [each for rule in rules.rules_by_sign[atom.sign] for each in atoms(rule.when)]
    return {atom.question for atom in queue if not isinstance(atom, HasSign)}


def with_gates(questions: set[str], rules: RuleBase) -> set[str]:
    """These questions and those that they are asked because of."""
    queue = sorted(questions)
    for id in queue:
        gate = rules.questions[id].asked_when
        queue += sorted(read_through_signs(gate, rules) - {*queue}) if gate else []
    return set(queue)


def parts(question: Question, rules: RuleBase) -> list[Answer]:
    """The answers that leave some options open."""
    real = [option.id for option in question.options if not option.means_unsure]
    found: dict[Answer, None] = {}
    for signs in product((None, "has", "not"), repeat=len(real)):
        given = {
            key: [id for id, sign in zip(real, signs, strict=True) if sign == key] for key in ("has", "not")
        }
        with contextlib.suppress(AnswersError):
            found |= dict.fromkeys(read_answers({question.id: given}, rules).values())
    return list(found)


def people(wanted: Wanted, rules: RuleBase, *, gates: bool = False) -> Iterator[Answers]:
    """Everyone whom these conditions, the rules and the gates can tell apart, by what is wanted."""
    told_apart = [each for found in wanted.values() for each in found]
    questions = {id for each in told_apart for id in read_through_signs(each, rules)}
    if gates:
        told_apart += [each.asked_when for each in rules.questions.values() if each.asked_when]
        questions = with_gates(questions, rules)
    like = next(iter(rules.rules.values()))
    more = {f"more-{at}": replace(like, when=each) for at, each in enumerate(told_apart)}
    rules = replace(rules, rules={**rules.rules, **more})
    ways: list[list[Answer | None]] = []
    for id in sorted(questions):
        question = rules.questions[id]
        some = parts(question, rules) if question.kind == "many_of" else sure_answers(question, rules)
        ways.append([None, UNSURE, *some])
    assume(prod(map(len, ways)) <= MOST)
    for chosen in product(*ways):
        given = {id: each for id, each in zip(sorted(questions), chosen, strict=True) if each is not None}
        yield Answers(given, rules.sha256)


def shows(answers: Answers, wanted: Wanted, rules: RuleBase) -> bool:
    """Whether the answers give every condition as wanted, by the model."""
    return all(
        model.truth(each, rules, answers) in VALUES[how] for how, found in wanted.items() for each in found
    )


def all_asked(answers: Answers, rules: RuleBase) -> bool:
    person = outlook(rules, answers)
    return all(person.is_asked(rules.questions[id]) for id in answers)


@st.composite
def wishes(draw: st.DrawFn, rules: RuleBase) -> Wanted:
    """One to three conditions, each to be true, false, not true or not false."""
    signs = list(rules.signs)
    ways = st.sampled_from(sorted(VALUES))
    found: Wanted = {}
    for how in draw(st.lists(ways, min_size=1, max_size=3)):
        found.setdefault(how, []).append(condition(draw(conditions(signs)), rules))
    return found


@settings(max_examples=60)
@given(rules=rule_bases(), data=st.data())
def test_there_is_a_witness_exactly_where_brute_force_finds_one(rules: RuleBase, data: st.DataObject) -> None:
    wanted = data.draw(wishes(rules))
    everyone = people(wanted, rules)
    somebody = any(shows(each, wanted, rules) for each in everyone)
    found = Witnesses(rules).find(**wanted)
    assert (found is not None) is somebody
    if found is not None:
        assert shows(found, wanted, rules)


@settings(max_examples=60)
@given(rules=gated(), data=st.data())
def test_there_is_a_witness_who_is_asked_exactly_where_brute_force_finds_one(
    rules: RuleBase, data: st.DataObject
) -> None:
    wanted = data.draw(wishes(rules))
    everyone = people(wanted, rules, gates=True)
    somebody = any(shows(each, wanted, rules) and all_asked(each, rules) for each in everyone)
    found = Witnesses(rules, asked=True).find(**wanted)
    assert (found is not None) is somebody
    if found is not None:
        assert shows(found, wanted, rules)
        assert all_asked(found, rules)


@given(rules=rule_bases(), data=st.data())
def test_no_answer_of_a_witness_can_be_left_out(rules: RuleBase, data: st.DataObject) -> None:
    wanted = data.draw(wishes(rules))
    found = Witnesses(rules).find(**wanted)
    assume(found)
    assert found is not None
    for id in found:
        fewer = Answers({each: answer for each, answer in found.items() if each != id}, rules.sha256)
        assert not shows(fewer, wanted, rules)


@given(data=st.data())
def test_a_witness_is_an_answers_file(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(list(RULES.rules.values())))
    found = Witnesses(RULES).find(true=[rule.when])
    assert found is not None
    assert read_answers(found.to_plain(), RULES) == found


@pytest.mark.parametrize("asked", [False, True])
def test_every_shipped_rule_has_a_witness(asked: bool) -> None:
    search = Witnesses(RULES, asked=asked)
    for rule in RULES.rules.values():
        found = search.find(true=[rule.when])
        assert found is not None, rule.id
        assert model.truth(rule.when, RULES, found) is True
        assert not asked or all_asked(found, RULES), rule.id


def test_an_option_that_all_others_refused_leave_is_seen() -> None:
    """`none` holds exactly when the others do not: neither can be had without the other."""
    search = Witnesses(RULES)
    none = condition("clot_risk has none", RULES)
    others = [
        condition(f"clot_risk has {option.id}", RULES)
        for option in RULES.questions["clot_risk"].options
        if not option.exclusive
    ]
    assert search.find(true=[none], not_false=others[:1]) is None
    assert search.find(false=others, not_true=[none]) is None
    found = search.find(false=others)
    assert found is not None
    assert isinstance(found["clot_risk"], Picked)
    assert found["clot_risk"].has == {"none"}

"""A witness shows what it should, is as small as it can be, and where there is none nobody could be one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import model
import pytest
import shipped
from effort import examples
from enumeration import parts, people_apart
from generators import SIGNS, conditions, loaded, rule_bases
from hypothesis import assume, given
from hypothesis import strategies as st

import engine
from engine import UNSURE, Answers, RuleBase, read_answers
from engine.answers.answers import Answer, Picked
from engine.answers.fitting import fitting_answer
from engine.audit.search.witness import Witnesses
from engine.knowledge.conditions import Condition, atoms
from engine.knowledge.questions import Question
from engine.loading.readers.condition_reader import ConditionReader
from engine.loading.tree import from_python
from engine.result.outlook import Outlook

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
        gate = condition(draw(conditions()), rules) if draw(st.booleans()) else None
        known = gate is not None and {atom.question for atom in atoms(gate)} <= questions.keys()  # type: ignore[union-attr]
        questions[id] = replace(question, asked_when=gate if known else None, emergency=draw(st.booleans()))
    return replace(rules, questions={id: questions[id] for id in rules.questions})


def shows(answers: Answers, wanted: Wanted, rules: RuleBase) -> bool:
    """Whether the answers give every condition as wanted, by the model."""
    return all(
        model.truth(each, rules, answers) in VALUES[how] for how, found in wanted.items() for each in found
    )


def all_asked(answers: Answers, rules: RuleBase) -> bool:
    person = Outlook(rules, answers)
    return all(person.is_asked(rules.questions[id]) for id in answers)


@st.composite
def wishes(draw: st.DrawFn, rules: RuleBase) -> Wanted:
    """One to three conditions, each to be true, false, not true or not false."""
    signs = list(rules.signs)
    ways = st.sampled_from(sorted(VALUES))
    found: Wanted = {}
    for how in draw(st.lists(ways, min_size=1, max_size=3)):
        found.setdefault(how, []).append(condition(draw(conditions(*signs)), rules))
    return found


@examples(60)
@given(rules=rule_bases(), data=st.data())
def test_there_is_a_witness_exactly_where_brute_force_finds_one(rules: RuleBase, data: st.DataObject) -> None:
    wanted = data.draw(wishes(rules))
    everyone = people_apart([each for found in wanted.values() for each in found], rules)
    somebody = any(shows(each, wanted, rules) for each in everyone)
    found = Witnesses(rules).find(**wanted)
    assert (found is not None) is somebody
    if found is not None:
        assert shows(found, wanted, rules)


@cache
def few() -> RuleBase:
    """A rule base of one rule for each sign."""
    return loaded(
        [
            {
                "id": sign.replace("_", "-"),
                "when": "fever is yes",
                "sign": sign,
                "grade": "judgement",
                "because": "Some reason.",
                "cites": ["study"],
            }
            for sign in SIGNS
        ]
    )


ATOMS_OF = [
    "fever is yes; fever is unsure; limp is yes; limp is no; side is both; side in [left, right]; "
    "effect is gone; effect in [better, worse]; effect is unsure",
    "kinds has burning; kinds has numb; kinds has cramp; kinds has none; kinds is unsure; "
    "fever is yes; fever is no; effect is gone; effect is worse",
]
"""Atoms over questions few enough for brute force."""


@st.composite
def clauses(draw: st.DrawFn) -> Condition:
    """Many short alternatives at once: such that most ways to choose among them lead nowhere."""
    atoms = draw(st.sampled_from(ATOMS_OF)).split("; ")
    literal = st.sampled_from(atoms) | st.sampled_from(atoms).map(lambda atom: {"not": atom})
    several = st.lists(literal, min_size=2, max_size=4)
    return condition(
        {"all": draw(st.lists(several.map(lambda each: {"any": each}), min_size=6, max_size=16))}, few()
    )


@examples(150)
@given(wanted=clauses(), how=st.sampled_from(["true", "not_false"]))
def test_the_search_turns_back_without_passing_over_anybody(wanted: Condition, how: str) -> None:
    somebody = any(shows(each, {how: [wanted]}, few()) for each in people_apart([wanted], few()))
    assert (Witnesses(few()).find(**{how: [wanted]}) is not None) is somebody


@examples(400)
@given(
    wanted=st.dictionaries(
        st.sampled_from(ATOMS_OF[1].split("; ")[:5]).map(lambda each: condition(each, few())),
        st.sampled_from([frozenset(values) for values in VALUES.values()]),
        min_size=3,
    )
)
def test_an_answer_fits_exactly_where_one_of_all_answers_does(
    wanted: dict[Any, frozenset[bool | None]],
) -> None:
    question = few().questions["kinds"]

    def fits(answer: Answer) -> bool:
        given = Answers({"kinds": answer})
        return all(given.truth(atom) in values for atom, values in wanted.items())

    found = fitting_answer(question, wanted)
    assert (found is not None) is any(map(fits, [UNSURE, *parts(question, few())]))
    assert found is None or fits(found)


def test_what_hangs_on_a_question_that_is_not_asked_is_false_for_gates() -> None:
    """`effect` is asked of whoever does not limp, and of a right leg nobody asks that."""
    gates = {"limp": "side is left", "effect": {"not": "limp is yes"}}
    questions = {
        id: replace(question, asked_when=condition(gates[id], few()) if id in gates else None)
        for id, question in few().questions.items()
    }
    rules = replace(few(), questions=questions)
    wanted = [condition("side is right", rules), condition("effect is gone", rules)]
    found = Witnesses(rules, asked=True).find(true=wanted)
    assert found is not None
    assert set(found) == {"side", "effect"}
    assert all_asked(found, rules)


@examples(60)
@given(rules=gated(), data=st.data())
def test_there_is_a_witness_who_is_asked_exactly_where_brute_force_finds_one(
    rules: RuleBase, data: st.DataObject
) -> None:
    wanted = data.draw(wishes(rules))
    everyone = people_apart([each for found in wanted.values() for each in found], rules, gates=True)
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
    rule = data.draw(st.sampled_from(list(shipped.rules().rules.values())))
    found = Witnesses(shipped.rules()).find(true=[rule.when])
    assert found is not None
    assert read_answers(found.to_plain(), shipped.rules()) == found


@pytest.mark.parametrize("asked", [False, True])
def test_every_shipped_rule_has_a_witness(asked: bool) -> None:
    search = Witnesses(shipped.rules(), asked=asked)
    for rule in shipped.rules().rules.values():
        found = search.find(true=[rule.when])
        assert found is not None, rule.id
        assert model.truth(rule.when, shipped.rules(), found) is True
        assert not asked or all_asked(found, shipped.rules()), rule.id


def test_an_option_that_all_others_refused_leave_is_seen() -> None:
    """`none` holds exactly when the others do not: neither can be had without the other."""
    search = Witnesses(shipped.rules())
    none = condition("clot_risk has none", shipped.rules())
    others = [
        condition(f"clot_risk has {option.id}", shipped.rules())
        for option in shipped.rules().questions["clot_risk"].options
        if not option.exclusive
    ]
    assert search.find(true=[none], not_false=others[:1]) is None
    assert search.find(false=others, not_true=[none]) is None
    found = search.find(false=others)
    assert found is not None
    assert isinstance(found["clot_risk"], Picked)
    assert found["clot_risk"].has == {"none"}


def test_the_hash_seed_does_not_matter() -> None:
    """The witnesses of all rules are the same for every seed of Python's hashes."""
    home = Path(engine.__file__ or "").parent.parent
    program = (
        "from engine import load_rules; from engine.audit.search.witness import Witnesses\n"
        "rules = load_rules()\n"
        "search = Witnesses(rules, asked=True)\n"
        "print([search.find(true=[rule.when]).to_plain() for rule in rules.rules.values()])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(home)},
            cwd=home,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "01"
    }
    assert len(printed) == 1

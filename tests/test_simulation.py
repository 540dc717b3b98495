"""Simulated patients fire the rule they are drawn around, answer what is asked, and come again by seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import model
import pytest
import shipped
from effort import examples
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st

import cli
from engine import RuleBase, assess, read_answers
from engine.audit.difference.outcome import Side
from engine.audit.people.hearing import Person
from engine.audit.people.simulation import Simulation
from engine.knowledge.levels import LEVELS
from engine.result.outlook import Outlook


@cache
def drawn() -> tuple[Simulation, list[Person]]:
    """A simulation and its first people, one around each of the shipped rules."""
    simulation = Simulation((shipped.rules(),), seed=1)
    return simulation, list(simulation.people(len(shipped.rules().rules)))


def answered(simulation: Simulation, person: Person, base: int = 0) -> dict[str, object]:
    """The answers as one rule base hears them, as a file would hold them."""
    return simulation.hearing.answers(person, base).to_plain()


@pytest.mark.audit
def test_each_fires_its_rule_and_answers_only_what_is_asked_and_right() -> None:
    simulation, people = drawn()
    assert simulation.never == ()
    for aim, person in zip(simulation.aims, people, strict=True):
        given = answered(simulation, person)
        read = read_answers(given, shipped.rules())
        assert read.to_plain() == given
        assert aim.rule in model.outcome(shipped.rules(), read).fired
        seen = Outlook(shipped.rules(), read)
        assert [id for id in read if seen.applies(id) is False] == []
    assert simulation.fired == Counter(dict.fromkeys(shipped.rules().rules, 1))
    assert simulation.rarest == (min(shipped.rules().rules), 1)


def test_they_are_of_every_kind() -> None:
    """Every level and every first cause is among them, and few contradict themselves."""
    simulation, side = Simulation((shipped.rules(),), seed=2), Side(shipped.rules(), 0)
    found = [
        side.outcome(side.brief(person)) for person in simulation.people(10 * len(shipped.rules().rules))
    ]
    assert {outcome.level for outcome in found} == set(LEVELS)
    assert {cause for outcome in found for cause in outcome.first} == set(shipped.rules().causes)
    simulation, people = drawn()
    results = [assess(simulation.hearing.answers(person, 0), shipped.rules()) for person in people]
    assert sum(bool(result.contradictions) for result in results) < len(results) / 10


@examples(30)
@given(rules=rule_bases(), seed=st.integers(0, 2**64))
def test_every_rule_that_a_person_who_is_asked_can_fire_is_drawn(rules: RuleBase, seed: int) -> None:
    simulation = Simulation((rules,), seed)
    people = list(simulation.people(2 * len(simulation.aims)))
    fired = set()
    for at, person in enumerate(people):
        read = read_answers(answered(simulation, person), rules)
        found = model.outcome(rules, read).fired
        assert simulation.aims[at % len(simulation.aims)].rule in found
        fired |= {*found}
    assert {aim.rule for aim in simulation.aims} | {*simulation.never} == {*rules.rules}
    assert {aim.rule for aim in simulation.aims} <= fired


@examples(20)
@given(old=rule_bases(), new=rule_bases())
def test_they_do_not_hang_on_which_rule_base_is_named_first(old: RuleBase, new: RuleBase) -> None:
    one, other = Simulation((old, new), 3), Simulation((new, old), 3)
    for left, right in zip(one.people(50), other.people(50), strict=True):
        assert [reply.answer for reply in left] == [reply.answer for reply in right]
        assert [reply.heard for reply in left] == [reply.heard[::-1] for reply in right]


@examples(20)
@given(rules=rule_bases())
def test_a_longer_run_begins_with_a_shorter_and_another_seed_draws_others(rules: RuleBase) -> None:
    def drawn(seed: int, count: int) -> list[dict[str, object]]:
        simulation = Simulation((rules,), seed)
        return [answered(simulation, person) for person in simulation.people(count)]

    assert drawn(1, 40)[:15] == drawn(1, 15)
    assert drawn(1, 40) != drawn(2, 40)


def test_the_hash_seed_does_not_matter() -> None:
    program = (
        "import json; from engine import load_rules; from engine.audit.people.simulation import Simulation\n"
        "simulation = Simulation((load_rules(),), 1)\n"
        "people = [simulation.hearing.answers(each, 0).to_plain() for each in simulation.people(100)]\n"
        "print(json.dumps(people))"
    )
    home = str(Path(cli.__file__).parent)
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": home},
            cwd=home,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(printed) == 1
    assert len(json.loads(printed.pop())) == 100

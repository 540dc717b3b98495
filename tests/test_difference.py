"""A change of rules shows as what it is, in what the rules say and in what happens to people."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import model
import pytest
import shipped
from effort import examples
from generators import PAIRS, rule_bases
from hypothesis import given
from hypothesis import strategies as st

from engine import Answers, RuleBase, load_rules, read_answers
from engine.audit.difference.difference import Difference, difference
from engine.audit.difference.example import Example, shrunk
from engine.audit.people.simulation import Simulation
from engine.knowledge.levels import LEVELS
from engine.loading.folder import SHIPPED, rule_files
from engine.loading.loader import read_rules

BASE = shipped.SMALL.read_text(encoding="utf-8")
MIRROR = {"later": "sooner", "sooner": "later"}


def edited(*edits: tuple[str, str]) -> str:
    """The small rule base with each of these texts replaced by another."""
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def read(text: str) -> RuleBase:
    return read_rules({"base.yaml": text.encode()})


RULE = """  - id: {id}
    when: {when}
    {conclusion}
    because: Some reason.
    cites: [guide-2020]
    grade: guideline
"""


def rule(id: str, when: str, conclusion: str) -> tuple[str, str]:
    """The edit that adds a rule."""
    return "\nrules:\n", "\nrules:\n" + RULE.format(id=id, when=when, conclusion=conclusion)


CLIMBING = rule("cold", "{all: [feelings has numb, lasts < 3 days]}", "urgency: emergency")
QUESTION = (
    "\ninterview:\n",
    """  - id: fever
    kind: yes_no
    text: Do you have a fever?
    why: Fever wants a look.
\ninterview:\n""",
)
ASKED = ("questions: [worse_at_night,", "questions: [fever, worse_at_night,")
OPTION = ("      - {id: shooting,", "      - {id: itching, text: it itches}\n      - {id: shooting,")


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A change of the small rule base, and what must be said of it."""

    id: str
    old: tuple[tuple[str, str], ...] = ()
    new: tuple[tuple[str, str], ...] = ()
    says: dict[str, set[str]]
    """What is said to be added, removed and changed: `rules nerve-like condition`."""
    does: set[str]
    """In what results differ."""
    moves: set[tuple[str, str]] = frozenset()  # type: ignore[assignment]
    """From which level to which."""
    by: tuple[set[str], set[str], set[str]]
    """The rules that the first example says are lost, gained and altered."""


PLANTED = [
    Planted(
        id="a weight",
        new=(("{value: 2.5, low: 1.5, high: 4,", "{value: 5, low: 1.5, high: 9,"),),
        says={"changed": {"rules disc-nerve-like points", "rules disc-nerve-like weight"}},
        does={"first", "order", "points"},
        by=(set(), set(), {"disc-nerve-like"}),
    ),
    Planted(
        id="a level lowered",
        old=(("urgency: same_day", "urgency: emergency"),),
        says={"changed": {"rules night-is-urgent conclusion"}},
        does={"later"},
        moves={("emergency", "same_day")},
        by=(set(), set(), {"night-is-urgent"}),
    ),
    Planted(
        id="a rule about urgency removed",
        old=(CLIMBING,),
        says={"removed": {"rules cold"}},
        does={"later"},
        moves={("emergency", "routine"), ("emergency", "same_day")},
        by=({"cold"}, set(), set()),
    ),
    Planted(
        id="a condition loosened",
        old=(CLIMBING,),
        new=(rule("cold", "feelings has numb", "urgency: emergency"),),
        says={"changed": {"rules cold condition"}},
        does={"sooner"},
        moves={("routine", "emergency"), ("same_day", "emergency")},
        by=(set(), {"cold"}, set()),
    ),
    Planted(
        id="a question added",
        new=(QUESTION, ASKED, rule("fever", "fever is yes", "urgency: urgent")),
        says={"added": {"rules fever", "questions fever"}, "changed": {"interview All there is questions"}},
        does={"sooner"},
        moves={("routine", "urgent")},
        by=(set(), {"fever"}, set()),
    ),
    Planted(
        id="an option added",
        new=(OPTION, rule("itching", "feelings has itching", "urgency: urgent")),
        says={"added": {"rules itching"}, "changed": {"questions feelings options"}},
        does={"sooner"},
        moves={("routine", "urgent")},
        by=(set(), {"itching"}, set()),
    ),
    Planted(
        id="a question no longer asked of all",
        old=(rule("long", "lasts > 20 years", "urgency: urgent"),),
        new=(
            rule("long", "lasts > 20 years", "urgency: urgent"),
            ("asked_when: side in [left, right, both]", "asked_when: side is both"),
        ),
        says={"changed": {"questions lasts asked_when"}},
        does={"later", "mimics", "points"},
        moves={("urgent", "routine")},
        by=({"long"}, set(), set()),
    ),
    Planted(
        id="a sign found by less",
        new=(("at_least: {count: 2, of: [feelings", "at_least: {count: 1, of: [feelings"),),
        says={"changed": {"rules nerve-like condition"}},
        does={"first", "order", "points"},
        by=(set(), {"nerve-like", "disc-nerve-like"}, set()),
    ),
    Planted(
        id="a base rate",
        new=(("{cause: narrow_canal, percent: {adults: 5,", "{cause: narrow_canal, percent: {adults: 50,"),),
        says={"changed": {"base rates narrow_canal percent adults"}},
        does={"first", "order", "points"},
        by=(set(), set(), set()),
    ),
    Planted(
        id="the default level",
        new=(("default: routine", "default: urgent"),),
        says={"changed": {"advice default level"}},
        does={"sooner"},
        moves={("routine", "urgent")},
        by=(set(), set(), set()),
    ),
    Planted(
        id="a reason in other words",
        new=(("A pressed nerve burns.", "A nerve that is pressed burns."),),
        says={"changed": {"rules disc-nerve-like because"}},
        does=set(),
        by=(set(), set(), set()),
    ),
    Planted(
        id="a mimic that is a cause",
        new=(
            (
                "mimics:\n  - {id: hip_joint,",
                "mimics:\n  - {id: knee, name: Knee, about: A.}\n  - {id: hip_joint,",
            ),
            rule("knee", "side is left", "supports: knee\n    strength: weak\n    group: side"),
        ),
        says={"added": {"rules knee", "mimics knee"}},
        does={"mimics", "points"},
        by=(set(), {"knee"}, set()),
    ),
]


def said(found: Difference) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = {"added": set(), "removed": set(), "changed": set()}
    for part in found.changes:
        parts["added"] |= {f"{part.part} {id}" for id in part.added}
        parts["removed"] |= {f"{part.part} {id}" for id in part.removed}
        parts["changed"] |= {
            f"{part.part} {each.id} {one.what}" for each in part.changed for one in each.revisions
        }
    return {word: ids for word, ids in parts.items() if ids}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.id)
def test_a_planted_change_shows_as_what_it_is(planted: Planted) -> None:
    old, new = read(edited(*planted.old)), read(edited(*planted.new))
    found = difference(old, new, patients=400)
    assert said(found) == planted.says
    assert {finding.what for finding in found.findings} == planted.does
    assert {(each.before, each.after) for each in found.findings if each.before} == set(planted.moves)
    if found.findings:
        example = found.findings[0].example
        parts = (example.lost, example.gained, example.altered)
        assert tuple({each.rule for each in part} for part in parts) == planted.by
        assert bool(example.base_rates) is (planted.id == "a base rate")
    assert_sound(found, old, new)
    assert_mirrored(found, difference(new, old, patients=400))


def heard(example: Example, side: str) -> dict[str, object]:
    return {each.question: getattr(each, side) for each in example.answers if getattr(each, side) is not None}


def kinds(old: RuleBase, new: RuleBase, sides: Sequence[Answers]) -> set[tuple[str, ...]]:
    """In what the results differ, by the model of the tests."""
    one, other = (model.outcome(rules, side) for rules, side in zip((old, new), sides, strict=True))
    all_points = [
        found.points | {mimic: model.weigh(mimic, list(found.fired), rules) for mimic in rules.mimics}
        for found, rules in ((one, old), (other, new))
    ]
    raised = [
        {mimic for mimic in rules.mimics if points[mimic] > 0}
        for rules, points in zip((old, new), all_points, strict=True)
    ]
    found: set[tuple[str, ...]] = set()
    levels: list[str] = [*LEVELS]
    if one.urgency != other.urgency:
        later = levels.index(other.urgency) > levels.index(one.urgency)
        found.add(("later" if later else "sooner", one.urgency, other.urgency))
    if [cause for rank, cause in one.order if rank == 1] != [
        cause for rank, cause in other.order if rank == 1
    ]:
        found.add(("first",))
    if one.order != other.order:
        found.add(("order",))
    if raised[0] != raised[1]:
        found.add(("mimics",))
    if all_points[0] != all_points[1]:
        found.add(("points",))
    return found


def with_fewer_options(answer: object) -> list[dict[str, list[str]]]:
    """The answer without each of its options, where it has several."""
    if not isinstance(answer, dict) or len(answer["has"]) < 2:
        return []
    return [
        {"has": [each for each in answer["has"] if each != option], "not": [*answer["not"], option]}
        for option in answer["has"]
    ]


def assert_sound(found: Difference, old: RuleBase, new: RuleBase) -> None:
    """Every example differs as it says, and without any one of its answers it does not."""
    for finding in found.findings:
        kind = tuple(each for each in (finding.what, finding.before, finding.after) if each)

        def differs(changed: dict[str, object], example: Example = finding.example) -> set[tuple[str, ...]]:
            sides = [
                read_answers(each | {id: changed[id] for id in changed if id in each}, rules)
                for each, rules in ((heard(example, "old"), old), (heard(example, "new"), new))
            ]
            return kinds(old, new, sides)

        assert kind in differs({})
        for each in finding.example.answers:
            assert kind not in differs({each.question: None})
            question = old.questions.get(each.question)
            if question is not None and question == new.questions.get(each.question):
                for fewer in with_fewer_options(each.answer):
                    assert kind not in differs({each.question: fewer})


def assert_mirrored(one: Difference, other: Difference) -> None:
    """Old and new have changed places, and nothing else."""
    assert (one.old, one.new) == (
        replaced_name(other.new, one.old.name),
        replaced_name(other.old, one.new.name),
    )
    assert [(part.part, part.added, part.removed) for part in one.changes] == [
        (part.part, part.removed, part.added) for part in other.changes
    ]
    mirrored = {(MIRROR.get(each.what, each.what), each.after, each.before): each for each in other.findings}
    assert len(one.findings) == len(mirrored)
    for each in one.findings:
        there = mirrored[each.what, each.before, each.after]
        assert (each.people, each.cases, each.searched) == (there.people, there.cases, there.searched)
        mine, theirs = each.example, there.example
        assert [answer.says for answer in mine.answers] == [answer.says for answer in theirs.answers]
        assert (mine.old, mine.new) == (theirs.new, theirs.old)
        assert [rule.rule for rule in mine.lost] == [rule.rule for rule in theirs.gained]


def replaced_name(side: Any, name: str) -> Any:
    return replace(side, name=name)


@examples(30)
@given(pair=PAIRS)
def test_the_counts_are_those_of_the_plain_way(pair: tuple[RuleBase, RuleBase]) -> None:
    assert_counts(*pair, patients=60)


def assert_counts(old: RuleBase, new: RuleBase, patients: int) -> None:
    found = difference(old, new, patients=patients, seed=7)
    simulation = Simulation((old, new), 7)
    counts: Counter[tuple[str, ...]] = Counter()
    for person in simulation.people(patients):
        sides = [simulation.hearing.answers(person, at) for at in (0, 1)]
        counts.update(kinds(old, new, sides))
    assert counts == {
        tuple(part for part in (each.what, each.before, each.after) if part): each.people
        for each in found.findings
        if each.people
    }


SADDLE = "rules/dangers/cauda_equina.yaml", "urgency: emergency", "urgency: same_day"
BOTH_LEGS = "rules/causes/spinal_stenosis.yaml", "{value: 6.3, low: 3.1,", "{value: 3.2, low: 1.1,"


def shipped_with(path: str, old: str, new: str) -> RuleBase:
    """The shipped rules with the first such text in a file replaced by another."""
    files = rule_files(SHIPPED)
    place = str(SHIPPED.parent / path)
    text = files[place].decode()
    assert old in text
    return read_rules({**files, place: text.replace(old, new, 1).encode()})


@pytest.mark.audit
@pytest.mark.parametrize(
    ("edit", "does"), [(SADDLE, "later"), (BOTH_LEGS, "points")], ids=["level", "weight"]
)
def test_one_edit_of_the_shipped_rules_is_told(edit: tuple[str, str, str], does: str) -> None:
    new = shipped_with(*edit)
    found = difference(
        shipped.rules(), new, cases=(shipped.cases(), shipped.cases()), patients=len(shipped.rules().rules)
    )
    [part] = found.changes
    [changed] = part.changed
    assert part.part == "rules"
    assert does in {finding.what for finding in found.findings}
    assert found.later is (does == "later")
    assert found.count(does)[1]
    assert (found.people, found.cases) == (len(shipped.rules().rules), len(shipped.cases()))
    assert all(changed.id in str(finding.example) for finding in found.findings)
    assert_sound(found, shipped.rules(), new)
    assert_counts(shipped.rules(), new, patients=50)


@examples(20)
@given(pair=PAIRS)
def test_a_swap_mirrors_and_examples_are_smallest(pair: tuple[RuleBase, RuleBase]) -> None:
    old, new = pair
    found = difference(old, new, patients=40)
    assert_sound(found, old, new)
    assert_mirrored(found, difference(new, old, patients=40))


@examples(20)
@given(rules=rule_bases())
def test_a_rule_base_differs_nowhere_from_itself(rules: RuleBase) -> None:
    found = difference(rules, rules, patients=40)
    assert (found.changes, found.findings) == ((), ())


SUBSETS = [frozenset(each) for size in range(5) for each in combinations(range(4), size)]


def test_where_the_rules_lie_makes_no_difference(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "rules")
    copy = load_rules(str(tmp_path / "rules"))
    assert copy.sha256 == shipped.rules().sha256
    assert difference(shipped.rules(), copy, patients=0).changes == ()


@examples(500)
@given(kept=st.sets(st.sampled_from(SUBSETS)).map(lambda some: {*some, frozenset(range(4))}))
def test_nothing_can_be_taken_from_what_is_shrunk(kept: set[frozenset[int]]) -> None:
    """Whatever it is that is to be kept; also where less is kept and more is not."""
    whole: Any = tuple(range(4))
    keeps: Any = lambda few: frozenset(few) in kept  # noqa: E731 - of numbers, where answers are wanted
    small: Any = shrunk(whole, keeps)
    assert frozenset(small) in kept
    assert not [each for each in small if frozenset(small) - {each} in kept]

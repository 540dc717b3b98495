"""Whoever has another urgency after a change is found; where nobody is found, there is nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shipped
from effort import examples
from enumeration import people_apart
from generators import PAIRS, SIGNS
from hypothesis import given
from hypothesis import strategies as st

from engine import Answers, RuleBase, load_rules
from engine.audit.difference.difference import difference
from engine.audit.difference.urgency_search import urgency_search
from engine.audit.people.hearing import Hearing
from engine.inference.network import network_of, state_of
from engine.knowledge.behind import signs_behind
from engine.knowledge.conditions import HasSign
from engine.knowledge.levels import LEVELS, Level
from engine.knowledge.rules import Raises
from engine.loading.folder import SHIPPED, rule_files
from engine.loading.loader import read_rules

BASE = shipped.SMALL.read_text(encoding="utf-8")


def way(old: RuleBase, new: RuleBase, before: Answers, after: Answers) -> str:
    """Whether someone is seen later by the new rules, or sooner, or neither."""
    levels = [state_of(network_of(each), told).level() for each, told in ((old, before), (new, after))]
    one, other = (LEVELS.index(level) for level in levels)
    return "later" if other > one else "sooner" if other < one else ""


def ways_found(old: RuleBase, new: RuleBase) -> set[str]:
    """The ways of those whom the search finds, each of whom has another urgency."""
    hearing = Hearing((old, new))
    search = urgency_search(hearing)
    assert not search.asked_otherwise
    return {way(old, new, hearing.answers(each, 0), hearing.answers(each, 1)) for each in search.people}


def ways_of_all(old: RuleBase, new: RuleBase) -> set[str]:
    """The ways of everyone there is."""
    told_apart = [rule.when for rules in (old, new) for rule in rules.urgency_rules]
    signs = signs_behind([rule.when for rule in new.urgency_rules], new.rules_by_sign)
    told_apart += [rule.when for sign in signs for rule in new.rules_by_sign[sign]]
    return {way(old, new, each, each) for each in people_apart(told_apart, old)} - {""}


@st.composite
def few_rules(draw: st.DrawFn) -> tuple[RuleBase, RuleBase]:
    """Two rule bases that ask the same questions, and read few enough of them to try everyone."""
    shown, level = HasSign(draw(st.sampled_from(SIGNS))), draw(st.sampled_from(LEVELS))
    kept = []
    for rules in draw(PAIRS):
        few = {id: rule for id, rule in rules.rules.items() if not id.startswith("reads-")}
        few["shown"] = replace(rules.rules["reads-side"], id="shown", when=shown, then=Raises(urgency=level))
        default: Level = draw(st.sampled_from(["routine", "routine", *LEVELS]))
        kept.append(replace(rules, rules=few, default_urgency=default, sha256=f"{rules.sha256} {default}"))
    return kept[0], kept[1]


@examples(50)
@given(pair=few_rules())
def test_the_search_finds_someone_wherever_there_is_someone(pair: tuple[RuleBase, RuleBase]) -> None:
    assert ways_found(*pair) == ways_of_all(*pair)


NIGHT = ("{any: [worse_at_night is yes, worse_at_night is unsure]}", "worse_at_night is unsure")
GATE = ("asked_when: side in [left, right, both]", "asked_when: side is both")
NERVE = ("at_least: {count: 2, of: [feelings has burning", "at_least: {count: 1, of: [feelings has burning")
DEFAULT = ("default: routine", "default: urgent")
WORDS = ("Is it worse at night?", "Is it worse when you lie in bed?")
OPTION = ("      - {id: shooting,", "      - {id: itching, text: it itches}\n      - {id: shooting,")
RANGE = ("maximum: 50", "maximum: 60")
LASTING = ("sign nerve_like\n    supports", "lasts < 3 days\n    supports")
URGENT = """    urgency: urgent
    because: Some reason.
    cites: [guide-2020]
    grade: guideline
"""
READS = "\nrules:\n  - id: nerves\n    when: {all: [sign nerve_like, lasts > 2 days]}\n" + URGENT


def small(*edits: tuple[str, str]) -> RuleBase:
    """A small rule base with a rule about urgency that reads a sign, and with these texts replaced."""
    text = BASE.replace("\nrules:\n", READS)
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read_rules({"base.yaml": text.encode()})


@pytest.mark.parametrize(
    ("edit", "does", "rules", "asked_otherwise"),
    [
        (NIGHT, "later", {"night-is-urgent"}, set()),
        (NERVE, "sooner", {"nerves"}, set()),
        (DEFAULT, "sooner", set(), set()),
        (WORDS, "", set(), set()),
        (LASTING, "", set(), set()),
        (GATE, "later", set(), {"lasts"}),
        (OPTION, "", set(), {"feelings"}),
        (RANGE, "", set(), {"lasts"}),
    ],
    ids=["condition", "sign", "default", "words", "weighing rule", "gate", "option", "range"],
)
def test_it_is_said_what_is_proved(
    edit: tuple[str, str], does: str, rules: set[str], asked_otherwise: set[str]
) -> None:
    found = difference(small(), small(edit), patients=200)
    assert {each.what for each in found.findings} & {"later", "sooner"} == ({does} if does else set())
    assert bool(found.searched) is bool(does)
    assert set(found.urgency_rules) == rules
    assert set(found.asked_otherwise) == asked_otherwise
    assert found.nobody_later is (does != "later" and not asked_otherwise)


MONTHS = (
    (
        "kind: duration\n    minimum: 0\n    maximum: 50\n    unit: years",
        "kind: number\n    minimum: 0\n    maximum: 600\n    unit: months",
    ),
    ("lasts > 2 days", "lasts > 1"),
    ("lasts >= 3 months", "lasts >= 3"),
    ("longer: lasts\n    than: age_years", "when: {all: [lasts > 590, age_years < 20]}"),
)
SEVERAL = (
    ("side in [left, right]\n    opposes", "any: [side has left, side has right]}\n    opposes"),
    ("when: any: [side has left", "when: {any: [side has left"),
    ("when: side is both", "when: side has both"),
    (
        "asked_when: side in [left, right, both]",
        "asked_when: {any: [side has left, side has right, side has both]}",
    ),
    ("- id: side\n    kind: one_of", "- id: side\n    kind: many_of"),
)


@pytest.mark.parametrize(("edits", "id"), [(MONTHS, "lasts"), (SEVERAL, "side")], ids=["number", "several"])
def test_a_question_of_another_kind_is_heard_by_one_side_only(
    edits: tuple[tuple[str, str], ...], id: str
) -> None:
    """Rules that read it are searched all the same, and whoever is said to be found is."""
    sides = [small(), small(*edits)]
    for old, new in (sides, sides[::-1]):
        found = difference(old, new, patients=200)
        assert id in found.asked_otherwise
        assert "nerves" in found.urgency_rules or id == "side"
        assert not found.nobody_later
        hearing = Hearing((old, new))
        for person in urgency_search(hearing).people:
            assert len({each.question for each in person}) == len(person)


SCREEN = (
    "asked_when: side in [left, right, both]",
    "emergency: yes\n    asked_when: side in [left, right, both]",
)
SINCE = "  - id: since\n    when: lasts is unsure\n" + URGENT.replace("urgency: urgent", "urgency: same_day")
UNSURE = ("  - id: nerve-like\n", f"{SINCE}  - id: nerve-like\n")
CLOSED = ("asked_when: side in [left, right, both]", "emergency: yes\n    asked_when: side in [left, right]")


def test_a_question_of_the_screen_is_lost_only_to_those_who_are_never_asked() -> None:
    """Where its condition stays unknown it is asked all the same; where it becomes false it is not."""
    told, closed = small(SCREEN, UNSURE), small(CLOSED, UNSURE)
    hearing = Hearing((told, closed))
    people = urgency_search(hearing).people
    assert people
    for person in people:
        answers = {each.question: str(each.answer) for each in person}
        assert answers["side"] == "both"
        assert [each.heard[1] for each in person if each.question == "lasts"] == [None]
    assert not urgency_search(Hearing((told, small(SCREEN, UNSURE)))).people


def test_who_stands_on_the_edge_of_a_limit_is_found() -> None:
    """Nobody drawn is on the last of fourteen days, and has nothing else that is as urgent."""
    files = rule_files(SHIPPED)
    place = str(SHIPPED / "dangers" / "cauda_equina.yaml")
    text = files[place].decode()
    assert text.count("cauda_onset <= 14 days") == 1
    moved = text.replace("cauda_onset <= 14 days", "cauda_onset <= 13 days").encode()
    found = difference(load_rules(), read_rules({**files, place: moved}), patients=1000)
    [finding] = found.findings
    assert (finding.what, finding.before, finding.people, finding.searched) == ("later", "same_day", 0, 1)
    assert "14 days" in [answer.says for answer in finding.example.answers]

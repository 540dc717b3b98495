"""What `prove` says is so, and a fault planted for each promise breaks that promise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import model
import pytest
import shipped
from click.testing import CliRunner
from effort import examples
from enumeration import people_apart
from generators import rule_bases
from hypothesis import assume, given
from hypothesis import strategies as st
from test_witness import condition as read_condition
from test_witness import few

import cli
import engine
from engine import UNSURE, Answers, RuleBase, read_answers
from engine.answers.answers import Picked, picked, real_options
from engine.audit.proofs.answer_order import ALONE, compared
from engine.audit.proofs.invariants import more_answers, order_of_rules
from engine.audit.proofs.promise import PeoplePair, Promise, Proofs
from engine.audit.proofs.promises import prove
from engine.audit.proofs.text import promise_lines
from engine.audit.proofs.ways import ways_to_answer
from engine.inference.network import State, network_of
from engine.knowledge.levels import LEVELS
from engine.knowledge.questions import Question
from engine.knowledge.rules import Raises
from engine.loading.loader import read_rules
from engine.result.outlook import Outlook

PAGE = Path(engine.__file__ or "").parent.parent / "docs" / "proofs.md"
BASE = shipped.SMALL.read_text(encoding="utf-8")
MORE = "cites: [guide-2020], grade: guideline, because: Planted."


def written(*rules: str) -> str:
    """A rule file with these rules."""
    return "rules:\n" + "".join(f"  - {{{rule}, {MORE}}}\n" for rule in rules)


ALL_LEVELS = (
    "id: night-yes, when: worse_at_night is yes, urgency: emergency",
    "id: both-sides, when: side is both, urgency: urgent",
    "id: long, when: lasts > 1 years, urgency: routine",
    'id: calm, when: {all: [worse_at_night is no, "side in [left, right]"]}, urgency: self_care',
)
NEVER = "id: never, when: {all: [sign nerve_like, feelings has none]}, urgency: urgent"


def small(*more: str, without: str = "") -> RuleBase:
    """A small rule base that keeps every promise, with more rules, and without one."""
    base = re.sub(rf"  - id: {without}\n(?:    .*\n)+", "", BASE) if without else BASE
    assert not without or base != BASE
    return read_rules({"base.yaml": base.encode(), "more.yaml": written(*ALL_LEVELS, *more).encode()})


def promise(proofs: Proofs, id: str) -> Promise:
    return next(each for each in proofs.promises if each.id == id)


def broken(rules: RuleBase) -> dict[str, tuple[str, ...]]:
    """The findings by promise."""
    return {each.id: each.findings for each in prove(rules).promises if each.findings}


@pytest.fixture(scope="module")
def proofs() -> Proofs:
    return prove(shipped.rules())


def test_the_small_rule_base_keeps_every_promise() -> None:
    assert broken(small()) == {}


# The shipped rules, looked at by the model.


@pytest.mark.audit
def test_the_shipped_rules_keep_every_promise(proofs: Proofs) -> None:
    assert [each.findings for each in proofs.promises if not each.holds] == []


@pytest.mark.audit
def test_every_rule_cause_mimic_and_level_has_its_witness(proofs: Proofs) -> None:
    for id, wanted in (
        ("every-rule-fires", shipped.rules().rules),
        ("every-cause-first", shipped.rules().causes),
        ("every-mimic-named", shipped.rules().mimics),
        ("every-level", LEVELS),
    ):
        assert [each.about for each in promise(proofs, id).shown] == list(wanted)


@pytest.mark.audit
def test_witnesses_show_what_they_should(proofs: Proofs) -> None:
    for promise_ in proofs.promises:
        for shown in promise_.shown:
            answers = read_answers(shown.answers, shipped.rules())
            found = model.outcome(shipped.rules(), answers)
            person = Outlook(shipped.rules(), answers)
            assert all(person.is_asked(shipped.rules().questions[id]) for id in answers), shown
            if promise_.id == "every-rule-fires":
                assert shown.about in found.fired
            elif promise_.id == "every-level":
                assert found.urgency == shown.about
            elif promise_.id == "every-cause-first":
                assert [id for rank, id in found.order if rank == 1] == [shown.about]
            else:
                assert model.weigh(shown.about, list(found.fired), shipped.rules()) > 0


def pairs(proofs: Proofs) -> Iterator[PeoplePair]:
    for order in promise(proofs, "healthier-answers").orders:
        yield from (*order.sooner, *order.unasked)


@pytest.mark.audit
def test_pairs_of_people_differ_in_one_answer_and_are_told_apart(proofs: Proofs) -> None:
    for pair in pairs(proofs):
        sooner = read_answers(pair.answers, shipped.rules())
        later = read_answers({**pair.answers, pair.question: pair.instead}, shipped.rules())
        levels = [model.outcome(shipped.rules(), each).urgency for each in (sooner, later)]
        assert levels == list(pair.levels)
        assert LEVELS.index(levels[0]) < LEVELS.index(levels[1])


@pytest.mark.audit
def test_every_question_that_urgency_hangs_on_is_compared(proofs: Proofs) -> None:
    read = {id for rule in shipped.rules().urgency_rules for id in shipped.rules().questions_read[rule.id]}
    orders = promise(proofs, "healthier-answers").orders
    assert [order.question for order in orders] == [id for id in shipped.rules().questions if id in read]
    for order in orders:
        if shipped.rules().questions[order.question].kind != "many_of":
            told = len(order.never_sooner) + len(order.sooner)
            assert told == len(order.answers) * (len(order.answers) - 1)


# The comparison of answers, looked at by brute force.


def level(rules: RuleBase, answers: Answers) -> int:
    return LEVELS.index(model.outcome(rules, answers).urgency)


def asked(rules: RuleBase, answers: Answers) -> bool:
    person = Outlook(rules, answers)
    return all(person.is_asked(rules.questions[id]) for id in answers)


def with_answer(answers: Answers, question: str, answer: Any) -> Answers:
    return replace(answers, values_by_question={**answers, question: answer})


@examples(40)
@given(rules=rule_bases(), data=st.data())
def test_one_answer_is_sooner_exactly_where_brute_force_finds_two_people(
    rules: RuleBase, data: st.DataObject
) -> None:
    kept = {id: rule for id, rule in rules.rules.items() if not id.startswith("reads-")}
    check_by_brute_force(replace(rules, rules=kept), data)


@examples(60)
@given(data=st.data())
def test_of_several_options_too(data: st.DataObject) -> None:
    """Rules about urgency that read one question of several options, and another one."""
    atoms = ["kinds has burning", "kinds has numb", "kinds has none", "kinds is unsure", "fever is yes"]
    literal = st.sampled_from(atoms) | st.sampled_from(atoms).map(lambda atom: {"not": atom})
    several = st.lists(literal, min_size=1, max_size=3)
    condition = several.map(lambda each: {"all": each}) | several.map(lambda each: {"any": each})
    kinds = replace(few().questions["kinds"], emergency=True)  # so that each option alone is compared too
    rules = replace(few(), questions={**few().questions, "kinds": kinds})
    like = next(iter(rules.urgency_rules))
    chosen = data.draw(st.lists(st.tuples(condition, st.sampled_from(LEVELS)), min_size=1, max_size=3))
    urgent = {
        f"rule-{at}": replace(
            like, id=f"rule-{at}", when=read_condition(when, rules), then=Raises(urgency=level)
        )
        for at, (when, level) in enumerate(chosen)
    }
    others = {id: rule for id, rule in rules.rules.items() if rule not in rules.urgency_rules}
    check_by_brute_force(replace(rules, rules={**others, **urgent}), data, "kinds")


def check_by_brute_force(rules: RuleBase, data: st.DataObject, named: str | None = None) -> None:
    """Every comparison of answers to the question named, or to one that is drawn."""
    urgent = [rule.when for rule in rules.urgency_rules]
    read = sorted({id for rule in rules.urgency_rules for id in rules.questions_read[rule.id]})
    assume(named in read if named else read)
    question = rules.questions[named or data.draw(st.sampled_from(read))]
    everyone = list(people_apart(urgent, rules))
    for each in compared(question, rules):
        two = [
            (one, other)
            for one, other in two_people(question, each.one, each.other, everyone, rules)
            if level(rules, one) < level(rules, other)
        ]
        assert (each.contrast is not None) is bool(two), each
        if each.contrast is not None:
            people = (each.contrast.sooner, each.contrast.later)
            assert level(rules, people[0]) < level(rules, people[1])
            both = [pair for pair in two if asked(rules, pair[0]) and asked(rules, pair[1])]
            assert each.asked or not both


def two_people(
    question: Question, one: str, other: str, everyone: list[Answers], rules: RuleBase
) -> Iterator[tuple[Answers, Answers]]:
    """Everyone twice: with the one answer, and with the other."""
    if question.kind != "many_of":
        ways = ways_to_answer(question, rules)
        for person in everyone:
            if question.id not in person:
                yield tuple(with_answer(person, question.id, ways[each]) for each in (one, other))  # type: ignore[misc]
    elif "unsure" in (one, other):
        [option] = {one.removesuffix(ALONE), other.removesuffix(ALONE)} - {"unsure"}
        none = picked(question, {option}, real_options(question) - {option})
        for person in everyone:
            if question.id not in person:
                yield tuple(  # type: ignore[misc]
                    with_answer(person, question.id, UNSURE if each == "unsure" else none)
                    for each in (one, other)
                )
    else:
        option = one.split()[-1]
        alone = {each.id for each in question.options if each.exclusive}
        for person in everyone:
            given = person.get(question.id)
            if isinstance(given, Picked) and option in given.has_not:
                has, has_not = given.has - alone, given.has_not - alone - {option}
                more = with_answer(person, question.id, picked(question, has | {option}, has_not))
                yield (more, person) if one.startswith("with ") else (person, more)


# A fault for each promise.


def test_a_sign_concluded_by_a_red_flag_is_found() -> None:
    rules = small()
    red_flag = rules.rules["night-yes"]
    vars(rules)["rules_by_sign"] = {"nerve_like": (*rules.rules_by_sign["nerve_like"], red_flag)}
    [finding, *_] = broken(rules)["order-without-urgency"]
    assert "`night-yes`: raises urgency, and the order of causes reads it" in finding


def test_an_order_that_hears_urgency_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    points = State.points
    monkeypatch.setattr(State, "points", lambda self: [each + self.best[0] for each in points(self)])
    assert "order-without-urgency" in broken(small())


def test_a_cause_and_a_mimic_that_cannot_lead_are_found() -> None:
    assert "`narrow_canal`" in broken(small(without="canal-both-sides"))["every-cause-first"][0]
    assert "`hip_joint`" in broken(small(without="hip-lasting"))["every-mimic-named"][0]


def test_a_level_that_nobody_reaches_is_found() -> None:
    rules = small()
    others = {id: rule for id, rule in rules.rules.items() if id != "calm"}
    assert "`self_care`" in broken(replace(rules, rules=others))["every-level"][0]
    hidden = small("id: always-seen, when: worse_at_night is no, urgency: routine")
    assert "`self_care`" in broken(hidden)["every-level"][0]


def test_reassurance_with_a_question_of_the_screen_open_is_found() -> None:
    rules = small()
    assert "lowest-level-answered" not in broken(rules)
    hasty = replace(rules.rules["calm"], when=rules.rules["canal-one-side"].when)
    findings = broken(replace(rules, rules={**rules.rules, "calm": hasty}))["lowest-level-answered"]
    assert any("`calm`: brings self_care with `worse_at_night` not answered" in each for each in findings)


def test_a_rule_that_cannot_fire_is_found() -> None:
    assert "`never`: no answers fire it" in broken(small(NEVER))["every-rule-fires"][0]
    unasked = small("id: unasked, when: {all: [side is unsure, lasts > 1 weeks]}, urgency: urgent")
    [finding] = broken(unasked)["every-rule-fires"]
    assert "`unasked`: only answers to questions that are not asked fire it" in finding
    assert finding.startswith("more.yaml:")


def test_a_healthier_answer_that_raises_urgency_is_found() -> None:
    rules = small("id: no-is-worse, when: {all: [worse_at_night is no, age_years > 90]}, urgency: emergency")
    assert broken(small("id: old, when: age_years > 90, urgency: emergency")) == {}
    findings = broken(rules)["healthier-answers"]
    assert "`worse_at_night`: no can be sooner than yes" not in findings  # `yes` is an emergency by itself
    assert findings == ("`worse_at_night`: each of its answers can be sooner than some other one",)
    calm = {id: rule for id, rule in rules.rules.items() if id != "night-yes"}
    findings = broken(replace(rules, rules=calm))["healthier-answers"]
    assert "`worse_at_night`: no can be sooner than yes, by no-is-worse" in findings


VAGUE = "id: vague, when: {all: [worse_at_night is unsure, age_years > 90]}, urgency: emergency"


def test_unsure_that_is_more_urgent_than_a_certain_sign_is_found() -> None:
    found = "certain-as-urgent-as-unsure"
    assert found not in broken(small(VAGUE))  # `yes` is an emergency by itself
    rules = small(VAGUE)
    calm = replace(rules, rules={id: rule for id, rule in rules.rules.items() if id != "night-yes"})
    [finding] = broken(calm)[found]
    assert "`worse_at_night`: yes can be less urgent than unsure: same_day, not emergency by vague" in finding
    person = {
        "worse_at_night": "yes",
        "age_years": finding.rpartition("'age_years': '")[2].removesuffix("'}"),
    }
    assert finding.endswith(f", for {person}")
    levels = [
        model.outcome(calm, read_answers({**person, "worse_at_night": each}, calm)).urgency
        for each in ("yes", "unsure")
    ]
    assert levels == ["same_day", "emergency"]


NUMB = """questions:
  - id: numb_where
    kind: {kind}
    emergency: yes
    text: Where is it numb?
    why: It tells of the nerve.
    options:
      - {{id: toes, text: the toes}}
      - {{id: seat, text: the seat}}
      - {{id: nowhere, text: nowhere{mark}}}
interview:
  - {{title: More, questions: [numb_where]}}
rules:
  - {{id: numb-unsure, when: numb_where is unsure, urgency: same_day, {more}}}
  - {{id: numb-seat, when: numb_where {verb} seat, urgency: same_day, {more}}}
"""


@pytest.mark.parametrize(
    ("kind", "verb", "mark", "below"),
    [
        ("one_of", "is", "", ["toes", "nowhere"]),
        ("one_of", "is", ", clear: yes", ["toes"]),
        ("many_of", "has", "", ["toes", "nowhere"]),
        ("many_of", "has", ", exclusive: yes", ["toes"]),
        ("many_of", "has", ", exclusive: yes, clear: no", ["toes", "nowhere"]),
    ],
)
def test_only_what_denies_may_be_less_urgent_than_unsure(
    kind: str, verb: str, mark: str, below: list[str]
) -> None:
    more = NUMB.format(kind=kind, verb=verb, mark=mark, more=MORE)
    rules = read_rules({"base.yaml": BASE.encode(), "more.yaml": more.encode()})
    findings = broken(rules).get("certain-as-urgent-as-unsure", ())
    assert [each.split("`: ")[1].split(" can")[0] for each in findings] == below


def test_a_red_flag_that_offers_another_level_is_found() -> None:
    rules = small()
    network = network_of(rules)
    at = network.rule_ids.index("night-yes")
    network.effects = [
        [(rule, slot, size - (rule == at), total, side) for rule, slot, size, total, side in effects]
        for effects in network.effects
    ]
    findings = broken(rules)["each-red-flag-alone"]
    assert any("`night-yes`: firing does something else" in each for each in findings)


def test_a_red_flag_that_needs_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.audit.proofs import invariants

    def quieter(rules: RuleBase, answers: Answers) -> tuple[str, tuple[str, ...]]:
        return ("routine", ())

    monkeypatch.setattr(invariants, "level_by", quieter)
    findings = broken(small())["each-red-flag-alone"]
    assert any("`night-yes`: alone it brings routine, not emergency" in each for each in findings)
    assert any("`night-yes`: it fires, and yet the level is routine" in each for each in findings)


def test_an_answer_that_takes_a_firing_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = small()
    people = [read_answers({"worse_at_night": "yes"}, rules)]
    assert more_answers(rules, people).holds
    add = State.add

    def forgetful(self: State, question: str, answer: Any) -> None:
        add(self, question, answer)
        if len(self.marks) > 1:
            del self.fired[:1]

    monkeypatch.setattr(State, "add", forgetful)
    assert not more_answers(rules, people).holds


def test_rules_whose_order_matters_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = small()
    people = [read_answers({"worse_at_night": "yes"}, rules)]
    assert order_of_rules(rules, people).holds
    monkeypatch.setattr(State, "fired_rules", lambda self: tuple(self.network.rule_ids[:1]))
    assert not order_of_rules(rules, people).holds


# How it is told.


@pytest.mark.audit
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("full", [False, True])
def test_the_text_keeps_to_the_width(proofs: Proofs, width: int, full: bool) -> None:
    for line in promise_lines(proofs, shipped.rules(), width, full=full):
        assert len(line.text) <= width or len(line.text.split()) <= 2, line.text


@pytest.mark.audit
def test_everything_is_in_the_json(proofs: Proofs) -> None:
    plain = json.loads(json.dumps(proofs.to_dict()))
    assert plain["hold"] is True
    assert plain["rules_sha256"] == shipped.rules().sha256
    assert [each["id"] for each in plain["promises"]] == [each.id for each in proofs.promises]


@pytest.mark.audit
def test_the_full_text_names_every_witness(proofs: Proofs) -> None:
    text = "\n".join(line.text for line in promise_lines(proofs, shipped.rules(), 80, full=True))
    for each in proofs.promises:
        for shown in each.shown:
            assert f"- {shown.about}:" in text


def folder(path: Path, *more: str) -> str:
    """A folder with the small rule base and these rules."""
    (path / "base.yaml").write_text(BASE, encoding="utf-8")
    (path / "more.yaml").write_text(written(*ALL_LEVELS, *more), encoding="utf-8")
    return str(path)


def test_the_command_ends_with_0_where_all_hold_and_1_where_one_does_not(tmp_path: Path) -> None:
    every = len(prove(small()).promises)
    done = CliRunner().invoke(cli.main, ["prove", folder(tmp_path)])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, f"All {every} promises hold.")
    done = CliRunner().invoke(cli.main, ["prove", folder(tmp_path, NEVER)])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, f"1 of {every} promises does not hold.")
    assert "never`: no answers fire it" in " ".join(done.stdout.split())
    done = CliRunner().invoke(cli.main, ["prove", folder(tmp_path, NEVER), "--json"])
    assert (done.exit_code, json.loads(done.stdout)["hold"]) == (1, False)


@pytest.mark.audit
@pytest.mark.skipif(not PAGE.exists(), reason="the page is not beside the tests")
def test_the_page_shows_what_happens(proofs: Proofs) -> None:
    """Each shown line, `…` apart, stands in the output, in order."""
    blocks = re.findall(r"```console\n\$ (.*?)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert {command for command, _ in blocks} == {"legtriage prove", "legtriage prove --full"}
    for command, shown in blocks:
        full = command.endswith("--full")
        printed = [line.text for line in promise_lines(proofs, shipped.rules(), 80, full=full)]
        at = 0
        for line in shown.splitlines():
            if line != "…":
                assert line in printed[at:], line
                at = printed.index(line, at) + 1

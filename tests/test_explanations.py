"""Explanations are this person's: their facts are the answers, and they are gone when the answers are."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import model
import pytest
import shipped
from click.testing import CliRunner
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st
from strategies import answer_sets

import cli
from engine import (
    CauseExplanation,
    CauseShortfall,
    RuleBase,
    RulesError,
    UrgencyExplanation,
    UrgencyShortfall,
    assess,
    explain,
    read_answers,
    what_if,
    why_not,
)
from engine.explanation.failure import Failure, Unmet, UnmetSeveral
from engine.explanation.proof import RuleProof, facts, rule_proofs
from engine.explanation.what_if_text import comparison_lines
from engine.explanation.why_text import explanation_lines, shortfall_lines
from engine.knowledge.conditions import All, AtLeast, Condition, normal
from engine.knowledge.conditions import Any as AnyOf
from engine.knowledge.levels import LEVELS
from engine.knowledge.rules import Raises, Weighs

BOXES = re.compile(r"[\u2500-\u257f]")
"""Letters that a screen reader stumbles over."""

PAGE = Path(__file__).parents[1] / "docs" / "explanations.md"


def proofs_of(found: CauseExplanation | UrgencyExplanation) -> list[RuleProof]:
    if isinstance(found, UrgencyExplanation):
        return [alarm.proof for alarm in found.alarms]
    return [argument.proof for argument in (*found.for_, *found.against)]


def explanations(rules: RuleBase, answers: object) -> Iterator[CauseExplanation | UrgencyExplanation]:
    """Every explanation there is for this person."""
    given: Any = answers
    yield explain(given, rules, urgency=True)
    yield from (explain(given, rules, cause=cause) for cause in [*rules.causes, *rules.mimics])


@given(rules=rule_bases(), data=st.data())
def test_a_proof_holds_just_the_rules_that_fired_and_its_answers_are_enough(
    rules: RuleBase, data: st.DataObject
) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    fired = set(model.outcome(rules, answers).fired)
    proven = set()
    for found in explanations(rules, answers):
        for proof in proofs_of(found):
            proven.add(proof.rule)
            leaves = list(facts(proof))
            kept = {fact.question: answers[fact.question] for fact in leaves}
            assert proof.rule in model.outcome(rules, read_answers(kept, rules)).fired
            assert {fact.question for fact in leaves} <= {each.question for each in found.answers}
            for inner in rule_proofs(proof):
                assert inner.fired is (inner.rule in fired)
                assert (inner.because is None) is not inner.fired
    concluding = {id for id in fired if isinstance(rules.rules[id].then, (Raises, Weighs))}
    assert proven == concluding


@given(rules=rule_bases(), data=st.data())
def test_change_an_answer_and_what_rested_on_it_is_gone(rules: RuleBase, data: st.DataObject) -> None:
    before = data.draw(answer_sets(rules))
    after = {**before, **data.draw(answer_sets(rules))}
    checked = read_answers(after, rules)
    still = set(model.outcome(rules, checked).fired)
    for found in explanations(rules, after):
        assert {proof.rule for proof in proofs_of(found)} <= still
        for proof in proofs_of(found):
            for fact in facts(proof):
                says = f"{fact.question} is {checked[fact.question]}"
                assert fact.says == says or fact.says == fact.condition


@given(rules=rule_bases(), data=st.data())
def test_points_add_up(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    points = model.outcome(rules, answers).points
    for found in explanations(rules, answers):
        if isinstance(found, CauseExplanation):
            base = found.standing.base_points if found.standing else 0
            counted = [each for each in (*found.for_, *found.against) if each.counted_by is None]
            assert base + sum(each.points for each in counted) == found.points
            assert found.standing is None or found.points == points[found.id]
            for each in (*found.for_, *found.against):
                if each.counted_by is not None:
                    [by] = [one for one in counted if one.proof.rule == each.counted_by]
                    assert by.group == each.group
                    assert abs(by.points) >= abs(each.points)


def leaves(failure: Failure) -> Iterator[Unmet]:
    """The conditions on answers that are named."""
    if isinstance(failure, Unmet):
        yield failure
    elif isinstance(failure, UnmetSeveral):
        for part in failure.parts:
            yield from leaves(part)
    else:
        for rule in failure.rules:
            yield from leaves(rule.failure)


def literals(rules: RuleBase) -> dict[str, Condition]:
    """Every atom and negated atom that some rule holds when its condition is true or false."""
    found: dict[str, Condition] = {}
    queue = [normal(rule.when, holds) for rule in rules.rules.values() for holds in (True, False)]
    for node in queue:
        if isinstance(node, (All, AnyOf, AtLeast)):
            queue += node.items
        else:
            found[str(node)] = node
    return found


def shortfalls(rules: RuleBase, answers: object) -> Iterator[CauseShortfall | UrgencyShortfall]:
    given: Any = answers
    for cause in [*rules.causes, *rules.mimics]:
        found = why_not(cause, given, rules)
        assert isinstance(found, CauseShortfall)
        yield found
    for level in LEVELS:
        other = why_not(None, given, rules, urgency=level)
        assert isinstance(other, UrgencyShortfall)
        yield other


@given(rules=rule_bases(), data=st.data())
def test_why_not_names_only_conditions_that_are_not_true(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    fired = set(model.outcome(rules, answers).fired)
    known = literals(rules)
    silent = set()
    for found in shortfalls(rules, answers):
        for failed in found.failed:
            silent.add(failed.rule)
            named = list(leaves(failed.failure))
            assert named
            assert failed.distance >= 1
            for leaf in named:
                value = model.truth(known[leaf.condition], rules, answers)
                assert value is not True
                assert (value is False) is (leaf.lacking == "differs")
                assert (leaf.answer is None) is (leaf.question not in answers)
    for id, rule in rules.rules.items():
        then = rule.then
        wanted = isinstance(then, Raises) or (isinstance(then, Weighs) and then.supports)
        assert (id in silent) is (wanted and id not in fired)


def test_the_distance_is_how_many_conditions_fail() -> None:
    answers = {
        "symptom_side": "left",
        "symptom_duration": "6 months",
        "sitting_effect": "better",
        "walk_stand_trigger": ["stairs"],
    }
    found = why_not("spinal_stenosis", answers, shipped.rules())
    assert isinstance(found, CauseShortfall)
    distances = {failed.rule: failed.distance for failed in found.failed}
    assert distances["stenosis-gone-when-seated"] == 1
    assert distances["stenosis-both-legs"] == 2
    [seated] = [each for each in found.failed if each.rule == "stenosis-gone-when-seated"]
    [leaf] = leaves(seated.failure)
    assert (leaf.answer, leaf.wants, leaf.lacking) == ("better", "gone", "differs")


@given(data=st.data())
def test_what_if_is_the_difference_of_two_results(data: st.DataObject) -> None:
    before, changes = data.draw(answer_sets(shipped.rules())), data.draw(answer_sets(shipped.rules()))
    gone = data.draw(st.sets(st.sampled_from(sorted(shipped.rules().questions)), max_size=3)) - changes.keys()
    after = {id: answer for id, answer in {**before, **changes}.items() if id not in gone}
    one, other = assess(before, shipped.rules()), assess(after, shipped.rules())
    found = what_if(before, {**changes, **dict.fromkeys(gone)}, shipped.rules())
    assert {each.rule for each in found.gained} == set(other.fired) - set(one.fired)
    assert {each.rule for each in found.lost} == set(one.fired) - set(other.fired)
    places = {
        side: {cause.id: (cause.rank, cause.points, cause.support) for cause in result.causes}
        for side, result in (("before", one), ("after", other))
    }
    shifted = {shift.id: shift for shift in found.causes}
    for cause in shipped.rules().causes:
        before_and_after = [places[side].get(cause) for side in ("before", "after")]
        assert (cause in shifted) is (before_and_after[0] != before_and_after[1])
        if cause in shifted:
            shift = shifted[cause]
            assert before_and_after == [
                at and (at.rank, at.points, at.support) for at in (shift.before, shift.after)
            ]
    assert (found.urgency_before.level, found.urgency_after.level) == (one.urgency.level, other.urgency.level)
    same = read_answers(before, shipped.rules()) == read_answers(after, shipped.rules())
    assert bool(found.changes) is not same
    if same:
        assert not found.differs


@given(rules=rule_bases(), data=st.data())
def test_neither_the_order_of_answers_matters_nor_are_they_changed(
    rules: RuleBase, data: st.DataObject
) -> None:
    answers = data.draw(answer_sets(rules))
    kept = dict(answers)
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert list(explanations(rules, answers)) == list(explanations(rules, shuffled))
    assert list(shortfalls(rules, answers)) == list(shortfalls(rules, shuffled))
    change = {"age": "50"}
    assert what_if(answers, change, rules) == what_if(shuffled, change, rules)
    assert answers == kept


def test_all_is_ready_for_json_and_keeps_what_it_says() -> None:
    answers = shipped.answers()["stenosis-classic"]
    for found in (*explanations(shipped.rules(), answers), *shortfalls(shipped.rules(), answers)):
        plain = json.loads(json.dumps(found.to_dict()))
        assert plain["about"] in ("cause", "mimic", "urgency")
    plain = explain(answers, shipped.rules()).to_dict()
    assert plain["for"][0]["proof"]["rests_on"]


def test_an_unknown_cause_or_level_is_an_error_with_its_remedy() -> None:
    with pytest.raises(RulesError, match="did you mean `herniated_disc`"):
        explain({}, shipped.rules(), cause="herniated_disk")
    with pytest.raises(RulesError, match="did you mean `emergency`"):
        why_not(None, {}, shipped.rules(), urgency="emergncy")
    with pytest.raises(TypeError):
        why_not(None, {}, shipped.rules())


@pytest.mark.parametrize(("case", "width"), [("ordinary-numb-feet", 40), ("unsure-of-everything", 80)])
def test_texts_keep_to_the_width_and_to_plain_letters(case: str, width: int) -> None:
    answers = shipped.answers()[case]
    texts = [explanation_lines(found, width) for found in explanations(shipped.rules(), answers)]
    texts += [shortfall_lines(found, width) for found in shortfalls(shipped.rules(), answers)]
    texts.append(comparison_lines(what_if(answers, {"age_years": "40"}, shipped.rules()), width))
    for lines in texts:
        for line in lines:
            assert len(line.text) <= width or len(line.text.split()) <= 2, line.text
            assert not BOXES.search(line.text)


def shown() -> list[str]:
    """The commands on the page, each with the lines shown below it."""
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [part for block in blocks for part in block.split("$ ")[1:]]


@pytest.mark.skipif(not PAGE.exists(), reason="the page is not beside the tests")
@pytest.mark.parametrize("command", ["explain", "why-not", "what-if", "turning-points"])
def test_the_page_shows_what_happens(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each shown line, `…` apart, stands in the output, in order."""
    monkeypatch.chdir(PAGE.parents[1])
    parts = [part for part in shown() if part.startswith(f"legtriage {command} ")]
    assert parts
    for part in parts:
        line, *lines = part.rstrip().splitlines()
        result = CliRunner().invoke(cli.main, shlex.split(line)[1:], catch_exceptions=False)
        printed = result.stdout.splitlines()
        assert result.exit_code == 0
        at = 0
        for each in lines:
            if each != "…":
                assert each in printed[at:]
                at = printed.index(each, at) + 1

"""Real CLIPS, loading what `legtriage export clips` prints, concludes what the model concludes."""

from __future__ import annotations

import model
import pytest
import shipped
from clips_engine import ClipsEngine
from effort import examples
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st
from strategies import answer_sets

from engine import Answers, RuleBase, read_answers
from engine.inference.clips import clips_program


@pytest.fixture(scope="module")
def clips() -> ClipsEngine:
    return ClipsEngine(shipped.rules())


def agrees(clips: ClipsEngine, rules: RuleBase, answers: Answers) -> None:
    clips.run(answers)
    expected = model.outcome(rules, answers)
    assert clips.fired() == expected.fired
    assert clips.signs() == expected.signs
    assert clips.points() == expected.points
    assert clips.level() == expected.urgency


@given(data=st.data())
def test_clips_agrees_on_the_shipped_rules(clips: ClipsEngine, data: st.DataObject) -> None:
    agrees(clips, shipped.rules(), read_answers(data.draw(answer_sets(shipped.rules())), shipped.rules()))


@examples(30)
@given(rules=rule_bases(), data=st.data())
def test_clips_agrees_on_any_rules(rules: RuleBase, data: st.DataObject) -> None:
    agrees(ClipsEngine(rules), rules, read_answers(data.draw(answer_sets(rules)), rules))


def test_the_program_carries_every_rule_with_its_reason() -> None:
    program = clips_program(shipped.rules())
    for rule in shipped.rules().rules.values():
        assert f'(defrule {rule.id} "{rule.because}"' in program.replace('\\"', '"')


def test_the_report_says_what_came_out(clips: ClipsEngine, capfd: pytest.CaptureFixture[str]) -> None:
    clips.run(read_answers({"bend_forward_relief": "yes"}, shipped.rules()))
    clips.environment.eval("(report)")
    printed = capfd.readouterr().out
    assert "urgency: routine" in printed
    assert "spinal_stenosis: 12" in printed
    assert "fired: stenosis-eases-leaning-forward" in printed

"""Answers to questions that would not be asked: each is noticed, none is dropped, and nothing hangs on it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

import gates
import pytest
import shipped
from effort import examples
from hypothesis import given
from patients import person
from strategies import answer_sets
from terminal import Terminal

from engine import Answers, RuleBase, assess, read_answers
from engine.answers.answers import Refused, in_words
from engine.audit.search.witness import Witnesses
from engine.interview.choice import kinds_of_answers
from engine.interview.interview import begin
from engine.interview.prompts import alert_now
from engine.knowledge.conditions import Not
from engine.knowledge.levels import LEVELS
from engine.loading.loader import read_rules
from engine.records.saved_answers import saved_text
from engine.report.rendering import render
from engine.result.notices import unasked
from engine.result.outlook import Outlook

GATED = [question.id for question in shipped.rules().questions.values() if question.asked_when is not None]
BASE = Path(__file__).parent / "bad" / "base.yaml"
TRIED = 10
"""People whose other answers are drawn, for each question."""


@cache
def asked_anyway() -> RuleBase:
    """The shipped rules, every question asked of everyone."""
    free = {id: replace(question, asked_when=None) for id, question in shipped.rules().questions.items()}
    return replace(shipped.rules(), questions=MappingProxyType(free))


def behind(id: str) -> list[str]:
    """The questions that this one hangs on, and those that these hang on."""
    found = [id]
    for each in found:
        found += sorted(shipped.rules().gates_read[each] - {*found})
    return found[1:]


def closers(id: str) -> Iterator[Answers]:
    """People of whom the question would not be asked: the fewest answers, and some drawn."""
    gate = shipped.rules().questions[id].asked_when
    assert gate is not None
    fewest = Witnesses(shipped.rules()).find(true=[Not(gate)])
    assert fewest is not None
    yield Answers({each: answer for each, answer in fewest.items() if each != id}, shipped.rules().sha256)
    dice = random.Random(id)
    for _ in range(TRIED):
        drawn = person(shipped.rules(), dice, behind(id))
        if gates.applies(id, shipped.rules(), drawn) is False:
            yield drawn


def closes(id: str, answers: Answers, questions: tuple[str, ...]) -> bool:
    """Whether the answers to these questions keep this one from being asked, whatever the others are."""
    others = {each: Refused("none of the reader's business") for each in answers if each not in questions}
    alone = Answers({**others, **{each: answers[each] for each in questions}}, shipped.rules().sha256)
    return gates.applies(id, shipped.rules(), alone) is False


def people_answering(id: str) -> Iterator[Answers]:
    """People who answer it though it would not be asked: one in every way there is, others in some way."""
    kinds = kinds_of_answers(shipped.rules(), id)
    for at, others in enumerate(closers(id)):
        for answer in [kinds[at % len(kinds)]] if at else kinds:
            yield Answers({**others, id: answer}, shipped.rules().sha256)


@pytest.mark.parametrize("id", GATED)
def test_an_answer_to_what_would_not_be_asked_counts_and_is_noticed(id: str) -> None:
    for answers in people_answering(id):
        result, heard = assess(answers, shipped.rules()), assess(answers, asked_anyway())
        assert (result.urgency.level, result.fired) == (heard.urgency.level, heard.fired)
        assert heard.notices == ()
        [notice] = [each for each in result.notices if each.id == id]
        assert notice.questions[0] == id
        for each in notice.questions:
            question = shipped.rules().questions[each]
            assert f"“{question.label}: {in_words(question, answers[each])}”" in notice.says


@pytest.mark.parametrize("id", GATED)
def test_a_notice_names_as_few_answers_as_are_enough(id: str) -> None:
    for answers in people_answering(id):
        [notice] = [each for each in notices_of(answers) if each[0] == id]
        because = notice[1:]
        assert closes(id, answers, because)
        for fewer in combinations([each for each in behind(id) if each in answers], len(because) - 1):
            assert not closes(id, answers, fewer)


def notices_of(answers: Answers) -> list[tuple[str, ...]]:
    """Of each notice the question, then those that it hangs on."""
    found = unasked(Outlook(shipped.rules(), answers))
    return [(each.question.id, *(question.id for question in each.because)) for each in found]


@examples(60)
@given(given_answers=answer_sets(shipped.rules()))
def test_notices_are_of_all_that_certainly_would_not_be_asked_and_of_nothing_else(
    given_answers: dict[str, object],
) -> None:
    answers = read_answers(given_answers, shipped.rules())
    noticed = [each.id for each in assess(answers, shipped.rules()).notices]
    assert sorted(noticed) == sorted(
        id for id in answers if gates.applies(id, shipped.rules(), answers) is False
    )


@given(given_answers=answer_sets(shipped.rules()))
def test_the_most_dangerous_come_first(given_answers: dict[str, object]) -> None:
    result = assess(given_answers, shipped.rules())
    raised, read = result.urgency.rules, shipped.rules().questions_read
    heights = [
        min([LEVELS.index(rule.level) for rule in raised if each.id in read[rule.id]], default=len(LEVELS))
        for each in result.notices
    ]
    assert heights == sorted(heights)


FEWER = b"""questions:
  - id: hangs
    kind: yes_no
    text: Does it hang on the others?
    why: It does.
    asked_when:
      all:
        - {any: [worse_at_night is yes, side is both]}
        - {any: [sign nerve_like, feelings has shooting, lasts > 1 years]}
        - age_years > 50
  - {id: follows, kind: yes_no, text: Does it follow?, why: It does., asked_when: hangs is yes}
interview:
  - {title: More, questions: [hangs, follows]}
rules:
  - id: new-rule
    when: {any: [hangs is yes, follows is yes]}
    urgency: routine
    because: It is so.
    cites: [guide-2020]
    grade: guideline
"""


def test_of_several_reasons_the_shortest_is_given() -> None:
    """Through signs, and through a question that is not asked either."""
    rules = read_rules({"base.yaml": BASE.read_bytes(), "more.yaml": FEWER})
    told: dict[str, object] = {
        "worse_at_night": "no",
        "side": "left",
        "feelings": ["none"],
        "lasts": "2 days",
        "age_years": 40,
        "follows": "yes",
    }
    for left_out, because in (
        ([], ["age_years"]),
        (["age_years"], ["worse_at_night", "side"]),
        (["age_years", "side"], ["feelings", "lasts"]),
        (["age_years", "side", "lasts"], None),
    ):
        answers = {id: each for id, each in told.items() if id not in left_out}
        found = [each.questions for each in assess(answers, rules).notices]
        assert found == ([] if because is None else [("follows", *because)])
        heard = [each.questions for each in assess({**answers, "hangs": "no"}, rules).notices]
        assert heard == [("follows", "hangs"), *([("hangs", *because)] if because else [])][::-1]


TORN: dict[str, object] = {
    "age_years": 40,
    "onset_speed": "sudden",
    "pain_sites": ["calf"],
    "tearing_pain": "yes",
}
SAYS = (
    "“a sudden tearing pain: yes, tearing” does not go with “your age: 40 years” "
    "and “where you feel it: calf”."
)


def test_every_form_of_the_result_says_it() -> None:
    result = assess(TORN, shipped.rules())
    assert result.to_dict()["notices"] == [
        {"id": "tearing_pain", "says": SAYS, "questions": ["tearing_pain", "age_years", "pain_sites"]}
    ]
    assert {"tearing_pain", "age_years", "pain_sites"} <= result.questions.keys()
    for form in ("text", "markdown", "html"):
        assert SAYS in " ".join(render(result, form, shipped.rules()).split()), form
        assert "does not go with" not in render(assess({}, shipped.rules()), form, shipped.rules())


def test_an_age_that_is_corrected_takes_no_danger_back() -> None:
    state = begin({**TORN, "age_years": 55}, shipped.rules())
    assert alert_now(state).unasked == ()
    young = read_answers(TORN, shipped.rules())["age_years"]
    after = state.change("age_years").answered(young)
    assert after.prospects.level == "emergency"
    found = alert_now(after)
    assert [question.id for question in found.unasked] == ["tearing_pain"]
    assert found.clashes == (SAYS,)
    assert found.to_ask_again(after.answers) == ["tearing_pain"]
    assert alert_now(after, found.standing).clashes == ()


def resumed(tmp_path: Path, answers: dict[str, object]) -> Terminal:
    """An interview that goes on from these answers, past the emergency that they are."""
    saved = tmp_path / "saved.yaml"
    saved.write_text(saved_text(read_answers(answers, shipped.rules())), encoding="utf-8")
    terminal = Terminal(args=["interview", "--resume", str(saved)])
    terminal.until("Go on with the questions? (yes, no, or back) > ")
    terminal.answer("yes")
    return terminal


def test_the_interview_says_it_at_once_and_asks_once_more(tmp_path: Path) -> None:
    terminal = resumed(tmp_path, {**TORN, "age_years": 55})
    assert (after := terminal.question()) is not None
    for _ in TORN:
        terminal.answer("back")
        assert terminal.question() is not None
    assert terminal.asked[-1] == "age_years"
    assert SAYS not in terminal.seen
    terminal.answer("40")
    assert (again := terminal.question()) is not None
    assert again.id == "tearing_pain"
    said = f"These answers do not go together; please check them: {SAYS}"
    assert said in " ".join(terminal.seen.split())
    assert terminal.seen.endswith("Enter keeps your answer: yes, tearing\n")
    terminal.answer("")
    assert terminal.question() == after
    terminal.answer("quit")
    assert terminal.end() == 130
    assert "So far: Emergency, now." in terminal.seen


def test_an_interview_that_goes_on_from_a_file_says_it_and_so_does_the_review(tmp_path: Path) -> None:
    terminal = resumed(tmp_path, TORN)
    assert (again := terminal.question()) is not None
    assert again.id == "tearing_pain"
    assert " ".join(terminal.seen.split()).count(SAYS) == 1
    terminal.answer("")
    terminal.go_through()
    assert terminal.asked.count("tearing_pain") == 1
    assert SAYS in " ".join(terminal.seen.split("YOUR ANSWERS")[1].split())
    assert terminal.result() == 0
    assert SAYS in " ".join(terminal.seen.split("HOW SOON TO BE SEEN")[1].split())

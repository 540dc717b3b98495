"""The interview: what it asks, how it reads a line, and how it goes at a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gates
import model
import pytest
import shipped
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from strategies import answer_sets, full_answers_to

from engine import UNSURE, Answers, AnswersError, Assessment, assess, next_question, read_answers
from engine.answers.answers import Refused
from engine.interview.choice import Impact, Tryout, kinds_of_answers
from engine.interview.interview import Length, begin
from engine.interview.prompts import alert_now, greeting, question_text, why_text
from engine.interview.typed import answer_from_line
from engine.knowledge.levels import LEVELS
from engine.knowledge.questions import Option, Question
from engine.result.outlook import Outlook

QUESTIONS = list(shipped.rules().questions.values())
OPTIONS = [(question, number) for question in QUESTIONS for number in range(1, len(question.options) + 1)]
MANY = [question for question in QUESTIONS if question.kind == "many_of"]
TOGETHER = {
    question.id: [each for each in question.options if not each.exclusive and each.is_real]
    for question in MANY
}
"""Options of a question that go with others."""


def applies(question: Question, answers: Answers) -> bool | None:
    """Whether the question applies, by the meaning of conditions and not by the interview's code."""
    return True if question.asked_when is None else model.truth(question.asked_when, shipped.rules(), answers)


def may_be_asked(question: Question, answers: Answers) -> bool:
    """A question is asked where it applies; one of the emergency screen also where that stays unknown."""
    found = applies(question, answers)
    return found is True or (found is None and question.emergency)


LENGTHS: list[Length] = ["short", "usual", "all"]


def drawn(question: Question, data: st.DataObject) -> Any:
    value = data.draw(full_answers_to(question), label=question.id)
    return read_answers({question.id: value}, shipped.rules())[question.id]


@examples(25)
@given(data=st.data(), length=st.sampled_from(LENGTHS))
def test_whatever_is_answered_the_interview_ends_and_asks_nothing_twice(
    data: st.DataObject, length: Length
) -> None:
    state = begin({}, shipped.rules(), length)
    asked: list[str] = []
    while (step := state.step) is not None:
        question = step.question
        assert question.id not in asked
        assert may_be_asked(question, state.answers)
        assert step.number == len(asked) + 1 <= step.about <= len(shipped.rules().questions)
        assert question.id in next(
            each.questions for each in shipped.rules().chapters if each.title == step.chapter
        )
        assert step == next_question(state.answers, shipped.rules(), length)
        assert length == "all" or step.reason.rules or step.reason.questions
        asked.append(question.id)
        state = state.answered(drawn(question, data))
    assert list(state.answers) == asked
    ranked = not assess(state.answers, shipped.rules()).not_ranked  # else only urgency is asked after
    screen = [id for each in shipped.rules().chapters if not each.most_telling_first for id in each.questions]
    for id in screen:
        if id not in asked and applies(shipped.rules().questions[id], state.answers):
            assert length != "all" or not ranked
            assert borne_by_any_answer(id, state.answers) == {borne_by(state.answers)}
    if length == "all" and ranked:
        assert [each.id for each in QUESTIONS if each.id not in asked and applies(each, state.answers)] == []
        refused = any(isinstance(each, Refused) for each in state.answers.values())
        assert refused or assess(state.answers, shipped.rules()).status != "incomplete"
    if length == "usual":
        assert state.settled


def borne_by(answers: Answers) -> tuple[str, ...]:
    """What fires; of whoever is not ranked, what fires of the rules of urgency."""
    found = assess(answers, shipped.rules())
    urgency = {rule.id for rule in shipped.rules().urgency_rules}
    return tuple(id for id in found.fired if id in urgency or not found.not_ranked)


def borne_by_any_answer(question: str, answers: Answers) -> set[tuple[str, ...]]:
    """The same on each kind of answer to one more question."""
    return {
        borne_by(Answers({**answers, question: answer}, shipped.rules().sha256))
        for answer in kinds_of_answers(shipped.rules(), question)
    }


@examples(25)
@given(data=st.data())
def test_what_is_settled_stays_whatever_else_is_answered(data: st.DataObject) -> None:
    state = begin({}, shipped.rules())
    while (step := state.step) is not None:
        state = state.answered(drawn(step.question, data))
    now, state = assess(state.answers, shipped.rules()), state.at_length("all")
    while (step := state.step) is not None:
        state = state.answered(drawn(step.question, data))
    then = assess(state.answers, shipped.rules())
    assert now.urgency.level == then.urgency.level
    assert first_of(now) == first_of(then)


EVERYONE_RANKED = replace(shipped.rules(), ranking=None)
"""The impact of a question is in points, as if everyone were ranked."""


def first_of(result: Assessment) -> list[str]:
    """The causes that share the first place."""
    return [cause.id for cause in result.causes if cause.rank == 1]


@examples(25)
@given(data=st.data(), person=answer_sets(shipped.rules()))
def test_the_impact_of_a_question_is_what_its_answers_do(
    data: st.DataObject, person: dict[str, object]
) -> None:
    answers = read_answers(person, EVERYONE_RANKED)
    rest = [id for id in shipped.rules().questions if id not in answers]
    assume(rest)
    question = data.draw(st.sampled_from(rest))
    leading = data.draw(st.lists(st.sampled_from(list(shipped.rules().causes)), unique=True, max_size=4))
    before = assess(answers, EVERYONE_RANKED)
    first = before.causes[0]
    most, turns = 0, False
    for answer in kinds_of_answers(EVERYONE_RANKED, question):
        after = assess(Answers({**answers, question: answer}, shipped.rules().sha256), EVERYONE_RANKED)
        levels = abs(LEVELS.index(before.urgency.level) - LEVELS.index(after.urgency.level))
        points = {cause.id: cause.points for cause in after.causes}
        gains = [
            abs(points[cause.id] - cause.points - points[first.id] + first.points)
            for cause in before.causes
            if cause.id in leading
        ]
        most = max(most, 10 * levels + max(gains, default=0))
        turns = turns or levels > 0 or first_of(after) != first_of(before)
    assert Tryout(EVERYONE_RANKED, answers).impact(question, leading) == Impact(points=most, turns=turns)


@pytest.mark.parametrize("question", ["symptom_kinds", "sitting_effect", "saddle_numbness"])
def test_where_no_cause_is_ranked_a_question_weighs_by_the_urgency_alone(question: str) -> None:
    child = read_answers({"age_years": 9}, shipped.rules())
    level = LEVELS.index(assess(child, shipped.rules()).urgency.level)
    levels = {
        abs(LEVELS.index(assess(found, shipped.rules()).urgency.level) - level)
        for answer in kinds_of_answers(shipped.rules(), question)
        for found in [Answers({**child, question: answer}, shipped.rules().sha256)]
    }
    causes = list(shipped.rules().causes)
    impact = Tryout(shipped.rules(), child).impact(question, causes)
    assert impact == Impact(points=10 * max(levels), turns=max(levels) > 0)
    assert Tryout(EVERYONE_RANKED, child).impact(question, causes).points >= impact.points


@examples(40)
@given(data=st.data(), person=answer_sets(shipped.rules()))
def test_reasons_are_rules_that_turn_on_the_question(data: st.DataObject, person: dict[str, object]) -> None:
    state = begin(person, shipped.rules(), "all")
    step = state.step
    assume(step is not None)
    assert step is not None
    for id in step.reason.rules:
        assert step.question.id in shipped.rules().questions_read[id]
        assert id not in assess(person, shipped.rules()).fired


class Talking(RuleBasedStateMachine):
    """Answers, goes back, changes and keeps in any order; the state is always right."""

    def __init__(self) -> None:
        super().__init__()
        self.state = begin({}, shipped.rules())

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        step = self.state.step
        if step is None:
            return
        before, answer = self.state, drawn(step.question, data)
        self.state = before.answered(answer)
        assert self.state.again is None
        after = self.state.answers
        assert dict(after) == {**before.answers, step.question.id: answer}
        assert self.state.prospects.level == assess(after, shipped.rules()).urgency.level
        noticed = {question.id for question in alert_now(self.state).unasked}
        gated = [id for id in after if shipped.rules().questions[id].asked_when is not None]
        assert noticed == {id for id in gated if gates.applies(id, shipped.rules(), after) is False}

    @rule()
    def go_back_and_return(self) -> None:
        there = self.state.back()
        assert there.kept() == self.state.kept()
        if self.state.again is None and self.state.answers:
            last = list(self.state.answers)[-1]
            assert there.step is not None
            assert (there.step.question.id, there.step.given) == (last, self.state.answers[last])
            assert there.answered(self.state.answers[last]) == self.state

    @rule()
    def go_back(self) -> None:
        self.state = self.state.back()

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        if self.state.answers:
            self.state = self.state.change(data.draw(st.sampled_from(list(self.state.answers))))

    @rule()
    def keep(self) -> None:
        self.state = self.state.kept()

    @invariant()
    def asks_what_is_open_or_asked_again(self) -> None:
        step = self.state.step
        if step is not None:
            assert (step.question.id in self.state.answers) is (self.state.again is not None)
            assert (step.given is not None) is (self.state.again is not None)


TestTalking = Talking.TestCase
TestTalking.settings = examples(20, stateful_step_count=40)


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match=r"unknown length `long`; one of short, usual, all"):
        begin({}, shipped.rules(), "long")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="`hands_too` is not answered"):
        begin({}, shipped.rules()).change("hands_too")


def test_questions_stand_in_the_order_of_the_interview() -> None:
    assert [id for chapter in shipped.rules().chapters for id in chapter.questions] == list(
        shipped.rules().questions
    )


def meant(question: Question, *options: Option) -> object:
    """The answer that choosing these options is."""
    if any(option.means_unsure for option in options):
        return UNSURE
    if any(option.refuses for option in options):
        return Refused(options[0].id)
    value: Any = [option.id for option in options] if question.kind == "many_of" else options[0].id
    return read_answers({question.id: value}, shipped.rules())[question.id]


@pytest.mark.parametrize(
    ("question", "number"), OPTIONS, ids=[f"{question.id}-{number}" for question, number in OPTIONS]
)
def test_option_goes_by_number_by_id_and_by_wording(question: Question, number: int) -> None:
    option = question.options[number - 1]
    wanted = meant(question, option)
    for line in (str(number), option.id, option.text):
        assert answer_from_line(question, line) == wanted
        assert answer_from_line(question, f"  {line.upper()}. ") == wanted


@given(data=st.data(), question=st.sampled_from(MANY))
def test_several_options_go_in_any_mixture(data: st.DataObject, question: Question) -> None:
    chosen = data.draw(st.lists(st.sampled_from(TOGETHER[question.id]), min_size=2, unique=True))
    words = [
        data.draw(
            st.sampled_from([str(question.options.index(option) + 1), option.id, option.text.upper()]),
            label=option.id,
        )
        for option in chosen
    ]
    assert answer_from_line(question, ", ".join(words)) == meant(question, *chosen)


def test_wording_with_commas_goes_with_others() -> None:
    pairs = [
        (question, option, other)
        for question in MANY
        for option in TOGETHER[question.id]
        for other in TOGETHER[question.id]
        if "," in option.text and option != other
    ]
    assert pairs
    for question, option, other in pairs:
        wanted = meant(question, option, other)
        for line in (f"{option.text}, {other.text}", f"{other.id},{option.text}"):
            assert answer_from_line(question, line) == wanted


@given(data=st.data(), question=st.sampled_from(MANY))
def test_numbers_need_no_commas(data: st.DataObject, question: Question) -> None:
    chosen = data.draw(st.lists(st.sampled_from(TOGETHER[question.id]), min_size=2, unique=True))
    numbers = [str(question.options.index(option) + 1) for option in chosen]
    assert answer_from_line(question, " ".join(numbers)) == meant(question, *chosen)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_question_takes_unsure_and_passes_an_empty_line(question: Question) -> None:
    for line in ("unsure", "u", " UNSURE "):
        assert answer_from_line(question, line) is UNSURE
    for line in ("", "   ", "\t"):
        assert answer_from_line(question, line) is None
    for line in (
        ("no such answer", "0", "99", "1,99") if question.options else ("many", "-1", "1 2", "1e3 hours")
    ):
        with pytest.raises(AnswersError):
            answer_from_line(question, line)


@pytest.mark.parametrize(
    ("question", "line", "same"),
    [
        ("age_years", "71", "71"),
        ("age_years", "71 years", "71"),
        ("symptom_duration", "6 weeks", "42 days"),
        ("symptom_duration", "1 day.", "24 hours"),
        ("rash_hours", "2 days", "48"),
        ("diabetes_years", "0.5", "0.5"),
    ],
)
def test_amount_goes_with_its_unit(question: str, line: str, same: str) -> None:
    found: Any = answer_from_line(shipped.rules().questions[question], line)
    wanted: Any = read_answers({question: same}, shipped.rules())[question]
    assert found.value == wanted.value


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_question_is_shown_in_full(question: Question) -> None:
    first = next_question({}, shipped.rules())
    assert first is not None
    step = replace(first, question=question, number=3, about=40)
    for width in (40, 80):
        shown = [
            *greeting(shipped.rules(), width),
            *question_text(step, width),
            *why_text(step, shipped.rules(), width),
        ]
        assert [line.text for line in shown if len(line.text) > width] == []
        text = " ".join(" ".join(line.text for line in shown).split())
        assert "Question 3 of about 40" in text
        assert question.text in text
        assert question.why in text
        assert (question.help or "") in text
        for number, option in enumerate(question.options, 1):
            assert f"{number} {option.text}" in text


def test_hint_stands_with_the_question_and_the_reason_comes_first_on_asking() -> None:
    first = next_question({}, shipped.rules())
    assert first is not None
    question = replace(first.question, why="It matters.", help="Look in a mirror.")
    step = replace(first, question=question)
    assert "Look in a mirror." in [line.text.strip() for line in question_text(step, 80)]
    assert "It matters." not in [line.text.strip() for line in question_text(step, 80)]
    assert [line.text.strip() for line in why_text(step, shipped.rules(), 80)][:2] == [
        "It matters.",
        "Look in a mirror.",
    ]
    bare = replace(first, question=replace(question, help=None))
    assert next(line.text.strip() for line in why_text(bare, shipped.rules(), 80)) == "It matters."
    lines = [*question_text(bare, 80), *why_text(bare, shipped.rules(), 80)]
    assert "mirror" not in " ".join(line.text for line in lines)


@given(data=st.data())
def test_where_nothing_is_unsure_the_interview_and_the_result_find_the_same_open(data: st.DataObject) -> None:
    """They differ in `unsure` and what refuses: answers for the interview, open for the result."""
    given = data.draw(
        st.fixed_dictionaries({}, optional={each.id: full_answers_to(each) for each in QUESTIONS})
    )
    answers = read_answers(given, shipped.rules())
    sure = {id: each for id, each in answers.sure().items() if not isinstance(each, Refused)}
    answers = Answers(sure, shipped.rules().sha256)
    person, prospects = Outlook(shipped.rules(), answers), begin(answers, shipped.rules()).prospects
    for each in shipped.rules().rules.values():
        assert prospects.is_open(each) is person.is_open(each), each.id
    assert prospects.settled or prospects.bearing_questions
    if prospects.settled:
        assert not assess(answers, shipped.rules()).urgency.at_least

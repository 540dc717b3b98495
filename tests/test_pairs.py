"""Causes that the answers leave side by side: when that is said, and what would tell."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType

import pytest
import shipped
from hypothesis import given
from strategies import answer_sets

from engine import UNSURE, assess, read_answers
from engine.answers.answers import Picked
from engine.audit.cases.case import coverage, differences, read_cases
from engine.knowledge.sources import Citation
from engine.loading.loader import read_rules
from engine.report.full_text import report
from engine.result.assessment import Assessment
from engine.result.ranking import NotToldApart

WITHOUT = replace(shipped.small(), pairs=MappingProxyType({}))
DISC: dict[str, object] = {"feelings": ["burning", "numb"]}
"""What brings the disc to the first place, with 3 points for how common it is and 4 of evidence."""
CANAL: dict[str, object] = {"side": "both"}
"""4 points for the canal."""
HIP: dict[str, object] = {"side": "right", "lasts": "1 year"}
"""With no burning, evidence for the hip."""


def found(answers: dict[str, object]) -> dict[str, NotToldApart]:
    return {each.id: each for each in assess(answers, shipped.small()).not_told_apart}


def one_line(result: Assessment) -> str:
    return " ".join(" ".join(line.text for line in report(result)).split())


@given(person=answer_sets(shipped.small()))
def test_nothing_else_hangs_on_it(person: dict[str, object]) -> None:
    result = assess(person, shipped.small())
    other = assess(person, WITHOUT)
    questions = {id: text for id, text in result.questions.items() if id in other.questions}
    sources = {id: source for id, source in result.sources.items() if id in other.sources}
    assert replace(result, not_told_apart=(), questions=questions, sources=sources) == other


@given(person=answer_sets(shipped.small()))
def test_each_pair_is_named_exactly_when_it_should_be(person: dict[str, object]) -> None:
    """The condition of the page on the meaning, written out once more."""
    result = assess(person, shipped.small())
    causes = {each.id: each for each in result.causes}
    mimics = {each.id for each in result.also_consider}
    wanted = []
    for pair in shipped.small().pairs.values():
        first = [id for id in pair.causes if id in causes and causes[id].rank == 1]
        evident = [
            id
            for id in pair.causes
            if id in mimics or (id in causes and causes[id].support not in ("no evidence", "against"))
        ]
        together = any(one != other for one in first for other in evident)
        if pair.within is not None:
            one, other = (causes[id].points for id in pair.causes)
            together = together and abs(one - other) <= pair.within
        ask = tuple(id for id in pair.ask if not surely_answered(id, person))
        if together and (ask or pair.test or pair.within is not None):
            wanted.append((pair.id, ask))
    assert [(each.id, each.ask) for each in result.not_told_apart] == wanted


def surely_answered(question: str, person: dict[str, object]) -> bool:
    """Whether the question has an answer in full, other than unsure."""
    answer = read_answers(person, shipped.small()).get(question)
    if isinstance(answer, Picked):
        return len(answer.has | answer.has_not) == 4  # of the five, one means unsure
    return answer is not None and answer is not UNSURE


def test_two_causes_within_so_many_points() -> None:
    pair = found({**DISC, **CANAL})["disc-or-canal"]
    assert pair.causes == ("slipped_disc", "narrow_canal")
    assert pair.ask == ("worse_at_night",)
    assert pair.cites == ("article 1.1", "study-2010")
    near = replace(shipped.small().pairs["disc-or-canal"], within=3)  # 7 points and 4
    nearer = replace(near, within=2)
    for each, named in ((near, True), (nearer, False)):
        rules = replace(shipped.small(), pairs=MappingProxyType({each.id: each}))
        assert bool(assess({**DISC, **CANAL}, rules).not_told_apart) is named


def test_the_other_must_have_evidence_of_its_own() -> None:
    assert found(DISC) == {}
    assert found({**DISC, "side": "left"}) == {}  # which speaks against the canal


def test_a_mimic_counts_when_it_is_raised() -> None:
    answers = {**HIP, "feelings": ["numb", "shooting"]}
    assert list(found(answers)) == ["disc-or-hip"]
    assert found({**answers, "lasts": "1 day"}) == {}


@pytest.mark.parametrize(
    ("night", "ask"), [(None, ("worse_at_night",)), ("unsure", ("worse_at_night",)), ("no", ())]
)
def test_questions_that_tell_are_those_not_surely_answered(night: str | None, ask: tuple[str, ...]) -> None:
    result = assess({**DISC, **CANAL, "worse_at_night": night}, shipped.small())
    assert result.not_told_apart[0].ask == ask
    assert {*ask} <= result.questions.keys()
    text = one_line(result)
    told = "CANNOT BE TOLD APART BY THESE ANSWERS Slipped disc and Narrow canal: "
    told += "Both squeeze the same nerve. [disc-or-canal; article 1.1, study-2010; judgement] "
    if ask:
        assert f"{told}What would tell: - Is it worse at night? [worse_at_night]" in text
    else:
        assert f"{told}The answers given leave it open." in text


def test_a_question_answered_in_part_may_still_tell_and_one_that_does_not_apply_does_not() -> None:
    rules = replace(
        shipped.small(),
        pairs=MappingProxyType(
            {"p": replace(shipped.small().pairs["disc-or-canal"], id="p", ask=("feelings", "lasts"))}
        ),
    )
    in_part = {"feelings": {"has": ["burning", "numb"]}, "side": "both"}
    assert assess(in_part, rules).not_told_apart[0].ask == ("feelings", "lasts")
    questions = dict(rules.questions)
    questions["lasts"] = replace(questions["lasts"], asked_when=shipped.small().rules["canal-one-side"].when)
    gated = replace(rules, questions=MappingProxyType(questions))
    assert assess(in_part, gated).not_told_apart[0].ask == ("feelings",)


def test_test_is_told_when_every_question_is_answered() -> None:
    result = assess({**HIP, "feelings": ["numb", "shooting"]}, shipped.small())
    assert result.not_told_apart[0].ask == ()
    text = one_line(result)
    assert "What would tell: - a clinician who turns the hip" in text
    assert "leave it open" not in text
    assert "Hip joint and Slipped disc: Both hurt down the leg." in text


def test_sources_of_a_pair_are_among_those_of_the_result() -> None:
    pair = replace(shipped.small().pairs["disc-or-canal"], cites=(Citation(source="book-2000"),))
    rules = replace(shipped.small(), pairs=MappingProxyType({pair.id: pair}))
    assert "book-2000" in assess({**DISC, **CANAL}, rules).sources
    assert "book-2000" not in assess(DISC, rules).sources


def test_without_a_test_and_a_distance_it_is_not_named_once_all_is_answered() -> None:
    canal_first: dict[str, object] = {"side": "both", "age_years": "70", "feelings": ["numb"]}
    assert list(found(canal_first)) == []
    both = {**canal_first, "lasts": "1 year"}
    assert [each.id for each in assess(both, shipped.small()).also_consider] == ["hip_joint"]
    assert assess(both, shipped.small()).causes[0].id == "narrow_canal"
    assert "canal-or-hip" not in found(both)
    asks_night = replace(shipped.small().pairs["canal-or-hip"], ask=("lasts", "worse_at_night"))
    rules = replace(shipped.small(), pairs=MappingProxyType({asks_night.id: asks_night}))
    assert assess(both, rules).not_told_apart[0].ask == ("worse_at_night",)


def test_a_statement_that_a_pair_cites_is_cited() -> None:
    more = b"""statements:
  - id: 2.2
    kind: text
    says: It is like a slipped disc.
    sha256: 4444444444444444444444444444444444444444444444444444444444444444
pairs:
  - id: as-the-article-says
    causes: [slipped_disc, narrow_canal]
    test: a look
    because: They are alike.
    cites: [article 2.2]
    grade: article
"""
    assert (
        "as-the-article-says"
        in read_rules({"base.yaml": shipped.SMALL.read_bytes(), "more.yaml": more}).pairs
    )


def test_a_case_may_expect_them_and_coverage_asks_for_it() -> None:
    answers = json.dumps({**DISC, **CANAL})
    case = f"""cases:
  - {{id: right, title: Both, answers: {answers}, expect: {{not_told_apart: [disc-or-canal]}}}}
  - {{id: wrong, title: None, answers: {answers}, expect: {{not_told_apart: []}}}}
"""
    right, wrong = read_cases({"some.yaml": case.encode()}, shipped.small())
    assert differences(right, shipped.small()) == []
    [problem] = differences(wrong, shipped.small())
    assert problem.message.endswith("not_told_apart should be none, is disc-or-canal")
    assert {"canal-or-hip", "disc-or-hip"} <= {*coverage([right], shipped.small()).never_shown}
    assert "disc-or-canal" not in coverage([right], shipped.small()).never_shown

"""The worked cases hold; `legtriage test` runs the same files."""

from __future__ import annotations

import json
import random
from pathlib import Path

import patients
import pytest
import shipped
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cli
from engine import assess, read_answers
from engine.answers.alteration import alterations
from engine.audit.cases.case import Case, Expectation, coverage, differences, read_cases
from engine.audit.cases.coverage import case_coverage, run_cases
from engine.errors import Location, RulesError
from engine.knowledge.conditions import Compare


@pytest.mark.parametrize(
    "case",
    shipped.cases(),
    ids=lambda case: f"{case.where.path.rsplit('/', 1)[-1]}:{case.where.line} {case.id}",
)
def test_case(case: Case) -> None:
    assert [str(problem) for problem in differences(case, shipped.rules())] == []


def test_every_rule_fires_in_some_case_and_nearly_fires_in_another() -> None:
    found = coverage(shipped.cases(), shipped.rules())
    assert found.never_fires == ()
    assert found.never_silent == ()


BASE = shipped.SMALL.read_text(encoding="utf-8")
NIGHT = """cases:
  - id: night
    title: Worse at night
    answers: {worse_at_night: yes, side: left, age_years: 50}
    expect: {urgency: same_day, points: {narrow_canal: -2, hip_joint: 0}, silent: [canal-both-sides]}
    but:
      - {with: {side: both, age_years: ~}, expect: {points: {narrow_canal: 4}}}
      - with: {worse_at_night: no, lasts: 3 months, feelings: [none]}
        expect: {urgency: routine, points: {hip_joint: 4}}
"""


def test_a_variation_is_the_same_person_with_other_answers() -> None:
    night, both, day = read_cases({"night.yaml": NIGHT.encode()}, shipped.small())
    assert [case.id for case in (night, both, day)] == ["night", "night:1", "night:2"]
    assert both.answers.to_plain() == {"worse_at_night": "yes", "side": "both"}
    assert day.answers == read_answers(
        {"worse_at_night": "no", "side": "left", "age_years": 50, "lasts": "3 months", "feelings": ["none"]},
        shipped.small(),
    )
    assert both.title == "Worse at night; but side: both, age_years left open"
    assert (both.where.line, day.where.line) == (7, 8)
    assert [problem for case in (night, both, day) for problem in differences(case, shipped.small())] == []


def test_other_points_are_named_of_a_mimic_that_is_not_raised_too() -> None:
    wrong = NIGHT.replace("narrow_canal: -2, hip_joint: 0", "narrow_canal: -1, hip_joint: 4")
    night, *_ = read_cases({"night.yaml": wrong.encode()}, shipped.small())
    assert [problem.message for problem in differences(night, shipped.small())] == [
        "night: points of narrow_canal should be -1, are -2",
        "night: points of hip_joint should be 4, are 0",
    ]


@given(seed=st.integers(0, 2**32))
def test_nearly_is_what_one_change_of_one_answer_would_fire(seed: int) -> None:
    answers = patients.person(shipped.small(), random.Random(seed))
    case = Case(id="x", title="X", answers=answers, expect=Expectation(), where=Location("x.yaml", 1, 1))
    found = case_coverage(case, shipped.small())
    assert found.fired == assess(answers, shipped.small()).fired
    nearly: set[str] = set()
    for id, answer in answers.items():
        bounds = [atom for atom in shipped.small().atoms if isinstance(atom, Compare) and atom.question == id]
        for other in alterations(shipped.small().questions[id], answer, bounds, most=1):
            nearly.update(assess({**answers, id: other.answer}, shipped.small()).fired)
    assert set(found.nearly) == nearly - set(found.fired)


def small(tmp_path: Path, *args: str) -> tuple[int, str]:
    """What `legtriage test` says of the small rule base and the cases above."""
    (tmp_path / "cases").mkdir(exist_ok=True)
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "cases" / "night.yaml").write_text(NIGHT, encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["test", str(tmp_path), *args])
    return result.exit_code, result.output


def test_coverage_lists_per_case_what_fires_and_nearly_fires_on_request(tmp_path: Path) -> None:
    code, text = small(tmp_path, "--coverage", "--full", "-k", "night:1")
    assert code == 1
    lines = text.splitlines()
    assert lines[0].endswith("night.yaml:7:9: night:1")
    assert lines[1:3] == ["  fires: canal-both-sides, night-is-urgent", "  nearly: canal-one-side"]
    code, short = small(tmp_path, "--coverage", "-k", "night:1")
    assert (code, short.splitlines()) == (1, lines[3:])
    code, text = small(tmp_path, "--full")
    assert (code, text.splitlines()[-1]) == (2, "Error: --full goes with --coverage; add it")


def test_the_threshold_of_coverage(tmp_path: Path) -> None:
    cases = read_cases({"night.yaml": NIGHT.encode()}, shipped.small())
    percent = run_cases(cases, shipped.small(), coverage=True).percent
    assert percent == 0  # no rule has both, no check and no pair is shown
    for asked, code, said in (
        (["0"], 0, "0 % is asked for: enough."),
        (["1.5"], 1, "1.5 % is asked for: too few."),
    ):
        found, text = small(tmp_path, "--coverage", "--at-least", *asked)
        assert (found, text.splitlines()[-1]) == (code, f"0 % of all are shown in full; {said}")
    code, text = small(tmp_path, "--coverage")
    assert (code, text.splitlines()[-1].endswith("; 100 % is asked for: too few.")) == (1, True)
    code, text = small(tmp_path, "--at-least", "50")
    assert (code, text.splitlines()[-1]) == (2, "Error: --at-least goes with --coverage; add it")


@pytest.mark.parametrize("threshold", ["nan", "-nan", "inf", "-inf", "-1", "100.5", "most", ""])
def test_a_threshold_is_a_number_from_0_to_100(tmp_path: Path, threshold: str) -> None:
    code, text = small(tmp_path, "--coverage", "--at-least", threshold)
    assert (code, "cases hold" in text) == (2, False)
    assert text.splitlines()[-1].startswith("Error: Invalid value for '--at-least': ")


def test_percent_counts_rules_checks_and_pairs() -> None:
    [case, *_] = read_cases({"night.yaml": NIGHT.encode()}, shipped.small())
    both = Expectation(fires=("night-is-urgent", "canal-one-side"), silent=("night-is-urgent",))
    made = [Case(id="x", title="X", answers=case.answers, expect=both, where=case.where)]
    total = len(shipped.small().rules) + len(shipped.small().consistency) + len(shipped.small().pairs)
    assert run_cases(made, shipped.small(), coverage=True).percent == pytest.approx(100 / total)


def test_cases_as_json(tmp_path: Path) -> None:
    code, text = small(tmp_path, "--json")
    found = json.loads(text)
    assert (code, found["held"], [case["id"] for case in found["cases"]]) == (
        0,
        3,
        ["night", "night:1", "night:2"],
    )
    assert found["cases"][0]["differences"] == []
    assert "coverage" not in found
    found = json.loads(small(tmp_path, "--json", "--coverage")[1])
    assert found["cases"][1]["fired"] == ["canal-both-sides", "night-is-urgent"]
    assert found["cases"][1]["nearly"] == ["canal-one-side"]
    assert found["cases"][0]["expected"] == ["canal-both-sides"]
    assert found["coverage"]["percent"] == 0
    assert "night-is-urgent" in found["coverage"]["never_fires"]


def signposts(*rows: str, base: str = "{side: left}") -> bytes:
    """A file of one page with these signposts, each given by all but its id and what it says."""
    tells = [f"      - {{id: s-{at}, says: Says {at}., {row}}}" for at, row in enumerate(rows)]
    head = [
        f"signpost_base: {{title: Someone, answers: {base}}}",
        "signposts:",
        "  - page: A page",
        "    address: https://example.org",
        "    country: Nowhere",
        "    seen: read",
        "    answers: {feelings: [numb]}",
        "    tells:",
    ]
    return "\n".join([*head, *tells]).encode()


def said_of(*rows: str) -> list[str | None]:
    """What is said of each of these signposts by the small rule base, where `worse_at_night` is same_day."""
    cases = read_cases({"signposts.yaml": signposts(*rows)}, shipped.small())
    found = [differences(case, shipped.small()) for case in cases]
    return [problems[0].message.partition(": ")[2] if problems else None for problems in found]


NIGHT_ANSWERS = "answers: {worse_at_night: yes}"
DAY_ANSWERS = "answers: {worse_at_night: no}"


def test_a_signpost_asks_for_a_level_at_least() -> None:
    assert said_of(
        f"asks: urgent, {NIGHT_ANSWERS}",
        f"asks: same_day, {NIGHT_ANSWERS}",
        f"asks: emergency, {NIGHT_ANSWERS}",
    ) == [
        None,
        None,
        "urgency should be emergency at least, is same_day; mend a rule, or say `below` and why",
    ]


def test_below_on_purpose_has_to_be_below() -> None:
    assert said_of(
        f"asks: emergency, below: Because., {NIGHT_ANSWERS}",
        f"asks: same_day, below: Because., {NIGHT_ANSWERS}",
        f"asks: urgent, below: Because., {NIGHT_ANSWERS}",
    ) == [
        None,
        "urgency is same_day, and so not below same_day; remove `below`",
        "urgency is same_day, and so not below urgent; remove `below`",
    ]


def test_a_calm_signpost_hurries_nobody_without_a_reason() -> None:
    assert said_of(
        f"asks: routine, calm: yes, {DAY_ANSWERS}",
        f"asks: routine, calm: yes, {NIGHT_ANSWERS}",
        f"asks: self_care, calm: yes, {DAY_ANSWERS}",
        f"asks: routine, calm: yes, raised: Because., {DAY_ANSWERS}",
    ) == [
        None,
        "urgency should be routine at most, is same_day; mend a rule, or say `raised` and why",
        None,
        "urgency is routine, which hurries nobody; remove `raised`",
    ]


def test_a_signpost_changes_the_base_by_what_its_page_and_it_say() -> None:
    rows = ("asks: urgent, answers: {}", "asks: urgent, answers: {side: both, feelings: [burning], lasts: ~}")
    base = "{side: left, lasts: 2 days, feelings: [shooting]}"
    one, other = read_cases({"signposts.yaml": signposts(*rows, base=base)}, shipped.small())
    numb = {"has": ["numb"], "not": ["burning", "shooting"]}
    assert read_answers({"side": "left", "lasts": "2 days", "feelings": numb}, shipped.small()) == one.answers
    assert read_answers({"side": "both", "feelings": ["burning"]}, shipped.small()) == other.answers
    assert one.title == "A page: Says 0."


def test_signposts_have_one_base() -> None:
    files = {
        "a.yaml": signposts(f"asks: urgent, {DAY_ANSWERS}"),
        "b.yaml": b"signpost_base:\n  title: X\n  answers: {}\n",
    }
    with pytest.raises(RulesError, match=r"^b.yaml:2:3: R005 `signpost_base` is already at a.yaml:1:16"):
        read_cases(files, shipped.small())


def test_signposts_are_summed_up_in_one_line(tmp_path: Path) -> None:
    rows = (
        f"asks: emergency, {NIGHT_ANSWERS}",
        f"asks: emergency, below: Because., {NIGHT_ANSWERS}",
        f"asks: same_day, {NIGHT_ANSWERS}",
        f"asks: urgent, {NIGHT_ANSWERS}",
        f"asks: routine, calm: yes, {DAY_ANSWERS}",
        f"asks: routine, calm: yes, raised: Because., {NIGHT_ANSWERS}",
    )
    assert "signposts" not in small(tmp_path)[1]
    (tmp_path / "cases" / "signposts.yaml").write_bytes(signposts(*rows))
    code, text = small(tmp_path)
    assert (code, text.splitlines()[-2:]) == (
        1,
        [
            "8 of 9 cases hold.",
            "Of 4 signposts, 2 are met and 1 below on purpose; of 2 calm ones, 1 are raised.",
        ],
    )
    found = json.loads(small(tmp_path, "--json")[1])
    assert found["signposts"] == {"pressing": 4, "met": 2, "below_on_purpose": 1, "calm": 2, "raised": 1}


def test_a_signpost_shows_no_rule() -> None:
    cases = read_cases({"signposts.yaml": signposts(f"asks: same_day, {NIGHT_ANSWERS}")}, shipped.small())
    assert "night-is-urgent" in coverage(cases, shipped.small()).never_fires

"""Mutation finds what the cases leave untested, says the same for what is the same, and nothing else."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import patients
import pytest
import shipped
from click.testing import CliRunner
from effort import examples
from generators import READ_ALL, files_of, loaded, rules_of
from hypothesis import given
from hypothesis import strategies as st

import cli
from engine import Answers, RuleBase, RulesError, assess
from engine.audit.cases.case import Case, Expectation, differences, load_cases, read_cases
from engine.audit.mutation.accepted import Accepted, read_accepted
from engine.audit.mutation.mutants import Mutant, mutants, mutants_of
from engine.audit.mutation.report import LEGEND, in_flow, report
from engine.audit.mutation.trials import Fate, Trial, trials
from engine.errors import Location
from engine.knowledge.conditions import All, AtLeast, Condition, Not
from engine.knowledge.conditions import Any as AnyOf
from engine.knowledge.rules import LikelihoodRatio, Raises, Rule, Shows, Weighs
from engine.loading.loader import read_rules
from engine.writing.lines import wrapped

BASE = shipped.SMALL.read_bytes()


def cases_of(text: str, rules: RuleBase | None = None) -> tuple[Case, ...]:
    """The cases of a file."""
    return read_cases({"cases.yaml": text.encode()}, rules or shipped.small())


def survivors(rules: RuleBase, cases: tuple[Case, ...], id: str) -> list[str]:
    """The changes of a rule that no case notices."""
    return [
        each.mutant.change for each in trials(rules, cases, mutants(rules, [id])) if each.fate == "survived"
    ]


LEFT = """cases:
  - id: left
    title: The left leg
    answers: {side: left}
    expect: {fires: [canal-one-side]}
"""


def test_a_weakly_tested_rule_has_just_the_survivors_expected() -> None:
    assert survivors(shipped.small(), cases_of(LEFT), "canal-one-side") == [
        "side may not be right",
        "side may be both too",
        "weak → moderate",
        "weak → neutral",
        "opposes → supports",
    ]


def test_each_case_more_leaves_fewer() -> None:
    more = LEFT.replace("{fires: [canal-one-side]}", "{fires: [canal-one-side], points: {narrow_canal: -2}}")
    more += """    but:
      - {with: {side: right}, expect: {fires: [canal-one-side]}}
      - {with: {side: both}, expect: {silent: [canal-one-side]}}
"""
    assert survivors(shipped.small(), cases_of(more), "canal-one-side") == []
    for line in more.splitlines()[6:]:
        less = more.replace(f"{line}\n", "")
        assert len(survivors(shipped.small(), cases_of(less), "canal-one-side")) == 1


@dataclass(frozen=True)
class Kind:
    """A kind of mutation, and a case that is about it."""

    rule: dict[str, Any]
    change: str
    answers: dict[str, object]
    expect: Expectation


SUPPORTS: dict[str, Any] = {"supports": "disc", "strength": "moderate", "group": "one"}
ALL = {"all": ["side is left", {"not": "kinds has burning"}, "age > 65"]}
FIRES, SILENT = Expectation(fires=("rule-x",)), Expectation(silent=("rule-x",))
ELDERLY: dict[str, object] = {"side": "left", "kinds": ["numb"], "age": 66}

KINDS = {
    "all: a condition dropped": Kind(
        {"when": ALL, **SUPPORTS}, "without side is left", ELDERLY | {"side": "right"}, SILENT
    ),
    "any: a condition dropped": Kind(
        {"when": {"any": ["side is left", "age > 65"]}, **SUPPORTS}, "without age > 65", {"age": 66}, FIRES
    ),
    "at_least: a condition dropped": Kind(
        {"when": {"at_least": {"count": "2", "of": ["side is left", "age > 65", "limp is yes"]}}, **SUPPORTS},
        "without limp is yes",
        {"side": "left", "limp": "yes"},
        FIRES,
    ),
    "an atom turned round": Kind(
        {"when": "fever is yes", **SUPPORTS}, "fever is yes → not fever is yes", {"fever": "yes"}, FIRES
    ),
    "a not taken away": Kind(
        {"when": ALL, **SUPPORTS}, "not kinds has burning → kinds has burning", ELDERLY, FIRES
    ),
    "an inequality that lets its bound in": Kind(
        {"when": ALL, **SUPPORTS}, "age > 65 → age >= 65", ELDERLY | {"age": 65}, SILENT
    ),
    "a bound moved": Kind({"when": ALL, **SUPPORTS}, "age > 65 → age > 66", ELDERLY, FIRES),
    "a time that keeps its bound out": Kind(
        {"when": "lasting <= 6 weeks", **SUPPORTS},
        "lasting <= 6 weeks → lasting < 6 weeks",
        {"lasting": "6 weeks"},
        FIRES,
    ),
    "a time moved": Kind(
        {"when": "lasting <= 6 weeks", **SUPPORTS},
        "lasting <= 6 weeks → lasting <= 7 weeks",
        {"lasting": "43 days"},
        SILENT,
    ),
    "one fewer needed": Kind(
        {"when": {"at_least": {"count": "2", "of": ["side is left", "age > 65", "limp is yes"]}}, **SUPPORTS},
        "at least 2 → at least 1",
        {"side": "left"},
        SILENT,
    ),
    "one more needed": Kind(
        {"when": {"at_least": {"count": "2", "of": ["side is left", "age > 65", "limp is yes"]}}, **SUPPORTS},
        "at least 2 → at least 3",
        {"side": "left", "age": 66},
        FIRES,
    ),
    "an option fewer": Kind(
        {"when": "effect in [gone, better]", **SUPPORTS},
        "effect may not be better",
        {"effect": "better"},
        FIRES,
    ),
    "an option more": Kind(
        {"when": "effect in [gone, better]", **SUPPORTS},
        "effect may be worse too",
        {"effect": "worse"},
        SILENT,
    ),
    "a strength": Kind(
        {"when": "fever is yes", **SUPPORTS},
        "moderate → strong",
        {"fever": "yes"},
        Expectation(points={"disc": 8}),
    ),
    "a point of a ratio": Kind(
        {
            "when": "fever is yes",
            "opposes": "disc",
            "likelihood_ratio": {"value": "0.5", "among": "some people"},
            "grade": "measured",
            "group": "one",
        },
        "-3 → -2 points",
        {"fever": "yes"},
        Expectation(points={"disc": 1}),
    ),
    "the side": Kind(
        {"when": "fever is yes", **SUPPORTS},
        "supports → opposes",
        {"fever": "yes"},
        Expectation(points={"disc": 8}),
    ),
    "the group": Kind(
        {"when": "fever is yes", **SUPPORTS},
        "group one → a group of its own",
        {"fever": "yes", "effect": "gone"},
        Expectation(points={"disc": 8}),
    ),
    "the urgency, higher": Kind(
        {"when": "effect is worse", "urgency": "urgent"},
        "urgent → same_day",
        {"effect": "worse"},
        Expectation(urgency="urgent"),
    ),
    "the urgency, lower": Kind(
        {"when": "effect is worse", "urgency": "urgent"},
        "urgent → routine",
        {"effect": "worse"},
        Expectation(urgency="urgent"),
    ),
    "the sign": Kind(
        {"when": "fever is yes", "sign": "first_sign"},
        "sign first_sign → sign second_sign",
        {"fever": "yes"},
        Expectation(signs=("first_sign",)),
    ),
}

BESIDE = [
    {"id": "beside", "when": "effect is gone", "supports": "disc", "strength": "weak", "group": "one"},
    {"id": "first", "when": "limp is yes", "sign": "first_sign"},
    {"id": "second", "when": "limp is yes", "sign": "second_sign"},
    {"id": "third", "when": "limp is yes", "sign": "third_sign"},
]
"""Rules beside the one that is changed."""


def with_rest(rule: dict[str, Any]) -> dict[str, Any]:
    return {"grade": "judgement", "because": "Some reason.", "cites": ["study"], **rule}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_of_mutant_is_killed_by_a_case_that_is_about_it(kind: Kind) -> None:
    rules = loaded([with_rest(each) for each in [{"id": "rule-x", **kind.rule}, *BESIDE]])
    answers = assess(kind.answers, rules).answers
    case = Case(
        id="about-it",
        title="About it",
        answers=read_checked(answers, rules),
        expect=kind.expect,
        where=Location("cases.yaml", 1, 1),
    )
    assert differences(case, rules) == []
    [before] = [
        each for each in trials(rules, [], mutants(rules, ["rule-x"])) if each.mutant.change == kind.change
    ]
    assert before.fate == "survived"
    [after] = [
        each
        for each in trials(rules, [case], mutants(rules, ["rule-x"]))
        if each.mutant.change == kind.change
    ]
    assert (after.fate, after.killer) == ("killed", "about-it")


def read_checked(answers: Any, rules: RuleBase) -> Answers:
    from engine import read_answers

    return read_answers(answers, rules)


def condition_as_data(node: Condition) -> Any:
    """The condition as a rule file writes it."""
    if isinstance(node, Not):
        return {"not": condition_as_data(node.item)}
    if isinstance(node, AtLeast):
        return {
            "at_least": {"count": str(node.count), "of": [condition_as_data(item) for item in node.items]}
        }
    if isinstance(node, (All, AnyOf)):
        key = "all" if isinstance(node, All) else "any"
        return {key: [condition_as_data(item) for item in node.items]}
    return str(node)


def rule_as_data(rule: Rule) -> dict[str, Any]:
    """The rule as a rule file writes it."""
    found: dict[str, Any] = {"id": rule.id, "when": condition_as_data(rule.when)}
    then = rule.then
    if isinstance(then, Shows):
        found["sign"] = then.sign
    elif isinstance(then, Raises):
        found["urgency"] = then.urgency
    else:
        found["supports" if then.supports else "opposes"] = then.cause
        found["group"] = then.group
        if then.likelihood_ratio is not None:
            found["likelihood_ratio"] = {"value": str(then.likelihood_ratio.value), "among": "some people"}
        else:
            found["strength"] = then.strength
    return with_rest(found | {"grade": rule.grade})


def as_loaded(mutant: Mutant, rules: RuleBase) -> RuleBase | None:
    """The rule base with the mutant, written out and read by the ordinary loader; None if that refuses it."""
    changed = {**rules.rules, mutant.rule.id: mutant.changed}
    fixed = {rule["id"] for rule in READ_ALL} - {mutant.rule.id}
    files = files_of([rule_as_data(rule) for rule in changed.values() if rule.id not in fixed])
    kept = {"kept.yaml": json.dumps({"rules": [rule for rule in READ_ALL if rule["id"] in fixed]}).encode()}
    try:
        return read_rules(files | kept)
    except RulesError as error:
        if {problem.code for problem in error.problems} <= {"R021", "R022", "R023", "R029"}:
            return None
        raise


def seen(rules: RuleBase, answers: Answers) -> object:
    """What a case can see of a result, but for what is still open."""
    found = assess(dict(answers), rules)
    points = [(cause.id, cause.points) for cause in (*found.causes, *found.also_consider)]
    return found.fired, found.signs, found.urgency.level, points


def case_of(at: int, rules: RuleBase, answers: Answers, dice: random.Random) -> Case:
    """A case that expects a part of what comes out."""
    found = assess(answers, rules)
    silent = sorted(rules.rules.keys() - {*found.fired})
    expect = Expectation(
        urgency=found.urgency.level if dice.random() < 0.5 else None,
        first=tuple(cause.id for cause in found.causes if cause.rank == 1) if dice.random() < 0.5 else None,
        at_least=found.urgency.at_least if dice.random() < 0.3 else None,
        also_consider=tuple(each.id for each in found.also_consider) if dice.random() < 0.3 else None,
        points={found.causes[0].id: found.causes[0].points} if dice.random() < 0.5 else None,
        fires=tuple(rule for rule in found.fired if dice.random() < 0.3),
        silent=tuple(rule for rule in silent if dice.random() < 0.2),
    )
    return Case(
        id=f"case-{at}",
        title="Someone",
        answers=answers,
        expect=expect,
        where=Location("cases.yaml", at + 1, 1),
    )


@examples(60)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_fates_are_what_the_ordinary_loader_and_random_people_say(data: st.DataObject, seed: int) -> None:
    rules = loaded(data.draw(rules_of()))
    dice = random.Random(seed)
    people = [patients.person(rules, dice) for _ in range(40)]
    cases = [case_of(at, rules, answers, dice) for at, answers in enumerate(people[:4])]
    by_id = {case.id: case for case in cases}
    drawn = list(mutants(rules))
    for trial in trials(rules, cases, dice.sample(drawn, min(12, len(drawn)))):
        changed = as_loaded(trial.mutant, rules)
        if changed is None:
            continue
        if trial.fate == "killed":
            assert differences(by_id[trial.killer or ""], changed)
        else:
            assert not [problem for case in cases for problem in differences(case, changed)]
        if trial.fate == "the same":
            assert all(seen(changed, moved(each, changed)) == seen(rules, each) for each in people)
        if trial.witness is not None:
            witness = moved(trial.witness, changed)
            # A mimic with no points is not in a result, nor does it show there what is ruled out or open.
            hidden = {"the rule is ruled out", "the rule is not ruled out"} | {
                f"clot has {n} points" for n in range(-40, 1)
            }
            assert trial.parting in hidden or seen(changed, witness) != seen(rules, trial.witness)


def moved(answers: Answers, rules: RuleBase) -> Answers:
    """The same answers, to the questions of another rule base."""
    return replace(answers, rules_sha256=rules.sha256)


def test_all_of_a_rule_is_reached() -> None:
    """Every leaf of every shipped condition is changed by some mutant, and so is every conclusion."""
    for rule in shipped.rules().rules.values():
        found = list(mutants_of(rule, shipped.rules()))
        assert any(each.is_of_condition for each in found)
        assert len({each.change for each in found}) == len(found)
        if isinstance(rule.then, (Weighs, Raises)):
            assert any(not each.is_of_condition for each in found)


def test_a_weight_moves_by_what_is_seen() -> None:
    for rule in shipped.rules().rules.values():
        for mutant in mutants_of(rule, shipped.rules()):
            before, after = rule.then, mutant.changed.then
            if isinstance(before, Weighs) and isinstance(after, Weighs) and not mutant.is_of_condition:
                told = (before.points, before.supports, before.group)
                assert told != (after.points, after.supports, after.group)
                assert (after.likelihood_ratio is None) is (before.likelihood_ratio is None)
                assert isinstance(after.likelihood_ratio, LikelihoodRatio) or after.strength


@pytest.fixture(scope="module")
def fates() -> tuple[Trial, ...]:
    """What becomes of every mutant of the shipped rules."""
    return tuple(trials(shipped.rules(), load_cases(shipped.rules()), mutants(shipped.rules())))


@pytest.mark.audit
def test_the_shipped_rules_have_no_survivor_without_a_reason(fates: tuple[Trial, ...]) -> None:
    from engine.audit.mutation.accepted import load_accepted

    assert [
        str(problem) for problem in report(shipped.rules(), fates, load_accepted(shipped.rules())).problems
    ] == []


PAGE = Path(__file__).parents[1] / "docs" / "mutation.md"


@pytest.mark.audit
@pytest.mark.skipif(not PAGE.exists(), reason="the page is not beside the tests")
def test_the_page_shows_what_the_command_prints(fates: tuple[Trial, ...]) -> None:
    [shown] = re.findall(r"\$ legtriage mutate\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown.splitlines() == [
        report(shipped.rules(), fates, ()).summary(),
        *(line.text for line in wrapped(LEGEND, 88)),
    ], "write these lines into docs/mutation.md"


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Any]:
    """Runs a command on the small rule base with these case files."""

    def invoke(command: str, *args: str, **files: str) -> Any:
        folder = tmp_path / "small"
        (folder / "cases").mkdir(parents=True, exist_ok=True)
        (folder / "base.yaml").write_bytes(BASE)
        for name, text in files.items():
            (folder / "cases" / f"{name}.yaml").write_text(text, encoding="utf-8")
        result = CliRunner().invoke(cli.main, [command, str(folder), *args])
        shutil.rmtree(folder)
        return result

    return invoke


def test_the_command_names_survivors_with_their_place_and_a_case(small: Callable[..., Any]) -> None:
    result = small("mutate", "--rule", "canal-one-side", cases=LEFT)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    where = next(at for at, line in enumerate(BASE.decode().splitlines(), 1) if "id: canal-one-side" in line)
    assert lines[0].partition("small/")[2] == (
        f'base.yaml:{where}:5: M001 canal-one-side: "side may be both too" goes unnoticed; '
        "a case with {side: both} would notice, where the rule does not fire"
    )
    assert lines[2].partition("canal-one-side: ")[2] == (
        '"weak → moderate", "weak → neutral", "opposes → supports" go unnoticed; '
        "a case with {side: left} would notice, where narrow_canal has -2 points"
    )
    assert lines[3] == (
        "7 mutants of 1 rule: 2 killed, 0 the same as their rule, "
        "5 survived, 0 of them accepted with a reason."
    )
    assert " ".join(lines[4:]) == LEGEND
    assert all(f"{fate.capitalize()}: " in LEGEND for fate in get_args(Fate))
    assert result.stderr == ""  # no progress where nobody watches


@cache
def accepted() -> str:
    """A file that accepts every survivor of a rule."""
    return "survivors:\n" + "".join(
        f'  - {{rule: canal-one-side, change: "{change}", because: It does not matter here.}}\n'
        for change in survivors(shipped.small(), cases_of(LEFT), "canal-one-side")
    )


def test_accepted_survivors_are_no_fault_and_stale_ones_are(small: Callable[..., Any]) -> None:
    result = small("mutate", "--rule", "canal-one-side", cases=LEFT, accepted=accepted())
    assert result.exit_code == 0
    assert " M001 " not in result.stdout
    assert "5 survived, 5 of them accepted with a reason" in result.stdout
    stale = (
        accepted()
        .replace("weak → neutral", "strong → neutral")
        .replace("may not be right", "may not be left")
    )
    result = small("mutate", "--rule", "canal-one-side", cases=LEFT, accepted=stale)
    assert result.exit_code == 1
    found = [re.sub(r".*small/", "", line) for line in result.stdout.splitlines()]
    assert 'cases/accepted.yaml:5:5: M002 canal-one-side has no mutant "strong → neutral"; ' in "\n".join(
        found
    )
    assert (
        'cases/accepted.yaml:2:5: M003 canal-one-side: "side may not be left" is noticed by the case `left`; '
        "remove the entry"
    ) in found
    assert sum(" M001 " in line for line in found) == 2
    other = small("mutate", "--rule", "nerve-like", cases=LEFT, accepted=stale)
    assert "canal-one-side" not in other.stdout  # what was not tried is not judged


def test_a_case_is_suggested_once_for_a_rule_and_every_survivor_is_named() -> None:
    found = report(shipped.small(), list(trials(shipped.small(), (), mutants(shipped.small()))), ())
    lines = [str(problem) for problem in found.problems]
    suggested = [re.findall(r"M001 (\S+): .* a case with (\{.*\}) would notice", line) for line in lines]
    assert len({*map(str, suggested)}) == len(suggested)
    assert len(suggested) < len(found.of("survived"))
    for trial in found.of("survived"):
        assert trial.witness is not None
        rule, answers = trial.mutant.rule.id, in_flow(trial.witness, shipped.small())
        [line] = [line for line in lines if f" {rule}: " in line and f" a case with {answers} " in line]
        assert f'"{trial.mutant.change}"' in line
        assert trial.parting in line.partition(", where ")[2].split(" and ")


def test_the_same_as_its_rule_cannot_be_accepted() -> None:
    extra: dict[str, Any] = {
        "id": "twice",
        "when": {"all": ["side is left", {"not": "side is right"}]},
        "urgency": "urgent",
    }
    rules = loaded([with_rest(each) for each in [extra, *BESIDE]])
    found = list(trials(rules, [], mutants(rules, ["twice"])))
    same = [each for each in found if each.fate == "the same"]
    assert [each.mutant.change for each in same] == [
        "without not side is right",
        "side may be right too",
    ]
    accepted = Accepted(
        rule="twice", change=same[0].mutant.change, because="So.", where=Location("a.yaml", 2, 5)
    )
    problems = report(rules, same, [accepted], ["twice"]).problems
    assert [str(each) for each in problems] == [
        'a.yaml:2:5: M003 twice: "without not side is right" is the same as its rule; remove the entry'
    ]


def test_json_holds_every_mutant(small: Callable[..., Any]) -> None:
    found = json.loads(small("mutate", "--json", "--rule", "canal-one-side", cases=LEFT).stdout)
    assert found["rules"] == ["canal-one-side"]
    fates = {each["change"]: each for each in found["mutants"]}
    assert fates["side may not be left"]["case"] == "left"
    assert fates["side may be both too"] | {"where": ""} == {
        "rule": "canal-one-side",
        "where": "",
        "change": "side may be both too",
        "before": "side in [left, right]",
        "after": "side in [left, right, both]",
        "fate": "survived",
        "case": None,
        "accepted": None,
        "answers": {"side": "both"},
        "parting": "the rule does not fire",
    }
    assert len([each for each in found["mutants"] if each["fate"] == "survived"]) == 5
    assert len(found["problems"]) == 3  # as many as the cases that are lacking


def test_cases_that_do_not_hold_are_mended_first(small: Callable[..., Any]) -> None:
    result = small("mutate", cases=LEFT.replace("fires", "silent"))
    assert result.exit_code == 1
    assert result.stdout == ""
    first, last = result.stderr.splitlines()
    assert first.endswith("C001 left: `canal-one-side` should not fire, does")
    assert last == "a case has to hold before it can notice anything; mend these, then mutate again"


def test_an_unknown_rule_is_named(small: Callable[..., Any]) -> None:
    result = small("mutate", "--rule", "canal-one-sied", cases=LEFT)
    assert (result.exit_code, result.stderr) == (
        1,
        "unknown rule `canal-one-sied`; did you mean `canal-one-side`?\n",
    )


def test_check_reads_accepted_survivors(small: Callable[..., Any]) -> None:
    wrong = accepted().replace("canal-one-side", "canal-one-sied", 1)
    assert "unknown rule" not in small("check", cases=LEFT, accepted=accepted()).output
    assert "accepted.yaml:2:12: R030 unknown rule `canal-one-sied`" in small("check", accepted=wrong).stderr
    with pytest.raises(RulesError, match="R005"):
        read_accepted(
            {"accepted.yaml": (accepted() + accepted().partition("\n")[2]).encode()}, shipped.small()
        )

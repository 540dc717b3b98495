"""The findings of `legtriage check` are true, none is missed, and only a reason in its place silences one."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import lint_page
import model
import pytest
import shipped
import yaml
from click.testing import CliRunner, Result
from enumeration import people_apart, read_through_signs, with_gates
from generators import conditions, loaded, rules_of
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from strategies import answer_sets
from test_bad_files import BASE, FILES, base_without, expected, header, linted
from test_witness import all_asked, gated

from cli import main
from engine import Answers, RuleBase, load_rules, read_answers
from engine.answers.answers import Picked
from engine.audit.cases.case import Case, load_cases, read_cases
from engine.audit.check import lint, reading_grade
from engine.audit.check.codes import CODES
from engine.audit.check.findings import UNLOADED, subjects
from engine.audit.check.overlap import Overlap
from engine.audit.check.reach import Reach
from engine.audit.check.sarif import sarif
from engine.knowledge.conditions import Condition
from engine.knowledge.rules import Rule, Shows, Weighs
from engine.loading.folder import SHIPPED, rule_files
from engine.loading.loader import read_rules
from engine.result.outlook import Outlook

WRONG = {name: path for name, path in FILES.items() if path.parent == lint_page.WRONG}
RIGHT = {path.name: path for path in sorted(lint_page.RIGHT.glob("*.yaml"))}


def run(*args: str) -> Result:
    """What `legtriage check` does."""
    return CliRunner().invoke(main, ["check", *args], prog_name="legtriage", catch_exceptions=False)


def test_the_shipped_rules_have_no_finding_without_a_reason() -> None:
    found = lint.lint(shipped.rules(), shipped.cases())
    assert [str(each) for each in found.findings] == []
    assert found.not_checked == ()
    assert all(each.silenced and len(each.silenced.reason.split()) > 5 for each in found.silenced)


PLANTED = {
    "L002": "{all: [sign shingles_rash, skin_change has none]}",
    "L003": "{all: [walk_stand_trigger has none, standing_still_relief is no_it_stays]}",
    "L004": "{all: ['symptom_side in [left, right]', {not: feet_sensory has numb_soles}]}",
    "L005": "{any: [leg_weakness is one_leg, sign weak_leg]}",
    "L006": "{all: [sign foot_drop, leg_weakness is one_leg]}",
}
"""Faults among the shipped rules, each in the condition of one more rule of level `urgent`."""


@pytest.mark.parametrize("code", PLANTED)
def test_a_fault_planted_among_the_shipped_rules_is_found(code: str) -> None:
    more = f"""rules:
  - id: planted
    when: {PLANTED[code]}
    urgency: urgent
    because: It is so.
    cites: [judgement]
    grade: judgement
"""
    rules = read_rules({**rule_files(SHIPPED), "more.yaml": more.encode()})
    found = lint.lint(rules, shipped.cases()).findings
    without_a_case = () if code in ("L002", "L005") else ("L012", "L013")
    assert {(each.code, each.id) for each in found} == {(each, "planted") for each in (code, *without_a_case)}


def test_no_case_is_asked_for_where_the_rule_is_to_be_mended_or_merged_first() -> None:
    """Neither of what never fires, nor of what reads its sign, nor of a twin; an `allow` is not idle."""
    for name in ("l002_a_dead_sign_is_told_once.yaml", "l005_two_that_are_new.yaml"):
        text = (lint_page.WRONG / name).read_text(encoding="utf-8")
        rules = read_rules({"base.yaml": BASE, name: text.encode()})
        found = [each for each in lint.lint(rules, ()).findings if each.where.path == name]
        silent = {each.id for each in found if each.code in ("L002", "L005")}
        silent |= {"hip-odd"} if name.startswith("l002") else set()
        new = {each.id for each in rules.rules.values() if each.where.path == name}
        assert {each.id for each in found if each.code == "L012"} == new - silent
        assert {each.id for each in found if each.code == "L013"} == new - silent
        allowing = text + "    allow: {L012: Nobody is like that.}\n"
        report = lint.lint(read_rules({"base.yaml": BASE, name: allowing.encode()}), ())
        assert not [each for each in report.findings if each.code == "L001"]
        assert [each.code for each in report.silenced] == ["L012"]


def test_every_code_has_a_wrong_file_and_a_right_one_for_the_page() -> None:
    assert {name.partition("_")[0].upper() for name in RIGHT} == {*CODES}
    assert {f"lint/{name}" for name in RIGHT} <= WRONG.keys()


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_page_calls_right_has_no_finding(name: str) -> None:
    data = RIGHT[name].read_bytes()
    if not data.startswith(b"cases:"):
        assert linted(RIGHT[name], read_rules({"base.yaml": BASE, name: data})) == []
        return
    rules = read_rules({"base.yaml": BASE, name: (lint_page.WRONG / name).read_bytes()})
    found = lint.lint(rules, read_cases({"cases.yaml": data}, rules)).findings
    code = name.partition("_")[0].upper()
    assert not [each for each in found if each.where.path == name and each.code == code]


@pytest.mark.skipif(not lint_page.PAGE.exists(), reason="the page is not beside the tests")
def test_the_page_is_fresh() -> None:
    assert lint_page.PAGE.read_text(encoding="utf-8") == lint_page.page(), "run `make lint-page`"


def test_a_code_is_named_for_good() -> None:
    assert len({row.name for row in CODES.values()}) == len(CODES)
    assert all(row.code == code for code, row in CODES.items())


@pytest.mark.parametrize("name", WRONG)
def test_a_reason_in_its_place_silences_a_finding_and_nothing_else(name: str) -> None:
    """`allow` silences its own code, in the kinds of thing that the page names, and in no other."""
    path = WRONG[name]
    left_out = ", ".join(value for key, value in header(path) if key == "without").split(", ")
    rules = read_rules({"base.yaml": base_without(left_out), path.name: path.read_bytes()})
    code = path.name.partition("_")[0].upper()
    before = [each for each in lint.lint(rules, ()).findings if each.where.path == path.name]
    about = {(each.kind, each.id) for each in before if each.code == code}
    assert about
    assert {kind for kind, _ in about} <= {
        *CODES[code].silenced_in,
        *(["advice"] if code == "L016" else []),
    } or (code == "L001")
    about = {(kind, id) for kind, id in about if kind in CODES[code].silenced_in}
    silent = read_rules(
        {"base.yaml": base_without(left_out), path.name: allowed(path, {id for _, id in about}, code)}
    )
    after = lint.lint(silent, ())
    assert {(each.kind, each.id) for each in after.silenced if each.code == code} == about
    # What stays twice for a reason needs cases after all.
    wanted = {(more, id) for _, id in about for more in ("L012", "L013") if code == "L005"}
    assert {(each.code, each.id) for each in after.findings if each.where.path == path.name} == wanted | {
        (each.code, each.id) for each in before if (each.kind, each.id) not in about or each.code != code
    }


def allowed(path: Path, ids: set[str], code: str) -> bytes:
    """The file with the code allowed in what has these ids."""
    plain = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    for records in plain.values():
        for record in records if isinstance(records, list) else []:
            if record.get("id") in ids:
                record["allow"] = {code: "It is meant."}
    return json.dumps(plain).encode()


PARTLY = b"""questions:
  - id: stairs
    kind: yes_no
    label: stairs
    text: Are stairs hard?
    why: They strain the leg.
    asked_when: feelings has burning
interview:
  - {title: More, questions: [stairs]}
rules:
  - id: whoever-is-not-asked-feels-something-else
    when: {any: [{not: stairs is yes}, feelings has numb, feelings has shooting, feelings has none]}
    urgency: urgent
    because: It is so.
    cites: [guide-2020]
    grade: guideline
"""


def test_who_has_not_answered_in_full_is_not_taken_for_one_who_is_not_asked() -> None:
    """Whoever does not burn, so is not asked, feels something else, as long as they answer in full."""
    assert not list(Reach(read_rules({"base.yaml": BASE, "more.yaml": PARTLY})).remarks())
    less = PARTLY.replace(b", feelings has none", b"")
    remarks = list(Reach(read_rules({"base.yaml": BASE, "more.yaml": less})).remarks())
    assert [remark.code for remark in remarks] == ["L004"]


NEUTRAL = b"""rules:
  - id: canal-both-sides-at-night
    when: {all: [side is both, worse_at_night is yes]}
    SIDE: narrow_canal
    strength: neutral
    group: side
    because: Both legs hurt at night.
    cites: [guide-2020]
    grade: judgement
"""


@pytest.mark.parametrize("side", [b"supports", b"opposes"])
def test_a_rule_that_weighs_nothing_by_intent_is_left_alone(side: bytes) -> None:
    rules = read_rules({"base.yaml": BASE, "more.yaml": NEUTRAL.replace(b"SIDE", side)})
    assert not list(overlap(rules).remarks())


def test_without_the_dictionary_grades_are_not_checked_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading_grade, "find_spec", lambda name: None)
    found = lint.lint(shipped.rules(), shipped.cases())
    assert found.not_checked == (reading_grade.MISSING,)
    assert found.findings == ()
    folder = str(tmp_path)
    (tmp_path / "base.yaml").write_bytes(BASE)
    assert f"{reading_grade.MISSING}\n" in run(folder).stderr
    assert json.loads(run(folder, "--json").stdout)["not_checked"] == [reading_grade.MISSING]
    told = sarif_of(run(folder, "--format", "sarif"))
    [said] = told["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == reading_grade.MISSING
    data = (lint_page.WRONG / "l016_a_hard_reason.yaml").read_bytes()
    allowing = data + b"    allow: {L016: It is meant.}\n"
    rules = read_rules({"base.yaml": BASE, "more.yaml": allowing})
    assert not [each for each in lint.lint(rules, ()).findings if each.code in ("L001", "L016")]


# The command.


def sarif_of(result: Result) -> dict[str, Any]:
    """What the command printed, held to the models made from the schema of SARIF."""
    Sarif.model_validate_json(result.stdout)
    plain: dict[str, Any] = json.loads(result.stdout)
    return plain


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small rule base with a fault planted, below the folder in which the command runs."""
    made = tmp_path / "work" / "small rules"
    made.mkdir(parents=True)
    (made / "base.yaml").write_bytes(BASE)
    shutil.copy(lint_page.WRONG / "l007_for_and_against.yaml", made / "more.yaml")
    monkeypatch.chdir(tmp_path / "work")
    return made


def test_findings_are_printed_with_their_places(folder: Path) -> None:
    result = run("small rules")
    assert result.exit_code == 1
    name = str(Path("small rules") / "more.yaml")
    [expect] = expected(lint_page.WRONG / "l007_for_and_against.yaml")
    assert f"{name}:{expect}" in result.stdout.splitlines()
    assert result.stdout.splitlines() == [str(each) for each in lint.lint(*read(folder.name)).findings]
    assert result.stderr == f"{len(result.stdout.splitlines())} to mend; docs/lint.md explains each code\n"


def read(name: str) -> tuple[RuleBase, tuple[Case, ...]]:
    """The rules and the cases in a folder."""
    rules = load_rules(name)
    return rules, load_cases(rules, name)


def test_json_holds_every_finding(folder: Path) -> None:
    result = run("small rules", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == lint.lint(*read(folder.name)).to_dict()
    assert result.stdout == run("small rules", "--format", "json").stdout


def test_json_of_the_shipped_rules_gives_every_reason() -> None:
    found = json.loads(run("--json").stdout)
    assert found["findings"] == []
    reasons = {each.reason for _, about in subjects(shipped.rules()) for each in about.allow}
    assert {each["silenced"] for each in found["silenced"]} == reasons
    assert found["counts"]["rules"] == len(shipped.rules().rules)


def test_an_option_that_nothing_reads_is_marked_at_its_own_line(folder: Path) -> None:
    for name in ("l009_options_of_a_list.yaml", "l009_options_of_one.yaml"):
        path = lint_page.WRONG / name
        shutil.copy(path, folder / "more.yaml")
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [each for each in lint.lint(*read(folder.name)).findings if each.code == "L009"]
        plain = json.loads(run("small rules", "--json").stdout)["findings"]
        [results] = [each["results"] for each in sarif_of(run("small rules", "--format", "sarif"))["runs"]]
        assert found
        for each in found:
            assert f"{{id: {each.part}," in lines[each.where.line - 1]
            assert each.to_dict() in plain
        assert {each.part for each in found} == set(re.findall(r"nothing reads `(\w+)`", "\n".join(lines)))
        regions = [each["locations"][0]["physicalLocation"]["region"] for each in results]
        assert {(each.where.line, each.where.column) for each in found} == {
            (region["startLine"], region["startColumn"])
            for region, each in zip(regions, results, strict=True)
            if each["ruleId"] == "L009"
        }


@pytest.mark.parametrize("name", WRONG)
def test_each_finding_has_a_fingerprint_of_its_own(name: str) -> None:
    left_out = ", ".join(value for key, value in header(WRONG[name]) if key == "without").split(", ")
    rules = read_rules({"base.yaml": base_without(left_out), name: WRONG[name].read_bytes()})
    [results] = [run_["results"] for run_ in sarif(lint.lint(rules, ()), str)["runs"]]
    marks = [each["partialFingerprints"]["finding/v1"] for each in results]
    assert len({*marks}) == len(marks)


@pytest.mark.parametrize("inside", [True, False])
def test_sarif_names_files_from_where_the_code_is_looked_at(
    folder: Path, inside: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not inside:
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
    [results] = [run_["results"] for run_ in sarif_of(run(str(folder), "--format", "sarif"))["runs"]]
    [planted] = [each for each in results if each["ruleId"] == "L007"]
    place = planted["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "small%20rules/more.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 5}
    assert list(CODES)[planted["ruleIndex"]] == "L007"
    assert planted["suppressions"] == []


def test_sarif_of_the_shipped_rules_has_each_silence_as_a_suppression(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--format", "sarif")
    assert result.exit_code == 0
    [found] = sarif_of(result)["runs"]
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == [*CODES]
    reasons = {each.reason for _, about in subjects(shipped.rules()) for each in about.allow}
    assert {each["suppressions"][0]["justification"] for each in found["results"]} == reasons
    for each in found["results"]:
        uri = each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert (SHIPPED.parent / uri).is_file()


def test_rules_that_cannot_be_loaded_are_findings_too(folder: Path) -> None:
    (folder / "worse.yaml").write_text("rules:\n  - id: a-rule\n    wen: side is left\n", encoding="utf-8")
    text = run("small rules")
    assert (text.exit_code, text.stdout) == (1, "")
    plain = json.loads(run("small rules", "--json").stdout)["findings"]
    *lines, last = text.stderr.splitlines()
    assert [f"{each['path']}:{each['line']}:{each['column']}: {each['code']}" for each in plain] == [
        line[: line.index(" ", line.index(": ") + 2)] for line in lines
    ]
    assert last == UNLOADED
    assert "docs/lint.md" not in text.stderr  # which explains none of these codes
    assert json.loads(run("small rules", "--json").stdout)["not_checked"] == [UNLOADED]
    [found] = sarif_of(run("small rules", "--format", "sarif"))["runs"]
    assert {each["level"] for each in found["results"]} == {"error"}
    [said] = found["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == UNLOADED


def test_cases_that_cannot_be_loaded_leave_the_set_unlooked_at_too(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "one.yaml").write_text("cases:\n  - {id: one}\n", encoding="utf-8")
    result = run("small rules")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1] == UNLOADED


def test_a_folder_that_is_not_there_has_no_line() -> None:
    result = run("nowhere", "--format", "sarif")
    assert result.exit_code == 1
    [found] = sarif_of(result)["runs"][0]["results"]
    assert found["ruleId"] == "R031"
    assert "region" not in found["locations"][0]["physicalLocation"]


def test_two_formats_do_not_go_together() -> None:
    result = run("--json", "--format", "sarif")
    assert result.exit_code == 2


def test_what_a_rule_or_a_sign_allows_is_shown_with_it(folder: Path) -> None:
    (folder / "more.yaml").write_text(
        """
signs:
  - {id: numb, text: it is numb, allow: {L008: It is for the record.}}
rules:
  - id: numb
    when: feelings has numb
    sign: numb
    because: It is numb.
    cites: [guide-2020]
    grade: judgement
    allow: {L012: Nobody is like that.}
""",
        encoding="utf-8",
    )
    for name in ("numb", "nerve_like"):
        shown = CliRunner().invoke(main, ["rules", "show", name, "--rules", "small rules"]).stdout
        assert ("  allows    L012: Nobody is like that.\n" in shown) is (name == "numb")
        assert ("  allows    L008: It is for the record.\n" in shown) is (name == "numb")
    plain = json.loads(
        CliRunner().invoke(main, ["rules", "show", "numb", "--rules", "small rules", "--json"]).stdout
    )
    assert [each["allow"] for each in plain] == [{"L012": "Nobody is like that."}]


# What is decided by logic, against brute force.


@st.composite
def with_a_narrower_rule(draw: st.DrawFn) -> tuple[RuleBase, str]:
    """A rule base, and the id of a rule of it that fires only where another does that concludes the same."""
    rules = draw(rules_of())
    wider = draw(st.sampled_from(rules))
    narrower = {**wider, "id": "narrower", "when": {"all": [wider["when"], draw(conditions())]}}
    found = loaded([*rules, narrower])
    assume(str(found.rules["narrower"].when) != "limp is yes")
    return found, "narrower"


def overlap(rules: RuleBase) -> Overlap:
    """The search for overlap, without people known."""
    reach = Reach(rules)
    return Overlap(rules, reach.live, {id: frozenset() for id in rules.rules}, reach.any_answers)


@given(made=with_a_narrower_rule(), data=st.data())
def test_a_rule_that_adds_nothing_is_told_and_adds_nothing(
    made: tuple[RuleBase, str], data: st.DataObject
) -> None:
    rules, narrower = made
    told = {remark.about.id: remark.code for remark in overlap(rules).remarks() if remark.code != "L007"}
    dead = {remark.about.id for remark in Reach(rules).remarks()}
    then = rules.rules[narrower].then
    neutral = isinstance(then, Weighs) and not then.points
    alive = narrower in {rule.id for rule in Reach(rules).live}
    if not isinstance(then, Shows):  # of a sign, its being false may hang on it
        assert narrower in told or narrower in dead or neutral or not alive
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    before = model.outcome(rules, answers)
    for id, code in told.items():
        if code == "L006":
            kept = {each: rule for each, rule in rules.rules.items() if each != id}
            after = model.outcome(changed(rules, kept), answers)
            assert (before.points, before.urgency, before.signs) == (
                after.points,
                after.urgency,
                after.signs,
            ), id


def changed(rules: RuleBase, kept: dict[str, Rule]) -> RuleBase:
    """The rule base with these rules."""
    return replace(rules, rules=kept)


@given(rules=gated(), data=st.data())
def test_what_is_said_of_two_rules_holds_for_everyone(rules: RuleBase, data: st.DataObject) -> None:
    answers = read_answers(data.draw(answer_sets(rules)), rules)
    fired = model.outcome(rules, answers).fired
    reach = Reach(rules)
    for remark in reach.remarks():
        assert remark.code != "L002" or remark.about.id not in fired
        assert remark.code != "L003" or remark.about.id not in fired or not all_asked(answers, rules)
    for remark in overlap(rules).remarks():
        if remark.about.id in fired and remark.code in ("L005", "L007"):
            named = remark.message.split("`")[3]
            assert named in fired, remark.message


@given(rules=gated(), data=st.data())
def test_a_rule_is_silent_where_not_asked_exactly_as_brute_force_says(
    rules: RuleBase, data: st.DataObject
) -> None:
    reach = Reach(rules)
    negating = [rule for rule in reach.live if "not " in str(rule.when)]
    rule = data.draw(st.sampled_from(negating or reach.live))
    somebody = any(
        model.truth(rule.when, rules, each) is not True and foreseen(rule.when, rules, each)
        for each in people_apart([rule.when], rules, gates=True)
        if all_asked(each, rules) and is_whole(each, rule.when, rules)
    )
    told = {remark.about.id for remark in reach.remarks() if remark.code == "L004"}
    assert (rule.id in told) is somebody


def is_whole(answers: Answers, condition: Condition, rules: RuleBase) -> bool:
    """Whether every question behind the condition was answered in full, or is not asked."""
    person = Outlook(rules, answers)
    for id in with_gates(read_through_signs(condition, rules), rules):
        answer = answers.get(id)
        if answer is None and person.applies(id) is not False:
            return False
        if isinstance(answer, Picked) and not answer.covers(rules.questions[id]):
            return False
    return True


def foreseen(condition: Condition, rules: RuleBase, answers: Answers) -> bool:
    """Whether the rule would fire if what was not asked were not so; signs that it wants are as they are."""
    person = Outlook(rules, answers)

    def value(node: Any, holds: bool) -> bool:
        kind = type(node).__name__
        if kind == "Not":
            return value(node.item, not holds)
        if kind in ("All", "Any", "AtLeast"):
            met = sum(value(item, holds) for item in node.items)
            count = {"All": len(node.items), "Any": 1}.get(kind) or node.count
            return met >= (count if holds else len(node.items) - count + 1)
        if holds:
            return model.truth(node, rules, answers) is True
        if kind == "HasSign":
            return all(value(rule.when, False) for rule in rules.rules_by_sign[node.sign])
        unasked = node.question not in answers and person.applies(node.question) is False
        return unasked or model.truth(node, rules, answers) is False

    return value(condition, True)

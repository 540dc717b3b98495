"""`diff`: folders and revisions, what is printed where, and the exit code that holds a change back."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_cli import BASE, run
from test_difference import MIRROR

from engine import load_rules, read_answers
from engine.audit.difference import revision
from engine.audit.difference import text as difference_text
from engine.audit.difference.difference import difference
from engine.errors import RulesError
from engine.loading.folder import SHIPPED

SMALL = BASE.read_text(encoding="utf-8")
CASE = """cases:
  - {id: at-night, title: it wakes me, answers: {worse_at_night: yes}, expect: {urgency: same_day}}
"""
LOUD = SMALL.replace("urgency: same_day", "urgency: emergency")
FEW = ["--patients", "60"]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def write(folder: Path, text: str, case: str = CASE) -> None:
    (folder / "cases").mkdir(parents=True, exist_ok=True)
    (folder / "base.yaml").write_text(text, encoding="utf-8")
    (folder / "cases" / "cases.yaml").write_text(case, encoding="utf-8")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three rule bases, which every command is run in."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "small", SMALL)
    write(tmp_path / "loud", LOUD, CASE.replace("same_day", "emergency"))
    write(tmp_path / "other", SMALL.replace("value: 2.5", "value: 1.6"))
    return tmp_path


def git(*words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(here: Path) -> Path:
    """A repository with three commits: no rules yet, rules, and rules with a level lowered."""
    git("init", "--quiet")
    (here / "README").write_text("no rules yet", encoding="utf-8")
    git("add", "README")
    git("commit", "--quiet", "-m", "one")
    write(here / "rules", LOUD)
    git("add", "rules")
    git("commit", "--quiet", "-m", "two")
    git("tag", "v1")
    write(here / "rules", SMALL)
    git("commit", "--quiet", "--all", "-m", "three")
    return here


@pytest.mark.parametrize("new", ["small", "loud", "other"])
def test_nobody_later_is_let_through(new: str) -> None:
    result = run("diff", "small", new, *FEW)
    assert (result.exit_code, result.stderr) == (0, "")
    verdict, _, _ = said_in(result.stdout).partition(" From small")
    sooner = "Seen sooner: "
    assert verdict.partition(f" {sooner}")[0] == (
        "Nobody would be seen later than before: none of 60 simulated people and 1 case, and no other "
        "answers do it either."
    )
    assert (sooner in verdict) is (new == "loud")


def test_that_there_is_no_proof_is_said(here: Path) -> None:
    """And with `--strict` it is not let through."""
    write(here / "older", SMALL.replace("    emergency: yes\n", ""))
    result = run("diff", "small", "older", *FEW)
    assert (result.exit_code, result.stderr) == (0, "")
    text = said_in(result.stdout)
    assert text.startswith("0 of 60 simulated people, 0 of 1 cases and 0 found by search would be seen later")
    assert "no proof" in text
    assert "not ask alike: worse_at_night." in text
    assert run("diff", "small", "older", *FEW, "--strict").exit_code == 1
    assert run("diff", "small", "small", *FEW, "--strict").exit_code == 0


def test_words_are_not_passed_over(here: Path) -> None:
    write(here / "older", SMALL.replace("text: Is it worse at night?", "text: Is it better at night?"))
    text = said_in(run("diff", "small", "older", *FEW).stdout)
    assert text.startswith("Nobody would be seen later")
    assert "What people read differs too: questions." in text
    assert "text: Is it worse at night?, now Is it better at night?" in text


def said_in(text: str) -> str:
    """Without line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_somebody_later_is_held_back_in_every_format(form: str) -> None:
    result = run("diff", "loud", "small", *FEW, "--format", form)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "night-is-urgent" in result.stdout


def test_the_json_is_what_python_gives(here: Path) -> None:
    sides = [revision.read_revision(name) for name in ("loud", "small")]
    found = difference(
        sides[0].rules,
        sides[1].rules,
        names=("loud", "small"),
        cases=(sides[0].cases, sides[1].cases),
        patients=60,
        seed=5,
    )
    printed = run("diff", "loud", "small", *FEW, "--seed", "5", "--json").stdout
    plain: dict[str, Any] = json.loads(printed)
    assert plain == json.loads(json.dumps(found.to_dict()))
    assert run("diff", "loud", "small", *FEW, "--seed", "5", "--format", "json").stdout == printed
    assert plain["later"] is True
    assert plain["counts"]["later"]["cases"] == 1
    assert plain["findings"][0]["cases"] == ["at-night"]


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("new", ["loud", "other", "small"])
def test_the_text_keeps_to_the_width_and_names_every_kind(new: str, width: int) -> None:
    sides = [revision.read_revision(name) for name in ("small", new)]
    found = difference(sides[0].rules, sides[1].rules, patients=60)
    lines = [line.text for line in difference_text.difference_lines(found, width)]
    assert [line for line in lines if len(line) > width and len(line.split()) > 2] == []
    text = " ".join(" ".join(lines).split())
    for finding in found.findings:
        assert difference_text.IN_WORDS[finding.what] in text
        for answer in finding.example.answers:
            again = read_answers(f"{answer.question}: {answer.says}".encode(), sides[0].rules)
            assert again.to_plain() == {answer.question: answer.answer}
        for answer in finding.example.answers:
            assert f"- {answer.question}: {answer.says}" in text
    assert "they are no rates among patients" in text


def test_a_case_that_two_rule_bases_answer_otherwise_is_two_people(here: Path) -> None:
    write(here / "loud", LOUD, CASE.replace("worse_at_night: yes", "worse_at_night: no"))
    plain = json.loads(run("diff", "loud", "small", *FEW, "--json").stdout)
    assert plain["cases"] == 2
    assert ["at-night (new)"] in [finding["cases"] for finding in plain["findings"]]


def test_the_shipped_rules_are_new_where_none_are_named(here: Path) -> None:
    shutil.copytree(SHIPPED, here / "mine")
    plain = json.loads(run("diff", "mine", *FEW, "--json").stdout)
    assert plain["new"]["rules_sha256"] == plain["old"]["rules_sha256"] == load_rules().sha256
    assert plain["cases"] > 0
    assert (plain["changes"], plain["findings"]) == ([], [])


@needs_git
def test_revisions_and_folders_go_together(repository: Path) -> None:
    assert run("diff", "HEAD~1", "HEAD", *FEW).exit_code == 1
    assert run("diff", "v1", "rules", *FEW).exit_code == 1
    assert run("diff", "HEAD:rules", "v1:rules/", *FEW).exit_code == 0
    one, other = (
        json.loads(run("diff", *two, *FEW, "--json").stdout) for two in (("v1", "HEAD"), ("HEAD", "v1"))
    )
    assert one["cases"] == 1
    assert [MIRROR[each["what"]] for each in one["findings"]] == [each["what"] for each in other["findings"]]


@needs_git
@pytest.mark.parametrize("where", [".", "deep/down"])
def test_a_revision_is_compared_with_the_rules_beside_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Where no new ones are named: with those of the same working tree, from wherever in it."""
    write(repository / "rules", LOUD)
    (repository / where).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(repository / where)
    beside = load_rules(str(repository / "rules")).sha256
    for old, sooner in ((["HEAD"], True), ([], True), (["v1"], False)):
        found = json.loads(run("diff", *old, *FEW, "--json").stdout)
        assert found["new"]["rules_sha256"] == beside
        assert bool(found["counts"]["sooner"]["people"]) is sooner


@needs_git
def test_nothing_at_a_revision_is_passed_over(repository: Path) -> None:
    (repository / "rules" / "more.yml").write_text("rules: []", encoding="utf-8")
    (repository / "rules" / "linked").symlink_to(repository / "small", target_is_directory=True)
    git("add", "rules")
    git("commit", "--quiet", "-m", "four")
    result = run("diff", "HEAD", "v1", *FEW)
    assert (result.exit_code, result.stdout) == (1, "")
    for name in ("HEAD:rules/more.yml", "HEAD:rules/linked"):
        assert f"{name}: R031" in result.stderr


@needs_git
def test_what_is_no_rule_base_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(name: str) -> str:
        result = run("diff", name, "small", *FEW)
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr

    assert said("nosuch").startswith("nosuch: R031 neither a folder nor a revision")
    assert said("README").startswith("README: R031 a file, neither a folder nor a revision")
    assert "no rule files in `rules` at that revision" in said("HEAD~2")
    assert "no rule files in `docs` at that revision" in said("HEAD:docs")
    write(repository / "rules", SMALL.replace("urgency: same_day", "urgency: soon"))
    git("commit", "--quiet", "--all", "-m", "four")
    lines = said("HEAD").splitlines()
    assert "not right by the rules of today" in lines[0]
    assert lines[1].startswith("HEAD:rules/base.yaml:")
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        assert "git is not installed" in said("HEAD")


@needs_git
def test_a_revision_never_becomes_an_option_of_git(repository: Path) -> None:
    with pytest.raises(RulesError, match="neither a folder nor a revision"):
        revision.read_revision("--help")


@needs_git
def test_outside_a_repository_a_revision_cannot_be_known(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    result = run("diff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no git repository here" in result.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ["--patients", "0"],  # nobody shows nothing
        ["--patients", "-1"],
        ["--patients", "many"],
        ["--format", "html"],
        ["--json", "--format", "markdown"],
    ],
)
def test_wrong_usage(wrong: list[str]) -> None:
    result = run("diff", "small", "small", *wrong)
    assert (result.exit_code, result.stdout) == (2, "")

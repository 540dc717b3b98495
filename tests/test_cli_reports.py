"""`assess` in its formats and to a file: what is printed where, and what does not go together."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import click
import pytest
import shipped
from click.testing import CliRunner
from test_cli import ANSWERS, run

from cli import main
from engine import Assessment, assess, render
from engine.commands.result import assess_command
from engine.report.rendering import FORMATS, Format


def result() -> Assessment:
    """What comes of the answers in the file."""
    return assess(ANSWERS.encode(), shipped.rules())


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a right answers file, which every command is run in."""
    (tmp_path / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_formats_are_those_of_the_engine() -> None:
    [option] = [each for each in assess_command.params if each.name == "form"]
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(FORMATS)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_what_python_gives(here: Path, form: Format, full: bool) -> None:
    args = ["assess", "answers.yaml", "--format", form, *(["--full"] if full else [])]
    wanted = render(result(), form, shipped.rules(), full=full, saved="answers.yaml")
    printed = run(*args)
    assert (printed.exit_code, printed.stdout, printed.stderr) == (0, wanted, "")
    written = run(*args, "--output", "report")
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == "report: written, for your eyes only\n"
    assert (here / "report").read_text(encoding="utf-8") == wanted
    assert stat.S_IMODE((here / "report").stat().st_mode) == 0o600


def test_json_is_short_for_its_format() -> None:
    assert run("assess", "answers.yaml", "--json").stdout == render(result(), "json")
    assert run("assess", "answers.yaml", "--json", "--format", "json").exit_code == 0


def test_a_file_is_replaced_only_by_force(here: Path) -> None:
    (here / "report").write_text("old", encoding="utf-8")
    refused = run("assess", "answers.yaml", "-o", "report")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr == "report: is there already; name another file, or replace it with --force\n"
    assert (here / "report").read_text(encoding="utf-8") == "old"
    assert run("assess", "answers.yaml", "-o", "report", "--force").exit_code == 0
    assert (here / "report").read_text(encoding="utf-8") == render(result(), saved="answers.yaml")


def test_a_file_that_cannot_be_written_is_named() -> None:
    done = run("assess", "answers.yaml", "-o", "nowhere/report")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "nowhere/report: no such file or directory\n"


def test_wrong_answers_write_no_file(here: Path) -> None:
    assert run("assess", "-", "-o", "report", stdin="age_year: 71").exit_code == 1
    assert not (here / "report").exists()


def test_a_dash_is_standard_output() -> None:
    assert run("assess", "answers.yaml", "-o", "-").stdout == run("assess", "answers.yaml").stdout


def test_the_trace_goes_to_a_file_too(here: Path) -> None:
    assert run("assess", "answers.yaml", "--trace", "-o", "trace").exit_code == 0
    printed = run("assess", "answers.yaml", "--trace").stdout
    assert (here / "trace").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize(
    "args",
    [
        ["--json", "--format", "html"],
        ["--trace", "--format", "html"],
        ["--trace", "--json"],
        ["--trace", "--full"],
        ["--force"],
        ["--format", "pdf"],
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_wrong_usage(args: list[str]) -> None:
    done = run("assess", "answers.yaml", *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: legtriage assess" in done.stderr


def test_colour_is_for_the_text_on_a_terminal_only(here: Path) -> None:
    env = {"NO_COLOR": None, "TERM": "xterm"}
    for form in FORMATS:
        args = ["assess", "answers.yaml", "--format", form]
        shown = CliRunner().invoke(main, args, env=env, color=True).stdout
        assert ("\x1b" in shown) is (form == "text")
        CliRunner().invoke(main, [*args, "-o", f"report.{form}"], env=env, color=True)
        assert b"\x1b" not in (here / f"report.{form}").read_bytes()


def test_the_report_of_other_rules_is_by_those_rules(here: Path) -> None:
    (here / "rules").mkdir()
    base = Path(__file__).parent / "bad" / "base.yaml"
    (here / "rules" / "base.yaml").write_bytes(base.read_bytes())
    for form in FORMATS:
        args = ["--format", form, "--rules", "rules", "--full"]
        done = run("assess", "-", *args, stdin=json.dumps({"worse_at_night": "yes"}))
        assert done.exit_code == 0
        assert "night-is-urgent" in done.stdout

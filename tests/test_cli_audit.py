"""The commands that audit the rules: what is said of odd folders, and how much is printed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from test_cli import BASE, run


@pytest.mark.parametrize(
    "command",
    [
        ["check", "X"],
        ["test", "X"],
        ["mutate", "X"],
        ["prove", "X"],
        ["diff", "X", "X"],
        ["docs", "new", "--rules", "X"],
        ["questions", "--rules", "X"],
        ["rules", "list", "--rules", "X"],
        ["export", "clips", "--rules", "X"],
    ],
    ids=lambda command: command[0],
)
def test_a_folder_without_rules_is_named_as_it_was_given(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run(*[str(tmp_path / "empty") if word == "X" else word for word in command])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{tmp_path / 'empty'}: R031 there is no file (*.yaml) here; ")


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_docs_are_not_written_into_a_file(check: list[str], tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("read me", encoding="utf-8")
    result = run("docs", str(path), *check)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{path}: a file and not a folder; name the one that holds the documentation\n"


def test_docs_that_are_not_there_are_not_missed_page_by_page(tmp_path: Path) -> None:
    result = run("docs", str(tmp_path / "my docs"), "--check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{tmp_path}/my docs: no such folder; name the one that holds the documentation, "
        f"or make it with `legtriage docs '{tmp_path}/my docs'`\n"
    )


def test_no_remedy_is_named_that_would_not_help(tmp_path: Path) -> None:
    """A page written by hand in the place of a generated one is moved by hand, and by no command."""
    assert run("docs", str(tmp_path)).exit_code == 0
    page = tmp_path / "rules" / "sources.md"
    page.write_text("mine", encoding="utf-8")
    result = run("docs", str(tmp_path), "--check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{page}: was not generated; move it, for a generated page belongs there\n"


@pytest.mark.parametrize(
    "command", [["mutate", "small rules", "--rule"], ["rules", "show", "--rules", "small rules"]]
)
def test_the_list_named_is_that_of_the_rules_in_use(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small rules").mkdir()
    shutil.copy(BASE, tmp_path / "small rules")
    result = run(*command, "qqqq")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("; `legtriage rules list --rules 'small rules'` lists them\n")


def test_a_name_cannot_steer_the_terminal() -> None:
    result = run("rules", "show", "\x1b[31mred\nline")
    assert result.stderr.startswith("unknown rule or sign `\\x1b[31mred\\nline`")


def test_whoever_stops_the_writing_of_pages_is_not_told_that_nothing_was_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*words: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", stopped)
    result = run("docs", str(tmp_path))
    assert (result.exit_code, result.stderr) == (
        130,
        "\nLeft early. Some pages may be old yet; run it again.\n",
    )


def command(*args: str, stdout: Any = subprocess.PIPE, **env: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from cli import main; main(prog_name='legtriage')", *args],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **env},
    )


def test_a_letter_that_the_output_lacks_does_not_end_the_command(tmp_path: Path) -> None:
    shutil.copy(BASE, tmp_path)
    done = command("mutate", str(tmp_path), "--rule", "canal-one-side", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"weak \\u2192 moderate" in done.stdout


def test_json_stays_json_where_letters_are_lacking(tmp_path: Path) -> None:
    wide = BASE.read_text(encoding="utf-8").replace("A study of discs", "A study of dïscs 𝄞")
    (tmp_path / "base.yaml").write_text(wide, encoding="utf-8")
    printed = [
        command("rules", "show", "disc-nerve-like", "--rules", str(tmp_path), "--json", PYTHONIOENCODING=code)
        for code in ("utf-8", "cp1251")
    ]
    one, other = (json.loads(done.stdout.decode("utf-8")) for done in printed)
    assert one == other
    assert "dïscs 𝄞" in str(one)


def test_nothing_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """Every file and link that is refused is named at once."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(BASE, tmp_path / "rules")
    (tmp_path / "rules" / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    for name in ("b.yml", "c.YAML"):
        (tmp_path / "rules" / name).write_text("rules: []", encoding="utf-8")
    result = run("check", str(tmp_path / "rules"))
    assert result.exit_code == 1
    for name in ("b.yml", "c.YAML", "linked"):
        assert f"{tmp_path / 'rules' / name}: R031" in result.stderr


@pytest.mark.skipif(
    os.fsencode("\udcff") != b"\xff" or sys.platform == "darwin", reason="names are text here"
)
def test_a_file_whose_name_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"b\xff.yaml")).write_bytes(BASE.read_bytes())
    for form in ("text", "json", "sarif"):
        done = command("check", str(tmp_path), "--format", form)
        said = (done.stderr if form == "text" else done.stdout).decode()
        assert (done.returncode, "a path that is not UTF-8; rename it" in said) == (1, True)
        assert form == "text" or json.loads(said)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full device")
@pytest.mark.parametrize("words", [["rules", "list"], ["check", "--json"], ["prove", "--help"]])
def test_a_full_disk_is_said_in_a_line(words: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = command(*words, stdout=full)
    assert (done.returncode, done.stderr) == (1, b"the output cannot be written: no space left on device\n")


def test_nothing_is_announced_that_does_not_follow(tmp_path: Path) -> None:
    """No question of the small rule base takes several answers and bears on urgency."""
    shutil.copy(BASE, tmp_path)
    lines = run("prove", str(tmp_path)).stdout.splitlines()
    for line, after in pairwise(lines):
        assert not line.endswith(":") or after.strip().startswith(("-", "!", "holds")), line

"""The commands that audit the rules: what is said of odd folders, and how much is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import run


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

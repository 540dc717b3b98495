"""`diff` at a terminal: a bar on standard error while people are drawn, and none of it in what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal
from test_cli import BASE


@pytest.mark.parametrize("bar", [True, False])
def test_progress_is_shown_on_a_terminal_only(tmp_path: Path, bar: bool) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "base.yaml").write_bytes(BASE.read_bytes())
    printed = tmp_path / "printed"
    redirect = f"> {printed}" if bar else f"> {printed} 2> {tmp_path / 'told'}"
    terminal = Terminal(redirect, ["diff", str(folder), str(folder), "--patients", "2000"])
    assert terminal.end() == 0
    assert ("people" in terminal.seen and "100%" in terminal.seen) is bar
    assert printed.read_text(encoding="utf-8").startswith(
        "Nobody would be seen later than before: none of 2,000"
    )
    assert bar or (tmp_path / "told").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_terminal_that_cannot_move_its_cursor_gets_no_bar(tmp_path: Path, term: str) -> None:
    (tmp_path / "base.yaml").write_bytes(BASE.read_bytes())
    terminal = Terminal("> /dev/null", ["mutate", str(tmp_path), "--rule", "canal-one-side"], TERM=term)
    assert terminal.end() == 1
    assert ("\x1b[" in terminal.seen, "mutants" in terminal.seen) == (term == "xterm", term == "xterm")

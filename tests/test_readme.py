"""What the README shows is what happens."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
import engine

README = Path(__file__).parents[1] / "README.md"
EXAMPLES = README.parent / "docs" / "examples"
TEXT = README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the examples are not beside the tests")
@pytest.mark.parametrize("shown", [part for block in blocks("console") for part in block.split("$ ")[1:]])
def test_commands_print_what_is_shown(shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each shown line, `…` apart, stands in the output, in order."""
    monkeypatch.chdir(README.parent)
    command, *lines = shown.rstrip().splitlines()
    printed = CliRunner().invoke(cli.main, command.split()[1:], catch_exceptions=False).output.splitlines()
    at = 0
    for line in lines:
        if line != "…":
            assert line in printed[at:]
            at = printed.index(line, at) + 1


def test_the_python_example_prints_what_its_comment_says() -> None:
    (code,) = blocks("python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code.replace("from legtriage.engine import", "from engine import"), {})
    assert printed.getvalue().strip() == code.rstrip().rsplit("# ", 1)[-1]


def test_the_rule_shown_is_the_rule_shipped() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    rule = engine.load_rules().rules["stenosis-eases-leaning-forward"]
    shown = " ".join(block.split())
    assert f"because: {rule.because}" in shown
    assert f"when: {rule.when}" in shown
    assert f"cites: [{', '.join(str(cite) for cite in rule.cites)}]" in shown


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) < 120

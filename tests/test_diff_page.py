"""What the pages on changes of rules show and promise is so."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from test_cli import run

DOCS = Path(__file__).parents[1] / "docs"
pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="the pages are not beside the tests")


def test_the_page_shows_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each shown line, `…` apart, stands in the output, in order."""
    monkeypatch.chdir(DOCS.parent)
    page = (DOCS / "diff.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```console\n\$ (.*?)```", page, re.DOTALL)
    command, *lines = block.rstrip().splitlines()
    result = run(*shlex.split(command)[1:])
    printed = result.stdout.splitlines()
    assert result.exit_code == 1
    at = 0
    for line in lines:
        if line != "…":
            assert line in printed[at:]
            at = printed.index(line, at) + 1


def test_every_released_version_but_the_first_has_its_section() -> None:
    """A version is released once the changelog does not call it unreleased."""
    changelog = (DOCS.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)(.*)$", changelog, re.MULTILINE)
    versions = [version for version, rest in headings if "unreleased" not in rest]
    assert missing_sections(versions, (DOCS / "rule-changes.md").read_text(encoding="utf-8")) == []


def missing_sections(versions: list[str], page: str) -> list[str]:
    """The headings that the page lacks; `versions` are the released ones, newest first."""
    wanted = [f"## v{before} to {version}" for version, before in pairwise(versions)]
    return [heading for heading in wanted if heading not in page.splitlines()]


def test_a_version_without_its_section_is_found() -> None:
    page = "# Changes\n\n## v0.1.0 to 0.2.0\n"
    assert missing_sections(["0.3.0", "0.2.0", "0.1.0"], page) == ["## v0.2.0 to 0.3.0"]
    assert missing_sections(["0.1.0"], page) == []

"""The tests' own modules made importable, and how hard the properties are tried."""

from __future__ import annotations

import os
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import effort
import pytest

for name in ("LEGTRIAGE_COUNTRY", "LC_TELEPHONE", "LANG"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"  # it names no country, so that no number hangs on whose machine this is

effort.load_profile()


def pytest_sessionstart() -> None:
    effort.load_all_of("cli", "engine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Gives out each test by itself, and a file whose tests share what it makes once as a whole.

    The marker `xdist_group` would say the same, but has no effect in pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    def scope(test: str) -> str:
        file = test.partition("::")[0]
        return file if shares(config.rootpath / file) else test

    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = scope
    return scheduler


@cache
def shares(path: Path) -> bool:
    """Whether the tests of the file share what takes long to make."""
    return 'scope="module"' in path.read_text(encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each reason to skip, with how many tests it has kept from running."""
    skipped = [each.longrepr[2] for each in terminalreporter.stats.get("skipped", [])]
    for reason, many in sorted(Counter(skipped).items()):
        terminalreporter.write_line(f"{many} skipped: {reason.removeprefix('Skipped: ')}")

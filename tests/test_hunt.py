"""A hunt finds a fault that the suite misses, says how to see it again, and what is kept stays found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import hunt
import pytest

CONFTEST = "import sys\nsys.path.insert(0, {tests!r})\nimport effort\neffort.load_profile()\n"
PROPERTIES = """from hypothesis import example, given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

@given(n=st.integers(0, 10**6))
def test_faulty(n):
    assert n % 100 != 37

class Right(RuleBasedStateMachine):
    @rule()
    def stay(self):
        pass

TestRight = Right.TestCase

def test_no_property():
    raise AssertionError
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Properties of which one does not hold."""
    (tmp_path / "conftest.py").write_text(CONFTEST.format(tests=str(Path(hunt.__file__).parent)), "utf-8")
    (tmp_path / "test_planted.py").write_text(PROPERTIES, "utf-8")
    return tmp_path


def run(folder: Path, *args: str, profile: str = "brief") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HYPOTHESIS_PROFILE": profile}
    return subprocess.run(
        [sys.executable, *args], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_a_fault_is_found_can_be_seen_again_and_is_kept_as_an_example(folder: Path) -> None:
    suite = ("-m", "pytest", "-q", "test_planted.py::test_faulty")
    assert run(folder, *suite).returncode == 0  # few examples, and always the same: they miss it
    found = run(folder, hunt.__file__, "--minutes", "5", "--seed", "7", ".")
    assert found.returncode == 1, found.stdout + found.stderr
    assert found.stdout.startswith("Seed 7: 2 properties, 5 minutes, ")
    name = "test_planted.py::test_faulty"
    assert f"make hunt SEED=7 TEST='{name}'" in found.stdout
    assert "not reached:" not in found.stdout
    assert "Seed 7: of 2 properties, 2 run 1 time, 0 not reached; 1 failed.\n" in found.stdout
    shutil.rmtree(folder / ".hypothesis")
    [command] = {*re.findall(r"HYPOTHESIS_PROFILE=hunt (.*)", found.stdout)}
    again = subprocess.run(
        command, shell=True, cwd=folder, env={**os.environ, "HYPOTHESIS_PROFILE": "hunt"}, capture_output=True
    )
    assert again.returncode == 1
    [number] = {*re.findall(r"^E +n=(\d+),", found.stdout, re.M)}
    assert f"n={number}," in again.stdout.decode()
    kept = PROPERTIES.replace("@given(n=st.integers(0,", f"@example(n={number})\n@given(n=st.integers(0,")
    (folder / "test_planted.py").write_text(kept, "utf-8")
    assert run(folder, *suite).returncode == 1


def test_what_never_ends_is_told_off_and_what_is_not_reached_is_named(folder: Path) -> None:
    endless = "from hypothesis import given, strategies as st\n"
    for number in range(1 + (os.cpu_count() or 1)):
        endless += f"@given(st.none())\ndef test_{number}(none):\n    while True: pass\n"
    (folder / "test_planted.py").write_text(endless, "utf-8")
    found = run(folder, hunt.__file__, "--minutes", "0.05", ".")
    assert found.returncode == 2, found.stdout + found.stderr
    lines = found.stdout.splitlines()
    named = [line for line in lines if line.startswith("not reached: ")]
    assert len(named) == 1 + (os.cpu_count() or 1)
    assert sum(line.endswith(" (cut short)") for line in named) == len(named) - 1
    assert lines[-1].endswith(f"of {len(named)} properties, {len(named)} not reached; 0 failed.")


def test_a_place_without_properties_is_said_and_each_seed_has_an_order_of_its_own(folder: Path) -> None:
    (folder / "test_planted.py").write_text("def test_no_property(): pass\n", "utf-8")
    found = run(folder, hunt.__file__, ".")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.endswith("no property can be run; name a test or a folder that has one\n")
    names = [f"test_{number}" for number in range(20)]
    orders = [
        [name for name, _ in hunt.Hunt(properties=names, seed=seed, seconds=1, once=True).turns]
        for seed in (1, 1, 2)
    ]
    assert orders[0] == orders[1] != orders[2]
    assert {*orders[0]} == {*orders[2]} == {*names}

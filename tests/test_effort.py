"""The suite rolls no dice, a profile reaches every property, and reading a test module does no work."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
MAKEFILE = TESTS.parent / "Makefile"


def printed(program: str, **environment: str) -> str:
    """What the program prints, run beside the tests."""
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "HYPOTHESIS_PROFILE")}
    paths = os.pathsep.join([str(TESTS), *(path for path in sys.path if path)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**clean, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


PROFILE = """
import effort
from hypothesis import settings
effort.load_profile()
print(settings().derandomize, settings().max_examples, effort.examples(20).max_examples)
"""


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "True 100 20"),
        ({"CI": "true"}, "True 100 20"),
        ({"HYPOTHESIS_PROFILE": "brief"}, "True 10 5"),
        ({"HYPOTHESIS_PROFILE": "hunt"}, "False 1000 200"),
    ],
    ids=["default", "CI", "brief", "hunt"],
)
def test_only_a_hunt_rolls_dice_and_a_profile_scales_what_a_test_asks_for(
    environment: dict[str, str], wanted: str
) -> None:
    assert printed(PROFILE, **environment) == wanted


@pytest.mark.skipif(not MAKEFILE.exists(), reason="the Makefile is not beside the tests")
def test_make_test_takes_the_default() -> None:
    assert "HYPOTHESIS_PROFILE" not in MAKEFILE.read_text(encoding="utf-8")


DRAWN = """
import effort
from hypothesis import given, strategies as st
effort.load_profile()
effort.load_all_of("cli", "engine")
from generators import rule_bases

@effort.examples(15)
@given(rules=rule_bases(), numbers=st.lists(st.integers(), min_size=20), text=st.text())
def test(rules, numbers, text):
    print(rules.sha256, numbers, ascii(text))

test()
"""


def test_another_process_draws_the_same() -> None:
    """Whatever the seed of Python's hashes, and whatever was imported before."""
    one = printed(DRAWN, PYTHONHASHSEED="1")
    other = printed(
        f"import engine.inference.experta_engine, engine.audit.check.lint\n{DRAWN}", PYTHONHASHSEED="2"
    )
    assert len(one.splitlines()) >= 15
    assert one == other


@cache
def module(name: str) -> ast.Module | None:
    """The module of the tests that has this name."""
    path = TESTS / f"{name}.py"
    return ast.parse(path.read_text(encoding="utf-8")) if path.exists() else None


NAMES = sorted(path.stem for path in TESTS.glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_how_many_examples_is_for_the_profile_to_say(name: str) -> None:
    """`examples(20)` follows the profile, `settings(max_examples=20)` would not."""
    tree = module(name)
    assert tree is not None
    named = {
        each.arg if isinstance(each, ast.keyword) else each.name
        for each in ast.walk(tree)
        if isinstance(each, ast.keyword | ast.alias)
    }
    assert name == "effort" or not named & {"settings", "max_examples"}


MAY_BE_ASKED_FOR = {"shipped.rules", "shipped.cases", "shipped.answers", "shipped.small"}
"""What the names of tests are taken from: read once by each process, in a third of a second."""


def at_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that are made when this is read, and not later."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
        return
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.FunctionDef):
        inner = [*node.decorator_list, node.args]
    if isinstance(node, ast.Call):
        yield node
    for each in inner:
        yield from at_import(each)


def origins(tree: ast.Module) -> dict[str, str]:
    """Where each imported name comes from."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.asname or each.name: each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return found


def work(name: str, calls: Iterator[ast.Call], seen: set[str]) -> Iterator[str]:
    """The functions of the engine that these calls of a test module come to, and programs that they run."""
    tree = module(name)
    assert tree is not None
    known = origins(tree)
    for call in calls:
        first, *rest = ast.unparse(call.func).split(".")
        called = ".".join([known.get(first, f"{name}.{first}"), *rest])
        home, _, last = called.rpartition(".")
        if called in MAY_BE_ASKED_FOR or called in seen:
            continue
        seen.add(called)
        if home.partition(".")[0] in ("engine", "cli", "subprocess") and called.islower():
            yield called
        elif home.isidentifier() and (there := module(home)):
            for each in there.body:
                lazy = isinstance(each, ast.FunctionDef) and any(
                    "composite" in ast.unparse(decorator) for decorator in each.decorator_list
                )
                if isinstance(each, ast.FunctionDef) and each.name == last and not lazy:
                    inside = (inner for inner in ast.walk(each) if isinstance(inner, ast.Call))
                    yield from (f"{called} → {found}" for found in work(home, inside, seen))


@pytest.mark.parametrize("name", NAMES)
def test_reading_a_module_of_the_tests_does_no_work(name: str) -> None:
    """Every process reads them, for a single test too; in a `functools.cache` work waits to be needed."""
    tree = module(name)
    assert tree is not None
    assert [*work(name, at_import(tree), set())] == []


PLANTED = {
    "at the top": ("X = load_rules()", "engine.load_rules"),
    "of the tests' own": ("X = shipped.pages()", "shipped.pages → engine.pages.making.pages"),
    "in a decorator": ("@given(x=assess({}))\ndef test(x): ...", "engine.assess"),
    "behind a function": ("def made(): return assess({})\nX = made()", "planted.made → engine.assess"),
    "in a class": ("class X:\n    x = load_rules()", "engine.load_rules"),
}


@pytest.mark.parametrize(("text", "found"), PLANTED.values(), ids=PLANTED)
def test_work_is_found_where_it_hides(monkeypatch: pytest.MonkeyPatch, text: str, found: str) -> None:
    imports = "import shipped\nfrom engine import assess, load_rules\nfrom hypothesis import given\n"
    later = "def test_more(): assess({}); X = lambda: load_rules()\nY = lambda: assess({})\n"
    tree = ast.parse(f"{imports}{later}{text}\n")
    real = module
    monkeypatch.setattr(
        sys.modules[__name__], "module", lambda name: tree if name == "planted" else real(name)
    )
    assert found in [*work("planted", at_import(tree), set())]
    assert [*work("planted", at_import(ast.parse(later)), set())] == []

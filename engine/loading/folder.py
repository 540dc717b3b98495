"""The files of a folder of rules, and what of them cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from ..errors import Location, Problem, RulesError
from .tree import read_bytes

SHIPPED = Path(__file__).parent.parent.parent / "rules"
"""The rule files that come with legtriage."""


CASES = "cases"
"""Files in a folder of this name hold worked cases, which are no part of the rule base."""


def rule_files(folder: Path) -> dict[str, bytes]:
    """The content of every rule file in the folder by its path, cases apart."""
    return _files(folder, lambda path: CASES not in path.parts)


def case_files(folder: Path) -> dict[str, bytes]:
    """The content of every file of worked cases in the folder by its path."""
    return _files(folder, lambda path: CASES in path.parts)


def _files(folder: Path, wanted: Callable[[Path], bool]) -> dict[str, bytes]:
    if not folder.is_dir():
        what = "a file and not a folder" if folder.exists() else "no such folder"
        raise RulesError([_refusal(folder, f"{what}; name one that holds rule files")])
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(_files_below(folder, problems)):
        if not wanted(path.relative_to(folder)):
            continue
        fault = fault_of(path, ordinary=path.is_file() or not path.exists())
        if fault is not None:
            problems.append(_refusal(path, fault))
        elif path.suffix == ".yaml":
            try:
                found[str(path)] = read_bytes(path)
            except OSError as error:
                problems.append(_unreadable(path, error))
    if problems:
        raise RulesError(problems)
    return found


def fault_of(path: PurePath, *, ordinary: bool) -> str | None:
    """Why what lies at the path is refused, rather than left out without a word; None where it is not."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return None
    if path.suffix != ".yaml":
        return "only what ends in `.yaml` is read; rename it, or move it elsewhere"
    if not ordinary:  # a pipe or a device may never end
        return "not an ordinary file; move it elsewhere"
    if not _is_text(str(path)):  # what names it in a page or in SARIF could not be written
        return "a path that is not UTF-8; rename it"
    return None


LINKED = "a link to a folder is not followed; put the folder itself in its place, or remove it"


def _files_below(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every file in the folder and those in it; what cannot be listed may hold rules: a fault."""
    try:
        for each in folder.iterdir():
            if not each.is_dir():
                yield each
            elif each.is_symlink():
                problems.append(_refusal(each, LINKED))
            else:
                yield from _files_below(each, problems)
    except OSError as error:
        problems.append(_unreadable(folder, error))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(path: Path, error: OSError) -> Problem:
    return _refusal(path, f"cannot be read: {(error.strerror or str(error)).lower()}; mend or remove it")


def _refusal(path: Path, message: str) -> Problem:
    return Problem(Location(str(path)), "R031", message)

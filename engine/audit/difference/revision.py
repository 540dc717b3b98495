"""A rule base as it stands in a folder, or stood at a revision in git. The only file that runs git."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...errors import Location, Problem, RulesError
from ...knowledge.rule_base import RuleBase
from ...loading.folder import CASES, fault_of
from ...loading.loader import load_rules, read_rules
from ..cases.case import Case, load_cases, read_cases

FOLDER = "rules"
"""The folder of rule files in a repository, where a revision names none."""

LINK = "a link, which is not followed at a revision; put what it leads to in its place, or remove it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A rule base and its worked cases, and what to call them."""

    name: str
    rules: RuleBase
    cases: tuple[Case, ...]


def newest(old: str) -> Version:
    """What to compare `old` with where nothing is named.

    For a revision the folder `rules` of the same working tree, if there is one; else the rules that come
    with legtriage. Raises RulesError where these are not right.
    """
    top = None if Path(old).is_dir() else _top()
    if top is not None and (top / FOLDER).is_dir():
        return read_revision(os.path.relpath(top / FOLDER))
    rules = load_rules()
    return Version(name="the shipped rules", rules=rules, cases=load_cases(rules))


def read_revision(name: str) -> Version:
    """The rules in a folder of this name or, where there is none, at this revision in git: REV or REV:FOLDER.

    The repository is that of the current directory, and FOLDER, `rules` where none is named, is a path in
    it. Raises RulesError where there is no such thing, or the rules there are not right by the schema of
    today.
    """
    if Path(name).is_dir():
        rules = load_rules(name)
        return Version(name=name, rules=rules, cases=load_cases(rules, name))
    files = files_at(name)
    cases = {path: files[path] for path in files if CASES in PurePosixPath(path).parts}
    try:
        rules = read_rules({path: files[path] for path in files if path not in cases}, name)
        return Version(name=name, rules=rules, cases=read_cases(cases, rules) if cases else ())
    except RulesError as error:
        message = "this revision is not right by the rules of today, as below; compare with a later one"
        raise RulesError([Problem(Location(name), "R031", message), *error.problems]) from None


def files_at(name: str) -> dict[str, bytes]:
    """Every YAML file in the folder at the revision, by a path that begins with both. Raises RulesError."""
    revision, _, folder = name.partition(":")
    folder = folder.rstrip("/") or FOLDER
    what = "a file and not a folder" if Path(name).exists() else "no such folder"
    if shutil.which("git") is None:
        raise _no(name, f"{what}, and git is not installed to know a revision; name a folder")
    if _git("rev-parse", "--git-dir") is None:
        raise _no(name, f"{what}, and no git repository here to know a revision; name a folder")
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    if commit is None:
        remedy = "a revision: `git log` lists those here (a shallow clone lacks old ones)"
        neither = "neither a folder nor a revision that git knows"
        raise _no(name, f"{'a file, ' if Path(name).exists() else ''}{neither}; name a folder, or {remedy}")
    top = _top()  # elsewhere git packs only what is below
    packed = _git(
        *(["-C", str(top)] if top else []), "archive", "--format=tar", f"{commit.decode().strip()}:{folder}"
    )
    found = {} if packed is None else _unpacked(packed, f"{revision}:{folder}")
    if not found:
        raise _no(
            name, f"no rule files in `{folder}` at that revision; name their folder as {revision}:FOLDER"
        )
    return found


def _unpacked(packed: bytes, prefix: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            path = PurePosixPath(prefix) / member.name
            fault = LINK if member.issym() else fault_of(path, ordinary=member.isfile())
            if fault is not None:
                problems.append(Problem(Location(str(path)), "R031", fault))
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None and path.suffix == ".yaml":
                found[str(path)] = content.read()
    if problems:
        raise RulesError(problems)
    return dict(sorted(found.items()))


def _top() -> Path | None:
    """The working tree that the current directory is in."""
    top = _git("rev-parse", "--show-toplevel") if shutil.which("git") else None
    return None if top is None else Path(os.fsdecode(top).rstrip("\n"))


def _git(*words: str) -> bytes | None:
    """What git prints in the current directory; None where it fails."""
    done = subprocess.run(["git", *words], capture_output=True, stdin=subprocess.DEVNULL)
    return done.stdout if done.returncode == 0 else None


def _no(name: str, message: str) -> RulesError:
    return RulesError([Problem(Location(name), "R031", message)])

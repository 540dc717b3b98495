"""The pages of the documentation that are made from the rules."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from ..audit.cases.case import load_cases
from ..loading.folder import SHIPPED
from ..loading.loader import load_rules
from ..pages.making import compare, pages
from ..pages.parts.anchors import FOLDER
from .options import rules_option
from .terminal import WRONG_INPUT, fail, say


@click.command("docs")
@click.argument("into", metavar="[FOLDER]", default="docs")
@click.option(
    "--check", is_flag=True, help="Write nothing; name what is stale, and exit with 1 if anything is."
)
@rules_option
def docs_command(into: str, check: bool, folder: str | None) -> None:
    """Write the pages that are made from the rules.

    They go into FOLDER/rules; FOLDER is `docs` if not given. Generated pages that no longer belong are
    removed; what was written by hand is left alone.

    \b
    Examples:
      legtriage docs
      legtriage docs --check
    """
    mend = shlex.join(["legtriage", "docs", *([into] if into != "docs" else [])])
    mend += f" --rules {shlex.quote(folder)}" if folder else ""
    if Path(into).exists() and not Path(into).is_dir():
        fail(f"{into}: a file and not a folder; name the one that holds the documentation")
    if check and not Path(into).exists():
        fail(f"{into}: no such folder; name the one that holds the documentation, or make it with `{mend}`")
    rules = load_rules(folder)
    cases = load_cases(rules, folder)
    root = str(SHIPPED if folder is None else folder)
    to_rules = Path(os.path.relpath(root, into)).as_posix()
    wanted = pages(rules, cases, root=root, to_rules=to_rules)
    found = compare(wanted, generated_files(Path(into)))
    for path in found.foreign:
        say(f"{into}/{path}: was not generated; move it, for a generated page belongs there")
    if check:
        for what in ("missing", "stale", "superfluous"):
            for path in getattr(found, what):
                click.echo(f"{into}/{path}: {what}")
        if found.missing or found.stale or found.superfluous:
            fail(f"run `{mend}` to write the pages anew")
        if found.foreign:
            sys.exit(WRONG_INPUT)
        say(f"{len(wanted)} pages, all fresh")
        return
    if found.foreign:
        sys.exit(WRONG_INPUT)
    try:
        for path in (*found.missing, *found.stale):
            page = Path(into, path)
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(wanted[path], encoding="utf-8", newline="\n")
        for path in found.superfluous:
            Path(into, path).unlink()
    except OSError as error:
        fail(f"{error.filename}: {(error.strerror or str(error)).lower()}")
    changed = len(found.missing) + len(found.stale)
    say(f"{len(wanted)} pages: {changed} written, {len(found.superfluous)} removed")


def generated_files(docs: Path) -> dict[str, str]:
    """What stands where the generated pages belong, by path in the documentation's folder."""
    here = docs / FOLDER
    return {
        path.relative_to(docs).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(here.rglob("*"))
        if path.is_file()
    }

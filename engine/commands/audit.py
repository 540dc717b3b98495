"""What is wrong with the rules as they stand: check, test and prove."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..audit.cases.case import load_cases
from ..audit.cases.coverage import run_cases
from ..audit.check.findings import LintReport, refused
from ..audit.check.lint import lint
from ..audit.check.sarif import sarif
from ..audit.mutation.accepted import load_accepted
from ..audit.proofs.promises import prove
from ..audit.proofs.text import promise_lines
from ..errors import InputError
from ..loading.folder import SHIPPED
from ..loading.loader import load_rules
from .options import json_option, number
from .terminal import WRONG_INPUT, fail, print_json, say, show, width


@click.command("check")
@click.argument("folder", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    help="What to print; text is the default, sarif is for code review.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: short for --format json.")
def check_command(folder: str | None, form: str | None, as_json: bool) -> None:
    """Check rule files and worked cases.

    The shipped ones, or those in FOLDER; exit code 1 on any finding.

    First each file by itself, then the rules as a set: rules that no answers fire, that add nothing to
    others or contradict them, what nothing reads or cites, rules without a case, hard texts.
    What is wrong with a file (codes R, Y) says itself what to do; what is wrong with the set (codes L)
    is explained in docs/lint.md, and how a rule allows such a finding (`allow`).

    \b
    Examples:
      legtriage check
      legtriage check rules
      legtriage check --format sarif > findings.sarif
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} do not go together")
    form = "json" if as_json else form or "text"
    try:
        rules = load_rules(folder)
        cases = load_cases(rules, folder)
        load_accepted(rules, folder)
    except InputError as error:
        found = refused(error.problems)
        if form == "text":
            for line in (*error.problems, *found.not_checked):
                say(str(line))
            sys.exit(WRONG_INPUT)
    else:
        found = lint(rules, cases)
    if form == "json":
        print_json(found.to_dict())
    elif form == "sarif":
        home = Path(folder).resolve().parent if folder else SHIPPED.resolve().parent
        print_json(sarif(found, lambda path: relative(path, home)))
    else:
        show_lint(found)
    if found.findings:
        sys.exit(WRONG_INPUT)


def relative(path: str, home: Path) -> str:
    """The file's path from here, or from `home` where it is not below; with `/` on every system."""
    whole = Path(path).resolve()
    base = next((each for each in (Path.cwd(), home) if whole.is_relative_to(each)), None)
    return (whole.relative_to(base) if base else Path(path)).as_posix()


def show_lint(found: LintReport) -> None:
    """Prints the findings, or that there is none in so much; what was not checked goes to standard error."""
    for finding in found.findings:
        click.echo(str(finding))
    for note in found.not_checked:
        say(note)
    if found.findings:
        say(f"{len(found.findings)} to mend; docs/lint.md explains each code")
        return
    click.echo(f"No problem found in {', '.join(f'{count} {what}' for what, count in found.counts)}.")
    if found.silenced:
        click.echo(
            f"{len(found.silenced)} findings are allowed where they stand, with a reason; --json lists them."
        )


@click.command("test")
@click.argument("folder", required=False)
@click.option("-k", "word", metavar="WORD", default="", help="Only cases whose id or title contains this.")
@click.option(
    "--coverage", is_flag=True, help="Say how many of the rules the cases show, and which they do not."
)
@click.option("--full", is_flag=True, help="With --coverage: list what each case fires and nearly fires.")
@click.option(
    "--at-least",
    "percent",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    callback=number,
    help="With --coverage: how much must be shown for exit code 0; 100 is the default.",
)
@json_option
def test_command(
    folder: str | None, word: str, coverage: bool, full: bool, percent: float | None, as_json: bool
) -> None:
    """Run the worked cases and print what differs.

    Exit code 1 if anything does. With --coverage also if a rule lacks a case that says it must fire or
    one that says it must not, or a consistency check or a pair lacks a case that shows it. The JSON
    leaves nothing out.

    \b
    Examples:
      legtriage test
      legtriage test rules -k stenosis
      legtriage test --coverage --at-least 95
      legtriage test -k stenosis --coverage --full
    """
    for option, given in (("--at-least", percent is not None), ("--full", full)):
        if given and not coverage:
            raise click.UsageError(f"{option} goes with --coverage; add it")
    rules = load_rules(folder)
    cases = [case for case in load_cases(rules, folder) if word.lower() in f"{case.id} {case.title}".lower()]
    if not cases:
        fail(
            f"no case has `{word}` in its id or title"
            if word
            else f"{folder or 'the shipped rules'}: there are no cases; put them into a folder `cases` there"
        )
    found = run_cases(cases, rules, coverage=coverage, reach=full or as_json)
    asked = 100 if percent is None else percent
    if as_json:
        print_json(found.to_dict())
    else:
        for line in found.lines(asked):
            click.echo(line)
    if not found.holds(asked):
        sys.exit(WRONG_INPUT)


@click.command("prove")
@click.argument("folder", required=False)
@click.option("--full", is_flag=True, help="Name every witness.")
@json_option
def prove_command(folder: str | None, full: bool, as_json: bool) -> None:
    """Decide the promises of the design over the rules.

    Each comes with what shows it; exit code 1 if one fails.

    \b
    Examples:
      legtriage prove
      legtriage prove rules --full
      legtriage prove --json > proofs.json
    """
    rules = load_rules(folder)
    found = prove(rules)
    if as_json:
        print_json(found.to_dict())
    else:
        show(promise_lines(found, rules, width(), full=full))
    if not found.hold:
        sys.exit(WRONG_INPUT)

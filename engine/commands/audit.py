"""For who answers for the rules: check, test, mutate, diff and prove."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..audit.cases.case import differences, load_cases
from ..audit.cases.coverage import run_cases
from ..audit.check.findings import LintReport, refused
from ..audit.check.lint import lint
from ..audit.check.sarif import sarif
from ..audit.difference.difference import PATIENTS, SEED, difference
from ..audit.difference.markdown import difference_markdown
from ..audit.difference.revision import newest, read_revision
from ..audit.difference.text import difference_lines
from ..audit.mutation.accepted import load_accepted
from ..audit.mutation.mutants import mutants
from ..audit.mutation.report import LEGEND, report
from ..audit.mutation.trials import trials
from ..audit.proofs.promises import prove
from ..audit.proofs.text import promise_lines
from ..errors import InputError, did_you_mean
from ..loading.folder import SHIPPED
from ..loading.loader import load_rules
from ..writing.lines import wrapped
from .options import json_option, number, rules_listed
from .terminal import WRONG_INPUT, fail, print_json, progress, say, show, width


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


@click.command("mutate")
@click.argument("folder", required=False)
@click.option("--rule", "ids", metavar="ID", multiple=True, help="Only this rule; repeat it for more.")
@json_option
def mutate_command(folder: str | None, ids: tuple[str, ...], as_json: bool) -> None:
    """Make each rule slightly wrong and see whether a case notices.

    What no case notices is listed with its place and with answers for a case that would; exit code 1 if
    it is not accepted with a reason, under `survivors` beside the cases. See docs/mutation.md.

    \b
    Examples:
      legtriage mutate
      legtriage mutate rules --rule stenosis-over-65
    """
    rules = load_rules(folder)
    cases = load_cases(rules, folder)
    accepted = load_accepted(rules, folder)
    for id in ids:
        if id not in rules.rules:
            near = did_you_mean(id, rules.rules, f"`{rules_listed(folder)}` lists them")
            fail(f"unknown rule `{id}`{near}")
    failing = [problem for case in cases for problem in differences(case, rules)]
    if failing:
        for problem in sorted(failing):
            say(str(problem))
        fail("a case has to hold before it can notice anything; mend these, then mutate again")
    wanted = list(mutants(rules, ids or None))
    done = []
    with progress(len(wanted), "mutants") as advance:
        for trial in trials(rules, cases, wanted):
            done.append(trial)
            advance(1)
    found = report(rules, done, accepted, ids or None)
    if as_json:
        print_json(found.to_dict())
    else:
        for problem in found.problems:
            click.echo(str(problem))
        click.echo(found.summary())
        show(wrapped(LEGEND, width()))
    if found.problems:
        sys.exit(WRONG_INPUT)


@click.command("diff")
@click.argument("old", default="HEAD")
@click.argument("new", required=False)
@click.option(
    "--patients",
    type=click.IntRange(1),
    metavar="N",
    help="How many simulated patients; 10,000 where none is said.",
)
@click.option("--seed", type=int, metavar="S", help="Draw other people; 1 where none is said.")
@click.option("--strict", is_flag=True, help="Exit code 1 also where nobody was found and that is no proof.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    help="What to print; text is the default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: short for --format json.")
def diff_command(
    old: str,
    new: str | None,
    patients: int | None,
    seed: int | None,
    strict: bool,
    form: str | None,
    as_json: bool,
) -> None:
    """Compare two rule bases by what they say and do.

    What they do is what happens to simulated patients and in all cases.

    OLD and NEW are folders of rules, or revisions in git: REV is the folder `rules` at that revision,
    REV:FOLDER another one. OLD is HEAD where it is not named; NEW is then the folder `rules` of the same
    repository, or else the shipped rules.

    Exit code 0 where nobody found would be seen later than before, 1 where someone would. Besides the
    simulated people and the cases, all answers are searched for such a person: the first line says
    "nobody" where there is none, and that it is no proof where the two do not ask alike.

    \b
    Examples:
      legtriage diff
      legtriage diff HEAD~1
      legtriage diff v0.1.0 v0.2.0 --patients 100000
      legtriage diff old/rules new/rules --json
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} do not go together")
    before = read_revision(old)
    after = read_revision(new) if new is not None else newest(old)
    count = PATIENTS if patients is None else patients
    with progress(count, "people") as advance:
        found = difference(
            before.rules,
            after.rules,
            names=(before.name, after.name),
            cases=(before.cases, after.cases),
            patients=count,
            seed=SEED if seed is None else seed,
            progress=advance,
        )
    if as_json or form == "json":
        print_json(found.to_dict())
    elif form == "markdown":
        click.echo(difference_markdown(found), nl=False)
    else:
        show(difference_lines(found, width()))
    if found.later or (strict and not found.nobody_later):
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

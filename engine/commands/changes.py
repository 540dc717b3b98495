"""What a change of rules does: whether the cases would notice one, and what one does to people."""

from __future__ import annotations

import sys

import click

from ..audit.cases.case import differences, load_cases
from ..audit.difference.difference import PATIENTS, SEED, difference
from ..audit.difference.markdown import difference_markdown
from ..audit.difference.revision import newest, read_revision
from ..audit.difference.text import difference_lines
from ..audit.mutation.accepted import load_accepted
from ..audit.mutation.mutants import mutants
from ..audit.mutation.report import LEGEND, report
from ..audit.mutation.trials import trials
from ..errors import did_you_mean
from ..loading.loader import load_rules
from ..writing.lines import wrapped
from .options import json_option, rules_listed
from .terminal import WRONG_INPUT, fail, print_json, progress, say, show, width


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

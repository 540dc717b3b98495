"""A result from a file of answers, and whether a saved one still holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..loading.loader import load_rules
from ..records.verification import verify
from ..records.verification_text import verification_report
from ..report.rendering import Format, render
from ..result.consultation import consult
from .files import called, read_file, show_report, write_file
from .options import answers_argument, chosen_country, country_option, json_option, rules_option
from .terminal import WRONG_INPUT, print_json, say, show, width


@click.command("assess")
@answers_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    help="What to print; text is the default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: short for --format json.")
@click.option("--full", is_flag=True, help="Leave nothing out of the text; the other formats never do.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Write to FILE, for your eyes only, instead of printing.",
)
@click.option("--force", is_flag=True, help="Let --output replace a file.")
@click.option(
    "--trace", is_flag=True, help="Print the rules as the engine fired them, instead of the result."
)
@country_option
@rules_option
def assess_command(
    answers: str,
    form: Format | None,
    as_json: bool,
    full: bool,
    output: str | None,
    force: bool,
    trace: bool,
    country: str | None,
    folder: str | None,
) -> None:
    """Assess a file of answers (YAML or JSON; - for standard input).

    \b
    Examples:
      legtriage assess answers.yaml
      legtriage assess answers.yaml --full
      legtriage assess answers.yaml --format html --output report.html
      legtriage assess - --json < answers.json
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} do not go together")
    if trace and (form or as_json or full):
        raise click.UsageError("--trace takes the place of the result; leave out --format, --json and --full")
    if force and output in (None, "-"):
        raise click.UsageError("--force goes with --output FILE")
    form = "json" if as_json else form or "text"
    if output not in (None, "-") and answers != "-" and Path(output).resolve() == Path(answers).resolve():
        raise click.UsageError(f"`{output}` holds the answers; write the result to another file")
    rules = load_rules(folder)
    path = called(answers)
    country, chosen_by = chosen_country(country, rules)
    given = read_file(answers)
    visit = consult(given, rules, engine="both", path=path, country=country, chosen_by=chosen_by)
    result = visit.assessment
    if output in (None, "-") and form == "text" and not trace:
        show_report(result, full=full, saved=answers)
        return
    if trace:
        text = "".join(f"{number:4} {firing}\n" for number, firing in enumerate(result.firings, 1))
    else:
        text = render(visit, form, full=full, saved=answers)
    if output in (None, "-"):
        click.echo(text, nl=False)
    else:
        write_file(output, text, force)
        say(f"{output}: written, for your eyes only")


@click.command("verify")
@click.argument("result", metavar="RESULT", type=click.Path(allow_dash=True))
@json_option
@rules_option
def verify_command(result: str, as_json: bool, folder: str | None) -> None:
    """Check a saved result against its answers and the rules.

    RESULT is JSON; - is standard input. Exit code 0 where the same rules give the same result, 1 otherwise.

    \b
    Examples:
      legtriage assess answers.yaml --json --output result.json
      legtriage verify result.json
    """
    path = called(result)
    found = verify(read_file(result), load_rules(folder), engine="both", path=path)
    if as_json:
        print_json(found.to_dict())
    else:
        show(verification_report(found, width()))
    if found.outcome != "same":
        sys.exit(WRONG_INPUT)

"""Options that several commands have, and what their values mean."""

from __future__ import annotations

import os
import shlex

import click

from ..knowledge.rule_base import RuleBase
from ..result.advice.places import country_of_locale, known_countries, place_of
from .terminal import tell


class Family(click.Group):
    """Commands of a command, each with its whole first line in the help."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands; click would cut their lines at 80 columns."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, (command.help or "").partition("\n")[0]) for name, command in self.commands.items()]
            )


rules_option = click.option(
    "--rules",
    "folder",
    metavar="FOLDER",
    help="Use the rule files in this folder instead of the shipped ones.",
)


country_option = click.option(
    "--country",
    metavar="XX",
    help="Whose numbers to call: GB, IE, US, …; else LEGTRIAGE_COUNTRY, else the locale.",
)


answers_argument = click.argument("answers", metavar="ANSWERS", type=click.Path(allow_dash=True))


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def number(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """The value of an option. `nan` lies in no range and outside none, so that click lets it through."""
    if value is not None and value != value:
        raise click.BadParameter(f"{value} is not a number; write one, as in 95")
    return value


LOCALE = ("LC_ALL", "LC_TELEPHONE", "LANG")
"""The settings that name a country, the first that is set counts: `LC_MESSAGES` names but a language."""


def chosen_country(country: str | None, rules: RuleBase) -> tuple[str | None, str | None]:
    """The country whose numbers are to be called, and what named it.

    What is no two letters is an error where the person said it. A country without numbers is told of, and
    then none is chosen: nobody loses a result by it. A locale that names no known country is none.
    """
    named, value = ("--country", country)
    if value is None and rules.places:
        named, value = ("LEGTRIAGE_COUNTRY", os.environ.get("LEGTRIAGE_COUNTRY"))
    wanted = (value or "").strip().upper()
    if country is not None and not (len(wanted) == 2 and wanted.isalpha()):
        place_of(country, rules, named)
    if wanted:
        known = known_countries(rules)
        if wanted in known:
            return wanted, named
        codes = ", ".join(known) or "none"
        tell(f"{named}: no numbers are known for `{value}`, so none is named; those known are {codes}.")
        return None, None
    for name in LOCALE:
        if locale := os.environ.get(name):
            found = country_of_locale(locale, rules)
            return (found, f"your setting {name}") if found else (None, None)
    return None, None


def rules_listed(folder: str | None) -> str:
    """The command that lists the rules in use."""
    return shlex.join(["legtriage", "rules", "list", *(["--rules", folder] if folder else [])])

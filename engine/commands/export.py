"""The rules in other languages."""

from __future__ import annotations

import click

from ..inference.clips import clips_program
from ..loading.loader import load_rules
from .options import Family, rules_option


@click.group("export", cls=Family)
def export_command() -> None:
    """Write the rules in another language.

    \b
    Example:
      legtriage export clips > legtriage.clp
    """


@export_command.command("clips")
@rules_option
def export_clips_command(folder: str | None) -> None:
    """Print the rules as a CLIPS program; its first lines say how to run it.

    \b
    Example:
      legtriage export clips > legtriage.clp
    """
    click.echo(clips_program(load_rules(folder)), nl=False)

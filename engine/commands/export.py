"""The rules in other languages."""

from __future__ import annotations

import click

from ..inference.clips import clips_program
from ..loading.loader import load_rules
from ..loading.schema import rule_file_schema
from .options import Family, rules_option
from .terminal import print_json


@click.group("export", cls=Family)
def export_command() -> None:
    """Write the rules in another language, or their JSON Schema.

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


@export_command.command("schema")
def export_schema_command() -> None:
    """Print the JSON Schema of rule files, for an editor.

    \b
    Example:
      legtriage export schema > rule-file.schema.json
    """
    print_json(rule_file_schema())

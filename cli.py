"""The command line: the commands by name, and the one place where errors become exit codes."""

from __future__ import annotations

import codecs
import errno
import io
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING or not __package__:
    import engine
    from engine.commands.terminal import LEFT, WRONG_INPUT, fail, say
    from engine.errors import EnginesDisagree, InputError
    from engine.version import VERSION
else:
    from . import engine
    from .engine.commands.terminal import LEFT, WRONG_INPUT, fail, say
    from .engine.errors import EnginesDisagree, InputError
    from .engine.version import VERSION


class Entry(NamedTuple):
    """A command in the list: the module of engine/commands that has it, and what it does in one line."""

    family: str
    summary: str


COMMANDS = {
    "For a person": {
        "interview": Entry("interview", "Answer questions, then read the result."),
        "assess": Entry("result", "Assess a file of answers (YAML or JSON; - for standard input)."),
        "questions": Entry("rules", "List the questions, or print a file of answers to fill in."),
    },
    "To explain a result": {
        "explain": Entry("explanation", "Explain a cause's points or the urgency, down to the answers."),
        "why-not": Entry("explanation", "Say what the rules for a cause, or of a level, lack."),
        "what-if": Entry("explanation", "Compare the result with that of other answers."),
        "turning-points": Entry("explanation", "Find the fewest changed answers that turn the result."),
        "verify": Entry("result", "Check a saved result against its answers and the rules."),
    },
    "For who answers for the rules": {
        "rules": Entry("rules", "List and show the rules."),
        "check": Entry("audit", "Check rule files and worked cases."),
        "test": Entry("audit", "Run the worked cases and print what differs."),
        "mutate": Entry("changes", "Make each rule slightly wrong and see whether a case notices."),
        "prove": Entry("audit", "Decide the promises of the design over the rules."),
        "diff": Entry("changes", "Compare two rule bases by what they say and do."),
        "docs": Entry("pages", "Write the pages that are made from the rules."),
        "article": Entry("rules", "Check a copy of the article that the causes come from."),
    },
    "To take the rules elsewhere": {
        "export": Entry("export", "Write the rules in another language, or their JSON Schema."),
    },
}
"""What `--help` shows, without loading any command."""


def escaped(error: UnicodeError) -> tuple[str, int]:
    """In place of letters that the output lacks, what JSON takes for them: `\\u00f6`."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


class Commands(click.Group):
    """The commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their use, not by alphabet."""
        return [name for group in COMMANDS.values() for name in group]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, from its family's module."""
        for group in COMMANDS.values():
            if name in group:
                family = import_module(f"{engine.__name__}.commands.{group[name].family}")
                command: click.Command = getattr(family, f"{name.replace('-', '_')}_command")
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands by whom they are for."""
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.summary) for name, entry in group.items()], col_max=20)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; wrong input ends with its problems and exit code 1, leaving with 130."""
        if isinstance(sys.stdout, io.TextIOWrapper):  # a letter that it lacks must not end the command
            codecs.register_error("legtriage", escaped)
            sys.stdout.reconfigure(errors="legtriage")
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError):
            pages = ctx.invoked_subcommand == "docs"
            stored = "Some pages may be old yet; run it again." if pages else "Nothing was stored."
            say(f"\nLeft early. {stored}")
            ctx.exit(LEFT)
        except InputError as error:
            for problem in error.problems:
                say(str(problem))
            ctx.exit(WRONG_INPUT)
        except EnginesDisagree as error:
            say(f"legtriage contradicts itself: {error}")
            ctx.exit(WRONG_INPUT)
        except OSError as error:
            if error.errno == errno.EPIPE:  # nobody reads on; click ends for that quietly
                raise
            place = f"{error.filename}: " if error.filename else "the output cannot be written: "
            fail(place + (error.strerror or str(error)).lower())


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 wrong input, 2 wrong usage, 3 no terminal to ask at, 130 left early.",
)
@click.version_option(VERSION, prog_name="legtriage", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Triage nerve pain in the leg by rules, every conclusion cited.

    Without a command, the interview starts. legtriage is not a medical device and does not diagnose.

    \b
    Examples:
      legtriage                          answer questions here
      legtriage assess answers.yaml      the same from a file
      legtriage questions --template     a file of answers to fill in
      legtriage rules show stenosis-eases-leaning-forward
    """
    if ctx.invoked_subcommand is None:
        interview = main.get_command(ctx, "interview")
        assert interview is not None
        ctx.invoke(interview)


if __name__ == "__main__":
    main()

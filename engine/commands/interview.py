"""The interview at a terminal: it asks line by line, and ends in the result."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..answers.answers import Answers
from ..interview.dialogue import Dialogue, Turn
from ..interview.interview import Length, begin
from ..loading.loader import load_rules
from ..records.private_file import write_private
from ..records.saved_answers import saved_text
from ..result.consultation import assess
from .files import saved_answers, show_report, write_file
from .options import chosen_country, country_option, rules_option
from .terminal import LEFT, read_line, say, show, tell, width

NO_TERMINAL = 3


@click.command("interview")
@click.option(
    "--short", "length", flag_value="short", help="Stop when no single answer can change the outcome."
)
@click.option("--all", "length", flag_value="all", help="Ask everything that applies.")
@click.option(
    "--save", metavar="FILE", help="Write the answers to this file after each one, readable by you alone."
)
@click.option("--resume", metavar="FILE", help="Go on from these saved answers, and save there.")
@country_option
@rules_option
def interview_command(
    length: Length | None = None,
    save: str | None = None,
    resume: str | None = None,
    country: str | None = None,
    folder: str | None = None,
) -> None:
    """Answer questions, then read the result.

    At every question: the number or the name of an option, several with commas; `unsure`; `?` for
    why it is asked; `back`; `list` for the answers so far; `quit`. It ends when no question that
    is left can change the first cause or how soon to be seen. Nothing is stored without --save.

    \b
    Examples:
      legtriage interview
      legtriage interview --save answers.yaml
      legtriage interview --resume answers.yaml
    """
    if not sys.stdin.isatty():
        say("the interview needs a terminal; put the answers into a file and use `legtriage assess ANSWERS`")
        sys.exit(NO_TERMINAL)
    if save == "-":
        raise click.UsageError("answers are saved to a file; `-` is none")
    rules = load_rules(folder)
    if save and save != resume and Path(save).exists():
        raise click.UsageError(f"`{save}` exists; go on from it with --resume, or save elsewhere")
    answers, whole = saved_answers(resume, rules) if resume else (None, True)
    state = begin(answers, rules, length or "usual")
    chosen, chosen_by = chosen_country(country, rules)
    kept_in = save or (resume if whole else None)
    if kept_in:
        write_file(kept_in, saved_text(state.answers), force=True)
    ended = talk(Dialogue(state=state, country=chosen, chosen_by=chosen_by, kept_in=kept_in))
    result = assess(ended.state.answers, rules, engine="both", country=chosen, chosen_by=chosen_by)
    show_report(result, saved=ended.kept_in)


def talk(dialogue: Dialogue) -> Dialogue:
    """Says, asks and saves as the dialogue wants, until it ends in a result; else exit code 130."""
    turn = dialogue.start(width())
    while True:
        if turn.save:
            turn = saved(turn)
        show(turn.says, err=True)
        if turn.ends == "left":
            sys.exit(LEFT)
        if turn.prompt is None:
            return turn.dialogue
        try:
            line = read_line(turn.prompt)
        except KeyboardInterrupt:
            turn = turn.dialogue.interrupted(width())
        except EOFError:
            turn = turn.dialogue.end_of_input(width())
        else:
            turn = turn.dialogue.hear(line, width())
            if turn.save_as is not None:
                turn = saved_as(turn.save_as, turn.dialogue)


def why_unwritten(path: Path, answers: Answers) -> str | None:
    """Writes the answers for their owner only; None where that went well, else what kept it from it."""
    try:
        write_private(path, saved_text(answers), replace=True)
    except OSError as error:
        return f"{path}: {(error.strerror or str(error)).lower()}; the answers are not stored there."
    return None


def saved(turn: Turn) -> Turn:
    """The turn with the answers written to their file, or without a file where that cannot be."""
    dialogue = turn.dialogue
    assert dialogue.kept_in is not None
    why = why_unwritten(Path(dialogue.kept_in), dialogue.state.answers)
    if why is None:
        return turn
    tell(why)
    return turn.unkept()


def saved_as(name: str, dialogue: Dialogue) -> Turn:
    """The turn after a file was named to keep the answers in."""
    path = Path(name).expanduser()
    if path.exists():
        return dialogue.not_saved(f"`{name}` exists; name another.", width(), "  ")
    why = why_unwritten(path, dialogue.state.answers)
    return dialogue.saved(str(path), width()) if why is None else dialogue.not_saved(why, width())

"""Why, why not, what if, and what a result turns on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..errors import AnswersError, Problem
from ..explanation.turning_points import TurningPoints, turning_points
from ..explanation.what_if import Comparison, what_if
from ..explanation.what_if_text import comparison_lines, turning_lines
from ..explanation.why import Explanation, explain
from ..explanation.why_not import Shortfall, why_not
from ..explanation.why_text import explanation_lines, shortfall_lines
from ..inference.agreement import infer
from ..interview.typed import change_from_text
from ..loading.answer_reader import read_answers
from ..loading.loader import load_rules
from ..result.consultation import Consultation, consulted
from ..writing.lines import Line
from .files import called, read_file
from .options import answers_argument, json_option, rules_option
from .terminal import print_json, show, width

Explained = Explanation | Shortfall | Comparison | TurningPoints
"""What these commands find."""


@click.command("explain")
@answers_argument
@click.option("--cause", metavar="ID", help="This cause or mimic, in place of the first.")
@click.option("--urgency", is_flag=True, help="How soon to be seen, in place of a cause.")
@json_option
@rules_option
def explain_command(
    answers: str, cause: str | None, urgency: bool, as_json: bool, folder: str | None
) -> None:
    """Explain a cause's points or the urgency, down to the answers.

    \b
    Examples:
      legtriage explain answers.yaml
      legtriage explain answers.yaml --cause herniated_disc
      legtriage explain answers.yaml --urgency
    """
    if urgency and cause is not None:
        raise click.UsageError("name either --cause or --urgency")
    visit = confirmed(answers, folder)
    found = explain(visit, cause=cause, urgency=urgency, path=called(answers))
    show_found(found, as_json, explanation_lines)


@click.command("why-not")
@click.argument("args", nargs=-1, metavar="CAUSE ANSWERS")
@click.option("--urgency", metavar="LEVEL", help="The rules of this level, in place of CAUSE.")
@json_option
@rules_option
def why_not_command(args: tuple[str, ...], urgency: str | None, as_json: bool, folder: str | None) -> None:
    """Say what the rules for a cause, or of a level, lack.

    \b
    Examples:
      legtriage why-not herniated_disc answers.yaml
      legtriage why-not --urgency emergency answers.yaml
    """
    wanted = ["ANSWERS"] if urgency is not None else ["CAUSE", "ANSWERS"]
    if len(args) != len(wanted):
        raise click.UsageError(f"name {' and '.join(wanted)}")
    visit = confirmed(args[-1], folder)
    cause = args[0] if urgency is None else None
    found = why_not(cause, visit, urgency=urgency, path=called(args[-1]))
    show_found(found, as_json, shortfall_lines)


@click.command("what-if")
@answers_argument
@click.option(
    "--set",
    "changed",
    multiple=True,
    metavar="QUESTION=ANSWER",
    help="Another answer, several options with commas; repeat it for more.",
)
@click.option("--unset", multiple=True, metavar="QUESTION", help="Take this answer away.")
@json_option
@rules_option
def what_if_command(
    answers: str, changed: tuple[str, ...], unset: tuple[str, ...], as_json: bool, folder: str | None
) -> None:
    """Compare the result with that of other answers.

    Only what differs is shown.

    \b
    Examples:
      legtriage what-if answers.yaml --set sitting_effect=better
      legtriage what-if answers.yaml --set symptom_kinds=burning,numb --unset age_years
    """
    for text in changed:
        if "=" not in text:
            raise click.BadParameter(f"`{text}` has no `=`; write QUESTION=ANSWER", param_hint="--set")
    named = [text.partition("=")[0].strip() for text in changed] + list(unset)
    twice = sorted({id for id in named if named.count(id) > 1})
    if twice:
        raise click.UsageError(f"`{twice[0]}` is named twice; name each question once")
    visit = confirmed(answers, folder)
    problems: list[Problem] = []
    changes: dict[str, object] = dict.fromkeys(unset)
    for text in changed:
        try:
            id, answer = change_from_text(text, visit.rules)
            changes[id] = answer
        except AnswersError as error:
            problems += error.problems
    if problems:
        raise AnswersError(problems)
    found = what_if(visit, changes)
    show_found(found, as_json, comparison_lines)


@click.command("turning-points")
@answers_argument
@json_option
@rules_option
def turning_points_command(answers: str, as_json: bool, folder: str | None) -> None:
    """Find the fewest changed answers that turn the result.

    It turns where another cause comes first or the urgency is another.

    \b
    Example:
      legtriage turning-points answers.yaml
    """
    visit = confirmed(answers, folder)
    found = turning_points(visit)
    show_found(found, as_json, turning_lines)


def confirmed(path: str, folder: str | None) -> Consultation:
    """A consultation of the answers in a file, on which both engines agree."""
    rules = load_rules(folder)
    answers = read_answers(read_file(path), rules, called(path))
    return consulted(rules, answers, infer(rules, answers, "both"))


def show_found(found: Explained, as_json: bool, lines: Callable[[Any, int], list[Line]]) -> None:
    """An explanation as JSON, or in lines."""
    if as_json:
        print_json(found.to_dict())
    else:
        show(lines(found, width()))

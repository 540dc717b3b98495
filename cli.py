"""The command line: parse, call, print. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING or not __package__:
    import engine
else:
    from . import engine

if TYPE_CHECKING:
    from engine.answers import Answer
    from engine.assessment import Assessment
    from engine.cases import Coverage
    from engine.model import ConsistencyCheck, Question, Rule
    from engine.rendering import Format
    from engine.rule_base import RuleBase
    from engine.text import Line

WRONG_INPUT = 1
NO_TERMINAL = 3
LEFT = 130

rules_option = click.option(
    "--rules",
    "folder",
    metavar="FOLDER",
    help="Use the rule files in this folder instead of the shipped ones.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Commands(click.Group):
    """The commands in the order of their use, and the one place where errors become exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As declared below, not by alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; wrong input ends with its problems and exit code 1, leaving with 130."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError):
            say("\nLeft early. Nothing was stored.")
            ctx.exit(LEFT)
        except ValueError as error:
            if not isinstance(error, engine.InputError):
                raise
            for problem in error.problems:
                say(str(problem))
            ctx.exit(WRONG_INPUT)
        except engine.EnginesDisagree as error:
            say(f"legtriage contradicts itself: {error}")
            ctx.exit(WRONG_INPUT)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 wrong input, 2 wrong usage, 3 no terminal to ask at, 130 left early.",
)
@click.version_option(engine.__version__, prog_name="legtriage", message="%(prog)s %(version)s")
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
        ctx.invoke(interview)


@main.command()
@rules_option
def interview(folder: str | None = None) -> None:
    """Answer questions, then read the result.

    At every question: the number or the name of an option, several with commas; `unsure`; `?` for
    why it is asked. Ctrl-C leaves; nothing is stored.

    \b
    Example:
      legtriage interview
    """
    if not sys.stdin.isatty():
        say("the interview needs a terminal; put the answers into a file and use `legtriage assess ANSWERS`")
        sys.exit(NO_TERMINAL)
    show_report(ask_all(engine.load_rules(folder)))


def ask_all(rules: RuleBase) -> Assessment:
    """Asks until nothing is open, or until the person stops at an emergency, and gives the result."""
    answers = engine.read_answers({}, rules)
    show(engine.interview.greeting(rules, width()), err=True)
    chapter = ""
    told: set[Rule | ConsistencyCheck] = set()
    again: list[str] = []  # questions whose answers do not go together
    while True:
        given: Answer | None = None
        if again:
            question = rules.questions[again.pop(0)]
            given = answers[question.id]
            put = engine.interview.again_text(question, given, width())
        elif (step := engine.next_question(answers, rules)) is not None:
            if step.chapter != chapter:
                chapter = step.chapter
                say(f"\n{click.style(chapter.upper(), bold=True)}")
            question, put = step.question, engine.interview.question_text(step, width())
        else:
            break
        answers = engine.interview.with_answer(answers, question.id, ask(question, put, given))
        alert = engine.interview.alert(answers, rules, told)
        if alert.emergencies:
            show(engine.interview.emergency_now(alert, rules, width()), err=True)
            if alert.first_emergency and not go_on():
                break
        if alert.contradictions:
            show(engine.interview.contradiction_now(alert, width()), err=True)
        told |= {*alert.emergencies, *alert.contradictions}
        again.extend(id for id in alert.to_ask_again(answers) if id not in again)
    say("")
    return engine.assess(answers, rules, engine="both")


def ask(question: Question, put: list[Line], given: Answer | None) -> Answer:
    """One question as it is put, asked until the answer can be read; an empty line keeps one given."""
    show(put, err=True)
    while True:
        line = read_line("> ")
        if line.strip() == "?":
            show(engine.interview.help_text(question, width()), err=True)
            continue
        try:
            answer = engine.typed.answer_from_line(question, line) or given
        except engine.AnswersError as error:
            show(engine.text.wrapped(engine.typed.remedy(question, error), width(), "  "), err=True)
            continue
        if answer is not None:
            return answer
        say("  Please answer; `unsure` if you do not know, `?` for why it is asked.")


def go_on() -> bool:
    """Whether the person wants to go on after being told of an emergency."""
    while True:
        line = read_line("Go on with the questions? (yes or no) > ").strip().lower()
        if line in ("y", "yes", "n", "no"):
            return line.startswith("y")
        say("  Please write yes or no.")


def read_line(prompt: str) -> str:
    """A line typed by the person; the prompt goes to standard error."""
    with contextlib.suppress(ImportError):  # arrow keys, where the system has it
        import readline  # noqa: F401
    click.echo(prompt, nl=False, err=True)
    return input()


@main.command()
@click.argument("answers", metavar="ANSWERS", type=click.Path(allow_dash=True))
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
@rules_option
def assess(
    answers: str,
    form: Format | None,
    as_json: bool,
    full: bool,
    output: str | None,
    force: bool,
    trace: bool,
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
    rules = engine.load_rules(folder)
    path = "standard input" if answers == "-" else answers
    result = engine.assess(read_file(answers), rules, engine="both", path=path)
    if output in (None, "-") and form == "text" and not trace:
        show_report(result, full=full)
        return
    if trace:
        text = "".join(f"{number:4} {firing}\n" for number, firing in enumerate(result.firings, 1))
    else:
        text = engine.render(result, form, rules, full=full)
    if output in (None, "-"):
        click.echo(text, nl=False)
    else:
        write_file(output, text, force)


@main.command()
@click.argument("result", metavar="RESULT", type=click.Path(allow_dash=True))
@json_option
@rules_option
def verify(result: str, as_json: bool, folder: str | None) -> None:
    """Check a saved result (JSON; - for standard input) against its answers and the rules.

    Exit code 0 where the same rules give the same result, 1 otherwise.

    \b
    Examples:
      legtriage assess answers.yaml --json --output result.json
      legtriage verify result.json
    """
    path = "standard input" if result == "-" else result
    found = engine.verify(read_file(result), engine.load_rules(folder), engine="both", path=path)
    if as_json:
        print_json(found.to_dict())
    else:
        show(engine.verification_report.verification_report(found, width()))
    if found.outcome != "same":
        sys.exit(WRONG_INPUT)


@main.command()
@json_option
@click.option("--template", is_flag=True, help="Print an answers file to fill in.")
@rules_option
def questions(as_json: bool, template: bool, folder: str | None) -> None:
    """List the questions: why each is asked, its options, and what `unsure` to it does.

    \b
    Examples:
      legtriage questions
      legtriage questions --template > answers.yaml
    """
    rules = engine.load_rules(folder)
    if as_json:
        print_json(
            [engine.catalogue.question_as_dict(question, rules) for question in rules.questions.values()]
        )
    elif template:
        for line in engine.catalogue.template_lines(rules):
            click.echo(line)
    else:
        for chapter in rules.chapters:
            show([engine.text.Line(chapter.title.upper(), "heading"), engine.text.Line("")])
            for id in chapter.questions:
                for line in engine.catalogue.question_lines(rules.questions[id], rules):
                    click.echo(line)
                click.echo()


@main.group("rules")
def rules_group() -> None:
    """List and show the rules.

    \b
    Examples:
      legtriage rules list --grade measured
      legtriage rules show rf01-saddle-numbness
    """


@rules_group.command("list")
@click.option("--grade", help="Only rules of this grade: measured, article, guideline or judgement.")
@click.option("--cause", help="Only rules for or against this cause or mimic.")
@click.option("--urgency", help="Only rules that raise this urgency.")
@click.option("--sign", help="Only rules that conclude this sign.")
@click.option("--source", help="Only rules that cite this source.")
@click.option(
    "--mark",
    help="Only rules so marked: derived, judgement, needs sign-off, recalled or second-hand.",
)
@json_option
@rules_option
def rules_list(
    grade: str | None,
    cause: str | None,
    urgency: str | None,
    sign: str | None,
    source: str | None,
    mark: str | None,
    as_json: bool,
    folder: str | None,
) -> None:
    """List the rules, one a line: id, conclusion, grade, and marks of how far it can be trusted.

    \b
    Examples:
      legtriage rules list --cause spinal_stenosis
      legtriage rules list --urgency emergency
      legtriage rules list --mark recalled
    """
    rules = engine.load_rules(folder)
    wanted = {
        "grade": grade,
        "cause": cause,
        "urgency": urgency,
        "sign": sign,
        "source": source,
        "mark": mark,
    }
    found = engine.catalogue.select_rules(
        rules, {key: value for key, value in wanted.items() if value is not None}
    )
    if as_json:
        print_json([engine.catalogue.rule_as_dict(rule, rules) for rule in found])
        return
    for line in engine.catalogue.rule_table(found, rules):
        click.echo(line)
    say(f"{len(found)} of {len(rules.rules)} rules")


@rules_group.command("show")
@click.argument("id")
@json_option
@rules_option
def rules_show(id: str, as_json: bool, folder: str | None) -> None:
    """Show one rule in full: condition, weight, reason, sources, place.

    \b
    Example:
      legtriage rules show stenosis-eases-leaning-forward
    """
    rules = engine.load_rules(folder)
    rule: Rule | None = rules.rules.get(id)
    if rule is None:
        near = engine.errors.did_you_mean(id, rules.rules, "`legtriage rules list` lists them")
        fail(f"unknown rule `{id}`{near}")
    if as_json:
        print_json(engine.catalogue.rule_as_dict(rule, rules))
    else:
        for line in engine.catalogue.rule_lines(rule, rules):
            click.echo(line)


@main.command()
@click.argument("folder", required=False)
def check(folder: str | None) -> None:
    """Check rule files and worked cases; the shipped ones, or those in FOLDER.

    \b
    Example:
      legtriage check rules
    """
    rules = engine.load_rules(folder)
    cases = engine.cases.load_cases(rules, folder)
    counts = {
        "rules": rules.rules,
        "signs": rules.signs,
        "questions": rules.questions,
        "consistency checks": rules.consistency,
        "causes": rules.causes,
        "mimics": rules.mimics,
        "pairs": rules.pairs,
        "sources": rules.sources,
        "statements of the article": rules.statements,
        "cases": cases,
    }
    click.echo(f"No problem found in {', '.join(f'{len(found)} {what}' for what, found in counts.items())}.")


@main.command()
@click.argument("folder", required=False)
@click.option("-k", "word", metavar="WORD", default="", help="Only cases whose id or title contains this.")
@click.option("--coverage", is_flag=True, help="List what no case shows, or has no near miss.")
def test(folder: str | None, word: str, coverage: bool) -> None:
    """Run the worked cases and print what differs; exit code 1 if anything does.

    \b
    Examples:
      legtriage test
      legtriage test rules -k stenosis
      legtriage test --coverage
    """
    rules = engine.load_rules(folder)
    cases = [
        case
        for case in engine.cases.load_cases(rules, folder)
        if word.lower() in f"{case.id} {case.title}".lower()
    ]
    if not cases:
        fail(
            f"no case has `{word}` in its id or title"
            if word
            else "there are no cases; put them under `cases/`"
        )
    failed = 0
    for case in cases:
        found = engine.cases.differences(case, rules)
        failed += bool(found)
        for problem in found:
            click.echo(str(problem))
    click.echo(f"{len(cases) - failed} of {len(cases)} cases hold.")
    if failed or (coverage and not show_coverage(engine.cases.coverage(cases, rules))):
        sys.exit(WRONG_INPUT)


def show_coverage(found: Coverage) -> bool:
    """Prints what lacks a case that shows it, or a near miss; whether none does."""
    for rule in found.never_fires:
        click.echo(f"{rule}: no case fires it")
    for rule in found.never_silent:
        click.echo(f"{rule}: no case nearly fires it")
    for id in found.never_shown:
        click.echo(f"{id}: no case shows it")
    fired, missed = found.rules - len(found.never_fires), found.rules - len(found.never_silent)
    click.echo(f"Of {found.rules} rules, {fired} fire in a case, {missed} have a near miss.")
    return not (found.never_fires or found.never_silent or found.never_shown)


@main.group()
def export() -> None:
    """Write the rules in another language.

    \b
    Example:
      legtriage export clips > legtriage.clp
    """


@export.command("clips")
@rules_option
def export_clips(folder: str | None) -> None:
    """Print the rules as a CLIPS program; its first lines say how to run it.

    \b
    Example:
      legtriage export clips > legtriage.clp
    """
    click.echo(engine.clips.clips_program(engine.load_rules(folder)), nl=False)


@main.group()
def article() -> None:
    """Work with the article that the causes come from.

    \b
    Example:
      legtriage article verify article.txt
    """


@article.command("verify")
@click.argument("file", type=click.Path(allow_dash=True))
@rules_option
def article_verify(file: str, folder: str | None) -> None:
    """Check that FILE is the article the rules were written from, line by line.

    \b
    Example:
      legtriage article verify article.txt
    """
    rules = engine.load_rules(folder)
    try:
        text = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file}: not UTF-8; save the file as UTF-8")
    found = engine.article.verify_article(text, rules)
    for statement in found.missing:
        click.echo(f"{file}: lacks the line of statement {statement.id}: {statement.says}")
    for number in found.added:
        click.echo(f"{file}:{number}: not a line of the article")
    if not found.in_order:
        click.echo(f"{file}: the lines do not stand in the article's order")
    if not found.same:
        sys.exit(WRONG_INPUT)
    click.echo(f"{file} is the article: all {len(found.matched)} statements are there, and nothing else.")


def read_file(path: str) -> bytes:
    """The file's content, or standard input's for `-`; ends with a message if it cannot be read."""
    try:
        return engine.source.read_bytes(None if path == "-" else Path(path))
    except OSError as error:
        fail(f"{path}: {(error.strerror or str(error)).lower()}")


def write_file(path: str, text: str, force: bool) -> None:
    """Writes a file that only its owner can read; ends with a message if it cannot be written."""
    try:
        engine.output.write_private(Path(path), text, replace=force)
    except FileExistsError:
        fail(f"{path}: is there already; name another file, or replace it with --force")
    except OSError as error:
        fail(f"{path}: {(error.strerror or str(error)).lower()}")
    say(f"{path}: written, for your eyes only")


def show_report(result: Assessment, *, full: bool = False) -> None:
    """The result as text on standard output, in short or in full."""
    show(engine.rendering.text_lines(result, full=full, width=width()))


def show(lines: list[Line], *, err: bool = False) -> None:
    """Lines with their styles; colour only on a terminal that wants it."""
    styles: dict[str, dict[str, Any]] = {
        "plain": {},
        "heading": {"bold": True},
        "urgent": {"bold": True, "fg": "red"},
        "quiet": {"dim": True},
    }
    for line in lines:
        click.echo(
            click.style(line.text, **styles[line.style]), err=err, color=None if wants_colour() else False
        )


def wants_colour() -> bool:
    """Whether the environment leaves colour on (https://no-color.org; a dumb terminal has none)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns to write in: the terminal's, but no wider than is good to read."""
    import shutil

    return min(shutil.get_terminal_size().columns, 88)


def print_json(value: object) -> None:
    """Two-space JSON on standard output, letters as they are."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def say(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True, color=None if wants_colour() else False)


def fail(message: str) -> NoReturn:
    """Ends with a message and the exit code of wrong input."""
    say(message)
    sys.exit(WRONG_INPUT)


if __name__ == "__main__":
    main()

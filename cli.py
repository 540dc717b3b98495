"""The command line: parse, call, print. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING or not __package__:
    import engine
else:
    from . import engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from engine.answers import Answers
    from engine.assessment import Assessment
    from engine.audit.findings import LintReport
    from engine.comparison import Comparison
    from engine.errors import Problem
    from engine.explanation import Explanation
    from engine.interview import Interview, Length, Step
    from engine.model import Rule
    from engine.prompts import Alert, Told
    from engine.rendering import Format
    from engine.rule_base import RuleBase
    from engine.shortfall import Shortfall
    from engine.text import Line
    from engine.turning import TurningPoints

    Explained = Explanation | Shortfall | Comparison | TurningPoints

WRONG_INPUT = 1
NO_TERMINAL = 3
LEFT = 130
NOTHING_TO_CHANGE = ("", "ok", "yes", "y", "no", "n", "unsure")

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


def escaped(error: UnicodeError) -> tuple[str, int]:
    """In place of letters that the output lacks, what JSON takes for them: `\\u00f6`."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


class Commands(click.Group):
    """The commands in the order of their use, and the one place where errors become exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As declared below, not by alphabet."""
        return list(self.commands)

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
        except ValueError as error:
            if not isinstance(error, engine.InputError):
                raise
            for problem in error.problems:
                say(str(problem))
            ctx.exit(WRONG_INPUT)
        except engine.EnginesDisagree as error:
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
def interview(
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
    rules = engine.load_rules(folder)
    if save and save != resume and Path(save).exists():
        raise click.UsageError(f"`{save}` exists; go on from it with --resume, or save elsewhere")
    answers, whole = saved_answers(resume, rules) if resume else (None, True)
    state = engine.interview.begin(answers, rules, length or "usual")
    talk = Talk(state, save or (resume if whole else None), *chosen_country(country, rules))
    show_report(talk.result(), saved=talk.path)


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
        engine.places.place_of(country, rules, named)
    if wanted:
        known = engine.places.known_countries(rules)
        if wanted in known:
            return wanted, named
        codes = ", ".join(known) or "none"
        tell(f"{named}: no numbers are known for `{value}`, so none is named; those known are {codes}.")
        return None, None
    for name in LOCALE:
        if locale := os.environ.get(name):
            found = engine.places.country_of_locale(locale, rules)
            return (found, f"your setting {name}") if found else (None, None)
    return None, None


def saved_answers(path: str, rules: RuleBase) -> tuple[Answers, bool]:
    """The answers of a saved file that hold by the rules of today, and whether all do.

    What does not hold is named, and the file is then left alone; ends where nothing in it holds.
    """
    answers, problems = engine.saved.read_saved(read_file(path), rules, path)
    for problem in problems:
        say(str(problem))
    if problems and not answers:
        fail(f"{path}: no answer in it holds, so it is no file of answers; it was left alone")
    if problems:
        tell(
            "Those answers do not hold by the rules of today, and are asked again. The file is left as it "
            "is; name another with --save to keep the new answers."
        )
    return answers, not problems


class Talk:
    """An interview at the terminal: it says, asks, and keeps the state."""

    def __init__(
        self, state: Interview, path: str | None, country: str | None = None, chosen_by: str | None = None
    ) -> None:
        self.state = state
        self.path = path
        self.country = country
        self.chosen_by = chosen_by
        self.numbers = engine.places.numbers_of(state.rules, country, chosen_by)
        self.told: set[Told] = set()
        self.again: list[str] = []  # questions whose answers do not go together
        self.chapter = ""
        self.last = ""  # the question answered last

    def result(self) -> Assessment:
        """Asks until the interview ends or the person stops, and gives the result."""
        rules = self.state.rules
        show(engine.prompts.greeting(rules, width()), err=True)
        if self.path:
            write_file(self.path, engine.saved.saved_text(self.state.answers), force=True)
            tell(f"Your answers are kept in `{self.path}`, readable by you alone.")
        try:
            if self.warn():
                while self.ask_all() and self.review():
                    pass
        except (KeyboardInterrupt, EOFError):
            say("")
            self.left()
        say("")
        return engine.assess(
            self.state.answers, rules, engine="both", country=self.country, chosen_by=self.chosen_by
        )

    def ask_all(self) -> bool:
        """Asks to the end; False where the person stops at an emergency."""
        while True:
            self.again = [id for id in self.again if id in self.state.answers]
            if self.again and self.state.again is None:
                self.state = self.state.change(self.again.pop(0))
            step = self.state.step
            if step is None:
                return True
            if not self.ask(step):
                continue
            if not self.warn():
                return False

    def ask(self, step: Step) -> bool:
        """Puts one question until it is answered, kept or left; whether there is an answer to look at."""
        if step.chapter != self.chapter:
            self.chapter = step.chapter
            say(f"\n{click.style(step.chapter.upper(), bold=True)}")
        show(engine.prompts.question_text(step, width()), err=True)
        while True:
            line = read_line("> ")
            word = line.strip().lower()
            if word in ("?", "why"):
                show(engine.prompts.why_text(step, self.state.rules, width()), err=True)
            elif word == "list":
                show(engine.prompts.list_text(self.state, width()), err=True)
            elif word == "quit":
                self.leave()
            elif word == "back":
                before = self.state.back()
                if before != self.state:
                    self.state = before
                    return False
                say("  This is the first question.")
            elif not word and step.given is not None:
                self.last = step.question.id
                self.state = self.state.kept()
                return True
            elif self.read(step, line):
                return True

    def read(self, step: Step, line: str) -> bool:
        """Takes the line as an answer; whether it is one."""
        try:
            answer = engine.typed.answer_from_line(step.question, line)
        except engine.AnswersError as error:
            tell(engine.typed.remedy(step.question, error, line), "  ")
            return False
        if answer is None:
            tell("Please answer; `unsure` if you do not know, `?` for why it is asked.", "  ")
            return False
        taken = engine.typed.taken_as(step.question, line, answer)
        if taken is not None:
            tell(f"Taken as: {taken}.", "  ")
        self.last = step.question.id
        self.state = self.state.answered(answer)
        if self.path:
            self.save()
        return True

    def save(self) -> bool:
        """Writes the answers to their file; says so where it cannot, and keeps no file then."""
        assert self.path is not None
        try:
            text = engine.saved.saved_text(self.state.answers)
            engine.output.write_private(Path(self.path), text, replace=True)
        except OSError as error:
            tell(f"{self.path}: {(error.strerror or str(error)).lower()}; the answers are not stored there.")
            self.path = None
        return self.path is not None

    def keep(self) -> None:
        """Asks for a file to keep the answers in, until one can be written or none is wanted."""
        while self.path is None:
            name = read_line("Keep your answers in a file? (its name, or Enter to keep nothing) > ").strip()
            if not name:
                return
            path = Path(name).expanduser()
            if path.exists():
                tell(f"`{name}` exists; name another.", "  ")
                continue
            self.path = str(path)
            if self.save():
                tell(f"Your answers are in `{self.path}`, readable by you alone.", "  ")

    def warn(self) -> bool:
        """Says at once what must be said; False where the person stops at an emergency."""
        rules = self.state.rules
        alert = engine.prompts.alert(self.state, self.told, self.numbers)
        self.told = {*alert.standing}
        self.again.extend(id for id in alert.to_ask_again(self.state.answers) if id not in self.again)
        if alert.emergencies:
            show(engine.prompts.emergency_now(alert, rules, width()), err=True)
            if alert.first_emergency and not self.goes_on(alert):
                return False
        if alert.clashes:
            show(engine.prompts.clashes_text(alert.clashes, width()), err=True)
        return True

    def goes_on(self, alert: Alert) -> bool:
        """Whether the person goes on at an emergency: yes, or back to the answer that brought it."""
        while True:
            word = read_line("Go on with the questions? (yes, no, or back) > ").strip().lower()
            if word in ("y", "yes"):
                return True
            if word in ("n", "no"):
                return False
            if word == "back":
                self.told -= {*alert.emergencies}  # told again, should the answer be kept
                self.state = self.state.change(self.last) if self.last else self.state.back()
                return True
            if word == "list":
                show(engine.prompts.list_text(self.state, width()), err=True)
            elif word == "quit":
                self.leave()
            else:
                tell("Please write yes, no, or back to change your last answer; `quit` leaves.", "  ")

    def review(self) -> bool:
        """Shows all answers to be checked; whether one is asked again, or more questions are."""
        show(engine.prompts.end_text(self.state, width()), err=True)
        more = self.state.prospects.unanswered()
        say(f"\n{click.style('YOUR ANSWERS', bold=True)}")
        show(engine.prompts.list_text(self.state, width()), err=True)
        if clashes := engine.prompts.alert(self.state).clashes:
            show(engine.prompts.clashes_text(clashes, width()), err=True)
        hint = ", `more` to go on with the questions that are left" if more else ""
        keep = "" if self.path else ", `save` to keep them in a file"
        tell(f"Enter shows the result; a number changes that answer{hint}{keep}; `quit` leaves.")
        asked = list(self.state.answers)
        while True:
            try:
                word = read_line("> ").strip().lower()
            except EOFError:  # there is nothing left to say, and all was answered
                return False
            if word in NOTHING_TO_CHANGE:
                return False
            if word == "quit":
                self.leave()
            elif word == "save":
                self.keep()
            elif word == "more" and more:
                self.state = self.state.at_length("all")
                return True
            elif word.isascii() and word.isdigit() and 1 <= int(word) <= len(asked):
                self.state = self.state.change(asked[int(word) - 1])
                return True
            else:
                tell(f"Please write a number from 1 to {len(asked)}, or press Enter.", "  ")

    def leave(self) -> NoReturn:
        """Ends the interview early at the person's word, offering to keep the answers."""
        if self.state.answers:
            self.keep()
        self.left()

    def left(self) -> NoReturn:
        """Says what is urgent so far, and where the answers are; exit code 130."""
        show(engine.prompts.leaving_text(self.state, width(), self.numbers), err=True)
        if self.path is None:
            tell("Left early. Nothing was stored.")
        else:
            tell(f"Left early. Your answers are in `{self.path}`. To go on:")
            say(f"legtriage interview --resume {shlex.quote(self.path)}")  # whole, to be copied
        sys.exit(LEFT)


def read_line(prompt: str) -> str:
    """A line typed by the person; where standard output is kept, the prompt goes to standard error."""
    with contextlib.suppress(ImportError):  # arrow keys, where the system has it
        import readline  # noqa: F401
    if sys.stdout.isatty():
        return input(prompt)  # so that the line editor knows of it, and does not wipe it away
    click.echo(prompt, nl=False, err=True)
    return input()


@main.command()
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
def assess(
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
    rules = engine.load_rules(folder)
    path = called(answers)
    country, chosen_by = chosen_country(country, rules)
    result = engine.assess(
        read_file(answers), rules, engine="both", path=path, country=country, chosen_by=chosen_by
    )
    if output in (None, "-") and form == "text" and not trace:
        show_report(result, full=full, saved=answers)
        return
    if trace:
        text = "".join(f"{number:4} {firing}\n" for number, firing in enumerate(result.firings, 1))
    else:
        text = engine.render(result, form, rules, full=full, saved=answers)
    if output in (None, "-"):
        click.echo(text, nl=False)
    else:
        write_file(output, text, force)
        say(f"{output}: written, for your eyes only")


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
    path = called(result)
    found = engine.verify(read_file(result), engine.load_rules(folder), engine="both", path=path)
    if as_json:
        print_json(found.to_dict())
    else:
        show(engine.verification_report.verification_report(found, width()))
    if found.outcome != "same":
        sys.exit(WRONG_INPUT)


@main.command()
@answers_argument
@click.option("--cause", metavar="ID", help="This cause or mimic, in place of the first.")
@click.option("--urgency", is_flag=True, help="How soon to be seen, in place of a cause.")
@json_option
@rules_option
def explain(answers: str, cause: str | None, urgency: bool, as_json: bool, folder: str | None) -> None:
    """Explain a cause's points or the urgency: each rule, down to the answers.

    \b
    Examples:
      legtriage explain answers.yaml
      legtriage explain answers.yaml --cause herniated_disc
      legtriage explain answers.yaml --urgency
    """
    if urgency and cause is not None:
        raise click.UsageError("name either --cause or --urgency")
    rules, given = confirmed(answers, folder)
    found = engine.explain(given, rules, cause=cause, urgency=urgency, path=called(answers))
    show_found(found, as_json, engine.explanation_text.explanation_lines)


@main.command("why-not")
@click.argument("args", nargs=-1, metavar="CAUSE ANSWERS")
@click.option("--urgency", metavar="LEVEL", help="The rules of this level, in place of CAUSE.")
@json_option
@rules_option
def why_not(args: tuple[str, ...], urgency: str | None, as_json: bool, folder: str | None) -> None:
    """Say which conditions of the rules for a cause, or of a level, failed.

    \b
    Examples:
      legtriage why-not herniated_disc answers.yaml
      legtriage why-not --urgency emergency answers.yaml
    """
    wanted = ["ANSWERS"] if urgency is not None else ["CAUSE", "ANSWERS"]
    if len(args) != len(wanted):
        raise click.UsageError(f"name {' and '.join(wanted)}")
    rules, given = confirmed(args[-1], folder)
    cause = args[0] if urgency is None else None
    found = engine.why_not(cause, given, rules, urgency=urgency, path=called(args[-1]))
    show_found(found, as_json, engine.explanation_text.shortfall_lines)


@main.command("what-if")
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
def what_if(
    answers: str, changed: tuple[str, ...], unset: tuple[str, ...], as_json: bool, folder: str | None
) -> None:
    """Compare the result with that of other answers; only what differs is shown.

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
    rules, given = confirmed(answers, folder)
    problems: list[Problem] = []
    changes: dict[str, object] = dict.fromkeys(unset)
    for text in changed:
        try:
            id, answer = engine.typed.change_from_text(text, rules)
            changes[id] = answer
        except engine.AnswersError as error:
            problems += error.problems
    if problems:
        raise engine.AnswersError(problems)
    found = engine.what_if(given, changes, rules)
    show_found(found, as_json, engine.comparison_text.comparison_lines)


@main.command("turning-points")
@answers_argument
@json_option
@rules_option
def turning_points(answers: str, as_json: bool, folder: str | None) -> None:
    """Find the fewest changed answers that put another cause first or move the urgency.

    \b
    Example:
      legtriage turning-points answers.yaml
    """
    rules, given = confirmed(answers, folder)
    found = engine.turning_points(given, rules)
    show_found(found, as_json, engine.comparison_text.turning_lines)


def called(path: str) -> str:
    """What messages call a file."""
    return "standard input" if path == "-" else path


def confirmed(path: str, folder: str | None) -> tuple[RuleBase, Answers]:
    """The rules and the answers in a file, on which both engines agree."""
    rules = engine.load_rules(folder)
    given = engine.read_answers(read_file(path), rules, called(path))
    engine.assess(given, rules, engine="both")
    return rules, given


def show_found(found: Explained, as_json: bool, lines: Callable[[Any, int], list[Line]]) -> None:
    """An explanation as JSON, or in lines."""
    if as_json:
        print_json(found.to_dict())
    else:
        show(lines(found, width()))


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
                show(engine.text.folded(engine.catalogue.question_lines(rules.questions[id], rules), width()))
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
    help="Only rules so marked: derived, judgement, needs sign-off, no interval, recalled or second-hand.",
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
        print_json([rule_as_json(rule, rules) for rule in found])
        return
    for line in engine.catalogue.rule_table(found, rules):
        click.echo(line)
    say(f"{len(found)} of {len(rules.rules)} rules")


@rules_group.command("show")
@click.argument("id")
@json_option
@rules_option
def rules_show(id: str, as_json: bool, folder: str | None) -> None:
    """Show one rule in full: condition, weight, reason, sources, place; or the rules that conclude a sign.

    \b
    Example:
      legtriage rules show stenosis-eases-leaning-forward
    """
    rules = engine.load_rules(folder)
    if id in rules.signs:
        return show_sign(id, rules, as_json)
    rule: Rule | None = rules.rules.get(id)
    if rule is None:
        near = engine.errors.did_you_mean(
            id, [*rules.rules, *rules.signs], f"`{rules_listed(folder)}` lists them"
        )
        fail(f"unknown rule or sign `{id}`{near}")
    if as_json:
        print_json(rule_as_json(rule, rules))
    else:
        show_rule(rule, rules)


def rules_listed(folder: str | None) -> str:
    """The command that lists the rules in use."""
    return shlex.join(["legtriage", "rules", "list", *(["--rules", folder] if folder else [])])


def show_rule(rule: Rule, rules: RuleBase) -> None:
    """Prints the rule in full, and where its page has it."""
    lines = [*engine.catalogue.rule_lines(rule, rules), f"  page      {page_of(rule, rules)}"]
    show(engine.text.folded(lines, width()))


def rule_as_json(rule: Rule, rules: RuleBase) -> dict[str, Any]:
    """The rule as plain data, and where its page has it."""
    return engine.catalogue.rule_as_dict(rule, rules) | {"page": page_of(rule, rules)}


def page_of(rule: Rule, rules: RuleBase) -> str:
    """The page that `legtriage docs` writes for the rule, with its anchor."""
    return f"docs/{engine.pages.anchors.home('rule', rule.id, rules)}"


def show_sign(id: str, rules: RuleBase, as_json: bool) -> None:
    """Prints the rules that conclude the sign."""
    found = rules.rules_by_sign[id]
    if as_json:
        print_json([rule_as_json(rule, rules) for rule in found])
        return
    show(engine.text.wrapped(f"sign {id}: {rules.signs[id].text}", width()))
    allows = [f"  allows    {each.code}: {each.reason}" for each in rules.signs[id].allow]
    show(engine.text.folded(allows, width()))
    for rule in found:
        click.echo()
        show_rule(rule, rules)


@main.command()
@click.argument("folder", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    help="What to print; text is the default, sarif is for code review.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: short for --format json.")
def check(folder: str | None, form: str | None, as_json: bool) -> None:
    """Check rule files and worked cases; the shipped ones, or those in FOLDER. Exit code 1 on any finding.

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
        rules = engine.load_rules(folder)
        cases = engine.cases.load_cases(rules, folder)
        engine.audit.accepted.load_accepted(rules, folder)
    except engine.InputError as error:
        found = engine.audit.findings.refused(error.problems)
        if form == "text":
            for line in (*error.problems, *found.not_checked):
                say(str(line))
            sys.exit(WRONG_INPUT)
    else:
        found = engine.audit.lint.lint(rules, cases)
    if form == "json":
        print_json(found.to_dict())
    elif form == "sarif":
        home = Path(folder).resolve().parent if folder else engine.loader.SHIPPED.resolve().parent
        print_json(engine.audit.sarif.sarif(found, lambda path: relative(path, home)))
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


@main.command()
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
def test(
    folder: str | None, word: str, coverage: bool, full: bool, percent: float | None, as_json: bool
) -> None:
    """Run the worked cases and print what differs; exit code 1 if anything does.

    With --coverage also if a rule lacks a case that says it must fire or one that says it must not, or a
    consistency check or a pair lacks a case that shows it. The JSON leaves nothing out.

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
            else f"{folder or 'the shipped rules'}: there are no cases; put them into a folder `cases` there"
        )
    found = engine.audit.coverage.run_cases(cases, rules, coverage=coverage, reach=full or as_json)
    asked = 100 if percent is None else percent
    if as_json:
        print_json(found.to_dict())
    else:
        for line in found.lines(asked):
            click.echo(line)
    if not found.holds(asked):
        sys.exit(WRONG_INPUT)


@main.command()
@click.argument("folder", required=False)
@click.option("--rule", "ids", metavar="ID", multiple=True, help="Only this rule; repeat it for more.")
@json_option
def mutate(folder: str | None, ids: tuple[str, ...], as_json: bool) -> None:
    """Make each rule slightly wrong in turn and see whether a worked case notices.

    What no case notices is listed with its place and with answers for a case that would; exit code 1 if
    it is not accepted with a reason, under `survivors` beside the cases. See docs/mutation.md.

    \b
    Examples:
      legtriage mutate
      legtriage mutate rules --rule stenosis-over-65
    """
    rules = engine.load_rules(folder)
    cases = engine.cases.load_cases(rules, folder)
    accepted = engine.audit.accepted.load_accepted(rules, folder)
    for id in ids:
        if id not in rules.rules:
            near = engine.errors.did_you_mean(id, rules.rules, f"`{rules_listed(folder)}` lists them")
            fail(f"unknown rule `{id}`{near}")
    failing = [problem for case in cases for problem in engine.cases.differences(case, rules)]
    if failing:
        for problem in sorted(failing):
            say(str(problem))
        fail("a case has to hold before it can notice anything; mend these, then mutate again")
    wanted = list(engine.audit.mutants.mutants(rules, ids or None))
    done = []
    with progress(len(wanted), "mutants") as advance:
        for trial in engine.audit.mutation.trials(rules, cases, wanted):
            done.append(trial)
            advance(1)
    found = engine.audit.mutation_report.report(rules, done, accepted, ids or None)
    if as_json:
        print_json(found.to_dict())
    else:
        for problem in found.problems:
            click.echo(str(problem))
        click.echo(found.summary())
        show(engine.text.wrapped(engine.audit.mutation_report.LEGEND, width()))
    if found.problems:
        sys.exit(WRONG_INPUT)


@main.command()
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
def diff(
    old: str,
    new: str | None,
    patients: int | None,
    seed: int | None,
    strict: bool,
    form: str | None,
    as_json: bool,
) -> None:
    """Compare two rule bases by what they say, and by what happens to simulated patients and all cases.

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
    audit = engine.audit
    before = audit.revision.read_revision(old)
    after = audit.revision.read_revision(new) if new is not None else audit.revision.newest(old)
    count = audit.difference.PATIENTS if patients is None else patients
    with progress(count, "people") as advance:
        found = audit.difference.difference(
            before.rules,
            after.rules,
            names=(before.name, after.name),
            cases=(before.cases, after.cases),
            patients=count,
            seed=audit.difference.SEED if seed is None else seed,
            progress=advance,
        )
    if as_json or form == "json":
        print_json(found.to_dict())
    elif form == "markdown":
        click.echo(audit.difference_markdown.difference_markdown(found), nl=False)
    else:
        show(audit.difference_text.difference_lines(found, width()))
    if found.later or (strict and not found.nobody_later):
        sys.exit(WRONG_INPUT)


@contextlib.contextmanager
def progress(length: int, what: str) -> Iterator[Callable[[int], None]]:
    """Something to tell of steps that are done; a bar on standard error where that is a terminal for one."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda done: None
        return
    with click.progressbar(length=length, label=what, file=sys.stderr) as bar:
        yield bar.update


@main.command()
@click.argument("folder", required=False)
@click.option("--full", is_flag=True, help="Name every witness.")
@json_option
def prove(folder: str | None, full: bool, as_json: bool) -> None:
    """Decide the promises of the design over the rules, each with what shows it; exit code 1 if one fails.

    \b
    Examples:
      legtriage prove
      legtriage prove rules --full
      legtriage prove --json > proofs.json
    """
    rules = engine.load_rules(folder)
    found = engine.audit.promises.prove(rules)
    if as_json:
        print_json(found.to_dict())
    else:
        show(engine.audit.promises_text.promise_lines(found, rules, width(), full=full))
    if not found.hold:
        sys.exit(WRONG_INPUT)


@main.command()
@click.argument("into", metavar="[FOLDER]", default="docs")
@click.option(
    "--check", is_flag=True, help="Write nothing; name what is stale, and exit with 1 if anything is."
)
@rules_option
def docs(into: str, check: bool, folder: str | None) -> None:
    """Write the pages made from the rules into FOLDER/rules; FOLDER is `docs` if not given.

    Generated pages that no longer belong are removed; what was written by hand is left alone.

    \b
    Examples:
      legtriage docs
      legtriage docs --check
    """
    mend = shlex.join(["legtriage", "docs", *([into] if into != "docs" else [])])
    mend += f" --rules {shlex.quote(folder)}" if folder else ""
    if Path(into).exists() and not Path(into).is_dir():
        fail(f"{into}: a file and not a folder; name the one that holds the documentation")
    if check and not Path(into).exists():
        fail(f"{into}: no such folder; name the one that holds the documentation, or make it with `{mend}`")
    rules = engine.load_rules(folder)
    cases = engine.cases.load_cases(rules, folder)
    root = str(engine.loader.SHIPPED if folder is None else folder)
    to_rules = Path(os.path.relpath(root, into)).as_posix()
    wanted = engine.pages.making.pages(rules, cases, root=root, to_rules=to_rules)
    found = engine.pages.making.compare(wanted, generated_files(Path(into)))
    for path in found.foreign:
        say(f"{into}/{path}: was not generated; move it, for a generated page belongs there")
    if check:
        for what in ("missing", "stale", "superfluous"):
            for path in getattr(found, what):
                click.echo(f"{into}/{path}: {what}")
        if found.missing or found.stale or found.superfluous:
            fail(f"run `{mend}` to write the pages anew")
        if found.foreign:
            sys.exit(WRONG_INPUT)
        say(f"{len(wanted)} pages, all fresh")
        return
    if found.foreign:
        sys.exit(WRONG_INPUT)
    try:
        for path in (*found.missing, *found.stale):
            page = Path(into, path)
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(wanted[path], encoding="utf-8", newline="\n")
        for path in found.superfluous:
            Path(into, path).unlink()
    except OSError as error:
        fail(f"{error.filename}: {(error.strerror or str(error)).lower()}")
    changed = len(found.missing) + len(found.stale)
    say(f"{len(wanted)} pages: {changed} written, {len(found.superfluous)} removed")


def generated_files(docs: Path) -> dict[str, str]:
    """What stands where the generated pages belong, by path in the documentation's folder."""
    here = docs / engine.pages.anchors.FOLDER
    return {
        path.relative_to(docs).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(here.rglob("*"))
        if path.is_file()
    }


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


def show_report(result: Assessment, *, full: bool = False, saved: str | None) -> None:
    """The result as text on standard output, in short or in full; `saved` is where the answers are."""
    show(engine.rendering.text_lines(result, full=full, width=width(), saved=saved))


def show(lines: Iterable[Line], *, err: bool = False) -> None:
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


def tell(text: str, indent: str = "") -> None:
    """A sentence on standard error, wrapped to the width."""
    show(engine.text.wrapped(text, width(), indent), err=True)


def say(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True, color=None if wants_colour() else False)


def fail(message: str) -> NoReturn:
    """Ends with a message and the exit code of wrong input."""
    say(engine.errors.printable(message))
    sys.exit(WRONG_INPUT)


if __name__ == "__main__":
    main()

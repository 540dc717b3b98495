"""The command line: what each command prints where, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import shipped
from click.testing import CliRunner, Result

import cli
from cli import main
from engine import __version__, assess
from engine.inference.firing import Inference
from engine.knowledge.levels import LEVELS
from engine.knowledge.unsure import unsure

TESTS = Path(__file__).parent
BASE = TESTS / "bad" / "base.yaml"
ARTICLE = TESTS.parents[1] / "shared" / "article.txt"
ANSWERS = "age_years: 71\nsymptom_side: both\nwalk_stand_trigger: [walking]\nbend_forward_relief: yes\n"
ESCAPE = "\x1b"


def squeezed(text: str) -> str:
    """The text on one line, wherever it was wrapped."""
    return " ".join(text.split())


def run(*args: str, stdin: str | None = None, **env: str) -> Result:
    """What the command does; a crash is raised and not hidden in the result."""
    result = CliRunner().invoke(main, args, input=stdin, env=env, prog_name="legtriage")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which every command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def answers(here: Path) -> str:
    """A right answers file."""
    (here / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    return "answers.yaml"


@pytest.fixture
def folder(here: Path) -> Path:
    """A folder with a small rule base without a fault."""
    made = here / "small"
    made.mkdir()
    shutil.copy(BASE, made / "base.yaml")
    return made


def inside(command: click.Command) -> dict[str, click.Command]:
    """The commands of a group, in their order; none of what is no group."""
    if not isinstance(command, click.Group):
        return {}
    ctx = click.Context(command)
    found = {name: command.get_command(ctx, name) for name in command.list_commands(ctx)}
    return {name: each for name, each in found.items() if each is not None}


def commands(command: click.Command = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group, by the words that call it."""
    yield path
    if isinstance(command, click.Group):
        for name, inner in inside(command).items():
            yield from commands(inner, (*path, name))


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_help_has_an_example_of_the_command(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert result.stderr == ""
    _, _, examples = result.stdout.partition("Example")
    assert re.search(rf"^ *(\S.* \| )?{' '.join(['legtriage', *path])}\b", examples, re.MULTILINE)


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_examples_name_commands_and_options_that_exist(path: tuple[str, ...]) -> None:
    for line in run(*path, "--help").stdout.splitlines():
        found = re.match(r" +(?:\S.* \| )?legtriage((?: [a-z][a-z-]*)*)(.*)", line)
        if found is None or not line.startswith("  "):
            continue
        command: click.Command = main
        for word in found[1].split():
            command = inside(command).get(word, command)
        options = {option for each in command.params for option in each.opts}
        assert {word for word in found[2].split() if word.startswith("--")} <= options


def test_help_says_of_each_command_what_its_own_help_says_first() -> None:
    listed = {name: entry.summary for group in cli.COMMANDS.values() for name, entry in group.items()}
    assert listed == {name: (each.help or "").splitlines()[0] for name, each in inside(main).items()}
    assert [name for name in listed if f"\n  {name} " not in run("--help").stdout] == []


def test_version() -> None:
    assert run("--version").stdout == f"legtriage {__version__}\n"


def test_assess_prints_the_report(answers: str) -> None:
    result = run("assess", answers)
    assert result.exit_code == 0
    assert result.stdout.startswith("HOW SOON TO BE SEEN\n")
    assert "stenosis-eases-leaning-forward" in result.stdout
    assert result.stderr == ""


def test_assess_json_is_what_python_gives(answers: str) -> None:
    result = run("assess", answers, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(json.dumps(assess(ANSWERS.encode()).to_dict()))
    assert result.stderr == ""


def chosen(*args: str, **env: str) -> tuple[str | None, str | None]:
    """The country whose numbers a result has, and what named it."""
    unset = dict.fromkeys(("LEGTRIAGE_COUNTRY", "LC_ALL", "LC_TELEPHONE", "LANG"), "")
    result = run("assess", "-", "--json", *args, stdin="saddle_numbness: yes", **{**unset, **env})
    assert result.exit_code == 0
    numbers = json.loads(result.stdout)["numbers"]
    return numbers["country"], numbers["chosen_by"]


def test_the_country_is_that_of_the_option_else_the_variable_else_the_locale() -> None:
    settings = {"LEGTRIAGE_COUNTRY": "nz", "LC_ALL": "en_IE.UTF-8"}
    assert chosen("--country", "gb", **settings) == ("GB", "--country")
    assert chosen(**settings) == ("NZ", "LEGTRIAGE_COUNTRY")
    assert chosen(LC_ALL="en_IE.UTF-8", LANG="de_DE.UTF-8") == ("IE", "your setting LC_ALL")
    assert chosen(LC_TELEPHONE="de_DE.UTF-8", LANG="en_GB.UTF-8") == ("DE", "your setting LC_TELEPHONE")
    assert chosen(LANG="fr_FR.UTF-8") == ("FR", "your setting LANG")


def test_a_language_names_no_country_nor_does_a_locale_that_machines_have_everywhere() -> None:
    assert chosen(LC_MESSAGES="en_GB.UTF-8") == (None, None)
    assert chosen(LC_ALL="C.UTF-8", LANG="en_GB.UTF-8") == (None, None)  # the first that is set counts
    assert chosen(LANG="en_US.UTF-8") == (None, None)
    assert chosen("--country", "US") == ("US", "--country")


@pytest.mark.parametrize("wrong", ["Mars", "", "G8"])
def test_what_is_no_country_is_an_error_that_lists_those_with_numbers(answers: str, wrong: str) -> None:
    result = run("assess", answers, "--country", wrong)
    assert (result.exit_code, result.stdout) == (1, "")
    message = f"--country: R044 no numbers are known for the country `{wrong}`; those known are AT, AU, "
    assert result.stderr.startswith(message)
    assert " GB, " in result.stderr


@pytest.mark.parametrize(("option", "variable"), [("JP", ""), (None, "JP"), (None, "Mars")])
def test_nobody_loses_a_result_by_a_country_without_numbers(option: str | None, variable: str) -> None:
    command = ("assess", "-", *(["--country", option] if option else []))
    result = run(*command, stdin="bladder_change: [cannot_pee]", LEGTRIAGE_COUNTRY=variable)
    assert result.exit_code == 0
    assert "Emergency, now" in result.stdout
    assert "your emergency number" in " ".join(result.stdout.split())
    named, value = ("--country", option) if option else ("LEGTRIAGE_COUNTRY", variable)
    told = " ".join(result.stderr.split())
    assert told.startswith(
        f"{named}: no numbers are known for `{value}`, so none is named; those known are AT"
    )


def test_a_variable_does_not_keep_rules_without_numbers_from_being_used(folder: Path) -> None:
    rules, _, _ = BASE.read_text(encoding="utf-8").partition("\nplaces:\n")
    (folder / "base.yaml").write_text(rules, encoding="utf-8")
    command = ("assess", "-", "--rules", str(folder))
    assert run(*command, stdin="side: left", LEGTRIAGE_COUNTRY="GB").exit_code == 0
    asked = run(*command, "--country", "GB", stdin="side: left")
    assert asked.exit_code == 0
    assert " ".join(asked.stderr.split()).endswith("those known are none.")


def test_assess_reads_standard_input(answers: str) -> None:
    named = run("assess", answers, "--full").stdout
    assert run("assess", "-", "--full", stdin=ANSWERS).stdout == named
    assert "`legtriage assess ANSWERS --full`" in run("assess", "-", stdin=ANSWERS).stdout
    plain = {"age_years": 71, "symptom_side": "both"}
    result = run("assess", "-", "--json", stdin=json.dumps(plain))
    assert json.loads(result.stdout)["answers"] == {"age_years": "71 years", "symptom_side": "both"}


def test_assess_trace_shows_the_firings_in_their_order(answers: str) -> None:
    result = run("assess", answers, "--trace")
    lines = result.stdout.splitlines()
    assert [int(line.split()[0]) for line in lines] == list(range(1, len(lines) + 1))
    fired = {re.sub(r"^ *\d+ ([^:]*): .*", r"\1", line) for line in lines}
    assert set(assess(ANSWERS.encode()).fired) == fired & shipped.rules().rules.keys()
    [line] = [line for line in lines if "stenosis-eases-leaning-forward" in line]
    assert "bend_forward_relief is yes" in line
    assert "supports spinal_stenosis" in line


def test_assess_by_other_rules(folder: Path) -> None:
    result = run("assess", "-", "--json", "--rules", str(folder), stdin="worse_at_night: yes")
    assert json.loads(result.stdout)["fired"] == ["night-is-urgent"]


def test_wrong_answers_are_all_named_and_nothing_is_printed(here: Path) -> None:
    (here / "wrong.yaml").write_text("age_year: 71\nsymptom_side: bth\n", encoding="utf-8")
    result = run("assess", "wrong.yaml")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "wrong.yaml:1:1: A001 unknown question `age_year`; did you mean `age_years`?\n"
        "wrong.yaml:2:15: A003 `bth` is not an answer to `symptom_side`; did you mean `both`?\n"
    )


def test_wrong_standard_input_is_named_so() -> None:
    result = run("assess", "-", stdin="age_year: 71")
    assert result.exit_code == 1
    assert result.stderr.startswith("standard input:1:1: A001 ")


def test_unicode_answers_and_names(here: Path) -> None:
    (here / "réponses Ω.yaml").write_text("symptom_side: linkes Bein ½\n", encoding="utf-8")
    result = run("assess", "réponses Ω.yaml")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "réponses Ω.yaml:1:15: A003 `linkes Bein ½` is not an answer to `symptom_side`"
    )
    (here / "réponses Ω.yaml").write_text("# für später\nsymptom_side: both\n", encoding="utf-8")
    assert run("assess", "réponses Ω.yaml").exit_code == 0


@pytest.mark.parametrize("command", [["assess"], ["article", "verify"]], ids=" ".join)
def test_file_that_cannot_be_read(here: Path, command: list[str]) -> None:
    (here / "folder").mkdir()
    for name, why in (("nowhere.yaml", "no such file or directory"), ("folder", "is a directory")):
        result = run(*command, name)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr == f"{name}: {why}\n"


@pytest.mark.parametrize(
    "args",
    [
        ["assess"],
        ["assess", "a", "b"],
        ["asess"],
        ["questions", "--jsn"],
        ["rules", "show"],
        ["rules", "list", "x"],
    ],
    ids=" ".join,
)
def test_wrong_usage(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: legtriage" in result.stderr


@pytest.mark.parametrize("args", [[], ["interview"]], ids=["no command", "interview"])
def test_interview_without_a_terminal(args: list[str]) -> None:
    result = run(*args, stdin="no\n" * 50)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "legtriage assess" in result.stderr


def test_questions_name_every_question_and_option() -> None:
    result = run("questions")
    assert result.exit_code == 0
    words = set(re.findall(r"\w+", result.stdout))
    assert shipped.rules().questions.keys() <= words
    assert {id for question in shipped.rules().questions.values() for id in question.option_ids} <= words
    assert all(chapter.title.upper() in result.stdout for chapter in shipped.rules().chapters)
    text = squeezed(result.stdout)
    for question in shipped.rules().questions.values():
        assert f" Why: {question.why} " in text
        assert question.help is None or f" Hint: {question.help} " in text
    assert result.stderr == ""


def test_questions_as_json() -> None:
    found = json.loads(run("questions", "--json").stdout)
    assert [each["id"] for each in found] == list(shipped.rules().questions)
    keys = ["id", "kind", "label", "text", "why", "help", "options"]
    keys += ["min", "max", "unit", "whole", "emergency", "asked_when", "unsure", "read_by"]
    for each in found:
        question = shipped.rules().questions[each["id"]]
        assert list(each) == keys
        assert each["kind"] == question.kind
        assert [option["id"] for option in each["options"]] == list(question.option_ids)
        for option in each["options"]:
            assert list(option) == ["id", "text", "exclusive", "means_unsure", "refuses", "clear", "also"]
        assert each["emergency"] is question.emergency
        assert (each["min"] is None) == (each["max"] is None) == (not question.is_quantity)
    by_id = {each["id"]: each for each in found}
    blank: dict[str, object] = {"text": "", "why": "", "help": "", "unsure": None, "read_by": []}
    assert by_id["age_years"] | blank == {
        "id": "age_years",
        "kind": "number",
        "label": "your age",
        "text": "",
        "why": "",
        "help": "",
        "options": [],
        "min": 0,
        "max": 120,
        "unit": "years",
        "whole": True,
        "emergency": False,
        "asked_when": None,
        "unsure": None,
        "read_by": [],
    }
    duration = by_id["symptom_duration"]
    assert (duration["min"], duration["max"], duration["unit"]) == (0, 100, "years")
    assert by_id["rash_hours"]["asked_when"] == "skin_change has blister_band"


READS_UNSURE = """rules:
  - {id: age-unsure, when: age_years is unsure, urgency: routine, %s}
  - {id: age-unsure-at-night, when: {all: [age_years is unsure, worse_at_night is yes]},
     urgency: emergency, %s}
  - {id: side-unsure, when: {not: {any: [worse_at_night is yes, {not: side is unsure}]}}, urgency: urgent, %s}
  - {id: feels-unsure, when: {any: [feelings is unsure, side is both]}, sign: nerve_like, %s}
  - {id: lasts-sure, when: {all: [{not: lasts is unsure}, side is both]}, urgency: routine, %s}
""".replace("%s", "because: It is so., cites: [guide-2020], grade: guideline")


def test_questions_say_what_unsure_does_and_who_reads_them(folder: Path) -> None:
    (folder / "more.yaml").write_text(READS_UNSURE, encoding="utf-8")
    lines = run("questions", "--rules", str(folder)).stdout.replace("\n      ", " ").splitlines()
    assert [line for line in lines if line.startswith("  Unsure: ")] == [
        "  Unsure: at least same_day (night-is-urgent)",
        "  Unsure: may bring urgent (side-unsure)",
        "  Unsure: helps to fire feels-unsure",
        "  Unsure: at least routine (age-unsure); may bring emergency (age-unsure-at-night)",
        "  Unsure: counts as not known",
    ]
    found = json.loads(run("questions", "--rules", str(folder), "--json").stdout)
    assert {each["id"]: each["unsure"] for each in found} == {
        "worse_at_night": {"at_least": "same_day", "rules": ["night-is-urgent"]},
        "side": {"at_least": None, "rules": ["side-unsure"]},
        "feelings": {"at_least": None, "rules": ["feels-unsure"]},
        "age_years": {"at_least": "routine", "rules": ["age-unsure", "age-unsure-at-night"]},
        "lasts": {"at_least": None, "rules": []},
    }
    assert {each["id"]: each["read_by"] for each in found} == {
        "worse_at_night": ["age-unsure-at-night", "night-is-urgent", "side-unsure"],
        "side": ["canal-both-sides", "canal-one-side", "feels-unsure", "lasts-sure", "side-unsure"],
        "feelings": ["feels-unsure", "hip-lasting", "nerve-like"],
        "age_years": ["age-unsure", "age-unsure-at-night"],
        "lasts": ["hip-lasting", "lasts-sure"],
    }


@pytest.mark.parametrize("question", shipped.rules().questions)
def test_unsure_raises_at_least_what_is_said(question: str) -> None:
    said = unsure(question, shipped.rules())
    fired = assess({question: "unsure"}).urgency
    assert {rule.id for rule in said.alone} <= {reason.id for reason in fired.rules}
    if said.at_least:
        assert fired.level == said.at_least
    else:
        assert fired.rules == ()


def test_blank_template_is_a_right_answers_file_that_says_nothing() -> None:
    template = run("questions", "--template").stdout
    blank = [line.partition(":")[0] for line in template.splitlines() if line and not line.startswith("#")]
    assert blank == list(shipped.rules().questions)
    result = run("assess", "-", "--json", stdin=template)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "insufficient"
    assert json.loads(result.stdout)["answers"] == {}


def test_filled_template_is_read() -> None:
    template = run("questions", "--template").stdout.replace(
        "\nage_years:  # your age\n", "\nage_years: 71\n"
    )
    result = run("assess", "-", "--json", stdin=template)
    assert json.loads(result.stdout)["answers"] == {"age_years": "71 years"}


def listed(*args: str) -> list[dict[str, Any]]:
    """The rules that the filters leave, as JSON; the text lists the same."""
    found: list[dict[str, Any]] = json.loads(run("rules", "list", *args, "--json").stdout)
    as_text = run("rules", "list", *args)
    assert [line.split()[0] for line in as_text.stdout.splitlines()] == [rule["id"] for rule in found]
    assert as_text.stderr == f"{len(found)} of {len(shipped.rules().rules)} rules\n"
    return found


def test_rules_list_gives_all_by_id() -> None:
    assert [rule["id"] for rule in listed()] == sorted(shipped.rules().rules)


@pytest.mark.parametrize(
    ("option", "value", "keys"),
    [
        ("grade", "measured", ["grade"]),
        ("cause", "spinal_stenosis", ["supports", "opposes"]),
        ("urgency", "emergency", ["urgency"]),
        ("sign", "sock_pattern", ["sign"]),
    ],
)
def test_rules_list_filters(option: str, value: str, keys: list[str]) -> None:
    found = {rule["id"] for rule in listed(f"--{option}", value)}
    wanted = {rule["id"] for rule in listed() if value in [rule.get(key) for key in keys]}
    assert found == wanted
    assert 0 < len(found) < len(shipped.rules().rules)


def test_rules_list_by_source_and_by_two_filters() -> None:
    by_source = listed("--source", "article")
    assert by_source
    assert all(any(cite.startswith("article ") for cite in rule["cites"]) for rule in by_source)
    both = {rule["id"] for rule in listed("--source", "article", "--cause", "spinal_stenosis")}
    stenosis = {rule["id"] for rule in listed("--cause", "spinal_stenosis")}
    assert both == stenosis & {rule["id"] for rule in by_source}


def test_rules_list_by_mark_and_marks_in_the_last_column(folder: Path) -> None:
    def ids(mark: str) -> list[str]:
        lines = run("rules", "list", "--rules", str(folder), "--mark", mark).stdout.splitlines()
        return [line.split()[0] for line in lines]

    assert ids("recalled") == ids("judgement") == ids("needs sign-off") == ["hip-lasting"]
    assert ids("second-hand") == ["hip-lasting", "night-is-urgent"]
    assert ids("derived") == ["disc-nerve-like"]
    lines = run("rules", "list", "--rules", str(folder)).stdout.splitlines()
    ends = {line.split()[0]: re.split(r"  +", line)[3:] for line in lines}
    assert ends["hip-lasting"] == ["judgement; needs sign-off; recalled, medium; second-hand"]
    assert ends["canal-one-side"] == []


def test_rules_show_says_what_a_ratio_was_measured_among_and_the_marks(folder: Path) -> None:
    shown = run("rules", "show", "disc-nerve-like", "--rules", str(folder)).stdout
    assert "  among     93 people with back pain, a specialist clinic\n" in shown
    assert "  marks     derived\n" in shown
    plain = json.loads(run("rules", "show", "disc-nerve-like", "--rules", str(folder), "--json").stdout)
    assert plain["likelihood_ratio"]["among"] == "93 people with back pain, a specialist clinic"
    assert plain["marks"] == ["derived"]
    assert "  marks" not in run("rules", "show", "canal-one-side", "--rules", str(folder)).stdout


@pytest.mark.parametrize(
    ("option", "value", "remedy"),
    [
        ("grade", "measurd", "did you mean `measured`?"),
        ("cause", "spinal_stenosi", "did you mean `spinal_stenosis`?"),
        ("urgency", "zzz", f"one of {', '.join(LEVELS)}"),
        ("sign", "sock_patern", "did you mean `sock_pattern`?"),
        ("source", "artikle", "did you mean `article`?"),
        ("mark", "recaled", "did you mean `recalled`?"),
        ("mark", "x", "one of derived, judgement, needs sign-off, no interval, recalled, second-hand"),
    ],
)
def test_rules_list_refuses_a_wrong_word(option: str, value: str, remedy: str) -> None:
    result = run("rules", "list", f"--{option}", value)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"--{option}: R030 unknown {option} `{value}`; {remedy}\n"


def test_rules_show() -> None:
    rule = shipped.rules().rules["stenosis-eases-leaning-forward"]
    result = run("rules", "show", rule.id)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule.id}\n")
    for text in (str(rule.when), rule.because, rule.grade, str(rule.where), *map(str, rule.cites)):
        assert text in squeezed(result.stdout)
    plain = json.loads(run("rules", "show", rule.id, "--json").stdout)
    assert plain["id"] == rule.id
    assert plain["supports"] == "spinal_stenosis"
    assert result.stderr == ""


@pytest.mark.parametrize("every", [20, pytest.param(1, marks=pytest.mark.audit)])
def test_every_rule_can_be_shown(every: int) -> None:
    for id in list(shipped.rules().rules)[::every]:
        assert f"\n{id}\n" in f"\n{run('rules', 'show', id).stdout}"


def test_rules_show_names_the_nearest() -> None:
    result = run("rules", "show", "stenosis-eases-leaning-foward")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "unknown rule or sign `stenosis-eases-leaning-foward`; "
        "did you mean `stenosis-eases-leaning-forward`?\n"
    )
    assert "`legtriage rules list` lists them" in run("rules", "show", "qqqq").stderr


def test_check_of_the_shipped_rules() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"No problem found in {len(shipped.rules().rules)} rules, ")
    assert result.stderr == ""


def test_check_of_a_folder(folder: Path) -> None:
    found = run("check", folder.name)
    assert found.exit_code == 1
    assert re.fullmatch(
        r"small/base\.yaml:\d+:5: L014 no case shows `canal-or-hip`; add it under `not_told_apart` of one",
        found.stdout.splitlines()[-1],
    )
    assert " R0" not in found.stdout
    assert found.stderr.endswith(" to mend; docs/lint.md explains each code\n")
    (folder / "more.yaml").write_text("rules:\n  - id: a-rule\n    wen: side is left\n", encoding="utf-8")
    result = run("check", folder.name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "small/more.yaml:3:5: R004 unknown key `wen`; did you mean `when`?" in result.stderr.splitlines()


def test_check_of_no_folder() -> None:
    result = run("check", "nowhere")
    assert result.exit_code == 1
    first, last = result.stderr.splitlines()
    assert first == "nowhere: R031 no such folder; name one that holds rule files"
    assert last.startswith("the rules as a set were not looked at (codes L…)")


def test_test_of_some_shipped_cases() -> None:
    result = run("test", "-k", "STENOSIS")
    assert result.exit_code == 0
    assert re.fullmatch(r"([1-9]\d*) of \1 cases hold\.\nOf \d+ signposts, .*\n", result.stdout)
    assert result.stderr == ""


def test_test_of_no_case(folder: Path) -> None:
    for args, why in ((["-k", "qqqq"], "no case has `qqqq`"), ([folder.name], "small: there are no cases")):
        result = run("test", *args)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith(why)


def test_test_prints_what_differs(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "some.yaml").write_text(
        """cases:
  - id: holds
    title: Worse at night
    answers: {worse_at_night: yes}
    expect: {urgency: same_day, fires: [night-is-urgent]}
  - id: fails
    title: Better at night
    answers: {worse_at_night: no}
    expect: {urgency: emergency, fires: [night-is-urgent]}
""",
        encoding="utf-8",
    )
    result = run("test", folder.name)
    assert result.exit_code == 1
    assert result.stdout == (
        "small/cases/some.yaml:6:5: C001 fails: urgency should be emergency, is routine\n"
        "small/cases/some.yaml:6:5: C001 fails: `night-is-urgent` should fire, does not\n"
        "1 of 2 cases hold.\n"
    )
    assert run("test", folder.name, "-k", "holds").exit_code == 0
    assert " C001 " not in run("check", folder.name).stdout  # it reads cases, and runs none


needs_article = pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not shipped")


@needs_article
def test_article_is_verified() -> None:
    result = run("article", "verify", str(ARTICLE))
    assert result.exit_code == 0
    assert f"all {len(shipped.rules().statements)} statements" in result.stdout


@needs_article
def test_changed_article_is_refused_by_line(here: Path) -> None:
    lines = ARTICLE.read_text(encoding="utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if len(line.split()) > 5)
    lines[at] += " indeed"
    lines.append("One more line.")
    (here / "changed.txt").write_text("\n".join(lines), encoding="utf-8")
    result = run("article", "verify", "changed.txt")
    assert result.exit_code == 1
    assert f"changed.txt:{at + 1}: not a line of the article\n" in result.stdout
    assert f"changed.txt:{len(lines)}: not a line of the article\n" in result.stdout
    assert result.stdout.count("not a line of the article") == 2
    assert result.stdout.startswith("changed.txt: lacks the line of statement ")


@needs_article
def test_article_in_another_order_is_refused(here: Path) -> None:
    lines = ARTICLE.read_text(encoding="utf-8-sig").splitlines()
    (here / "turned.txt").write_text("\n".join(reversed(lines)), encoding="utf-8")
    result = run("article", "verify", "turned.txt")
    assert result.exit_code == 1
    assert result.stdout == "turned.txt: the lines do not stand in the article's order\n"


def test_article_that_is_not_text(here: Path) -> None:
    (here / "article.txt").write_bytes(b"\xff\xfe")
    result = run("article", "verify", "article.txt")
    assert result.exit_code == 1
    assert result.stderr == "article.txt: not UTF-8; save the file as UTF-8\n"


PRINTING = [
    ["assess", "answers.yaml"],
    ["assess", "answers.yaml", "--json"],
    ["questions"],
    ["rules", "list"],
    ["rules", "show", "rf01-saddle-numbness"],
    ["--help"],
]


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("args", PRINTING, ids=" ".join)
def test_pipe_gets_no_escape_codes(args: list[str]) -> None:
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-c", "from cli import main; main(prog_name='legtriage')", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **env,
            "PYTHONPATH": str(Path(cli.__file__).parent),
            "PYTHONIOENCODING": "utf-8",
            "TERM": "xterm",
        },
    )
    assert done.returncode == 0
    assert done.stdout
    assert ESCAPE not in done.stdout + done.stderr


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("args", PRINTING, ids=" ".join)
@pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
def test_terminal_that_wants_no_colour_gets_none(args: list[str], name: str) -> None:
    env = {"NO_COLOR": None, "TERM": "xterm"}
    off = env | {"NO_COLOR": "1"} if name == "NO_COLOR" else env | {"TERM": "dumb"}
    with_colour = CliRunner().invoke(main, args, env=env, color=True)
    without = CliRunner().invoke(main, args, env=off, color=True)
    assert ESCAPE not in without.output
    assert with_colour.exit_code == without.exit_code == 0
    if args in (["assess", "answers.yaml"], ["questions"]):
        assert ESCAPE in with_colour.output


def test_lines_are_as_wide_as_the_terminal_up_to_a_bound(answers: str) -> None:
    for columns, most in (("40", 40), ("60", 60), ("200", 88)):
        lines = run("assess", answers, COLUMNS=columns).stdout.splitlines()
        longest = max(len(line) for line in lines if len(line.split()) > 1)
        assert most - 6 <= longest <= most


@pytest.mark.audit
def test_coverage_of_the_shipped_cases_is_whole() -> None:
    result = run("test", "--coverage")
    assert result.exit_code == 0
    count = len(shipped.rules().rules)
    others = len(shipped.rules().consistency) + len(shipped.rules().pairs)
    assert result.stdout.splitlines()[2:] == [
        f"Of {count} rules, {count} must fire in a case, {count} must not in another.",
        f"Of {others} consistency checks and pairs, {others} are shown by a case.",
        "100 % of all are shown in full; 100 % is asked for: enough.",
    ]


def test_coverage_names_rules_without_a_case_and_without_a_near_miss(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "one.yaml").write_text(
        """cases:
  - id: at-night
    title: Worse at night
    answers: {worse_at_night: yes}
    expect: {fires: [night-is-urgent]}
""",
        encoding="utf-8",
    )
    result = run("test", "small", "--coverage")
    assert result.exit_code == 1
    assert "night-is-urgent: no case says that it must not (`silent`)" in result.stdout.splitlines()
    assert "night-is-urgent: no case says that it must fire" not in result.stdout
    assert ": no case says that it must fire (`fires`)" in result.stdout


def test_export_clips_prints_every_rule() -> None:
    result = run("export", "clips")
    assert result.exit_code == 0
    assert result.stdout.startswith("; legtriage as a CLIPS program.")
    for id in shipped.rules().rules:
        assert f"(defrule {id} " in result.stdout


def test_a_disagreement_of_the_engines_is_loud(answers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "engine.inference.network.infer", lambda rules, answers: Inference(fired=(), signs={})
    )
    result = run("assess", answers)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "contradicts itself" in result.stderr
    assert "act on the higher urgency" in result.stderr


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["explain", "answers.yaml", "--cause", "stenosis"], 1, "cause: R030 unknown cause `stenosis`"),
        (["explain", "answers.yaml", "--cause", "tumor", "--urgency"], 2, "either --cause or --urgency"),
        (["why-not", "answers.yaml"], 2, "name CAUSE and ANSWERS"),
        (["why-not", "--urgency", "soon", "answers.yaml"], 1, "--urgency: R030 unknown urgency `soon`"),
        (["what-if", "answers.yaml", "--set", "age_years"], 2, "write QUESTION=ANSWER"),
        (
            ["what-if", "answers.yaml", "--set", "age_years="],
            1,
            "--set age_years: A002 no answer stands here",
        ),
        (["what-if", "answers.yaml", "--unset", "age_year"], 1, "A001 unknown question `age_year`"),
        (["what-if", "answers.yaml", "--unset", "age_years", "--set", "age_years=1"], 2, "named twice"),
        (["turning-points", "none.yaml"], 1, "none.yaml: no such file or directory"),
    ],
)
def test_explanations_say_what_is_wrong_with_a_request(
    answers: str, args: list[str], code: int, says: str
) -> None:
    result = run(*args)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stdout == ""


def test_what_if_names_every_wrong_change(answers: str) -> None:
    result = run("what-if", answers, "--set", "age_years=old", "--set", "symptom_sde=left")
    assert result.exit_code == 1
    assert [line.split(": ")[1][:4] for line in result.stderr.splitlines()] == ["A004", "A001"]


@pytest.mark.parametrize("value", ["burning, numb", "[burning, numb]", "BURNING numb".replace(" ", ",")])
def test_what_if_takes_answers_as_at_the_prompt_or_as_in_a_file(answers: str, value: str) -> None:
    result = run("what-if", answers, "--set", f"symptom_kinds={value}", "--json")
    [change] = json.loads(result.stdout)["changes"]
    assert change["before"] is None
    assert change["after"]["has"] == ["burning", "numb"]


@pytest.mark.parametrize(
    ("args", "key"),
    [
        (["explain"], "standing"),
        (["explain", "--urgency"], "level"),
        (["why-not", "herniated_disc"], "failed"),
        (["what-if", "--unset", "age_years"], "causes"),
        (["turning-points"], "another_first"),
    ],
)
def test_explanations_as_json(answers: str, args: list[str], key: str) -> None:
    result = run(*args, answers, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[key]
    assert result.stderr == ""


@pytest.mark.parametrize("command", [["explain"], ["why-not", "tumor"]])
def test_an_explanation_calls_standard_input_what_others_do(command: list[str]) -> None:
    result = run(*command, "-", stdin="age_years: 10")
    assert result.exit_code == 1
    assert result.stderr.startswith("standard input: A010 ")

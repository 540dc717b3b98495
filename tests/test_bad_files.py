"""Every wrong file under `bad/` draws exactly the complaints that it states."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine
from engine import Answers, Location
from engine.audit.cases.case import Case, Expectation, read_cases
from engine.audit.check.lint import lint
from engine.audit.mutation.accepted import read_accepted
from engine.errors import InputError
from engine.knowledge.rule_base import RuleBase
from engine.loading.answer_reader import read_answers
from engine.loading.loader import load_rules, read_rules
from engine.loading.tree import MAX_BYTES
from engine.records.verification import verify

TESTS = Path(__file__).parent
BAD = TESTS / "bad"
BASE = (BAD / "base.yaml").read_bytes()
ENGINE = Path(engine.__file__ or "").parent
CODE = r"[YRAVL]\d{3}"

FILES = {
    str(path.relative_to(BAD)): path for path in sorted(BAD.glob("*/*")) if path.suffix in (".yaml", ".json")
}


def header(path: Path) -> Iterator[tuple[str, str]]:
    """The key and value of each `# key: value` at the top of a wrong file, or of the file beside it."""
    beside = path.with_name(path.name + ".expect")
    text = (beside if beside.exists() else path).read_text(encoding="utf-8", errors="replace")
    for line in text.splitlines():
        found = re.fullmatch(r"# (expect|without|cases): (.*)", line)
        if found is None:
            return
        yield found[1], found[2]


def expected(path: Path) -> list[str]:
    """The complaints that a wrong file states."""
    return [value for key, value in header(path) if key == "expect"]


def base_without(sections: list[str]) -> bytes:
    """The base with these sections blanked out, so that the wrong file can hold its own."""
    lines = []
    section = ""
    for line in BASE.decode().splitlines():
        if re.match(r"\w", line):
            section = line.partition(":")[0]
        lines.append("" if section in sections else line)
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    """The base, which has no fault."""
    return read_rules({"base.yaml": BASE})


def complaints(path: Path, rules: RuleBase) -> list[str]:
    """What is said of a wrong file, each as it is shown but for the file's own name in front."""
    data = path.read_bytes()
    left_out = [value for key, value in header(path) if key == "without"]
    files = {"base.yaml": base_without(", ".join(left_out).split(", ")), path.name: data}
    try:
        if path.parent.name == "rules":
            read_rules(files)
        elif path.parent.name == "lint":
            return [line.removeprefix(f"{path.name}:") for line in linted(path, read_rules(files))]
        elif path.parent.name == "results":
            verify(data, rules, path=path.name)
        elif path.parent.name == "cases":
            read_cases({path.name: data}, rules)
            read_accepted({path.name: data}, rules)
        else:
            read_answers(data, rules, path.name)
    except InputError as error:
        return [str(problem).removeprefix(f"{path.name}:") for problem in error.problems]
    return []


def linted(path: Path, rules: RuleBase) -> list[str]:
    """The findings in the file itself, not those in the base; cases show all that its header lets them."""
    shown = next((value for key, value in header(path) if key == "cases"), "all")
    every = Expectation(
        fires=tuple(rules.rules) if shown != "none" else (),
        silent=tuple(rules.rules) if shown == "all" else (),
        contradictions=tuple(rules.consistency) if shown != "none" else (),
        not_told_apart=tuple(rules.pairs) if shown != "none" else (),
    )
    case = Case(id="all", title="all", answers=Answers({}), expect=every, where=Location("cases"))
    return [str(each) for each in lint(rules, [case]).findings if each.where.path == path.name]


@pytest.mark.parametrize("name", FILES)
def test_wrong_file_draws_its_complaints(name: str, rules: RuleBase) -> None:
    path = FILES[name]
    assert expected(path), "the file states no complaint: begin it with `# expect: LINE:COL: CODE message`"
    assert complaints(path, rules) == expected(path)


@pytest.mark.parametrize("name", FILES)
def test_wrong_file_is_named_for_its_code(name: str) -> None:
    code = FILES[name].name.partition("_")[0].upper()
    assert any(f" {code} " in line for line in expected(FILES[name]))


def emitted_codes() -> set[str]:
    """Every code that stands as a string in the engine's text."""
    texts = [path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py")]
    return {code for text in texts for code in re.findall(rf'"({CODE})"', text)}


def stated_codes() -> set[str]:
    """Every code that some wrong file states."""
    lines = [line for path in FILES.values() for line in expected(path)]
    return {code for line in lines for code in re.findall(rf": ({CODE}) ", line)}


UNFILED = {
    "A010",  # right answers, of someone for whom no cause is ranked: `test_ranking.py`
    "R031",  # a fault of a folder and of no file: `test_folder_without_rules`, `test_no_such_folder`
    "R044",  # a fault of no file: `test_an_unknown_country_is_an_error_that_lists_those_known`
    "V004",  # a fault of no file: `test_a_result_of_other_rules_is_refused`
}


def test_every_code_has_a_wrong_file() -> None:
    missing = sorted(emitted_codes() - UNFILED - stated_codes())
    assert not missing, "add a wrong file under tests/bad/ for each"


def test_no_wrong_file_states_a_code_that_is_never_emitted() -> None:
    assert not sorted(stated_codes() - emitted_codes())


def test_folder_without_rules() -> None:
    with pytest.raises(InputError, match=r"^rules: R031 there is no file [^\n]*$"):
        read_rules({})


def complaint_of(folder: Path) -> str:
    """What is said of rules that cannot be loaded from the folder, its name apart."""
    with pytest.raises(InputError) as found:
        load_rules(folder)
    [said] = str(found.value).splitlines()
    assert said.startswith(f"{folder}: ")
    return said.removeprefix(f"{folder}: ")


def test_no_such_folder(tmp_path: Path) -> None:
    assert complaint_of(tmp_path / "nowhere") == "R031 no such folder; name one that holds rule files"


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(BASE)
    assert complaint_of(path) == "R031 a file and not a folder; name one that holds rule files"


def test_a_fault_of_no_single_file_names_the_folder(tmp_path: Path) -> None:
    assert complaint_of(tmp_path) == "R031 there is no file (*.yaml) here; name a folder that holds some"
    (tmp_path / "base.yaml").write_bytes(base_without(["advice"]))
    assert complaint_of(tmp_path) == "R002 no file has a section `advice`; a rule base needs one"


def test_a_folder_that_cannot_be_listed_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold rules, so leaving it out would be silent. Permissions do not stop every tester."""
    (tmp_path / "base.yaml").write_bytes(BASE)
    (tmp_path / "locked").mkdir()
    iterdir = Path.iterdir

    def listed(path: Path) -> Iterator[Path]:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", listed)
    with pytest.raises(InputError, match="locked: R031 cannot be read: permission denied; mend or remove it"):
        load_rules(tmp_path)


@pytest.mark.parametrize("name", ["more.yml", "MORE.YAML", "more.YML"])
def test_a_file_of_rules_with_another_ending_is_not_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_bytes(BASE)
    (tmp_path / name).write_text("rules: []\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}: R031 only what ends in `.yaml` is read; rename it"):
        load_rules(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_may_never_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match=r"pipe.yaml: R031 not an ordinary file; move it elsewhere"):
        load_rules(tmp_path)


def test_base_has_no_fault(rules: RuleBase) -> None:
    assert set(rules.questions) == {"worse_at_night", "side", "feelings", "age_years", "lasts"}
    assert {question.kind for question in rules.questions.values()} == {
        "yes_no",
        "one_of",
        "many_of",
        "number",
        "duration",
    }


@pytest.mark.parametrize("size", [MAX_BYTES, MAX_BYTES + 1])
def test_file_is_too_large_from_one_byte_past_the_bound(size: int, rules: RuleBase) -> None:
    data = b"side: left\n" + b"#" * (size - len(b"side: left\n"))
    if size <= MAX_BYTES:
        assert dict(read_answers(data, rules)) == dict(read_answers({"side": "left"}, rules))
    else:
        with pytest.raises(InputError, match="answers:1:1: Y003 the file is larger than 1,000,000 bytes"):
            read_answers(data, rules)


def test_position_counts_from_after_a_byte_order_mark(rules: RuleBase) -> None:
    with pytest.raises(InputError, match=r"^answers:1:7: Y001 "):
        read_answers(b"\xef\xbb\xbfside: \xff", rules)


RIGHT_ANSWERS = {
    "json indented with tabs": b'{\n\t"side": "left",\n\t"feelings": {\n\t\t"has": ["numb"]\n\t}\n}\n',
    "byte order mark": b"\xef\xbb\xbfside: left\nfeelings: {has: [numb]}\n",
    "windows line ends": b"side: left\r\nfeelings: {has: numb}\r\n",
    "quoted": b"\"side\": 'left'\nfeelings: {'has': [\"numb\"]}\n",
    "blank is unanswered": b"side: left\nage_years:\nfeelings: {has: [numb], not: []}\n",
}


@pytest.mark.parametrize("data", RIGHT_ANSWERS.values(), ids=RIGHT_ANSWERS)
def test_right_answers_however_written(data: bytes, rules: RuleBase) -> None:
    wanted = read_answers({"side": "left", "feelings": {"has": ["numb"]}}, rules)
    assert dict(read_answers(data, rules)) == dict(wanted)


def test_bare_no_is_no(rules: RuleBase) -> None:
    assert read_answers(b"worse_at_night: no", rules).to_plain() == {"worse_at_night": "no"}


def test_whole_number_between_two_fractions_is_possible() -> None:
    extra = b"""rules:
  - id: sixty-five
    when: {all: [age_years > 64.5, age_years < 65.5]}
    urgency: routine
    because: It is so.
    cites: [guide-2020]
    grade: guideline
"""
    assert "sixty-five" in read_rules({"base.yaml": BASE, "extra.yaml": extra}).rules

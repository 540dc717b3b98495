"""A saved result is verified, and any field of it that was changed is found."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import shipped
from effort import examples
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st
from people import HOSTILE_PERSON, KINDS, hostile, person
from strategies import answer_sets
from test_cli import run

from engine import AnswersError, InputError, assess, verify
from engine.knowledge.rule_base import RuleBase
from engine.records.verification_text import verification_report


@cache
def saved(kind: str) -> str:
    """A result of this kind, as it is saved."""
    return json.dumps(person(kind).to_dict())


ANYONE = answer_sets(shipped.rules())
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)


def said(saved: str, rules: RuleBase | None = None) -> str:
    """What is said of the saved result, on one line."""
    return " ".join(
        " ".join(line.text for line in verification_report(verify(saved, rules or shipped.rules()))).split()
    )


@given(person=ANYONE)
def test_any_result_verifies(person: dict[str, object]) -> None:
    found = verify(json.dumps(assess(person, shipped.rules()).to_dict()), shipped.rules())
    assert found.outcome == "same"
    assert found.differences == ()
    assert found.changes is None


@examples(25)
@given(data=st.data())
def test_any_result_of_any_rules_verifies(data: st.DataObject) -> None:
    rules = data.draw(rule_bases())
    person = data.draw(answer_sets(rules))
    assert verify(json.dumps(assess(person, rules).to_dict()), rules).outcome == "same"


def test_a_result_of_hostile_rules_verifies() -> None:
    plain = assess(HOSTILE_PERSON, hostile()).to_dict()
    for ascii_only in (False, True):
        assert verify(json.dumps(plain, ensure_ascii=ascii_only), hostile()).outcome == "same"
    assert verify(plain, hostile()).outcome == "same"


@pytest.mark.parametrize("kind", KINDS)
def test_how_it_is_written_does_not_matter(kind: str) -> None:
    """Other tools order keys, write 24 for 24.0, or put all on one line; none of it is another result."""
    plain = json.loads(
        saved(kind), parse_float=lambda text: int(float(text)) if text.endswith(".0") else float(text)
    )
    turned = dict(reversed(plain.items()))
    for indent in (None, 4, "\t"):
        assert verify(json.dumps(turned, indent=indent), shipped.rules()).outcome == "same"
    assert verify(b"\xef\xbb\xbf" + saved(kind).encode(), shipped.rules()).outcome == "same"


def paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in the JSON but the top."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from paths(value, (*path, key))


def is_caught(changed: Any, path: tuple[Any, ...]) -> None:
    """The change is found, or is the whole result of other answers."""
    try:
        found = verify(json.dumps(changed), shipped.rules())
    except InputError:
        return
    if found.outcome == "same":
        assert path[0] == "answers"
        own = json.loads(json.dumps(assess(changed["answers"], shipped.rules()).to_dict()))
        assert own == changed
    else:
        assert found.differences


@examples(300)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_any_single_changed_field_is_found(data: st.DataObject, kind: str) -> None:
    plain = json.loads(saved(kind))
    path = data.draw(st.sampled_from(list(paths(plain))))
    *way, last = path
    inside = plain
    for key in way:
        inside = inside[key]
    old = copy.deepcopy(inside[last])
    how = data.draw(st.sampled_from(["replace", "remove", "add", "swap"]))
    if how == "remove":
        del inside[last]
    elif how == "add" and isinstance(inside, dict):
        inside["added"] = data.draw(SCALARS)
    elif how == "add":
        inside.insert(last, data.draw(SCALARS))
    elif how == "swap" and isinstance(inside, list) and last and inside[last - 1] != old:
        inside[last - 1], inside[last] = old, inside[last - 1]
    else:
        new = data.draw(SCALARS.filter(lambda each: json.dumps(each) != json.dumps(old)))
        if isinstance(old, (int, float)) and new == old and not isinstance(new, bool):
            return
        inside[last] = new
    is_caught(plain, path)


@pytest.mark.parametrize("kind", KINDS)
def test_the_changed_field_is_named(kind: str) -> None:
    """Each text, number and bool in turn, but for what says by what and from what it was made."""
    plain = json.loads(saved(kind))
    skipped = {("schema",), ("provenance", "rules_sha256"), ("provenance", "legtriage")}
    places = [path for path in paths(plain) if path[0] != "answers" and path not in skipped]
    for path in places[::7]:
        changed = copy.deepcopy(plain)
        inside: Any = changed
        for key in path[:-1]:
            inside = inside[key]
        if isinstance(inside[path[-1]], (dict, list)):
            continue
        inside[path[-1]] = f"{inside[path[-1]]} and more"
        found = verify(json.dumps(changed), shipped.rules())
        assert found.outcome == "altered"
        [difference] = found.differences
        name = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")
        assert difference.field.replace('"', "") == name


def test_true_is_not_one_and_a_text_is_no_number() -> None:
    plain = json.loads(saved("ordinary"))
    plain["urgency"]["at_least"] = int(plain["urgency"]["at_least"])
    plain["causes"][0]["points"] = str(plain["causes"][0]["points"])
    found = verify(json.dumps(plain), shipped.rules())
    assert [each.field for each in found.differences] == ["urgency.at_least", "causes[0].points"]


def test_another_version_is_told_from_an_altered_file() -> None:
    plain = json.loads(saved("ordinary"))
    plain["provenance"]["legtriage"] = "0.0.1"
    found = verify(json.dumps(plain), shipped.rules())
    assert found.outcome == "other_version"
    assert [each.field for each in found.differences] == ["provenance.legtriage"]
    assert "legtriage 0.0.1 made it" in said(json.dumps(plain))


@examples(40)
@given(data=st.data(), before=rule_bases(), after=rule_bases())
def test_other_rules_say_what_they_change(data: st.DataObject, before: RuleBase, after: RuleBase) -> None:
    person = data.draw(answer_sets(before))
    old, new = assess(person, before), assess(person, after)
    found = verify(json.dumps(old.to_dict()), after)
    if before.sha256 == after.sha256:
        assert found.outcome == "same"
        return
    assert found.outcome == "other_rules"
    assert found.changes is not None
    assert found.changes.urgency == (old.urgency.level, new.urgency.level)
    assert found.changes.order == tuple(tuple(cause.id for cause in each.causes) for each in (old, new))
    points, points_now = ({cause.id: cause.points for cause in each.causes} for each in (old, new))
    assert found.changes.points == {
        cause: (points[cause], points_now[cause]) for cause in points if points[cause] != points_now[cause]
    }
    assert set(found.changes.gained) == {*new.fired} - {*old.fired}
    assert set(found.changes.lost) == {*old.fired} - {*new.fired}


def test_answers_that_these_rules_do_not_know_are_refused_with_their_place() -> None:
    saved = json.dumps(assess(HOSTILE_PERSON, hostile()).to_dict(), indent=2)
    with pytest.raises(AnswersError) as caught:
        verify(saved, shipped.rules(), path="old.json")
    lines = saved.splitlines()
    for problem in caught.value.problems:
        assert problem.where.path == "old.json"
        assert problem.message.split("`")[1] in lines[problem.where.line - 1]


HOSTILE_FILES = {
    "deep": b'{"schema": ' + b"[" * 100_000,
    "deep after what is no YAML": b'{"a": "\\ud800", "schema": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "long number": b'{"schema": ' + b"9" * 100_000 + b"}",
    "great number": b'{"schema": 1e999999}',
    "not a number": b'{"schema": NaN}',
    "large": b'{"schema": 1, "x": "' + b"x" * 2_000_000 + b'"}',
    "nothing": b"",
    "bytes": bytes(range(256)),
    "lone surrogate": b'{"schema": 1, "\\ud800": 1}',
    "escape": b'{"schema": 1, "answers": {"\\u001b[31m": "\\u202e"}, "provenance": '
    b'{"legtriage": "\\u001b", "rules_sha256": "\\ud800"}}',
}


@pytest.mark.parametrize("data", HOSTILE_FILES.values(), ids=HOSTILE_FILES)
def test_a_hostile_file_gets_a_located_error(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        verify(data, shipped.rules(), path="result.json")
    for problem in caught.value.problems:
        assert problem.where.path.startswith("result.json")
        assert str(problem).isprintable()


@examples(150)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_a_spoilt_file_never_crashes_and_is_never_the_same_by_chance(data: st.DataObject, kind: str) -> None:
    whole = saved(kind).encode()
    start = data.draw(st.integers(0, len(whole)))
    piece = data.draw(
        st.binary(max_size=4) | st.sampled_from([b'"', b"}", b"{}", b"[1", b"\\u0000", b"1e9", b":"])
    )
    spoilt = whole[:start] + piece + whole[start + data.draw(st.integers(0, 20)) :]
    try:
        found = verify(spoilt, shipped.rules())
    except InputError as error:
        found = None
        problems = error.problems
    if found is None:
        assert problems
        assert all(str(problem).isprintable() for problem in problems)
        return
    if found.outcome == "same":
        own = json.loads(json.dumps(assess(json.loads(spoilt)["answers"], shipped.rules()).to_dict()))
        assert json.loads(spoilt) == own
    json.dumps(found.to_dict(), ensure_ascii=False).encode()
    for line in verification_report(found, 40):
        assert line.text.isprintable()


# The command


def test_the_command_says_the_same_and_ends_with_0_only_then() -> None:
    done = run("verify", "-", stdin=saved("ordinary"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("The same rules give the same result")
    plain = json.loads(saved("ordinary"))
    plain["causes"][0]["points"] += 1
    changed = json.dumps(plain)
    done = run("verify", "-", stdin=changed)
    assert (done.exit_code, done.stderr) == (1, "")
    assert "causes[0].points: " in done.stdout
    as_json = run("verify", "-", "--json", stdin=changed)
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout) == json.loads(json.dumps(verify(changed, shipped.rules()).to_dict()))


def test_the_command_names_the_place_of_what_cannot_be_read() -> None:
    done = run("verify", "-", stdin='{\n  "schema": 7\n}')
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("standard input:2:13: V003 ")
    done = run("verify", "nowhere.json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "nowhere.json: no such file or directory\n"


@pytest.mark.parametrize("width", [40, 80])
def test_what_is_said_fits_the_width(width: int) -> None:
    plain = json.loads(saved("pairs"))
    plain["provenance"]["rules_sha256"] = "0" * 64
    plain["causes"] = plain["causes"][1:]
    lines = [line.text for line in verification_report(verify(json.dumps(plain), shipped.rules()), width)]
    assert [line for line in lines if len(line) > width and len(line.split()) > 1] == []
    assert any("and " in line and "more; --json names all." in line for line in lines)

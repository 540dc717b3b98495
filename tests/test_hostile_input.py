"""Whatever is read, either it is right or it is refused with located problems; nothing else is raised."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import shipped
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from engine import assess, explain, turning_points, what_if
from engine.audit.cases.case import read_cases
from engine.errors import AnswersError, InputError, Problem, RulesError
from engine.loading.answer_reader import read_answer, read_answers
from engine.loading.loader import read_rules

BASE = shipped.SMALL.read_bytes()
CASES = b"""cases:
  - id: a-case
    title: A case
    answers: {side: left, feelings: {has: [numb], not: [burning]}, lasts: 6 weeks, age_years: 60}
    expect: {urgency: routine, first: [slipped_disc], fires: [nerve-like]}
"""
ANSWERS = b"side: left\nfeelings: {has: [numb], not: [burning]}\nage_years: 60\nlasts: 6 weeks\n"

few = examples(120)


def refused_or_right(read: Callable[[], object], refusal: type[InputError]) -> None:
    """Whatever comes out, a refusal holds at least one problem, each on a line that can be printed."""
    problems: tuple[Problem, ...] | None = None
    try:
        read()
    except refusal as error:
        problems = error.problems
    assert problems is None or problems
    for problem in problems or ():
        assert str(problem).isprintable()
        str(problem).encode()


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The data with some pieces cut out, moved, or replaced by what means something to YAML."""
    pieces = [
        b"",
        b":",
        b"- ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"*a ",
        b"&a ",
        b"!!int ",
        b"\t",
        b"\n",
        b"  ",
        b'"',
        b"'",
        b"#",
    ]
    pieces += [
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc2\x85",
        b'"\\u0007\\e[31m"',
        b"unsure",
        b"9" * 5000,
        b"-1",
        b"? ",
        b"|",
        b"%",
    ]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        source = draw(st.integers(0, len(data)))
        piece = draw(st.sampled_from([*pieces, data[source : source + 25]]) | st.binary(max_size=6))
        data = data[:start] + piece + data[end:]
    return data


@few
@given(spoilt(BASE))
def test_spoilt_rules(data: bytes) -> None:
    refused_or_right(lambda: read_rules({"base.yaml": data}), RulesError)


@few
@given(spoilt(CASES))
def test_spoilt_cases(data: bytes) -> None:
    refused_or_right(lambda: read_cases({"cases.yaml": data}, shipped.small()), RulesError)


@few
@given(spoilt(ANSWERS) | st.binary(max_size=60))
def test_spoilt_answers(data: bytes) -> None:
    refused_or_right(lambda: read_answers(data, shipped.small()), AnswersError)


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.complex_numbers()
    | st.binary(max_size=5)
    | st.text(max_size=8)
    | st.sampled_from(
        ["left", "numb", "none", "unsure", "60", "6 weeks", "has", "1e400", "\ud800", "\x1b[31m"]
    )
    | st.sampled_from(
        [Decimal("NaN"), Decimal("sNaN"), Decimal("1E+999999"), math.nan, "9" * 100_000, object()]
    )
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.frozensets(
            st.text(max_size=3) | st.integers() | st.sampled_from(["numb", "burning"]), max_size=4
        )
        | st.dictionaries(st.sampled_from(["has", "not", "", "years"]) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)


@few
@given(
    st.dictionaries(
        st.sampled_from([*shipped.small().questions, "no_such_question"]) | st.integers(), values, max_size=4
    )
)
def test_python_values(given_answers: dict[str, object]) -> None:
    refused_or_right(lambda: read_answers(given_answers, shipped.small()), AnswersError)


@few
@given(st.sampled_from(list(shipped.small().questions)), st.text(max_size=20))
def test_typed_lines(question: str, line: str) -> None:
    refused_or_right(lambda: read_answer(shipped.small().questions[question], line), AnswersError)


def endless_list() -> list[object]:
    """A list that holds itself."""
    items: list[object] = []
    items.append(items)
    return items


def endless_mapping() -> dict[str, object]:
    """A mapping that holds itself."""
    table: dict[str, object] = {}
    table["has"] = table
    return table


REFUSED: dict[str, tuple[str, object, str]] = {
    "list in itself": ("feelings", endless_list(), "Y003"),
    "mapping in itself": ("feelings", endless_mapping(), "Y003"),
    "bool": ("worse_at_night", True, "A003"),
    "bool for a number": ("age_years", True, "A004"),
    "bytes": ("side", b"left", "A003"),
    "nan": ("age_years", math.nan, "A004"),
    "infinity": ("age_years", math.inf, "A004"),
    "decimal nan": ("age_years", Decimal("NaN"), "A004"),
    "decimal infinity": ("age_years", Decimal("-Infinity"), "A004"),
    "decimal with an exponent": ("age_years", Decimal("6E+1"), "A004"),
    "fraction": ("age_years", Fraction(121, 2), "A004"),
    "huge text": ("age_years", "1e400", "A004"),
    "huge float": ("age_years", 1e300, "A004"),
    "huge whole number": ("age_years", 10**40, "A004"),
    "whole number too long to write": ("age_years", 10**5000, "Y003"),
    "very long text": ("side", "left" * 100_000, "A003"),
    "digits of another script": ("age_years", "\u0666\u0660", "A004"),
    "set of two for one": ("side", {"left", "right"}, "A002"),
    "surrogate": ("side", "\ud800", "A003"),
    "object": ("side", object, "A003"),
}


@pytest.mark.parametrize(("question", "value", "code"), REFUSED.values(), ids=REFUSED)
def test_python_value_is_refused(question: str, value: object, code: str) -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers({question: value}, shipped.small())
    assert [problem.code for problem in caught.value.problems] == [code]
    assert str(caught.value).startswith("answers")


RIGHT: dict[str, tuple[str, object, object]] = {
    "int": ("age_years", 60, "60"),
    "whole float": ("age_years", 60.0, "60"),
    "decimal": ("age_years", Decimal("60"), "60"),
    "set": ("feelings", {"numb", "burning"}, ["burning", "numb"]),
    "tuple": ("feelings", ("numb", "burning"), ["burning", "numb"]),
    "one option for a list": ("feelings", "numb", ["numb"]),
}


@pytest.mark.parametrize(("question", "value", "same"), RIGHT.values(), ids=RIGHT)
def test_python_value_is_taken(question: str, value: object, same: object) -> None:
    found, wanted = (
        read_answers({question: value}, shipped.small())[question],
        read_answers({question: same}, shipped.small())[question],
    )
    assert getattr(found, "value", found) == getattr(wanted, "value", wanted)


def test_what_is_read_cannot_steer_the_terminal() -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers(b'"side\\n\\e[31m": left', shipped.small())
    assert str(caught.value).startswith(r"answers:1:1: A001 unknown question `side\n\x1b[31m`")
    assert str(caught.value).isprintable()


def test_a_long_chain_of_signs_is_read() -> None:
    size = 1200
    lines = ["signs:", *(f"  - {{id: s{n}, text: sign}}" for n in range(size)), "rules:"]
    for n in range(size):
        when = f"sign s{n - 1}" if n else "side is left"
        lines.append(
            f"  - {{id: r-{n}, when: {when}, sign: s{n}, because: x, cites: [article 1.1], grade: article}}"
        )
    extra = "\n".join(lines).encode()
    assert len(read_rules({"base.yaml": BASE, "extra.yaml": extra}).signs) == size + 1


@pytest.mark.parametrize("given", [None, "age_years: 71", [("age_years", 71)], 71], ids=repr)
def test_what_is_no_answers_at_all_is_refused_with_what_is_wanted(given: Any) -> None:
    for use in (assess, explain, turning_points, lambda given: what_if({}, given)):
        with pytest.raises(
            TypeError, match=r"a mapping of questions, or the bytes of an answers file; not \w+"
        ):
            use(given)


def test_a_cause_and_the_urgency_are_not_explained_at_once() -> None:
    with pytest.raises(ValueError, match="either a cause or the urgency"):
        explain({}, cause="spinal_stenosis", urgency=True)

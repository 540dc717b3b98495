"""What is read off the network with both sides of everything is what the definitions say."""

from __future__ import annotations

import random

import pytest
import shipped
from effort import examples
from generators import rule_bases
from hypothesis import given
from hypothesis import strategies as st
from openness_by_the_book import Book
from patients import person
from strategies import answer_sets

from engine import Answers, RuleBase, read_answers
from engine.interview.prospects import Prospects
from engine.knowledge.conditions import reasons, truth
from engine.result.outlook import Outlook


def agrees(rules: RuleBase, answers: Answers) -> None:
    for seen, settled in ((Outlook(rules, answers), answers.sure()), (Prospects(rules, answers), answers)):
        book = Book(rules, answers, settled)
        assert seen.unanswered() == book.unanswered()
        assert [seen.applies(id) for id in rules.questions] == [book.applies(id) for id in rules.questions]
        for rule in rules.rules.values():
            assert seen.truth(rule.when) is truth(rule.when, book.known), rule.id
            assert seen.is_certain(rule.when) is (truth(rule.when, book.sure) is True), rule.id
            assert seen.questions_behind([rule.when]) == book.questions_behind([rule.when]), rule.id
            if rule.id in seen.fired:
                assert seen.reasons(rule) == reasons(rule.when, book.known), rule.id
            if isinstance(seen, Outlook):
                assert seen.is_open(rule) is book.is_open(rule), rule.id
                assert seen.may_hold(rule.when) is (truth(rule.when, book.sure) is not False), rule.id


@pytest.mark.parametrize("seed", range(30))
def test_of_people_who_answer_little_or_much(seed: int) -> None:
    dice = random.Random(seed)
    share = (0.05, 0.3, 0.8)[seed % 3]
    asked = [id for id in shipped.rules().questions if dice.random() < share]
    agrees(shipped.rules(), person(shipped.rules(), dice, asked))


@examples(100)
@given(rules=rule_bases(), data=st.data())
def test_of_any_rules(rules: RuleBase, data: st.DataObject) -> None:
    agrees(rules, read_answers(data.draw(answer_sets(rules)), rules))

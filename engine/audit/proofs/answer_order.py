"""Which answers to a question are the more urgent, whatever else is answered: decided for every pair.

One answer is never less urgent than another where it makes known all that the rules about urgency can
gain from the other: that is seen from the structure. Elsewhere two people who differ in that answer
only are sought: the question is doubled, and with it every sign that hangs on it, so that one search
holds both. There are none exactly where the answer is never less urgent.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ...answers.answers import UNSURE, Answer, Answers, Chosen, Picked, picked, real_options
from ...inference.flow import ahead
from ...inference.network import infer, network_of
from ...knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    IsUnsure,
    Not,
    atoms,
)
from ...knowledge.levels import LEVELS, Level, height, is_sooner
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Shows, level_of
from ..search.witness import Witnesses
from .ways import ways_to_answer

DecidedBy = Literal["structure", "search"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two people alike in all but one answer, of whom the first is to be seen sooner."""

    sooner: Answers
    later: Answers
    levels: tuple[Level, Level]
    rules: tuple[str, ...]
    """Those that bring the first one's level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder:
    """Whether the answer `one` can make a person's urgency higher than `other` would, all else the same."""

    one: str
    other: str
    contrast: Contrast | None
    """People with whom it does; None where it cannot."""
    asked: bool = True
    """Whether they answered only what is asked of both; if not, there are none who did."""
    how: DecidedBy


def compared(question: Question, rules: RuleBase) -> Iterator[AnswerOrder]:
    """Every pair of answers that the rules about urgency may tell apart, each way round.

    Of a question that takes several options: each option chosen or not, the others the same, and
    `unsure` against the option that goes with no other; on the emergency screen also whether `unsure`
    is sooner than any one option alone.
    """
    if question.kind == "many_of":
        yield from _options_compared(question, rules)
    else:
        ways = ways_to_answer(question, rules)
        doubled = _Doubled(rules, question.id)
        for one in ways:
            for other in ways:
                if one != other:
                    yield doubled.compared(one, other, ways[one], ways[other])


class _Doubled:
    """A rule base in which some atoms over one question, and the signs that hang on them, are there twice."""

    def __init__(self, rules: RuleBase, question: str, option: str | None = None) -> None:
        self.rules = rules
        self.question = question
        self.option = option
        """The one option in which the two people may differ; None: all of the answer may."""
        options = [each for each in rules.questions[question].options if each.is_real]
        self.none = next((each.id for each in options if each.exclusive and option), None)
        self.shared = [each.id for each in options if each.id not in (option, self.none)]
        self.other = f"{question} (other)"
        self.network = network_of(rules)
        self.signs = {sign: f"{sign} (other)" for sign in rules.signs if self._differs(HasSign(sign))}

    @cached_property
    def _base(self) -> RuleBase:
        """The rule base in which both people have a place; what is asked is asked of both."""
        rules = self.rules
        twins = [
            replace(
                rule,
                id=f"{rule.id} (other)",
                when=self.twin(rule.when),
                then=Shows(sign=self.signs[rule.then.sign]),
            )
            for rule in rules.rules.values()
            if isinstance(rule.then, Shows) and rule.then.sign in self.signs
        ]
        questions = {
            id: question
            if question.asked_when is None or self.twin(question.asked_when) == question.asked_when
            else replace(question, asked_when=All((question.asked_when, self.twin(question.asked_when))))
            for id, question in rules.questions.items()
        }
        as_other = replace(questions[self.question], id=self.other)
        return replace(
            rules,
            questions={**questions, self.other: as_other},
            signs={**rules.signs, **{twin: rules.signs[sign] for sign, twin in self.signs.items()}},
            rules={**rules.rules, **{rule.id: rule for rule in twins}},
        )

    @cached_property
    def _searches(self) -> tuple[tuple[bool, Witnesses], ...]:
        """Among people who answered only what is asked, then among all."""
        return tuple((asked, Witnesses(self._base, asked=asked)) for asked in (True, False))

    def _differs(self, atom: Atom) -> bool:
        """Whether the atom may be another truth for the other person."""
        if not isinstance(atom, HasSign):
            if self.option is None or atom.question != self.question:
                return atom.question == self.question
            return isinstance(atom, Has) and atom.option in (self.option, self.none)
        return any(
            self._differs(each) for rule in self.rules.rules_by_sign[atom.sign] for each in atoms(rule.when)
        )

    def twin(self, condition: Condition) -> Condition:
        """The condition as the other person has it."""
        if isinstance(condition, Not):
            return Not(self.twin(condition.item))
        if isinstance(condition, (All, Any, AtLeast)):
            return replace(condition, items=tuple(self.twin(item) for item in condition.items))
        if isinstance(condition, HasSign):
            return HasSign(self.signs.get(condition.sign, condition.sign))
        if self.none is not None and condition == Has(self.question, self.none):
            # It holds exactly where no other option does, and those that are shared are not doubled.
            refused = [Not(Has(self.question, each)) for each in self.shared]
            return All((*refused, Not(Has(self.other, self.option or ""))))
        return replace(condition, question=self.other) if self._differs(condition) else condition

    def compared(self, one: str, other: str, first: Answer, second: Answer) -> AnswerOrder:
        """Whether `first` can be sooner than `second`; each by what it says."""
        before, after = (set(self.network.made_known(self.question, each)) for each in (second, first))
        fixed = [*self._given(first), *(self.twin(each) for each in self._given(second))]
        return self.decided(one, other, after - before, before - after, fixed)

    def literals(self, *conditions: Condition) -> set[int]:
        """Those of the conditions that the network has a literal for."""
        found = map(self.network.literal_of, conditions)
        return {literal for literal in found if literal is not None}

    def _given(self, answer: Answer) -> list[Condition]:
        """What is true of who gives this answer."""
        if answer is UNSURE:
            return [IsUnsure(self.question)]
        if isinstance(answer, Chosen):
            return [Is(self.question, (answer.option,))]
        if isinstance(answer, Picked):
            left_out = (Not(Has(self.question, option)) for option in sorted(answer.has_not))
            return [*(Has(self.question, option) for option in sorted(answer.has)), *left_out]
        known = Answers({self.question: answer})
        bounds = [atom for atom, _, _ in self.network.leaves[self.question] if isinstance(atom, Compare)]
        return [Not(IsUnsure(self.question)), *(atom if known.truth(atom) else Not(atom) for atom in bounds)]

    def decided(
        self, one: str, other: str, gained: Set[int], lost: Set[int], fixed: list[Condition]
    ) -> AnswerOrder:
        """`gained` and `lost`: the literals known of the first and not of the other, and the other way."""
        ways = list(self._ways_to_be_sooner(gained, lost))
        for asked, search in self._searches if ways else ():
            for true, not_true in ways:
                found = search.find(true=[*true, *fixed], not_true=not_true)
                if found is not None:
                    contrast = self._contrast(found)
                    return AnswerOrder(one=one, other=other, contrast=contrast, asked=asked, how="search")
        return AnswerOrder(one=one, other=other, contrast=None, how="search" if ways else "structure")

    def _ways_to_be_sooner(
        self, gained: Set[int], lost: Set[int]
    ) -> Iterator[tuple[list[Condition], list[Condition]]]:
        """What must be true, and not true, for the first to be at a level and the other below it."""
        rules = self.rules.urgency_rules
        default = height(self.rules.default_urgency)
        mine, others = (ahead(self.network, each) for each in (gained, lost))
        for level in LEVELS:
            above = [self.twin(rule.when) for rule in rules if not is_sooner(level, level_of(rule))]
            below = [rule for rule in rules if is_sooner(level, level_of(rule))]
            lower = [Any(tuple(self.twin(rule.when) for rule in below))] if height(level) <= default else []
            if height(level) <= default and not below:
                continue
            for rule in rules:
                if level_of(rule) == level and rule.id in mine:
                    yield [rule.when, *lower], above
            if height(level) == default:
                for rule in below:
                    if rule.id in others:
                        yield [self.twin(rule.when)], [*above, *(each.when for each in rules)]

    def _contrast(self, found: Answers) -> Contrast:
        sooner, later = self._people(found)
        (level, by), (lower, _) = level_by(self.rules, sooner), level_by(self.rules, later)
        assert is_sooner(level, lower)
        return Contrast(sooner=sooner, later=later, levels=(level, lower), rules=by)

    def _people(self, found: Answers) -> tuple[Answers, Answers]:
        rest = {id: found[id] for id in found if id not in (self.question, self.other)}

        def person(answer: Answer | None) -> Answers:
            answers = rest if answer is None else {**rest, self.question: answer}
            return Answers(
                {id: answers[id] for id in self.rules.questions if id in answers}, self.rules.sha256
            )

        mine, others = found.get(self.question), found.get(self.other)
        if self.option is not None:
            mine, others = self._completed(mine, others)
        return person(mine), person(others)

    def _completed(self, mine: Answer | None, others: Answer | None) -> tuple[Answer, Answer]:
        """The two answers, with the options in which they do not differ."""
        assert isinstance(mine, Picked)
        assert isinstance(others, Picked)
        question = self.rules.questions[self.question]
        alone = {each.id for each in question.options if each.exclusive} | {self.option}
        has, has_not = mine.has - alone, mine.has_not - alone
        return mine, picked(question, has | others.has, has_not | others.has_not)


ALONE = " alone"
"""Ends what an option of several says where it is chosen by itself."""


def _options_compared(question: Question, rules: RuleBase) -> Iterator[AnswerOrder]:
    alone = [option.id for option in question.options if option.exclusive]
    whole = _Doubled(rules, question.id)
    for option in question.options if question.emergency else ():
        if option.is_real and not option.exclusive:
            only = picked(question, {option.id}, real_options(question) - {option.id})
            yield whole.compared("unsure", f"{option.id}{ALONE}", UNSURE, only)
    for id in alone:
        none = picked(question, {id}, set())
        yield whole.compared(id, "unsure", none, UNSURE)
        yield whole.compared("unsure", id, UNSURE, none)
    for option in question.options:
        if option.exclusive or not option.is_real:
            continue
        doubled = _Doubled(rules, question.id, option.id)
        chosen, left = Has(question.id, option.id), Not(Has(question.id, option.id))
        with_it = doubled.literals(chosen, *(Not(Has(question.id, id)) for id in alone))
        without = doubled.literals(left, *(Has(question.id, id) for id in alone))
        one, other = f"with {option.id}", f"without {option.id}"
        neither = [Not(Has(question.id, id)) for id in alone[1:]]  # of those that stand alone, one will do
        yield doubled.decided(one, other, with_it, without, [chosen, doubled.twin(left), *neither])
        yield doubled.decided(other, one, without, with_it, [left, doubled.twin(chosen), *neither])


def level_by(rules: RuleBase, answers: Answers) -> tuple[Level, tuple[str, ...]]:
    """The urgency, and the rules that bring it."""
    level, raising = rules.level_given(infer(rules, answers).fired)
    return level, tuple(rule.id for rule in raising)

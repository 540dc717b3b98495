"""Every answer there is to a question, as far as rules can tell them apart; for brute force."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod

from hypothesis import assume

from engine import UNSURE, Answers, AnswersError, RuleBase, read_answers
from engine.answers.answers import Amount, Answer, Chosen, Picked, Refused
from engine.knowledge.conditions import Compare, Condition, HasSign, atoms
from engine.knowledge.questions import Question

MOST = 600
"""People that brute force looks at, at most."""


def comparisons(question: Question, rules: RuleBase) -> list[Compare]:
    """The comparisons of its amount that bear on a result, each once; not those that only gate a question."""
    found = {
        atom
        for condition in rules.conclusive_conditions()
        for atom in atoms(condition)
        if isinstance(atom, Compare) and atom.question == question.id
    }
    return sorted(found, key=str)


def bounds(question: Question, rules: RuleBase) -> list[Decimal]:
    """The amounts at which some condition that bears on a result turns, sorted."""
    return sorted({atom.bound for atom in comparisons(question, rules)})


def amounts(question: Question, rules: RuleBase) -> list[Amount]:
    """An amount at each bound and one in each gap between: all that rules can tell apart."""
    low, high = question.minimum or Decimal(0), question.maximum or Decimal(0)
    step = Decimal(1) if question.whole else Decimal("0.001")
    marks = bounds(question, rules)
    tried = {low, high, *marks, *(mark - step for mark in marks), *(mark + step for mark in marks)}
    right = [
        value
        for value in sorted(tried)
        if low <= value <= high and (not question.whole or value == value.to_integral_value())
    ]
    return [
        Amount(value, f"{value} {'hours' if question.kind == 'duration' else question.unit}")
        for value in right
    ]


def picks(question: Question) -> list[Picked]:
    """Every full answer to a question that takes several options."""
    real = [option for option in question.options if option.is_real]
    free = [option.id for option in real if not option.exclusive]
    alone = [(option.id,) for option in real if option.exclusive]
    several = chain.from_iterable(combinations(free, size) for size in range(1, len(free) + 1))
    every = {option.id for option in real}
    return [Picked(frozenset(has), frozenset(every.difference(has))) for has in [*alone, *several]]


def sure_answers(question: Question, rules: RuleBase) -> list[Answer]:
    """Every full answer that says something."""
    if question.is_quantity:
        return [*amounts(question, rules)]
    if question.kind == "many_of":
        return [*picks(question)]
    return [Chosen(option.id) for option in question.options if option.is_real]


def no_answers(question: Question) -> list[Answer]:
    """The answers that say nothing of the person."""
    return [UNSURE, *(Refused(option.id) for option in question.options if option.refuses)]


def completions(rules: RuleBase, answers: Mapping[str, Answer], questions: list[str]) -> Iterator[Answers]:
    """The answers with each of these questions answered in every way, `unsure` too, or not at all."""
    asked = [rules.questions[id] for id in questions]
    ways = [[None, *no_answers(each), *sure_answers(each, rules)] for each in asked]
    for chosen in product(*ways):
        more = {id: answer for id, answer in zip(questions, chosen, strict=True) if answer is not None}
        yield Answers({**answers, **more}, rules.sha256)


def one_change(question: Question, answer: Answer, rules: RuleBase) -> list[Answer]:
    """Every answer that is one change away, as docs/explanations.md puts it."""
    if question.is_quantity:
        given = as_rules_see(question, answer, rules)
        seen = {as_rules_see(question, each, rules): each for each in amounts(question, rules)}
        return [each for key, each in seen.items() if key != given]
    if question.kind == "many_of":
        return toggles(question, answer, rules)
    return [each for each in sure_answers(question, rules) if each != answer]


def toggles(question: Question, answer: Answer, rules: RuleBase) -> list[Answer]:
    """The answers with one known option toggled; what that makes of `none` is left to the reader."""
    real = [option for option in question.options if option.is_real]
    if not isinstance(answer, Picked):
        return [each for each in picks(question) if len(each.has) == 1]
    alone = {option.id for option in real if option.exclusive}
    has, has_not = answer.has - alone, answer.has_not - alone
    found: list[Answer] = [each for each in picks(question) if each.has & alone & answer.has_not]
    for id in sorted(has | has_not):
        flipped = {"has": sorted(has ^ {id}), "not": sorted(has_not ^ {id})}
        with contextlib.suppress(AnswersError):
            found += read_answers({question.id: flipped}, rules).values()
    return found


def as_rules_see(question: Question, answer: Answer, rules: RuleBase) -> object:
    """What is equal for answers that no rule can tell apart."""
    if not isinstance(answer, Amount):
        return answer
    return tuple(atom.holds(answer.value) for atom in comparisons(question, rules))


def changed(rules: RuleBase, answers: Answers, most: int) -> Iterator[list[Answers]]:
    """All that one change leads to, then all that takes two changes and no fewer, and so on."""

    def key(each: Answers) -> object:
        return tuple((id, as_rules_see(rules.questions[id], one, rules)) for id, one in each.items())

    seen, edge = {key(answers)}, [answers]
    for _ in range(most):
        found: dict[object, Answers] = {}
        for each in edge:
            for id, one in each.items():
                for other in one_change(rules.questions[id], one, rules):
                    after = Answers({**each, id: other}, rules.sha256)
                    found.setdefault(key(after), after)
        edge = [after for mark, after in found.items() if mark not in seen]
        seen |= found.keys()
        yield edge


def read_through_signs(found: Condition, rules: RuleBase) -> set[str]:
    """The questions that the condition hangs on."""
    queue = list(atoms(found))
    for atom in queue:
        if isinstance(atom, HasSign):
            queue += [each for rule in rules.rules_by_sign[atom.sign] for each in atoms(rule.when)]
    return {atom.question for atom in queue if not isinstance(atom, HasSign)}


def with_gates(questions: set[str], rules: RuleBase) -> set[str]:
    """These questions and those that they are asked because of."""
    queue = sorted(questions)
    for id in queue:
        gate = rules.questions[id].asked_when
        queue += sorted(read_through_signs(gate, rules) - {*queue}) if gate else []
    return set(queue)


def parts(question: Question, rules: RuleBase) -> list[Answer]:
    """The answers that leave some options open."""
    real = [option.id for option in question.options if option.is_real]
    found: dict[Answer, None] = {}
    for signs in product((None, "has", "not"), repeat=len(real)):
        given = {
            key: [id for id, sign in zip(real, signs, strict=True) if sign == key] for key in ("has", "not")
        }
        with contextlib.suppress(AnswersError):
            found |= dict.fromkeys(read_answers({question.id: given}, rules).values())
    return list(found)


def people_apart(
    told_apart: list[Condition],
    rules: RuleBase,
    *,
    gates: bool = False,
    asked_too: frozenset[str] = frozenset(),
) -> Iterator[Answers]:
    """Everyone whom these conditions can tell apart, with `gates` those too under which questions are asked.

    Given up as no example where they are more than `MOST`.
    """
    questions = {id for each in told_apart for id in read_through_signs(each, rules)} | asked_too
    if gates:
        told_apart = told_apart + [each.asked_when for each in rules.questions.values() if each.asked_when]
        questions = with_gates(questions, rules)
    like = next(iter(rules.rules.values()))
    more = {f"more-{at}": replace(like, when=each) for at, each in enumerate(told_apart)}
    rules = replace(rules, rules={**rules.rules, **more})
    ways: list[list[Answer | None]] = []
    for id in sorted(questions):
        question = rules.questions[id]
        some = parts(question, rules) if question.kind == "many_of" else sure_answers(question, rules)
        ways.append([None, *no_answers(question), *some])
    assume(prod(map(len, ways)) <= MOST)
    for chosen in product(*ways):
        given = {id: each for id, each in zip(sorted(questions), chosen, strict=True) if each is not None}
        yield Answers(given, rules.sha256)

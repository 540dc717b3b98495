"""For whom the urgency differs between two rule bases: people searched for, where drawn ones may all miss.

Someone has a higher urgency on one side where a rule fires there and none of its level or a higher one on the
other, or where no rule fires there, so that the default level holds. Both are searched for, both ways, over
all answers that rules tell apart (see `witness`). So where nobody is found there is nobody, as far as both
sides ask alike. Over the questions of `asked_otherwise` nothing is proved, but of each that only one side
asks of someone, a person is searched for in whom a rule of that side rests on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ...answers.answers import plain_answer
from ...knowledge.conditions import Any, Atom, Condition, HasSign, IsUnsure, Not, atoms, with_atoms
from ...knowledge.levels import Level, is_sooner
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Shows, level_of
from ...result.outlook import Outlook
from ..people.asking import how_asked
from ..people.hearing import Hearing, Person, Reply
from ..search.witness import Witnesses
from .shortcut import suspects_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencySearch:
    """What was searched, and who was found."""

    rules: tuple[str, ...]
    """The rules about urgency of which the condition, the level or a sign behind differs, by id."""
    people: tuple[Person, ...]
    asked_otherwise: tuple[str, ...]
    """Questions that rules about urgency rest on, and that the two sides do not ask alike, by id."""


def urgency_search(hearing: Hearing) -> UrgencySearch:
    """Searches both ways between two rule bases; the same people whichever is named first."""
    order = sorted((0, 1), key=lambda at: hearing.bases[at].sha256)
    one, other = (hearing.bases[at] for at in order)
    differing, signs = suspects_of((one, other))
    asked_otherwise = _asked_otherwise(one, other, signs)
    of_two_kinds = frozenset(id for id, variants in hearing.variants.items() if len(variants) > 1)
    pair = _Pair(hearing, order, signs, of_two_kinds)
    found = [
        pair.person(true, not_true)
        for here, there in (pair.sides, pair.sides[::-1])
        for true, not_true in _wishes(here, there, differing)
    ]
    for id in asked_otherwise:
        if id in one.questions and id in other.questions and id not in of_two_kinds:
            found += _heard_by_one(_Pair(hearing, order, signs, of_two_kinds | {id}), id)
    people = {
        str([(each.question, plain_answer(each.answer), each.heard) for each in person]): person
        for person in found
        if person is not None
    }
    return UrgencySearch(
        rules=tuple(sorted({rule.id for rules in (one, other) for rule in rules.urgency_rules} & differing)),
        people=tuple(people[key] for key in sorted(people)),
        asked_otherwise=asked_otherwise,
    )


def _heard_by_one(pair: _Pair, id: str) -> Iterator[Person]:
    """Those whom one side asks the question and the other does not, with an urgency that rests on it."""
    for here, there in (pair.sides, pair.sides[::-1]):
        gates = [side.rules.questions[side.name_of(id)].asked_when for side in (here, there)]
        if gates[1] is None:  # asked of everyone
            continue
        hangs_on = [IsUnsure(each) for each in sorted(there.rules.gates_read[there.name_of(id)])]
        settled: list[Condition] = [Any((each, Not(each))) for each in hangs_on]
        for rule in here.rules.urgency_rules:
            if here.name_of(id) in here.rules.questions_read[rule.id]:
                true = [rule.when] if gates[0] is None else [rule.when, gates[0]]
                # Not asked, whatever else is answered: the condition is false, or unknown for good.
                for more, not_true in (([Not(gates[1])], []), (settled, [gates[1]])):
                    for wishes in _lower(there, level_of(rule), [*true, *more], not_true):
                        person = pair.person(*wishes)
                        if person is not None and not pair.asks(there, id, person):
                            yield person


class _Pair:
    """Two rule bases made one. What the second has of its own has another name there, `apart` too."""

    def __init__(
        self,
        hearing: Hearing,
        order: list[int],
        signs: frozenset[str],
        apart: frozenset[str],
    ) -> None:
        """`order` is which of the rule bases that hear comes first."""
        self.hearing = hearing
        self.order = order
        one, other = (hearing.bases[at] for at in order)
        renamed = _renamed(other, signs, apart)
        self.sides = _Side(one), _Side(renamed)
        self.search = Witnesses(_together(hearing, one, renamed))

    def asks(self, side: _Side, id: str, person: Person) -> bool:
        """Whether the side would ask the person this question."""
        at = self.order[self.sides.index(side)]
        rules = self.hearing.bases[at]
        return Outlook(rules, self.hearing.answers(person, at)).is_asked(rules.questions[id])

    def person(self, true: list[Condition], not_true: list[Condition]) -> Person | None:
        """Someone who makes these so; None where nobody can, or only by answering twice."""
        answers = self.search.find(true=true, not_true=not_true)
        if answers is None:
            return None
        replies: dict[str, Reply] = {}
        for id, answer in answers.items():
            question = self.search.rules.questions[id]
            real = id.removesuffix(OTHER)
            if real in replies:
                return None
            reply = self.hearing.reply(replace(question, id=real), answer)
            sides = [each.name_of(real) for each in self.sides]
            if sides[0] != sides[1]:
                heard = dict(zip(self.order, (id == each for each in sides), strict=True))
                reply = self.hearing.partly(reply, (heard[0], heard[1]))
            replies[real] = reply
        return tuple(replies.values())


class _Side:
    """The rules about urgency of one rule base."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules

    def name_of(self, question: str) -> str:
        """What the question is called on this side."""
        return question if question in self.rules.questions else f"{question}{OTHER}"

    def as_urgent_as(self, level: Level) -> list[Condition]:
        """The conditions of the rules of this level or a higher one."""
        return [rule.when for rule in self.rules.urgency_rules if not _is_less(level_of(rule), level)]

    def less_urgent_than(self, level: Level) -> list[Condition]:
        """The conditions of all others."""
        return [rule.when for rule in self.rules.urgency_rules if _is_less(level_of(rule), level)]


def _is_less(one: Level, other: Level) -> bool:
    return is_sooner(other, one)


Wanted = tuple[list[Condition], list[Condition]]
"""Conditions to be true, and not to be."""


def _wishes(here: _Side, there: _Side, differing: frozenset[str]) -> Iterator[Wanted]:
    """What holds of whoever has a higher urgency here than there: one of these."""
    # Where a rule is the same on both sides, it is as urgent on both.
    for rule in here.rules.urgency_rules:
        if rule.id in differing:
            yield from _lower(there, level_of(rule), [rule.when], [])
    default = here.rules.default_urgency
    yield from _lower(there, default, [], [rule.when for rule in here.rules.urgency_rules])


def _lower(side: _Side, level: Level, true: list[Condition], not_true: list[Condition]) -> Iterator[Wanted]:
    """The wishes, and that the side comes to less than the level."""
    not_true = [*not_true, *side.as_urgent_as(level)]
    if _is_less(side.rules.default_urgency, level):
        yield true, not_true
    elif lower := side.less_urgent_than(level):
        yield [*true, Any(tuple(lower))], not_true


OTHER = " (other)"
"""Ends the names of what is told apart from the first side's; no real id has a space in it."""


def _renamed(rules: RuleBase, signs: frozenset[str], questions: frozenset[str]) -> RuleBase:
    """The rules with other names for these signs and questions, and for the signs that read these."""
    apart = signs | {
        sign
        for sign, found in rules.rules_by_sign.items()
        if any(rules.questions_read[rule.id] & questions for rule in found)
    }

    def name(id: str, some: Collection[str]) -> str:
        return f"{id}{OTHER}" if id in some else id

    def atom(each: Atom) -> Condition:
        if isinstance(each, HasSign):
            return HasSign(name(each.sign, apart))
        return replace(each, question=name(each.question, questions))

    def question(each: Question) -> Question:
        gate = None if each.asked_when is None else with_atoms(each.asked_when, atom)
        return replace(each, id=name(each.id, questions), asked_when=gate)

    def other(rule: Rule) -> Rule:
        then = Shows(sign=name(rule.then.sign, apart)) if isinstance(rule.then, Shows) else rule.then
        return replace(rule, when=with_atoms(rule.when, atom), then=then)

    return replace(
        rules,
        questions={name(id, questions): question(each) for id, each in rules.questions.items()},
        signs={name(id, apart): sign for id, sign in rules.signs.items()},
        rules={id: other(rule) for id, rule in rules.rules.items()},
    )


def _together(hearing: Hearing, one: RuleBase, other: RuleBase) -> RuleBase:
    """The signs of both, over every question of either."""
    shown = [rule for rule in one.rules.values() if isinstance(rule.then, Shows)]
    for rule in other.rules.values():
        if isinstance(rule.then, Shows) and rule.then.sign not in one.signs:
            shown.append(replace(rule, id=f"{rule.id}{OTHER}"))
    merged = {id: variants[0] for id, variants in hearing.variants.items() if len(variants) == 1}
    return replace(
        one,
        questions={**other.questions, **one.questions, **merged},
        signs={**other.signs, **one.signs},
        rules={rule.id: rule for rule in shown},
    )


def _asked_otherwise(one: RuleBase, other: RuleBase, signs: frozenset[str]) -> tuple[str, ...]:
    """`signs` are those that may differ."""
    queue = [
        id for rules in (one, other) for rule in rules.urgency_rules for id in rules.questions_read[rule.id]
    ]
    behind = set(queue)
    while queue:  # grows by the questions that these hang on
        id = queue.pop()
        more = {each for rules in (one, other) if id in rules.questions for each in rules.gates_read[id]}
        queue += more - behind
        behind |= more
    return tuple(sorted(id for id in behind if not _asked_alike(id, one, other, signs)))


def _asked_alike(id: str, one: RuleBase, other: RuleBase, signs: frozenset[str]) -> bool:
    before, after = one.questions.get(id), other.questions.get(id)
    if before is None or after is None or how_asked(before) != how_asked(after):
        return False
    gate = before.asked_when
    return gate is None or not any(isinstance(atom, HasSign) and atom.sign in signs for atom in atoms(gate))

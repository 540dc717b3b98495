"""For whom the urgency differs between two rule bases: people searched for, where drawn ones may all miss.

Someone has a higher urgency on one side where a rule fires there and none of its level or a higher one on the
other, or where no rule fires there, so that the default level holds. Both are searched for, both ways, over
all answers that rules tell apart (see `witness`). So where nobody is found there is nobody, as far as both
sides ask alike: over the questions of `asked_otherwise` nothing is proved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ..answers import Answers, plain_answer
from ..conditions import Any, Atom, Condition, HasSign, atoms, with_atoms
from ..model import LEVELS, Level, Rule, Shows
from ..reading import level_of
from ..rule_base import RuleBase
from .asking import how_asked
from .hearing import Hearing, Person, Reply
from .shortcut import suspects_of
from .witness import Witnesses


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
    one, other = sorted(hearing.bases, key=lambda rules: rules.sha256)
    differing, signs = suspects_of((one, other))
    sides = _Side(one, differing), _Side(_renamed(other, signs, _of_two_kinds(hearing)), differing)
    search = Witnesses(_together(hearing, sides[0].rules, sides[1].rules))
    people: dict[str, Person] = {}
    for here, there in (sides, sides[::-1]):
        for true, not_true in _wishes(here, there):
            found = search.find(true=true, not_true=not_true)
            person = None if found is None else _person(hearing, search.rules, found)
            if person is not None:
                people[str([(each.question, plain_answer(each.answer)) for each in person])] = person
    return UrgencySearch(
        rules=tuple(sorted({rule.id for side in sides for rule in side.differing})),
        people=tuple(people[key] for key in sorted(people)),
        asked_otherwise=_asked_otherwise(one, other, signs),
    )


class _Side:
    """The rules about urgency of one rule base."""

    def __init__(self, rules: RuleBase, differing: frozenset[str]) -> None:
        self.rules = rules
        self.urgency_rules = rules.urgency_rules
        self.differing = [rule for rule in self.urgency_rules if rule.id in differing]

    def as_urgent_as(self, level: Level) -> list[Condition]:
        """The conditions of the rules of this level or a higher one."""
        return [rule.when for rule in self.urgency_rules if not _is_less(level_of(rule), level)]

    def less_urgent_than(self, level: Level) -> list[Condition]:
        """The conditions of all others."""
        return [rule.when for rule in self.urgency_rules if _is_less(level_of(rule), level)]


def _is_less(one: Level, other: Level) -> bool:
    return LEVELS.index(one) > LEVELS.index(other)


Wishes = tuple[list[Condition], list[Condition]]
"""Conditions to be true, and not to be."""


def _wishes(here: _Side, there: _Side) -> Iterator[Wishes]:
    """What holds of whoever has a higher urgency here than there: one of these."""
    for rule in here.differing:  # where a rule is the same on both sides, it is as urgent on both
        yield from _lower(there, level_of(rule), [rule.when], [])
    default = here.rules.default_urgency
    yield from _lower(there, default, [], [rule.when for rule in here.urgency_rules])


def _lower(side: _Side, level: Level, true: list[Condition], not_true: list[Condition]) -> Iterator[Wishes]:
    """The wishes, and that the side comes to less than the level."""
    not_true = [*not_true, *side.as_urgent_as(level)]
    if _is_less(side.rules.default_urgency, level):
        yield true, not_true
    elif lower := side.less_urgent_than(level):
        yield [*true, Any(tuple(lower))], not_true


OTHER = " (other)"
"""Ends the names of what is told apart from the first side's; no real id has a space in it."""


def _of_two_kinds(hearing: Hearing) -> frozenset[str]:
    """Questions to which no answer is heard by both sides, but `unsure`."""
    return frozenset(id for id, variants in hearing.variants.items() if len(variants) > 1)


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

    def other(rule: Rule) -> Rule:
        then = Shows(sign=name(rule.then.sign, apart)) if isinstance(rule.then, Shows) else rule.then
        return replace(rule, when=with_atoms(rule.when, atom), then=then)

    return replace(
        rules,
        questions={
            name(id, questions): replace(each, id=name(id, questions)) for id, each in rules.questions.items()
        },
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


def _person(hearing: Hearing, together: RuleBase, answers: Answers) -> Person | None:
    """Who gives these answers; None where nobody can, as one question is answered in two kinds."""
    replies: dict[str, Reply] = {}
    for id, answer in answers.items():
        question = together.questions[id]
        question = replace(question, id=id.removesuffix(OTHER))
        reply = hearing.reply(question, answer)
        if replies.setdefault(question.id, reply) is not reply:
            return None
    return tuple(replies.values())


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

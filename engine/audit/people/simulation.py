"""Simulated patients: people drawn so that every rule fires often, to show what a change of rules does.

They are not like real patients, and a count of them is no rate. Each is drawn around one rule, the rules in
turn: answers that make its condition true, and to every other question that such a person would be asked an
ordinary answer; of these a share (none, little or much, at random) is drawn from all answers or left out.
Ordinary is worked out from the rules: what only the lowest urgencies look for, with the fewest options
chosen. Where a consistency check finds answers that do not go together, the person is drawn again, a few
times, and those questions at random. Of amounts
there is one for each interval that the rules tell apart; of several options up to two are chosen, or those
that a rule wants.

The same rules and seed give the same people on every machine and version of Python: of `random` only the
generator's own sequence is used, which Python promises to keep. They do not depend on which of two rule
bases is named first.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from ...answers.answers import Picked
from ...knowledge.conditions import Compare, Condition, Has, HasSign, Is, IsUnsure, Not, leaves, normal
from ...knowledge.levels import height
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import highest_first, level_of
from .aims import Replies, Way, Wish, aims, fits
from .asking import Asking, gating
from .hearing import Hearing, Person, Reply

NOISE = (0.0, 0.05, 0.3)
"""Shares of the questions apart from the rule's own that are answered at random; one for each person."""

LEFT_OUT = 0.2
"""Of what is answered at random, the share that is left out."""

NOT_SURE = 0.1
"""And the share that is `unsure`."""

DRAWN_AGAIN = 3
"""How often a person whose answers do not go together is drawn again at the most."""


class Simulation:
    """Draws people for one rule base, or for several that are to be compared."""

    def __init__(self, bases: Sequence[RuleBase], seed: int) -> None:
        self.hearing = Hearing(bases)
        self.seed = seed
        self.fired: Counter[str] = Counter()
        """How many people were drawn around each rule so far; it fires in all of them."""
        self._dice = random.Random(seed).random
        self._replies = Replies(self.hearing)
        alarm = [_alarm(base) for base in bases]
        self._ordinary = {id: _calmest(found, alarm) for id, found in self._replies.certain.items()}
        alike = all(gating(base) == gating(bases[0]) for base in bases)
        self._asking = [Asking(self.hearing, at) for at in range(1 if alike else len(bases))]
        self._turns = self._in_turn()
        found = aims(self._replies, self._dice)
        self.aims = tuple(aim for aim in found if aim.ways)
        """The rules that people are drawn around."""
        self.never = tuple(sorted({aim.rule for aim in found} - {aim.rule for aim in self.aims}))
        """Rules that no answers were found to fire."""

    @property
    def rarest(self) -> tuple[str, int] | None:
        """The rule that the fewest people were drawn around (the first by id), and how many they were."""
        drawn = sorted({aim.rule for aim in self.aims})
        return min(((rule, self.fired[rule]) for rule in drawn), key=lambda each: each[1], default=None)

    def people(self, count: int) -> Iterator[Person]:
        """So many people, one after the other; a longer run begins with those of a shorter one."""
        for at in range(count if self.aims else 0):
            aim = self.aims[at % len(self.aims)]
            self.fired[aim.rule] += 1
            way = aim.ways[int(self._dice() * len(aim.ways))]
            noise = NOISE[int(self._dice() * len(NOISE))]
            doubted: set[str] = set()
            for _ in range(1 + DRAWN_AGAIN):
                person = self._person(way, noise, doubted)
                faults = {id for asking in self._asking for id in asking.at_fault(person)}
                if not faults:
                    break
                doubted |= faults
            yield person

    def _person(self, way: Way, noise: float, doubted: Collection[str]) -> Person:
        """Someone who answers in this way; of all other questions, what is doubted is answered at random."""
        dice, replies, several = self._dice, self._replies, self._asking
        for asking in several:
            asking.start()
        person: list[Reply] = []
        for id, gated in self._turns:
            asked = [asking.asks(id) for asking in several] if gated else [True]
            if True not in asked:
                continue
            if id in way:
                found = way[id]
            elif id in doubted:
                found = replies.certain[id]
            elif dice() >= noise:
                found = self._ordinary[id]
            else:
                kind = dice()
                if kind < LEFT_OUT:
                    continue
                found = (replies.unsure[id],) if kind < LEFT_OUT + NOT_SURE else replies.certain[id]
            reply = found[int(dice() * len(found))] if len(found) > 1 else found[0]
            if False in asked:
                reply = self.hearing.partly(reply, tuple(asked))
            for asking in several:
                asking.hear(reply)
            person.append(reply)
        return tuple(person)

    def _in_turn(self) -> list[tuple[str, bool]]:
        """Every question after those that decide whether it is asked, and whether any do."""
        bases = self.hearing.bases
        hangs_on = {
            id: {each for base in bases if id in base.questions for each in base.gates_read[id]}
            for id in self.hearing.variants
        }
        turns: dict[str, bool] = {}
        left = sorted(hangs_on)
        while left:
            ready = [id for id in left if hangs_on[id] <= turns.keys()]
            for id in ready or left[:1]:  # in two rule bases questions may hang on each other
                turns[id] = bool(hangs_on[id])
            left = [id for id in left if id not in turns]
        return list(turns.items())


def _alarm(rules: RuleBase) -> dict[str, dict[Wish, int]]:
    """What rules about urgency look for, by question: how high the highest such rule reaches, from 1 up."""
    found: dict[str, dict[Wish, int]] = {}
    seen: set[Condition] = set()
    for rule in sorted(rules.urgency_rules, key=highest_first):
        size = height(level_of(rule))
        queue = list(leaves(normal(rule.when)))
        for leaf in queue:  # which grows by what stands behind signs
            atom, wanted = (leaf.item, False) if isinstance(leaf, Not) else (leaf, True)
            if isinstance(atom, (Is, Has, Compare, IsUnsure)):
                found.setdefault(atom.question, {}).setdefault((atom, wanted), size)
            elif isinstance(atom, HasSign) and leaf not in seen:
                seen.add(leaf)
                for inner in rules.rules_by_sign[atom.sign]:
                    queue += leaves(normal(inner.when, wanted))
    return found


def _calmest(replies: Sequence[Reply], alarm: Sequence[dict[str, dict[Wish, int]]]) -> tuple[Reply, ...]:
    """The replies that only the lowest urgencies look for; of these, those with the fewest options chosen."""

    def noise(reply: Reply) -> tuple[int, int]:
        raised = [
            height
            for heard, found in zip(reply.heard, alarm, strict=True)
            for leaf, height in found.get(reply.question, {}).items()
            if fits(heard, reply.question, frozenset([leaf]))
        ]
        return max(raised, default=0), len(reply.answer.has) if isinstance(reply.answer, Picked) else 1

    loud = [noise(reply) for reply in replies]
    return tuple(reply for reply, each in zip(replies, loud, strict=True) if each == min(loud))

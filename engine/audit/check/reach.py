"""Rules that no answers fire, that no interview reaches, or that are silent where they should speak."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from ...answers.answers import real_options
from ...knowledge.behind import questions_behind
from ...knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Condition,
    Has,
    HasSign,
    IsUnsure,
    Not,
    atoms,
    leaves,
    normal,
)
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import ConsistencyCheck, Longer, Rule
from ..search.witness import Witnesses
from .findings import Remark, listed


class Reach:
    """Decides by witnesses; a rule that is known to fire needs none."""

    def __init__(self, rules: RuleBase, known_to_fire: Iterable[str] = ()) -> None:
        self.rules = rules
        self.known_to_fire = frozenset(known_to_fire)
        self.any_answers = Witnesses(rules)
        self.interviews = Witnesses(rules, asked=True)

    def remarks(self) -> Iterator[Remark]:
        """L002, L003 and L004, each fault once, where it lies."""
        yield from self._never_true()
        silent = list(self._silent_where_not_asked())
        yield from silent
        yield from self._never_reached({remark.about.id for remark in silent})

    @cached_property
    def _dead(self) -> frozenset[str]:
        """The rules that no answers fire."""
        return frozenset(
            rule.id
            for rule in self.rules.rules.values()
            if rule.id not in self.known_to_fire and self.any_answers.find(true=[rule.when]) is None
        )

    @cached_property
    def live(self) -> tuple[Rule, ...]:
        """The rules that some answers fire."""
        return tuple(rule for rule in self.rules.rules.values() if rule.id not in self._dead)

    def _never_true(self) -> Iterator[Remark]:
        for id in sorted(self._dead):
            if not self._reads_a_dead_sign(self.rules.rules[id].when):
                yield self._never(self.rules.rules[id], "fire")
        for id in sorted(self._never_asked):
            when = self._gate(id)
            if when is not None and not self._reads_a_dead_sign(when):
                yield self._never(self.rules.questions[id], "be asked")
        for check in self.rules.consistency.values():
            when = None if isinstance(check.when, Longer) else check.when
            if when is not None and self._impossible(when) and not self._reads_a_dead_sign(when):
                yield self._never(check, "hold")

    @cached_property
    def _never_asked(self) -> frozenset[str]:
        """The questions that no answers bring up."""
        gates = {id: question.asked_when for id, question in self.rules.questions.items()}
        return frozenset(id for id, gate in gates.items() if gate is not None and self._impossible(gate))

    def _impossible(self, condition: Condition) -> bool:
        return self.any_answers.find(true=[condition]) is None

    def _reads_a_dead_sign(self, condition: Condition) -> bool:
        """Whether it reads a sign that no answers show, which is told of the rules that conclude that."""
        signs = {atom.sign for atom in atoms(condition) if isinstance(atom, HasSign)}
        return any(
            self._dead.issuperset(rule.id for rule in self.rules.rules_by_sign[sign]) for sign in signs
        )

    @staticmethod
    def _never(about: Rule | Question | ConsistencyCheck, what: str) -> Remark:
        message = f"`{about.id}` can never {what}: no answers make its condition true; mend or remove it"
        return Remark("L002", about, message)

    def _never_reached(self, told: Collection[str]) -> Iterator[Remark]:
        for rule in self.live:
            read = self.rules.questions_read[rule.id]
            if rule.id in told or read & self._never_asked:
                continue
            if self.interviews.find(true=[rule.when]) is None:
                gated = listed(id for id in sorted(read) if self._gate(id))
                message = (
                    f"`{rule.id}` fires in no interview: what it needs is not asked when its other answers "
                    f"are given; widen `asked_when` of {gated}, or mend the condition"
                )
                yield Remark("L003", rule, message)

    def _gate(self, question: str) -> Condition | None:
        return self.rules.questions[question].asked_when

    # What is silent for those who are not asked.

    def _silent_where_not_asked(self) -> Iterator[Remark]:
        for rule in self.live:
            gated = sorted(self._negated(rule.when))
            if not gated:
                continue
            foreseen = self._foreseen(rule.when, True)
            if self.interviews.find(true=[foreseen], not_true=[rule.when]) is None:
                continue
            # That may be for want of an answer that will come: the whole interview decides, and takes longer.
            behind = questions_behind([rule.when], self.rules.rules_by_sign, self.rules.questions)
            whole = [self._dealt_with(question) for question in sorted(behind)]
            found = self.interviews.find(true=[foreseen, *whole], not_true=[rule.when])
            if found is not None:
                unasked = listed(id for id in gated if id not in found)
                message = (
                    f"`{rule.id}` is silent for people who are not asked {unasked}, as `not` over what is "
                    f"not known is not known; write the answers that are wanted, or add the opposite of "
                    f"its `asked_when` as an alternative"
                )
                yield Remark("L004", rule, message)

    def _negated(self, condition: Condition, holds: bool = True) -> set[str]:
        """The questions not asked of everybody of which the condition wants something to be false.

        Signs that it wants are not looked through: a fault of their rules is told there.
        """
        found: set[str] = set()
        for leaf in leaves(normal(condition, holds)):
            atom, wanted = (leaf.item, False) if isinstance(leaf, Not) else (leaf, True)
            if isinstance(atom, HasSign):
                for rule in () if wanted else self.rules.rules_by_sign[atom.sign]:
                    found |= self._negated(rule.when, False)
            elif not wanted and self._gate(_question(atom)):
                found.add(_question(atom))
        return found

    def _foreseen(self, condition: Condition, holds: bool) -> Condition:
        """What makes the condition true (or false), where what is not asked counts as not so."""
        if isinstance(condition, Not):
            return self._foreseen(condition.item, not holds)
        if isinstance(condition, (All, Any, AtLeast)):
            items = tuple(self._foreseen(item, holds) for item in condition.items)
            if isinstance(condition, AtLeast):
                return AtLeast(condition.count if holds else len(items) - condition.count + 1, items)
            return All(items) if isinstance(condition, All) == holds else Any(items)
        if holds:
            return condition
        if isinstance(condition, HasSign):
            shown = self.rules.rules_by_sign[condition.sign]
            return All(tuple(self._foreseen(rule.when, False) for rule in shown))
        gate = self._gate(condition.question)
        return Not(condition) if gate is None else Any((Not(condition), self._foreseen(gate, False)))

    def _dealt_with(self, question: str) -> Condition:
        """The question was answered in full, or is not asked."""
        unsure = IsUnsure(question)
        known: tuple[Atom, ...] = (unsure,)
        if self.rules.questions[question].kind == "many_of":
            known = tuple(Has(question, id) for id in sorted(real_options(self.rules.questions[question])))
        answered = Any((unsure, All(tuple(Any((atom, Not(atom))) for atom in known))))
        gate = self._gate(question)
        return answered if gate is None else Any((answered, self._foreseen(gate, False)))


def _question(atom: Condition) -> str:
    question = getattr(atom, "question", None)
    assert isinstance(question, str)
    return question

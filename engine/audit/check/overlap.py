"""Rules that add nothing to others with the same conclusion, or that others take back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...knowledge.levels import is_sooner
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Raises, Rule, Shows, Weighs
from ..search.witness import Witnesses
from .findings import Remark, listed


class Overlap:
    """Decides by witnesses; people known already spare the search wherever one of them is a witness."""

    def __init__(
        self,
        rules: RuleBase,
        live: Sequence[Rule],
        fired_by: Mapping[str, frozenset[int]],
        witnesses: Witnesses,
    ) -> None:
        """`live`: the rules that can fire; `fired_by`: for each rule, some people who fire it."""
        self.rules = rules
        self.live = live
        self.fired_by = fired_by
        self.witnesses = witnesses

    def remarks(self) -> Iterator[Remark]:
        """L005, L006 and L007."""
        yield from self._repeated()
        yield from self._contradictions()

    def implies(self, rule: Rule, others: Sequence[Rule]) -> bool:
        """Whether some of the others fire whenever the rule does."""
        if self.fired_by[rule.id] - frozenset().union(*(self.fired_by[each.id] for each in others)):
            return False
        read = self.rules.questions_read
        if not any(read[rule.id] & read[each.id] for each in others):
            return False  # what they read may all be unanswered
        return self.witnesses.find(true=[rule.when], not_true=[each.when for each in others]) is None

    def _stays_open(self, rule: Rule, others: Sequence[Rule]) -> bool:
        """Whether the rule may be other than false where all the others are false.

        A sign is false only when all its rules are, so that its being false may hang on such a rule.
        """
        conditions = [each.when for each in others]
        return self.witnesses.find(false=conditions, not_false=[rule.when]) is not None

    def _is_twin(self, one: Rule, other: Rule) -> bool:
        if not (self.implies(one, [other]) and self.implies(other, [one])):
            return False
        apart = isinstance(one.then, Shows) and (
            self._stays_open(one, [other]) or self._stays_open(other, [one])
        )
        return not apart

    def _is_needed(self, rule: Rule, wider: Sequence[Rule]) -> bool:
        if not wider or not self.implies(rule, wider):
            return True
        if not isinstance(rule.then, Shows):
            return False
        return self._stays_open(
            rule, [each for each in self.rules.rules_by_sign[rule.then.sign] if each is not rule]
        )

    def _repeated(self) -> Iterator[Remark]:
        for rule in self.live:
            same = [each for each in self.live if each is not rule and _concludes_the_same(each, rule)]
            twins = [each for each in same if self._is_twin(rule, each)]
            first = min([rule, *twins], key=lambda each: (each.where, each.id))
            if first is not rule:
                message = (
                    f"`{rule.id}` fires for the same answers as `{first.id}`, with the same "
                    f"conclusion; merge the two"
                )
                yield Remark("L005", rule, message)
                continue
            wider = [each for each in self.live if each not in twins and _leaves_nothing(each, rule)]
            if not self._is_needed(rule, wider):
                yield Remark("L006", rule, self._adds_nothing(rule, wider))

    def _adds_nothing(self, rule: Rule, wider: Sequence[Rule]) -> str:
        needed = list(wider)
        for each in wider:  # as few as will do
            less = [other for other in needed if other is not each]
            if less and self.implies(rule, less):
                needed = less
        many = len(needed) > 1
        then = {
            Weighs: "it never counts beside",
            Shows: "the sign never hangs on it beside",
            Raises: "it never raises the level, nor cites a source, beyond",
        }[type(rule.then)]
        named = listed(each.id for each in needed)
        fires = "one of which fires whenever it does" if many else "which fires whenever it does"
        return f"`{rule.id}` adds nothing: {then} {named}, {fires}; remove it, or narrow the wider rule"

    def _contradictions(self) -> Iterator[Remark]:
        weighing = [rule for rule in self.live if isinstance(rule.then, Weighs) and rule.then.points]
        for rule in weighing:
            against = [each for each in weighing if _opposed(each, rule) and self.implies(rule, [each])]
            for other in against:
                if self.implies(other, [rule]) and (other.where, other.id) > (rule.where, rule.id):
                    continue  # of two for the same answers, the later is told
                message = (
                    f"`{rule.id}` {rule.then}, and `{other.id}`, which {other.then}, fires whenever it does; "
                    f"exclude the one from the other, or correct the side"
                )
                yield Remark("L007", rule, message, other.id)


def _concludes_the_same(one: Rule, other: Rule) -> bool:
    """Whether they conclude the same, weight and group apart."""
    if isinstance(one.then, Weighs) and isinstance(other.then, Weighs):
        return (one.then.cause, one.then.supports) == (other.then.cause, other.then.supports)
    return one.then == other.then


def _leaves_nothing(wider: Rule, rule: Rule) -> bool:
    """Whether the rule, where the wider one fires too, has nothing left to add."""
    one, other = wider.then, rule.then
    if wider is rule:
        return False
    if isinstance(one, Raises) and isinstance(other, Raises):
        told = one.urgency != other.urgency or rule.act in (
            None,
            wider.act,
        )  # of a lower level no act is told
        higher = not is_sooner(other.urgency, one.urgency)
        return higher and told and {*rule.cites} <= {*wider.cites}
    if isinstance(one, Weighs) and isinstance(other, Weighs):
        together = _concludes_the_same(wider, rule) and one.group == other.group
        return together and abs(one.points) >= abs(other.points) > 0
    return one == other


def _opposed(one: Rule, other: Rule) -> bool:
    """Whether they weigh different ways for the same cause."""
    return (
        isinstance(one.then, Weighs)
        and isinstance(other.then, Weighs)
        and one.then.cause == other.then.cause
        and one.then.supports != other.then.supports
    )

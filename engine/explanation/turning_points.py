"""The turning points of a result: which few other answers would have changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..answers.alteration import Alteration, in_brief
from ..answers.answers import Answers, plain_answer
from ..inference.firing import Known
from ..inference.network import State, network_of
from ..knowledge.levels import Level, height
from ..knowledge.rule_base import RuleBase
from ..result.assessment import plain
from ..result.consistency import contradictions
from ..result.consultation import Consultation, consult
from .reversal import Search, TurnGoal, altered

MOST = 3
"""Sets of more changes than this are not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAnswer:
    """One question answered otherwise."""

    question: str
    text: str
    before: object
    """As an answers file would hold it."""
    after: object
    brief: str
    """The change in a few words: `gone instead of better`, `with numb`."""
    size: int
    """How many changes it counts as: more than one only where several options are toggled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A set of changed answers, and what comes of it."""

    changes: tuple[TurnedAnswer, ...]
    """In the interview's order."""
    first: tuple[str, ...]
    """The causes that are then first; several share the place."""
    urgency: Level
    contradictions: tuple[str, ...]
    """The consistency checks that would then hold and do not now: the changed answers do not go together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """All the smallest sets that turn the result one way."""

    size: int | None
    """The fewest changes that do it; None where none up to `at_most` do."""
    impossible: bool
    """Whether no change of the answers given does it, however many are changed."""
    sets: tuple[TurningPoint, ...]
    """Those whose answers go together first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoints:
    """What the result turns on. Only questions that were answered change."""

    first: tuple[str, ...]
    """The causes that are first now; none where no cause is ranked."""
    urgency: Level
    at_most: int
    another_first: Reversal
    """A cause that is not first now is first, alone or with others."""
    sooner: Reversal
    """The urgency is higher; the highest first."""
    later: Reversal
    """The urgency is lower; the lowest first."""
    names: Mapping[str, str]
    """Of the causes named."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, text, numbers and bools, ready for `json.dumps`."""
        found: dict[str, Any] = plain(self)
        return found


def turning_points(
    answers: Mapping[str, object] | bytes | Consultation,
    rules: RuleBase | None = None,
    *,
    path: str = "answers",
) -> TurningPoints:
    """The smallest sets of changed answers that would put another cause first or move the urgency.

    All sets of the smallest size, for each of the three, up to three changes. A change is another option,
    one option toggled, or an amount moved past a bound that rules read; an `unsure` may turn into any of
    these. `answers`, `rules` and `path` are those of `consult`. Raises AnswersError with every problem.
    """
    visit = consult(answers, rules, path=path)
    rules, checked = visit.rules, visit.answers
    search = Search(rules, checked, MOST)
    found, reachable = search.smallest(), search.reachable()
    person = _Person(rules, checked)

    def reversal(goal: TurnGoal) -> Reversal:
        sets = [person.point(changes) for changes in found[goal]]
        way = {"another_first": 0, "sooner": 1, "later": -1}[goal]
        sets.sort(
            key=lambda each: (bool(each.contradictions), -way * height(each.urgency), person.order(each))
        )
        return Reversal(
            size=sum(turn.size for turn in sets[0].changes) if sets else None,
            impossible=goal not in reachable,
            sets=tuple(sets),
        )

    reversals = {goal: reversal(goal) for goal in found}
    named = {*person.first, *(id for each in reversals.values() for one in each.sets for id in one.first)}
    return TurningPoints(
        first=person.first,
        urgency=person.urgency,
        at_most=MOST,
        another_first=reversals["another_first"],
        sooner=reversals["sooner"],
        later=reversals["later"],
        names={id: cause.name for id, cause in rules.causes.items() if id in named},
    )


class _Person:
    """Someone's answers, and what comes of changing them."""

    def __init__(self, rules: RuleBase, answers: Answers) -> None:
        self.rules = rules
        self.answers = answers
        self.places = {id: at for at, id in enumerate(rules.questions)}
        self.telling = {id for each in rules.chapters if each.most_telling_first for id in each.questions}
        self.first, self.urgency, self.contradictions = self._outcome(answers)

    def _outcome(self, answers: Answers) -> tuple[tuple[str, ...], Level, tuple[str, ...]]:
        state = State(network_of(self.rules))
        for question, answer in answers.items():
            state.add(question, answer)
        ranking = state.ranking() if state.is_ranked() else []
        first = tuple(cause for points, cause in ranking if points == ranking[0][0])
        known = Known(answers, state.inference().signs)
        return first, state.level(), tuple(check.id for check in contradictions(self.rules, known))

    def point(self, changes: tuple[Alteration, ...]) -> TurningPoint:
        """The changes in words, and what comes of them."""
        after = altered(self.answers, changes, self.answers.rules_sha256)
        first, urgency, held = self._outcome(after)
        return TurningPoint(
            changes=tuple(
                self._turn(each) for each in sorted(changes, key=lambda each: self.places[each.question])
            ),
            first=first,
            urgency=urgency,
            contradictions=tuple(id for id in held if id not in self.contradictions),
        )

    def _turn(self, change: Alteration) -> TurnedAnswer:
        question = self.rules.questions[change.question]
        before = self.answers[question.id]
        return TurnedAnswer(
            question=question.id,
            text=question.text,
            before=plain_answer(before),
            after=plain_answer(change.answer),
            brief=in_brief(question, before, change.answer),
            size=change.size,
        )

    def order(self, point: TurningPoint) -> tuple[list[bool], list[tuple[int, str]]]:
        """The place of a set among others: by the interview's order, then by the words of the change.

        What is asked because it tells causes apart comes before what was so anyway, as an age.
        """
        given = sorted((turn.question not in self.telling for turn in point.changes), reverse=True)
        return given, [(self.places[turn.question], turn.brief) for turn in point.changes]

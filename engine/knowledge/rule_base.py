"""A rule base: all that a folder of rule files says, checked, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..errors import Location
from .acts import Act, Place, Precaution, Route, Saying
from .behind import questions_behind
from .causes import BaseRates, Cause, Pair, Ranking
from .conditions import Condition, HasSign, atoms
from .levels import Level, Urgency
from .questions import Chapter, Question
from .rules import ConsistencyCheck, Raises, Rule, Shows, Sign, Weighs, highest_first, level_of
from .sources import Source, Statement


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleBase:
    """All knowledge, checked: what a folder of rule files says."""

    questions: Mapping[str, Question]
    """In the order of the interview."""
    chapters: tuple[Chapter, ...]
    rules: Mapping[str, Rule]
    """By id, sorted."""
    signs: Mapping[str, Sign]
    consistency: Mapping[str, ConsistencyCheck]
    """By id, sorted."""
    causes: Mapping[str, Cause]
    """The article's, in its order of sections."""
    mimics: Mapping[str, Cause]
    pairs: Mapping[str, Pair]
    """By id, sorted."""
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    base_rates: BaseRates
    ranking: Ranking | None
    """None where the causes are ranked for everyone."""
    urgencies: Mapping[Level, Urgency]
    routes: Mapping[str, Route]
    """The most urgent first, as written."""
    acts: Mapping[str, Act]
    """By id, sorted."""
    precautions: Mapping[str, Precaution]
    """By id, sorted."""
    sayings: Mapping[tuple[str, str], Saying]
    """By question and option; what matters most first, as written."""
    places: Mapping[str, Place]
    """By id, sorted."""
    emergency_number: str
    """What to call it where no country is chosen."""
    default_urgency: Level
    """The level when no rule about urgency fires."""
    safety_net_lead: str
    safety_net: tuple[str, ...]
    safety_net_where: Location
    not_a_diagnosis: str
    sha256: str
    """Of the rule files, cases apart; the same whatever the files are called."""
    article_sha256: str
    """Of the article's fingerprints in order."""

    @cached_property
    def atoms(self) -> tuple[Condition, ...]:
        """Every atomic statement that some rule, band or question reads, sorted by its text."""
        found = {atom for condition in self.conditions() for atom in atoms(condition)}
        return tuple(sorted(found, key=str))

    def conditions(self) -> list[Condition]:
        """Every condition of the rule base."""
        gates = [question.asked_when for question in self.questions.values() if question.asked_when]
        return [*self.conclusive_conditions(), *gates]

    def conclusive_conditions(self) -> list[Condition]:
        """The conditions that bear on a result: all but those under which a question is asked."""
        rates = self.base_rates
        return [
            *(rule.when for rule in self.rules.values()),
            *(band.when for band in rates.bands),
            *(lift for rate in rates.rates.values() for lift, _ in rate.lifts),
            *([self.ranking.when] if self.ranking else []),
        ]

    @cached_property
    def rules_by_sign(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that conclude each sign."""
        found: dict[str, list[Rule]] = {sign: [] for sign in self.signs}
        for rule in self.rules.values():
            if isinstance(rule.then, Shows):
                found[rule.then.sign].append(rule)
        return {sign: tuple(rules) for sign, rules in found.items()}

    @cached_property
    def rules_by_cause(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules for and against each cause and mimic."""
        found: dict[str, list[Rule]] = {cause: [] for cause in [*self.causes, *self.mimics]}
        for rule in self.rules.values():
            if isinstance(rule.then, Weighs):
                found[rule.then.cause].append(rule)
        return {cause: tuple(rules) for cause, rules in found.items()}

    @cached_property
    def urgency_rules(self) -> tuple[Rule, ...]:
        """The rules about urgency."""
        return tuple(rule for rule in self.rules.values() if isinstance(rule.then, Raises))

    def raised_by(self, fired: Iterable[str]) -> tuple[Rule, ...]:
        """Of the rules of these ids those about urgency, the highest level first, then by id."""
        ids = frozenset(fired)
        raising = [rule for rule in self.urgency_rules if rule.id in ids]
        return tuple(sorted(raising, key=highest_first))

    def level_by(self, fired: Iterable[str]) -> Level:
        """The highest level that the rules of these ids raise, or the one where none does."""
        return self.level_given(fired)[0]

    def level_given(self, fired: Iterable[str]) -> tuple[Level, tuple[Rule, ...]]:
        """The same, and the rules that give it, by id; none where it is the level without any."""
        raising = self.raised_by(fired)
        level = level_of(raising[0]) if raising else self.default_urgency
        return level, tuple(rule for rule in raising if level_of(rule) == level)

    @cached_property
    def rules_by_act(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that lead to each act."""
        found: dict[str, list[Rule]] = {act: [] for act in self.acts}
        for rule in self.urgency_rules:
            if rule.act is not None:
                found[rule.act].append(rule)
        return {act: tuple(rules) for act, rules in found.items()}

    @cached_property
    def questions_read(self) -> Mapping[str, frozenset[str]]:
        """The questions that each rule reads, directly or through signs."""
        return {rule.id: self._read_in(rule.when) for rule in self.rules.values()}

    @cached_property
    def gates_read(self) -> Mapping[str, frozenset[str]]:
        """The questions that each question hangs on, directly or through signs."""
        return {
            question.id: self._read_in(question.asked_when) if question.asked_when else frozenset()
            for question in self.questions.values()
        }

    def _read_in(self, condition: Condition) -> frozenset[str]:
        read = [
            self._read_by_sign[atom.sign] if isinstance(atom, HasSign) else {atom.question}
            for atom in atoms(condition)
        ]
        return frozenset().union(*read)

    @cached_property
    def _read_by_sign(self) -> Mapping[str, frozenset[str]]:
        return {sign: questions_behind([HasSign(sign)], self.rules_by_sign) for sign in self.signs}

    @cached_property
    def findings(self) -> frozenset[str]:
        """The rules that weigh by more than what the bands of the base rates read: by more than age."""
        bands = {
            atom.question
            for band in self.base_rates.bands
            for atom in atoms(band.when)
            if not isinstance(atom, HasSign)
        }
        weighing = [rule for rule in self.rules.values() if isinstance(rule.then, Weighs)]
        return frozenset(rule.id for rule in weighing if not self.questions_read[rule.id] <= bands)

"""How the signposts fare: the level that each is given, by which rules, and how many are met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...inference.network import network_of, state_of
from ...knowledge.levels import Level
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule
from .case import Case
from .signpost import Signpost


@dataclass(frozen=True, slots=True, kw_only=True)
class Fared:
    """What became of a signpost."""

    signpost: Signpost
    level: Level
    rules: tuple[Rule, ...]
    """Those that give the level, by id; none where it is the level without any."""

    @property
    def met(self) -> bool:
        """Whether a page that presses gets at least what it asks for."""
        return not self.signpost.calm and not self.signpost.is_lower(self.level)

    @property
    def raised(self) -> bool:
        """Whether people whom a page calms are hurried."""
        return self.signpost.calm and self.signpost.is_hurried(self.level)

    @property
    def failing(self) -> bool:
        """Whether the case does not hold."""
        return self.signpost.complaint(self.level) is not None

    @property
    def below_on_purpose(self) -> bool:
        """Whether the level is below what is asked, and says why."""
        return self.signpost.below is not None and not self.failing


def fared(cases: Iterable[Case], rules: RuleBase) -> tuple[Fared, ...]:
    """What became of the signposts among the cases, in their order."""
    network = network_of(rules)
    found = []
    for case in cases:
        if case.signpost is not None:
            level, by = rules.level_given(state_of(network, case.answers).fired_rules())
            found.append(Fared(signpost=case.signpost, level=level, rules=by))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many signposts there are, and what became of them."""

    pressing: int
    met: int
    below_on_purpose: int
    calm: int
    raised: int

    def __str__(self) -> str:
        said = (
            f"Of {self.pressing} signposts, {self.met} are met and {self.below_on_purpose} below on purpose"
        )
        return f"{said}; of {self.calm} calm ones, {self.raised} are raised."


def tally(found: Iterable[Fared]) -> Tally:
    """The signposts counted."""
    each = list(found)
    return Tally(
        pressing=sum(not one.signpost.calm for one in each),
        met=sum(one.met for one in each),
        below_on_purpose=sum(one.below_on_purpose for one in each),
        calm=sum(one.signpost.calm for one in each),
        raised=sum(one.raised for one in each),
    )

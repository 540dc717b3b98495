"""Which two causes the answers leave side by side, and what would tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..knowledge.causes import Pair
from .outlook import Standing
from .ranking import Candidate, NotToldApart, RankedCause


def not_told_apart(
    person: Standing, causes: Sequence[RankedCause], raised: Iterable[Candidate]
) -> tuple[NotToldApart, ...]:
    """The pairs of which one is first and the other has evidence too, by id; `raised` are the mimics."""
    if not causes:  # none is ranked
        return ()
    return tuple(_found(person, {each.id: each for each in causes}, {each.id for each in raised}))


def _found(person: Standing, ranked: dict[str, RankedCause], raised: set[str]) -> Iterator[NotToldApart]:
    for pair in person.rules.pairs.values():
        ask = tuple(question for question in pair.ask if person.is_to_answer(question))
        near = _is_near(pair, ranked)
        if _stand_together(pair, ranked, raised) and near is not False and (ask or pair.test or near):
            yield NotToldApart(
                id=pair.id,
                causes=pair.causes,
                because=pair.because,
                ask=ask,
                test=pair.test,
                cites=tuple(str(citation) for citation in pair.cites),
                grade=pair.grade,
            )


def _stand_together(pair: Pair, ranked: dict[str, RankedCause], raised: set[str]) -> bool:
    """Whether one of the two is first, and the other has evidence for it."""

    def is_first(cause: str) -> bool:
        return cause in ranked and ranked[cause].rank == 1

    def has_evidence(cause: str) -> bool:
        if cause not in ranked:
            return cause in raised
        return ranked[cause].support not in ("no evidence", "against")

    one, other = pair.causes
    return (is_first(one) and has_evidence(other)) or (is_first(other) and has_evidence(one))


def _is_near(pair: Pair, ranked: dict[str, RankedCause]) -> bool | None:
    """Whether the points of the two are as near as the pair asks for; None where it does not ask."""
    if pair.within is None:
        return None
    one, other = (ranked[cause].points for cause in pair.causes)
    return abs(one - other) <= pair.within

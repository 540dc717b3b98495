"""What stands behind a condition: what it reads, and what the rules read that conclude the signs it reads.

One walk, for whoever has to look through signs. `concluding` gives the rules that conclude each sign, as
`RuleBase.rules_by_sign` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .conditions import Atom, Condition, HasSign, atoms
from .questions import Question
from .rules import Rule

Concluding = Mapping[str, Sequence[Rule]]


def atoms_behind(
    conditions: Iterable[Condition], concluding: Concluding, gates: Mapping[str, Question] | None = None
) -> tuple[Atom, ...]:
    """The atoms that these conditions read, directly and through signs, each once, the nearest first.

    Given the questions as `gates`, also through what it takes for a question to be asked.
    """
    queue = [atom for condition in conditions for atom in atoms(condition)]
    behind: dict[Atom, None] = {}
    for atom in queue:  # which grows by what stands behind signs and gates
        if atom in behind:
            continue
        behind[atom] = None
        if isinstance(atom, HasSign):
            queue += [each for rule in concluding[atom.sign] for each in atoms(rule.when)]
        elif gates is not None and (gate := gates[atom.question].asked_when) is not None:
            queue += atoms(gate)
    return tuple(behind)


def signs_behind(conditions: Iterable[Condition], concluding: Concluding) -> tuple[str, ...]:
    """The signs among them, each once, the nearest first."""
    return tuple(atom.sign for atom in atoms_behind(conditions, concluding) if isinstance(atom, HasSign))


def questions_behind(
    conditions: Iterable[Condition], concluding: Concluding, gates: Mapping[str, Question] | None = None
) -> frozenset[str]:
    """The questions among them."""
    behind = atoms_behind(conditions, concluding, gates)
    return frozenset(atom.question for atom in behind if not isinstance(atom, HasSign))

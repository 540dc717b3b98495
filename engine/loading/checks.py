"""What can be wrong with a rule base as a whole, though each of its files is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from itertools import product

from ..answers.fitting import fitting_answer
from ..errors import Location, Problem
from ..knowledge.behind import questions_behind
from ..knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    IsUnsure,
    Not,
    Truth,
    atoms,
    expand,
    normal,
)
from ..knowledge.levels import PRESSING
from ..knowledge.questions import Question
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Longer, Rule, level_of
from ..knowledge.unsure import fires_on_unsure

MAX_ALTERNATIVES = 128
"""A condition may come apart into no more alternatives than this; beyond, nobody can read it, and
the reference engine would have to hold every one of them."""


def check(rules: RuleBase) -> list[Problem]:
    """Every problem of the whole set, sorted."""
    return sorted(
        [
            *_sign_circles(rules),
            *_gate_circles(rules),
            *_impossible(rules),
            *_unread_questions(rules),
            *_signs_without_rules(rules),
            *_unsure_emergencies(rules),
            *_statements(rules),
        ]
    )


def _sign_circles(rules: RuleBase) -> Iterator[Problem]:
    reads = {
        sign: sorted({atom.sign for rule in found for atom in atoms(rule.when) if isinstance(atom, HasSign)})
        for sign, found in rules.rules_by_sign.items()
    }
    for ring in _circles(reads):
        message = f"signs conclude each other in a circle: {' → '.join(ring)}; break it"
        yield Problem(rules.signs[ring[0]].where, "R020", message)


def _gate_circles(rules: RuleBase) -> Iterator[Problem]:
    """Questions that are asked only when each other's answers are known, signs looked through."""
    reads: dict[str, list[str]] = {}
    for question in rules.questions.values():
        gate = [question.asked_when] if question.asked_when else []
        reads[question.id] = sorted(questions_behind(gate, rules.rules_by_sign))
    for ring in _circles(reads):
        message = f"questions hang on each other in a circle: {' → '.join(ring)}; break it"
        yield Problem(rules.questions[ring[0]].where, "R020", message)


def _circles(reads: dict[str, list[str]]) -> Iterator[list[str]]:
    """Circles of the relation, each from its least member round to it again; some for every one there is."""
    sorter = TopologicalSorter(reads)
    with suppress(CycleError):
        sorter.prepare()
    while ready := sorter.get_ready():
        sorter.done(*ready)
        for sign in ready:
            del reads[sign]
    # What is left rests on a circle. From each sign, what it reads next leads into one.
    seen: set[str] = set()
    for start in sorted(reads):
        path: list[str] = []
        sign = start
        while sign not in seen:
            seen.add(sign)
            path.append(sign)
            sign = next(below for below in reads[sign] if below in reads)
        if sign in path:
            ring = path[path.index(sign) :]
            least = ring.index(min(ring))
            yield [*ring[least:], *ring[: least + 1]]


def _impossible(rules: RuleBase) -> Iterator[Problem]:
    for name, never, when, where in _conditions(rules):
        if max(alternatives(normal(when, holds)) for holds in (True, False)) > MAX_ALTERNATIVES:
            message = f"`{name}` has more than {MAX_ALTERNATIVES} alternatives; move a part into a sign"
            yield Problem(where, "R029", message)
        elif not any(possible(branch, rules) for branch in branches(normal(when))):
            yield Problem(where, "R022", f"`{name}` can never {never}: its condition contradicts itself")


def _conditions(rules: RuleBase) -> Iterator[tuple[str, str, Condition, Location]]:
    """Every condition with the name and place of what it belongs to, and what it decides."""
    rates = rules.base_rates
    for rule in rules.rules.values():
        yield rule.id, "fire", rule.when, rule.where
    for check in rules.consistency.values():
        if not isinstance(check.when, Longer):
            yield check.id, "hold", check.when, check.where
    for question in rules.questions.values():
        if question.asked_when is not None:
            yield question.id, "be asked", question.asked_when, question.where
    for band in rates.bands:
        yield band.id, "apply", band.when, band.where
    for rate in rates.rates.values():
        for when, _ in rate.lifts:
            yield rate.cause, "be lifted", when, rate.where
    if rules.ranking:
        yield "ranked_when", "hold", rules.ranking.when, rules.ranking.where


def alternatives(node: Condition) -> int:
    """Into how many conjunctions the normal form comes apart (an upper bound, not listed)."""
    if isinstance(node, All):
        size = 1
        for item in node.items:
            size *= alternatives(item)
        return size
    if isinstance(node, Any):
        return sum(alternatives(item) for item in node.items)
    if isinstance(node, AtLeast):
        # The elementary symmetric polynomial of the items' counts.
        sums = [1] + [0] * node.count
        for item in node.items:
            here = alternatives(item)
            for taken in range(node.count, 0, -1):
                sums[taken] += sums[taken - 1] * here
        return sums[node.count]
    return 1


def branches(node: Condition) -> Iterator[tuple[Condition, ...]]:
    """The conjunctions of atoms and negated atoms that a normal form comes apart into."""
    if isinstance(node, All):
        for parts in product(*(list(branches(item)) for item in node.items)):
            yield tuple(leaf for part in parts for leaf in part)
    elif isinstance(node, Any):
        for item in node.items:
            yield from branches(item)
    elif isinstance(node, AtLeast):
        yield from branches(expand(node))
    else:
        yield (node,)


def possible(leaves: Iterable[Condition], rules: RuleBase) -> bool:
    """Whether some answers make all these atoms and negated atoms true at once (signs taken as free)."""
    signs: dict[HasSign, bool] = {}
    wanted: dict[str, dict[Atom, frozenset[Truth]]] = {}
    for leaf in leaves:
        atom, holds = (leaf.item, False) if isinstance(leaf, Not) else (leaf, True)
        if isinstance(atom, HasSign):
            if signs.setdefault(atom, holds) is not holds:
                return False
        elif isinstance(atom, (Is, Has, Compare, IsUnsure)):
            of_question = wanted.setdefault(atom.question, {})
            of_question[atom] = of_question.get(atom, frozenset({holds})) & {holds}
        else:
            raise TypeError(f"not an atom: {atom}")
    return all(fitting_answer(rules.questions[id], found) is not None for id, found in wanted.items())


def _unread_questions(rules: RuleBase) -> Iterator[Problem]:
    read = {
        getattr(atom, "question", None)
        for condition in rules.conclusive_conditions()
        for atom in atoms(condition)
    }
    for question in rules.questions.values():
        if question.id not in read:
            message = f"no rule reads `{question.id}`; add a rule or remove the question"
            yield Problem(question.where, "R021", message)


def _signs_without_rules(rules: RuleBase) -> Iterator[Problem]:
    for sign, found in rules.rules_by_sign.items():
        if not found:
            yield Problem(
                rules.signs[sign].where, "R027", f"no rule concludes the sign `{sign}`; add one or remove it"
            )


def _unsure_emergencies(rules: RuleBase) -> Iterator[Problem]:
    for question in rules.questions.values():
        if question.emergency and not any(_raises_enough(rule, question) for rule in rules.urgency_rules):
            rule = f"a rule `when: {question.id} is unsure` of same_day or sooner"
            message = f"unsure to `{question.id}` raises nothing; add {rule}"
            yield Problem(question.where, "R023", message)


def _raises_enough(rule: Rule, question: Question) -> bool:
    soon = PRESSING
    return fires_on_unsure(rule, question.id) and level_of(rule) in soon


def _statements(rules: RuleBase) -> Iterator[Problem]:
    cited = {
        citation.statement
        for owner in [
            rules.base_rates.cites,
            rules.ranking.cites if rules.ranking else (),
            *(rule.cites for rule in rules.rules.values()),
            *(pair.cites for pair in rules.pairs.values()),
            *(cause.treatments for cause in rules.causes.values()),
        ]
        for citation in owner
    }
    for statement in rules.statements.values():
        where: Location = statement.where
        if statement.excluded is None and statement.id not in cited:
            message = f"nothing cites statement {statement.id}; cite it, or say under `excluded` why not"
            yield Problem(where, "R025", message)
        elif statement.excluded is not None and statement.id in cited:
            yield Problem(where, "R025", f"statement {statement.id} is cited; remove its `excluded`")

"""Inference by experta. The only file that imports it: its quirks stop here.

experta 1.9.4 pins frozendict 1.2, which needs `collections.Mapping` (gone since Python 3.10) while
it is imported; it adds a handler to the root logger; its watchers would log every fact to an
application that logs at INFO; it fires rules of equal salience in hash order, so each rule gets a
salience of its own; its NOT depends on salience, so every rule is in negation normal form and what
is false is a fact like what is true; it takes `True` for `1`, so every value is text; an error in
a rule leaves the engine running, so an engine serves one consultation and is thrown away. Its
`declare` walks the whole network once a call, so all facts go in one call.

Each rule becomes one experta rule under its own id. A rule with `any` in it is one experta rule
that may be activated in several ways; it has fired once it fired in one. That a sign is false
takes helpers: one for each rule that concludes the sign, which fires when that rule is false, and
one that closes the sign when all of them are. They are named `not RULE` and `no sign SIGN`.

Building costs about 0.2 ms a rule and its ways, and running more than that. So a consultation hands
experta only the ways that the answers leave open: one that needs a fact about an answer which is not
there would never be activated. What rests on signs is left to experta to find.
"""

from __future__ import annotations

import collections
import collections.abc
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any as Anything
from typing import NamedTuple

from ..answers.answers import Answers
from ..knowledge.conditions import All, Any, AtLeast, Condition, HasSign, Not, expand, needed, normal, truth
from ..knowledge.rule_base import RuleBase
from .firing import Firing, Inference

_importing = threading.Lock()


def infer(rules: RuleBase, answers: Answers) -> Inference:
    """What the rules conclude from the answers. Safe to call from several threads."""
    with _importing:
        experta = _experta()
    return _Consultation(experta, rules, answers).infer()


class _Experta(NamedTuple):
    """The module, the one class of facts, and its engine with an agenda that remembers."""

    module: Anything
    fact: Anything
    engine: type


@cache
def _experta() -> _Experta:
    with _import_quirks_undone():
        import experta
    experta.unwatch()
    return _Experta(experta, type("Known", (experta.Fact,), {}), _watched(experta))


@contextlib.contextmanager
def _import_quirks_undone() -> Iterator[None]:
    root = logging.getLogger()
    handlers = list(root.handlers)
    missing = not hasattr(collections, "Mapping")
    if missing:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if missing:
            del collections.Mapping  # type: ignore[attr-defined]
        for handler in [handler for handler in root.handlers if handler not in handlers]:
            root.removeHandler(handler)


class _Consultation:
    """The rules that these answers leave a way for, as an experta engine."""

    def __init__(self, experta: _Experta, rules: RuleBase, answers: Answers) -> None:
        self.experta = experta.module
        self.fact = experta.fact
        # Ids and no rule base: experta remembers the rules that it activated last.
        self.rule_ids = frozenset(rules.rules)
        self.signs = tuple(rules.signs)
        self.answers = answers
        self.firings: list[Firing] = []
        self.facts: set[str] = set()  # about answers
        made = []
        for rule in rules.rules.values():
            made += self._rule(rule.id, normal(rule.when), str(rule.then))
        for sign, concluding in rules.rules_by_sign.items():
            refuted = []
            for rule in concluding:
                refuted += self._rule(f"not {rule.id}", normal(rule.when, False), f"not rule {rule.id}")
            made += refuted
            if len(refuted) == len(concluding):
                facts = [self.fact(f"not rule {rule.id}") for rule in concluding]
                made.append(self._named(f"no sign {sign}", self.experta.AND(*facts), f"not sign {sign}"))
        named = {
            # Later rules get lower salience: a salience of its own for each, in a fixed order.
            f"rule {conclude.__name__}": self.experta.Rule(element, salience=len(made) - at)(conclude)
            for at, (element, conclude) in enumerate(made)
        }
        self.engine = type("Rules", (experta.engine,), named)()

    def _rule(
        self, name: str, condition: Condition, concludes: str
    ) -> list[tuple[Anything, Callable[[Anything], None]]]:
        """What experta makes a rule of; nothing where the answers leave no way for it."""
        left = self._left(condition)
        return [] if left is None else [self._named(name, self._element(left), concludes)]

    def _named(
        self, name: str, element: Anything, concludes: str
    ) -> tuple[Anything, Callable[[Anything], None]]:
        """A rule's condition, and what to do when it fires."""

        def conclude(engine: Anything) -> None:
            facts = tuple(
                sorted(fact[0] for fact in engine.agenda.current.facts if isinstance(fact, self.fact))
            )
            self.firings.append(Firing(rule=name, facts=facts, concludes=concludes))
            engine.declare(self.fact(concludes))

        conclude.__name__ = name
        return element, conclude

    def _left(self, node: Condition) -> Condition | None:
        """Of a normal form the ways that need no fact about an answer which is not there; None if none is."""
        if isinstance(node, (All, Any, AtLeast)):
            items = tuple(left for item in node.items if (left := self._left(item)) is not None)
            if len(items) < needed(node):
                return None
            return AtLeast(node.count, items) if isinstance(node, AtLeast) else type(node)(items)
        atom = node.item if isinstance(node, Not) else node
        if isinstance(atom, HasSign):
            return node
        if not truth(node, self.answers.truth):
            return None
        self.facts.add(str(node))
        return node

    def _element(self, node: Condition) -> Anything:
        """The normal form as experta's conditional element over facts that are lines of text."""
        if isinstance(node, AtLeast):
            return self._element(expand(node))
        if isinstance(node, All):
            return self.experta.AND(*(self._element(item) for item in node.items))
        if isinstance(node, Any):
            return self.experta.OR(*(self._element(item) for item in node.items))
        return self.fact(str(node))

    def infer(self) -> Inference:
        self.engine.reset()
        self.engine.declare(*(self.fact(text) for text in sorted(self.facts)))
        self.engine.run()
        concluded = {firing.concludes for firing in self.firings}
        fired = {firing.rule for firing in self.firings} & self.rule_ids
        signs = {
            sign: f"sign {sign}" in concluded
            for sign in self.signs
            if f"sign {sign}" in concluded or f"not sign {sign}" in concluded
        }
        return Inference(fired=tuple(sorted(fired)), signs=signs, firings=tuple(self.firings))


def _watched(experta: Anything) -> type:
    """Experta's engine with an agenda that remembers the activation being fired, for the trace."""

    class WatchedAgenda(experta.agenda.Agenda):  # type: ignore[misc]
        def get_next(self) -> Anything:
            self.current = super().get_next()
            return self.current

    class WatchedEngine(experta.KnowledgeEngine):  # type: ignore[misc]
        def reset(self, **kwargs: Anything) -> None:
            super().reset(**kwargs)
            watched: Anything = WatchedAgenda()
            watched.activations = self.agenda.activations  # what the initial fact activated
            self.agenda: Anything = watched

    return WatchedEngine

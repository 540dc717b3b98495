"""Inference by experta. The only file that imports it: its quirks stop here.

experta 1.9.4 pins frozendict 1.2, which needs `collections.Mapping` (gone since Python 3.10) while
it is imported; it adds a handler to the root logger; its watchers would log every fact to an
application that logs at INFO; it fires rules of equal salience in hash order, so each rule gets a
salience of its own; its NOT depends on salience, so every rule is in negation normal form and what
is false is a fact like what is true; it takes `True` for `1`, so every value is text; an error in
a rule leaves the engine running, so such an engine is thrown away. Its `declare` walks the whole
network once a call, so all facts go in one call; building it costs about 0.2 ms a rule, so it is
built once for a rule base.

Each rule becomes one experta rule under its own id. A rule with `any` in it is one experta rule
that may be activated in several ways; it has fired once it fired in one. That a sign is false
takes helpers: one for each rule that concludes the sign, which fires when that rule is false, and
one that closes the sign when all of them are. They are named `not RULE` and `no sign SIGN`.
"""

from __future__ import annotations

import collections
import collections.abc
import contextlib
import logging
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any as Anything

from ..answers.answers import Answers
from ..knowledge.conditions import All, Any, AtLeast, Condition, expand, normal, truth
from ..knowledge.rule_base import RuleBase
from .firing import Firing, Inference

_building = threading.Lock()
_engines: weakref.WeakKeyDictionary[RuleBase, _Engine] = weakref.WeakKeyDictionary()


def infer(rules: RuleBase, answers: Answers) -> Inference:
    """What the rules conclude from the answers. Safe to call from several threads."""
    while True:
        with _building:
            engine = _engines.get(rules)
            if engine is None:
                engine = _engines[rules] = _Engine(rules)
        with engine.lock:
            if engine.broken:  # while this thread waited for it
                continue
            try:
                return engine.infer(answers)
            except BaseException:
                engine.broken = True
                with _building:
                    del _engines[rules]
                raise


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


class _Engine:
    """The rule base as an experta engine, and the lock that keeps it to one consultation at a time."""

    def __init__(self, rules: RuleBase) -> None:
        with _import_quirks_undone():
            import experta
        experta.unwatch()
        self.experta = experta
        self.lock = threading.Lock()
        self.broken = False
        # Ids and no rule base: `_engines` would never let go of one that its own engine holds.
        self.rule_ids = frozenset(rules.rules)
        self.signs = tuple(rules.signs)
        self.firings: list[Firing] = []
        self.fact: Anything = type("Known", (experta.Fact,), {})
        self.answer_leaves: dict[str, Condition] = {}
        made = [
            self._rule(rule.id, self._element(normal(rule.when)), str(rule.then))
            for rule in rules.rules.values()
        ]
        for sign, found in rules.rules_by_sign.items():
            for rule in found:
                made.append(
                    self._rule(
                        f"not {rule.id}", self._element(normal(rule.when, False)), f"not rule {rule.id}"
                    )
                )
            refuted = [self.fact(f"not rule {rule.id}") for rule in found]
            made.append(self._rule(f"no sign {sign}", experta.AND(*refuted), f"not sign {sign}"))
        named = {
            # Later rules get lower salience: a salience of its own for each, in a fixed order.
            f"rule {conclude.__name__}": experta.Rule(element, salience=len(made) - at)(conclude)
            for at, (element, conclude) in enumerate(made)
        }
        self.engine = type("Rules", (_watched(experta),), named)()

    def _rule(
        self, name: str, element: Anything, concludes: str
    ) -> tuple[Anything, Callable[[Anything], None]]:
        """What experta makes a rule of: its condition, and what to do when it fires."""

        def conclude(engine: Anything) -> None:
            facts = tuple(
                sorted(fact[0] for fact in engine.agenda.current.facts if isinstance(fact, self.fact))
            )
            self.firings.append(Firing(rule=name, facts=facts, concludes=concludes))
            engine.declare(self.fact(concludes))

        conclude.__name__ = name
        return element, conclude

    def _element(self, node: Condition) -> Anything:
        """The normal form as experta's conditional element over facts that are lines of text."""
        if isinstance(node, AtLeast):
            return self._element(expand(node))
        if isinstance(node, All):
            return self.experta.AND(*(self._element(item) for item in node.items))
        if isinstance(node, Any):
            return self.experta.OR(*(self._element(item) for item in node.items))
        self.answer_leaves[str(node)] = node
        return self.fact(str(node))

    def infer(self, answers: Answers) -> Inference:
        self.firings = []
        self.engine.reset()
        facts = sorted(text for text, leaf in self.answer_leaves.items() if truth(leaf, answers.truth))
        self.engine.declare(*(self.fact(text) for text in facts))
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

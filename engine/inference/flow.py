"""What the firing of a rule can rest on, and what can rest on a fact: read off the network's gates."""

from __future__ import annotations

from collections.abc import Iterable, Set

from .network import Network


def behind(network: Network, rules: Iterable[str]) -> frozenset[int]:
    """The literals from which the firing of some of these rules can follow."""
    inputs: dict[int, list[int]] = {}
    for literal, gates in enumerate(network.feeds):
        for gate in gates:
            inputs.setdefault(network.heads[gate], []).append(literal)
    wanted = set(rules)
    queue = [
        literal
        for literal, effects in enumerate(network.effects)
        if any(network.rule_ids[effect[0]] in wanted for effect in effects)
    ]
    return _closed(queue, inputs)


def ahead(network: Network, literals: Set[int]) -> set[str]:
    """The rules whose firing can follow from some of these literals."""
    follow = {at: [network.heads[gate] for gate in gates] for at, gates in enumerate(network.feeds)}
    found = _closed(sorted(literals), follow)
    return {network.rule_ids[effect[0]] for literal in found for effect in network.effects[literal]}


def _closed(queue: list[int], steps: dict[int, list[int]]) -> frozenset[int]:
    seen = set(queue)
    for literal in queue:  # which grows by each step
        for each in steps.get(literal, ()):
            if each not in seen:
                seen.add(each)
                queue.append(each)
    return frozenset(seen)

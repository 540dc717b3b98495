"""How far a rule can be trusted, in marks: what its figure and its sources lack of being read in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from .rule_base import RuleBase
from .rules import Rule, Weighs
from .sources import Citation, Confidence, Seen

_known: WeakKeyDictionary[RuleBase, dict[str, tuple[str, ...]]] = WeakKeyDictionary()

MEANINGS: Mapping[str, str] = {
    "derived": "its ratio was worked out from the source's figures and is not printed there",
    "judgement": "its grade is judgement, or it cites a source that is one",
    "needs sign-off": "a clinician has still to agree to something in it",
    "no interval": "its ratio has no interval in the source",
    "recalled": "it cites a source from memory, not seen, and says how firmly that is remembered",
    "second-hand": "it cites a source that was read only on a page about it",
}
"""What each kind of mark says of a rule. Whatever explains a mark uses these words."""

MARKS = tuple(MEANINGS)
"""The kinds of mark; of `recalled`, the mark itself adds the confidence: `recalled, high`."""

_SEEN: Mapping[Seen, str] = {
    "read": "read",
    "second_hand": "read second-hand",
    "recalled": "recalled, not seen",
    "judgement": "a judgement",
}


def marks(rule: Rule, rules: RuleBase) -> tuple[str, ...]:
    """The rule's marks, sorted, each once; none where all was read and nothing is open."""
    known = _known.setdefault(rules, {})
    if rule.id not in known:
        known[rule.id] = tuple(sorted(set(_marks(rule, rules))))
    return known[rule.id]


def _marks(rule: Rule, rules: RuleBase) -> Iterator[str]:
    ratio = rule.then.likelihood_ratio if isinstance(rule.then, Weighs) else None
    if ratio is not None and ratio.derived:
        yield "derived"
    if ratio is not None and ratio.low is None:
        yield "no interval"
    if rule.grade == "judgement":
        yield "judgement"
    if rule.sign_off:
        yield "needs sign-off"
    for citation in rule.cites:
        source = rules.sources.get(citation.source)  # the article is none, and was read
        if source is None:
            continue
        if source.seen == "recalled":
            yield f"recalled, {source.confidence}"
        elif source.seen == "second_hand":
            yield "second-hand"
        elif source.seen == "judgement":
            yield "judgement"


def beside_grade(rule: Rule, rules: RuleBase) -> tuple[str, ...]:
    """The rule's marks without the one that its grade says already."""
    return tuple(mark for mark in marks(rule, rules) if mark != rule.grade)


def kind_of(mark: str) -> str:
    """One of `MARKS`: the mark without what it adds."""
    return mark.partition(",")[0]


def in_a_row(found: Iterable[str]) -> str:
    """Marks as they stand on one line."""
    return "; ".join(found)


def how_seen(seen: Seen, confidence: Confidence | None) -> str:
    """In words, how a source was seen and, if it was recalled, how firmly."""
    return f"{_SEEN[seen]}, {confidence} confidence" if confidence else _SEEN[seen]


def spelled_out(citation: Citation, rules: RuleBase) -> str:
    """What is cited and how it was seen: a statement of the article in our words, or a source's title."""
    if citation.statement:
        return f"{rules.statements[citation.statement].says} (the article, read)"
    source = rules.sources[citation.source]
    more = [part.rstrip(".") for part in (source.note, source.address) if part]
    return ". ".join([f"{source.title} ({how_seen(source.seen, source.confidence)})", *more])

"""The condition language: its values, its three-valued meaning, its negation normal form.

Truth is strong Kleene (Kleene 1952, section 64): True, False, or None for unknown. The text form
is read by `condition_reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to a one_of or yes_no question is this option, or one of these."""

    question: str
    options: tuple[str, ...]

    def __str__(self) -> str:
        if len(self.options) == 1:
            return f"{self.question} is {self.options[0]}"
        return f"{self.question} in [{', '.join(self.options)}]"


@dataclass(frozen=True, slots=True)
class Has:
    """The answer to a many_of question contains this option."""

    question: str
    option: str

    def __str__(self) -> str:
        return f"{self.question} has {self.option}"


@dataclass(frozen=True, slots=True)
class Compare:
    """The amount stands in this relation to a bound (in the question's unit; hours for a duration)."""

    question: str
    operator: str
    bound: Decimal
    shown: str
    """The bound as it was written."""

    def __str__(self) -> str:
        return f"{self.question} {self.operator} {self.shown}"

    def holds(self, value: Decimal) -> bool:
        """Whether `value` satisfies it."""
        if self.operator == "<":
            return value < self.bound
        if self.operator == "<=":
            return value <= self.bound
        if self.operator == ">":
            return value > self.bound
        return value >= self.bound


@dataclass(frozen=True, slots=True)
class IsUnsure:
    """The question was answered with `unsure`."""

    question: str

    def __str__(self) -> str:
        return f"{self.question} is unsure"


@dataclass(frozen=True, slots=True)
class HasSign:
    """The sign is present."""

    sign: str

    def __str__(self) -> str:
        return f"sign {self.sign}"


Atom = Is | Has | Compare | IsUnsure | HasSign


@dataclass(frozen=True, slots=True)
class Not:
    """True when its item is false."""

    item: Condition

    def __str__(self) -> str:
        return f"not ({self.item})" if isinstance(self.item, (All, Any)) else f"not {self.item}"


@dataclass(frozen=True, slots=True)
class All:
    """True when every item is."""

    items: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(_inside(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Any:
    """True when some item is."""

    items: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(_inside(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """True when `count` or more of the items are."""

    count: int
    items: tuple[Condition, ...]

    def __str__(self) -> str:
        return f"at least {self.count} of ({'; '.join(str(item) for item in self.items)})"


Condition = Atom | Not | All | Any | AtLeast

Valuation = Callable[[Atom], Truth]
"""What is known of each atom."""


def _inside(item: Condition) -> str:
    return f"({item})" if isinstance(item, (All, Any)) else str(item)


def atoms(condition: Condition) -> Iterator[Atom]:
    """The atoms of a condition, in the order written; one that stands twice comes twice."""
    if isinstance(condition, Not):
        yield from atoms(condition.item)
    elif isinstance(condition, (All, Any, AtLeast)):
        for item in condition.items:
            yield from atoms(item)
    else:
        yield condition


def leaves(node: Condition) -> Iterator[Condition]:
    """The atoms and negated atoms of a normal form."""
    if isinstance(node, (All, Any, AtLeast)):
        for item in node.items:
            yield from leaves(item)
    else:
        yield node


def truth(condition: Condition, known: Valuation) -> Truth:
    """Whether the condition is true, false or unknown, given what is known of its atoms."""
    if isinstance(condition, Not):
        inner = truth(condition.item, known)
        return None if inner is None else not inner
    if not isinstance(condition, (All, Any, AtLeast)):
        return known(condition)
    values, need = [truth(item, known) for item in condition.items], needed(condition)
    if values.count(True) >= need:
        return True
    return False if len(values) - values.count(False) < need else None


def needed(condition: All | Any | AtLeast) -> int:
    """How many of its items must be true for the condition to be."""
    if isinstance(condition, All):
        return len(condition.items)
    return 1 if isinstance(condition, Any) else condition.count


def normal(condition: Condition, holds: bool = True) -> Condition:
    """The condition (`holds`), or its being false (not `holds`), in negation normal form.

    There `Not` stands only before atoms. Under Kleene's truth the result is true exactly when
    the condition is true (or false, if not `holds`), and unknown exactly when it is.
    """
    if isinstance(condition, Not):
        return normal(condition.item, not holds)
    if not isinstance(condition, (All, Any, AtLeast)):
        return condition if holds else Not(condition)
    items = tuple(normal(item, holds) for item in condition.items)
    if isinstance(condition, AtLeast):
        # "At least k of n" is false exactly when at least n-k+1 of them are.
        return AtLeast(condition.count if holds else len(items) - condition.count + 1, items)
    return All(items) if isinstance(condition, All) == holds else Any(items)


def with_atoms(condition: Condition, instead: Callable[[Atom], Condition]) -> Condition:
    """The condition with something in place of each atom."""
    if isinstance(condition, Not):
        return Not(with_atoms(condition.item, instead))
    if isinstance(condition, AtLeast):
        return AtLeast(condition.count, tuple(with_atoms(item, instead) for item in condition.items))
    if isinstance(condition, (All, Any)):
        return type(condition)(tuple(with_atoms(item, instead) for item in condition.items))
    return instead(condition)


def expand(node: AtLeast) -> Any:
    """`at_least` spelled out: any of the ways to choose that many."""
    return Any(tuple(All(chosen) for chosen in combinations(node.items, node.count)))


def reasons(condition: Condition, known: Valuation) -> list[Condition]:
    """The atoms and negated atoms that make a true condition true, as written, each once."""
    return list(dict.fromkeys(_reasons(normal(condition), known)))


def _reasons(node: Condition, known: Valuation) -> Iterator[Condition]:
    if not truth(node, known):
        return
    if isinstance(node, (All, Any, AtLeast)):
        for item in node.items:
            yield from _reasons(item, known)
    else:
        yield node

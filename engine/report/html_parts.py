"""What the parts of the HTML report are made of."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..knowledge.marks import in_a_row
from ..writing.markup import Inside, fill, tag


def part(name: str, title: str, *inside: Inside) -> Element:
    """A section of the page under its title, with an anchor that no rule can have."""
    # A rule's id holds no underscore, so that no part can have the anchor of a rule.
    return tag(
        "section",
        tag("h2", title, id=f"title_{name}"),
        *inside,
        id=f"part_{name}",
        aria_labelledby=f"title_{name}",
    )


def rule_link(id: str) -> Element:
    """The rule's id, which leads to the rule in full."""
    return tag("a", tag("code", id), href=f"#{id}")


def codes(texts: tuple[str, ...]) -> Element:
    """Ids in a row."""
    return _between([tag("code", text) for text in texts])


def _between(parts: list[Element], comma: str = ", ") -> Element:
    made = tag("span")
    for at, each in enumerate(parts):
        fill(made, [comma if at else None, each])
    return made


def in_brackets(marks: tuple[str, ...]) -> str | None:
    """How far a rule can be trusted; nothing where it has no mark."""
    return f" ({in_a_row(marks)})" if marks else None

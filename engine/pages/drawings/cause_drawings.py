"""A cause's drawings as files, and on its page: each with the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ...knowledge.causes import Cause
from ...knowledge.marks import in_a_row, marks
from ...knowledge.rules import Rule
from ...writing.markdown import escaped, table
from ..parts.anchors import FOLDER, Home
from ..parts.book import Book, origin
from ..parts.links import Links
from ..parts.rule_section import legend, signed
from . import forest_plot, pathway_drawing
from .pathways import Pathways, reads, weight


def cause_drawings(book: Book) -> Iterator[tuple[str, str]]:
    """Each drawing of each cause and mimic: path and text."""
    for cause in (*book.rules.causes.values(), *book.rules.mimics.values()):
        drawn = {
            "pathways": pathway_drawing.draw(cause, book.rules),
            "ratios": forest_plot.draw(cause, book.rules),
        }
        for what, drawing in drawn.items():
            if drawing:
                yield _path(cause, what), f"{origin('the rule files')}\n{drawing}"


def _path(cause: Cause, what: str) -> str:
    return str(PurePosixPath(FOLDER, "drawings", f"{cause.id}-{what}.svg"))


def _image(says: str, cause: Cause, what: str, links: Links) -> Iterator[str]:
    yield f"![{escaped(says)}]({links.to(Home(_path(cause, what)))})"
    yield ""


def ratio_lines(cause: Cause, book: Book, links: Links) -> Iterator[str]:
    """The likelihood ratios measured for it, drawn and in a table; nothing where there is none."""
    rows = forest_plot.measured(cause, book.rules)
    if not rows:
        return
    yield "## Likelihood ratios, as measured"
    yield ""
    yield "How many times likelier a finding is with the cause than without. The scale is logarithmic and the"
    yield "same for every cause. A square's line is its 95 % interval; a hollow diamond is a ratio that has"
    yield "none in its source. The table says the same, and behind each ratio its marks."
    yield ""
    says = "The ratios on a logarithmic scale; the table below holds the same figures"
    yield from _image(says, cause, "ratios", links)
    yield from table(
        ["Ratio", "Rule", "Measured among"],
        (
            [
                in_a_row([str(ratio), *map(escaped, marks(rule, book.rules))]),
                links.id("rule", rule.id),
                escaped(ratio.among),
            ]
            for rule, ratio in rows
        ),
    )
    yield from legend((mark for rule, _ in rows for mark in marks(rule, book.rules)), links)


def pathway_lines(cause: Cause, book: Book, links: Links) -> Iterator[str]:
    """How questions lead to it, drawn and as a list."""
    ways = Pathways(cause=cause, rules=book.rules)
    if not ways.weighing:
        return
    yield "## How questions lead to it"
    yield ""
    yield "From the left: questions, the signs that they show, the rules that read both, the cause. The list"
    yield "says the same."
    yield ""
    says = f"Questions lead through signs and rules to {cause.name}; the list below says the same"
    yield from _image(says, cause, "pathways", links)
    for head, supports in (("For it", True), ("Against it", False)):
        found = [rule for rule in ways.weighing if weight(rule).supports == supports]
        if found:
            yield f"- **{head}**"
            for rule in found:
                points = signed(weight(rule).points)
                yield f"  - {links.id('rule', rule.id)} ({points}) reads {_read([rule], links)}"
    if ways.signs:
        yield "- **Signs on the way**"
        for sign in ways.signs:
            rules = book.rules.rules_by_sign[sign]
            yield f"  - {links.id('sign', sign)}: from {_read(rules, links)}"
    yield ""


def _read(rules: Iterable[Rule], links: Links) -> str:
    """What the rules read, each once: questions, then signs."""
    read = [reads(rule.when) for rule in rules]
    questions = dict.fromkeys(id for each in read for id in each.questions)
    present = {id for each in read for id in each.signs if id not in each.absent}
    signs = dict.fromkeys(id for each in read for id in each.signs)
    said = [links.id("question", id) for id in questions]
    said += [f"{'' if id in present else 'the absence of '}sign {links.id('sign', id)}" for id in signs]
    return ", ".join(said)

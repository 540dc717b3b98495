"""The half of the HTML report that is for the record: what was said, the rules in full, the sources."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..knowledge.marks import how_seen
from ..result.assessment import Assessment
from ..writing.markup import tag
from .details import Details, FiredRule, Said
from .html_parts import in_brackets, part


def said(result: Assessment, details: Details) -> Element:
    """What was said, by the wording of the questions."""
    sooner = set(result.urgency.not_assessed)
    return part(
        "answers",
        "What was said",
        _table("Said to be so, or chosen", details.given),
        _table("Said not to be so", details.denied),
        _table("Not known", details.not_known, sooner, id="not_known"),
        *_not_applying(details),
    )


def _table(
    title: str, found: tuple[Said, ...], sooner: set[str] | None = None, **named: str
) -> Element | None:
    if not found:
        return None
    rows = [
        tag(
            "tr",
            tag("th", *_asked(each), scope="row"),
            tag(
                "td",
                each.answer,
                tag("b", "; could make it sooner") if each.question in (sooner or ()) else None,
            ),
        )
        for each in found
    ]
    head = tag("thead", tag("tr", tag("th", "Question", scope="col"), tag("th", "Answer", scope="col")))
    return tag("table", tag("caption", f"{title} ({len(found)})"), head, tag("tbody", *rows), **named)


def _asked(said: Said) -> tuple[Element | str, ...]:
    """The question by its wording, and its id: wordings may be alike."""
    return said.wording, " ", tag("code", said.question, class_="quiet")


def _not_applying(details: Details) -> Iterator[Element]:
    if details.not_applying:
        yield tag("h3", f"Not asked: does not apply by the other answers ({len(details.not_applying)})")
        yield tag("ul", *(tag("li", *_asked(each)) for each in details.not_applying))


def fired_rules(details: Details) -> Element:
    """Every rule that fired, in full, under its id."""
    rules = tag("div", *map(_fired_rule, details.fired), class_="rules")
    return part("fired", f"Rules that fired ({len(details.fired)})", rules)


def _fired_rule(rule: FiredRule) -> Element:
    rows = [("Concludes", rule.then), ("Because", rule.because), ("From", "; ".join(rule.facts))]
    rows += [("Founded on", f"{cite}: {says}") for cite, says in rule.sources]
    marks = in_brackets(tuple(mark for mark in rule.marks if mark != rule.grade))
    rows += [("Grade", f"{rule.grade}{marks or ''}")]
    rows += [("To be agreed", f"A clinician has still to agree: {rule.sign_off}.")] if rule.sign_off else []
    lines = [each for name, text in rows for each in (tag("dt", name), tag("dd", text))]
    return tag("article", tag("h3", tag("code", rule.id)), tag("dl", *lines), id=rule.id, class_="rule")


def sources(result: Assessment) -> Element:
    """Every source that the result cites."""
    found = [tag("li", tag("code", "article"), ": names the causes; urgency rests on other sources")]
    for id, source in result.sources.items():
        seen = f": {source.title} ({how_seen(source.seen, source.confidence)})."
        note = f" {source.note}" if source.note else None
        address = f" {source.address}" if source.address else None
        found.append(tag("li", tag("code", id), seen, note, address))
    note = f"How common: {result.base_rates_note}"
    common = None if result.not_ranked else tag("p", note, class_="quiet")
    return part("sources", "Where this comes from", tag("ul", *found), common)

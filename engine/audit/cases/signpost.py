"""Signposts: what public pages tell people on when and where to seek care, read as cases of the level."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...answers.answers import Answers
from ...errors import Location
from ...knowledge.levels import LEVELS, Level, is_sooner
from ...knowledge.rule_base import RuleBase
from ...loading.answer_reader import answers_from
from ...loading.record import Record
from ...loading.sections import Sections
from ...loading.tree import Node, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A page that tells people when and where to seek care."""

    name: str
    address: str
    country: str
    seen: Literal["read", "second_hand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """One statement of a page, and the answers of a person to whom it applies."""

    id: str
    page: PublicPage
    says: str
    """In our words."""
    asks: Level
    """At least; a calm signpost is content with `routine` too."""
    calm: bool
    below: str | None
    """Why the level stays below what is asked, on purpose."""
    raised: str | None
    """Of a calm one, why people are hurried all the same, on purpose."""
    broader: str | None
    """Why the statement is broader than what we ask."""
    answers: Answers
    where: Location

    def is_lower(self, level: Level) -> bool:
        """Whether the level is below what is asked."""
        return is_sooner(self.asks, level)

    def is_hurried(self, level: Level) -> bool:
        """Whether the level hurries people: an appointment at leisure does not, whatever is asked."""
        return is_sooner(level, "routine")

    def complaint(self, level: Level) -> str | None:
        """Why the signpost does not hold at this level, with the remedy; None where it holds."""
        if self.calm:
            if self.is_hurried(level) == (self.raised is not None):
                return None
            if self.raised is None:
                return f"urgency should be routine at most, is {level}; mend a rule, or say `raised` and why"
            return f"urgency is {level}, which hurries nobody; remove `raised`"
        if self.is_lower(level) == (self.below is not None):
            return None
        if self.below is None:
            asked = f"urgency should be {self.asks} at least, is {level}"
            return f"{asked}; mend a rule, or say `below` and why"
        return f"urgency is {level}, and so not below {self.asks}; remove `below`"


def read_signposts(sections: Sections, rules: RuleBase) -> Iterator[Signpost]:
    """The signposts of these files in their order; what is wrong with them is noted."""
    base = _base(sections)
    pages = [
        (record, signpost)
        for record in sections["signposts"]
        if record.has("page", "address", "country", "seen", "tells")
        for signpost in record["tells"]
    ]
    sound = sections.distinct((signpost for _, signpost in pages), "id", "says", "asks", "answers")
    for page, record in pages:
        if record in sound and _goes_together(record, sections):
            parts = [part for part in (base, page.get("answers"), record["answers"]) if part is not None]
            for part in parts:  # each by itself too: no fault hides behind an answer that replaces it
                answers_from(part, rules, sections.problems)
            yield Signpost(
                id=record["id"],
                page=PublicPage(
                    name=page["page"], address=page["address"], country=page["country"], seen=page["seen"]
                ),
                says=record["says"],
                asks=record["asks"],
                calm=record.get("calm", False),
                below=record.get("below"),
                raised=record.get("raised"),
                broader=record.get("broader"),
                answers=answers_from(functools.reduce(changed, parts), rules, sections.problems),
                where=record.where,
            )


def _base(sections: Sections) -> Node | None:
    """The answers that every signpost changes, where there are any."""
    found = sections["signpost_base"]
    if not found:
        return None
    record = sections.single("signpost_base", "answers")
    return None if record is None else record["answers"]


def changed(answers: Node, others: Node) -> Node:
    """The answers, with others in place of those to the same questions."""
    if not isinstance(answers, Table) or not isinstance(others, Table):
        return answers
    names = {name.text for name, _ in others.entries}
    kept = [entry for entry in answers.entries if entry[0].text not in names]
    return Table((*kept, *others.entries), answers.where)


def _goes_together(record: Record, sections: Sections) -> bool:
    """Whether the signpost's keys do; notes those that do not."""
    calm, asks = record.get("calm", False), record["asks"]
    faults = [
        (calm and asks not in CALM, "asks", f"a calm signpost asks for {' or '.join(CALM)}; remove `calm`"),
        (calm and "below" in record.places, "below", "nothing is too low for a calm signpost; say `raised`"),
        (
            not calm and "raised" in record.places,
            "raised",
            "only a calm signpost is raised; remove it, or say `calm`",
        ),
        (
            not calm and asks == LEVELS[-1],
            "asks",
            f"no level is below `{asks}`, so this asks nothing; say `calm`, or name a higher level",
        ),
    ]
    for wrong, key, message in faults:
        if wrong:
            sections.note(record.place(key), "R036", message)
    return not any(wrong for wrong, _, _ in faults)


CALM: tuple[Level, ...] = ("routine", "self_care")
"""What a page asks for at most that tells people not to hurry."""

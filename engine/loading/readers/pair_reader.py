"""Reads pairs: which two causes cannot always be told apart, and what would tell."""

from __future__ import annotations

from ...knowledge.causes import Pair
from ..record import Record
from ..sections import Sections


class PairReader:
    """Reads the section `pairs`."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections

    def pairs(self) -> dict[str, Pair]:
        """The right pairs by id, sorted."""
        found = {record["id"]: self._pair(record) for record in self.sections.unique("pairs", "id")}
        return {id: pair for id, pair in sorted(found.items()) if pair is not None}

    def _pair(self, record: Record) -> Pair | None:
        causes = self._causes(record)
        ask = self.sections.questions(record, "ask")
        cites = self.sections.citations(record)
        self.sections.check_grade(record, cites, "pair")
        if not record.get("ask") and "test" not in record.places:
            message = "nothing tells this pair apart; give `ask`, the questions, or `test`, or both"
            self.sections.note(record.where, "R034", message)
        within = record.get("within")
        if within is not None and within < 0:
            message = f"`{within}` is no distance in points; write 0 or more"
            self.sections.note(record.place("within"), "R017", message)
        if causes is None or not record.has("because", "cites", "grade"):
            return None
        if within is not None and not set(causes) <= self.sections.defined["causes"]:
            message = "a mimic has no base rate, so its points do not compare; remove `within`"
            self.sections.note(record.place("within"), "R034", message)
        return Pair(
            id=record["id"],
            causes=causes,
            ask=ask,
            test=record.get("test"),
            within=within,
            because=record["because"],
            cites=cites,
            grade=record["grade"],
            allow=record.get("allow", ()),
            where=record.where,
        )

    def _causes(self, record: Record) -> tuple[str, str] | None:
        if not record.has("causes"):
            return None
        causes, mimics = self.sections.defined["causes"], self.sections.defined["mimics"]
        found = [self.sections.reference(name, causes | mimics, "R010", "cause") for name in record["causes"]]
        where = record.place("causes")
        if len(found) != 2 or len({name.text for name in record["causes"]}) != 2:
            self.sections.note(where, "R034", "a pair is of two different causes; name two")
            return None
        one, other = found
        if one is None or other is None:
            return None
        if not {one, other} & causes:
            self.sections.note(where, "R034", "a mimic is never first; name at least one cause")
        return one, other

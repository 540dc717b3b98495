"""Reads consistency checks: which answers cannot all be right."""

from __future__ import annotations

from collections.abc import Mapping

from ...knowledge.conditions import Condition
from ...knowledge.questions import HOURS, Question, unit_of
from ...knowledge.rules import ConsistencyCheck, Longer
from ..record import Record
from ..sections import Sections
from ..tree import Scalar
from .condition_reader import ConditionReader


class ConsistencyReader:
    """Reads the section `consistency`."""

    def __init__(
        self, sections: Sections, conditions: ConditionReader, questions: Mapping[str, Question]
    ) -> None:
        """The questions are those that are right."""
        self.sections = sections
        self.conditions = conditions
        self.questions = questions

    def checks(self) -> dict[str, ConsistencyCheck]:
        """The right checks by id, sorted."""
        found = {record["id"]: self._check(record) for record in self.sections.unique("consistency", "id")}
        return {id: check for id, check in sorted(found.items()) if check is not None}

    def _check(self, record: Record) -> ConsistencyCheck | None:
        when = self._when(record)
        ask_again = self.sections.questions(record, "ask_again")
        if record.has("ask_again") and not record["ask_again"]:
            message = "a consistency check asks at least one question again; add one"
            self.sections.note(record.place("ask_again"), "R002", message)
        if when is None or not record.has("ask_again", "says"):
            return None
        return ConsistencyCheck(
            id=record["id"],
            when=when,
            ask_again=ask_again,
            says=record["says"],
            allow=record.get("allow", ()),
            where=record.where,
        )

    def _when(self, record: Record) -> Condition | Longer | None:
        given = [key for key in ("when", "longer", "than") if key in record.places]
        if given not in (["when"], ["longer", "than"]):
            message = "this consistency check needs `when` alone, or `longer` and `than` together"
            self.sections.note(record.where, "R032", message)
            return None
        if given == ["when"]:
            return self.conditions.read(record["when"]) if record.has("when") else None
        if not record.has("longer", "than"):
            return None
        longer, than = (self._time(record[key]) for key in given)
        if longer is None or than is None:
            return None
        if longer == than:
            message = f"`{longer}` is never longer than itself; name another question"
            self.sections.note(record.place("than"), "R032", message)
        return Longer(longer=longer, than=than)

    def _time(self, name: Scalar) -> str | None:
        """The question named, whose answer is an amount of time."""
        found = self.sections.reference(name, self.sections.defined["questions"], "R013", "question")
        question = self.questions.get(found or "")
        if question is None:
            return None
        if not question.is_quantity or unit_of(question.unit or "") is None:
            units = ", ".join(HOURS)
            message = f"`{name.text}` is no amount of time; name a duration, or a number of {units}"
            self.sections.note(name.where, "R033", message)
            return None
        return question.id

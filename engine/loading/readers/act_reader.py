"""Reads what to do about dangers: routes, acts, precautions, sayings, and the numbers of places."""

from __future__ import annotations

from collections.abc import Mapping

from ...answers.answers import UNSURE
from ...errors import Location, did_you_mean
from ...knowledge.acts import DANGER, FACTS, NUMBERS, UNSURE_OF, Act, Number, Place, Precaution, Route, Saying
from ...knowledge.conditions import Has, Is, IsUnsure
from ...knowledge.questions import Question
from ...writing.template import Template
from ..record import Record
from ..sections import Sections
from .condition_reader import ConditionReader


class ActReader:
    """Reads the sections `routes`, `acts`, `precautions`, `sayings` and `places`."""

    def __init__(
        self, sections: Sections, conditions: ConditionReader, questions: Mapping[str, Question]
    ) -> None:
        """The questions are those that are right."""
        self.sections = sections
        self.conditions = conditions
        self.questions = questions

    def routes(self) -> dict[str, Route]:
        """The right routes by id, as written."""
        found = self.sections.unique("routes", "id", "name", "go", "levels")
        for record in found:
            self._names(record["go"], {*NUMBERS}, NUMBERS[0], record.place("go"))
        return {
            record["id"]: Route(
                id=record["id"],
                name=record["name"],
                go=record["go"],
                number=record.get("number"),
                levels=tuple(record["levels"]),
                where=record.where,
            )
            for record in found
        }

    def precautions(self) -> dict[str, Precaution]:
        """The right precautions by id, sorted."""
        found = {record["id"]: record for record in self.sections.unique("precautions", "id", "do", "cites")}
        return {id: self._precaution(record) for id, record in sorted(found.items())}

    def _precaution(self, record: Record) -> Precaution:
        cites = self.sections.citations(record)
        self.sections.check_grade(record, cites, "precaution")
        known = {*self.sections.defined["routes"], *self.sections.defined["precautions"]}
        others = [
            self.sections.reference(name, known, "R043", "precaution") for name in record.get("not_with", [])
        ]
        return Precaution(
            id=record["id"],
            do=record["do"],
            not_with=tuple(other for other in others if other is not None),
            cites=cites,
            allow=record.get("allow", ()),
            where=record.where,
        )

    def acts(self) -> dict[str, Act]:
        """The right acts by id, sorted."""
        found = {record["id"]: self._act(record) for record in self.sections.unique("acts", "id")}
        return {id: act for id, act in sorted(found.items()) if act is not None}

    def _act(self, record: Record) -> Act | None:
        cites = self.sections.citations(record)
        self.sections.check_grade(record, cites, "act")
        known = self.sections.defined
        route = (
            self.sections.reference(record["route"], known["routes"], "R043", "route")
            if record.has("route")
            else None
        )
        meanwhile = [
            self.sections.reference(name, known["precautions"], "R043", "precaution")
            for name in record.get("meanwhile", [])
        ]
        if record.has("say"):
            names = {*self.sections.defined["questions"], DANGER, FACTS, UNSURE_OF}
            self._names(record["say"], names, DANGER, record.place("say"))
        if route is None or not record.has("name", "act", "say", "come_back_if", "cites", "grade"):
            return None
        return Act(
            id=record["id"],
            name=record["name"],
            route=route,
            act=record["act"],
            say=record["say"],
            meanwhile=tuple(id for id in meanwhile if id is not None),
            come_back_if=tuple(record["come_back_if"]),
            cites=cites,
            grade=record["grade"],
            allow=record.get("allow", ()),
            where=record.where,
        )

    def _names(self, template: Template, known: set[str], always: str, where: Location) -> None:
        """Notes names that are unknown, that say nothing by themselves, or that may be missing where needed.

        `always` is the one that is never missing.
        """
        own = sorted(known - self.sections.defined["questions"])
        for name in template.names:
            question = self.questions.get(name)
            if name not in known:
                otherwise = f"name {', '.join(f'`{{{each}}}`' for each in own)}"
                otherwise += " or a question" if len(own) < len(known) else ""
                self.sections.note(
                    where, "R040", f"unknown name `{name}`{did_you_mean(name, known, otherwise)}"
                )
            elif question is not None and question.kind == "yes_no":
                message = (
                    f"`{name}` would say only yes or no; word it under `sayings`, and write `{{{FACTS}}}`"
                )
                self.sections.note(where, "R040", message)
            elif name in template.needed and name != always:
                message = f"`{name}` may be missing; write `[… {{{name}}} …]` round what goes with it"
                self.sections.note(where, "R041", message)

    def sayings(self) -> dict[tuple[str, str], Saying]:
        """The right sayings by question and option, as written."""
        found: dict[tuple[str, str], Saying] = {}
        for record in self.sections["sayings"]:
            when = self.conditions.read(record["when"]) if record.has("when") else None
            if when is None:
                continue
            if isinstance(when, Has):
                key = (when.question, when.option)
            elif isinstance(when, IsUnsure):
                key = (when.question, str(UNSURE))
            elif isinstance(when, Is) and len(when.options) == 1:
                key = (when.question, when.options[0])
            else:
                message = "a saying words one answer; write `question is option`, with `has` for several"
                self.sections.note(record.place("when"), "R012", message)
                continue
            if key in found:
                message = f"`{' '.join(key)}` is already at {found[key].where}; keep one of the two"
                self.sections.note(record.where, "R005", message)
            elif record.has("say"):
                question, option = key
                found[key] = Saying(question=question, option=option, say=record["say"], where=record.where)
        return found

    def places(self) -> dict[str, Place]:
        """The right places by id, sorted; each country stands in one."""
        homes: dict[str, Location] = {}
        found: dict[str, Place] = {}
        for record in self.sections.unique("places", "id", "name", "emergency"):
            emergency, advice = (self._number(record, kind) for kind in NUMBERS)
            for country in (record["id"], *record.get("members", [])):
                if country in homes:
                    message = f"`{country}` is already at {homes[country]}; keep one of the two"
                    self.sections.note(record.where, "R005", message)
                homes[country] = record.where
            if emergency is not None:
                found[record["id"]] = Place(
                    id=record["id"],
                    name=record["name"],
                    members=tuple(record.get("members", [])),
                    by_locale=record.get("by_locale", True),
                    emergency=emergency,
                    advice=advice,
                    where=record.where,
                )
        return dict(sorted(found.items()))

    def _number(self, record: Record, kind: str) -> Number | None:
        if not record.has(kind) or not record[kind].has("number", "cites"):
            return None
        cites = self.sections.citations(record[kind])
        self.sections.check_grade(record[kind], cites, "number")
        return Number(number=record[kind]["number"], cites=cites, note=record[kind].get("note"))

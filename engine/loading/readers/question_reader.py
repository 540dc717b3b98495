"""Reads questions and the order in which they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ...errors import Location
from ...knowledge.questions import HOURS, Chapter, Option, Question, unit_of
from ..record import Record
from ..sections import Sections
from .condition_reader import ConditionReader


class QuestionReader:
    """Reads the sections `questions` and `interview`."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections
        self.records = {
            record["id"]: record for record in sections.unique("questions", "id", "kind", "text", "why")
        }

    def questions(self) -> dict[str, Question]:
        """The right questions by id, without the conditions under which they are asked."""
        found = {id: self._question(record) for id, record in self.records.items()}
        return {id: question for id, question in found.items() if question is not None}

    def gated(self, questions: Mapping[str, Question], conditions: ConditionReader) -> dict[str, Question]:
        """The questions with the conditions under which they are asked."""
        return {
            id: replace(question, asked_when=conditions.read(self.records[id]["asked_when"]))
            if self.records[id].has("asked_when")
            else question
            for id, question in questions.items()
        }

    def _question(self, record: Record) -> Question | None:
        kind = record["kind"]
        said = ["yes", "no"] if kind == "yes_no" else []
        options = [Option(id=each, text=each, clear=each == "no", where=record.where) for each in said]
        for option in self.sections.distinct(record.get("options", []), "id", "text"):
            if option["id"] == "unsure":
                message = "every question takes `unsure`; remove the option, or give it an id of its own"
                self.sections.note(option.place("id"), "R005", message)
            if option.get("means_unsure") and option.get("refuses"):
                message = "an option means unsure, or refuses to answer, not both; remove one of the two"
                self.sections.note(option.place("refuses"), "R004", message)
            if option.get("clear") and (option.get("means_unsure") or option.get("refuses")):
                message = "an option that says nothing denies nothing either; remove `clear`"
                self.sections.note(option.place("clear"), "R004", message)
            options.append(
                Option(
                    id=option["id"],
                    text=option["text"],
                    exclusive=option.get("exclusive", False),
                    means_unsure=option.get("means_unsure", False),
                    refuses=option.get("refuses", False),
                    clear=option.get("clear", option.get("exclusive", False)),
                    also=tuple(word.lower() for word in option.get("also", ())),
                    where=option.where,
                )
            )
        self._check_also(record)
        exclusive = [option for option in record.get("options", []) if option.get("exclusive")]
        for option in exclusive if kind == "one_of" else exclusive[1:]:
            message = "a many_of question has one option that excludes the others, at most; remove this"
            self.sections.note(option.place("exclusive"), "R004", message)
        quantity = kind in ("number", "duration")
        choice = kind in ("one_of", "many_of")
        takes = {
            "options": choice,
            "minimum": quantity,
            "maximum": quantity,
            "unit": quantity,
            "whole": quantity,
        }
        for key, wanted in takes.items():
            if wanted and key not in record.places and key != "whole":
                self.sections.note(record.where, "R002", f"this {kind} question lacks `{key}`; add it")
            elif not wanted and key in record.places:
                self.sections.note(record.place(key), "R004", f"a {kind} question has no `{key}`; remove it")
        if choice and record.has("options") and len(record["options"]) < 2:
            self.sections.note(
                record.place("options"), "R002", f"a {kind} question has two options or more; add some"
            )
        if quantity and not record.has("minimum", "maximum", "unit"):
            return None
        scale, unit = Decimal(1), record.get("unit")
        if kind == "duration":
            unit = unit_of(unit)
            if unit is None:
                message = f"`{record['unit']}` is not a unit of time; write one of {', '.join(HOURS)}"
                self.sections.note(record.place("unit"), "R003", message)
                return None
            scale = HOURS[unit]
        if quantity and record["minimum"] > record["maximum"]:
            message = f"`{record['minimum']}` is above the maximum, {record['maximum']}; swap them"
            self.sections.note(record.place("minimum"), "R017", message)
        return Question(
            id=record["id"],
            kind=kind,
            label=record.get("label", record["id"].replace("_", " ")),
            text=record["text"],
            why=record["why"],
            help=record.get("help"),
            options=tuple(options),
            minimum=record["minimum"] * scale if quantity else None,
            maximum=record["maximum"] * scale if quantity else None,
            unit=unit,
            whole=record.get("whole", False),
            emergency=record.get("emergency", False),
            allow=record.get("allow", ()),
            where=record.where,
        )

    def _check_also(self, record: Record) -> None:
        """Notes other words for an option that name another one too."""
        names: dict[str, object] = {}
        for option in record.get("options", []):
            if option.has("id", "text"):
                names |= dict.fromkeys([option["id"], option["text"].lower()], option["id"])
        for option in record.get("options", []):
            for word in option.get("also", ()):
                if option.has("id") and names.setdefault(word.lower(), option["id"]) != option["id"]:
                    message = f"`{word}` names the option `{names[word.lower()]}` already; remove it here"
                    self.sections.note(option.place("also"), "R005", message)

    def chapters(self, questions: Mapping[str, Question]) -> tuple[Chapter, ...]:
        """The interview's chapters in order; each question stands in one."""
        found: list[Chapter] = []
        seen: dict[str, Location] = {}
        for record in self.sections["interview"]:
            ids = []
            for name in record.get("questions", []):
                question = self.sections.reference(
                    name, self.sections.defined["questions"], "R013", "question"
                )
                if question in seen:
                    message = f"`{name.text}` is asked already at {seen[question]}; keep one of the two"
                    self.sections.note(name.where, "R024", message)
                elif question is not None:
                    seen[question] = name.where
                    ids.append(question)
            if record.has("title"):
                found.append(
                    Chapter(
                        title=record["title"],
                        questions=tuple(ids),
                        most_telling_first=record.get("most_telling_first", False),
                    )
                )
        for never in questions.keys() - seen.keys():
            message = f"`{never}` is never asked; add it to a chapter of `interview`"
            self.sections.note(questions[never].where, "R024", message)
        return tuple(found)

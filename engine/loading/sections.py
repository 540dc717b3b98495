"""What a set of rule files says, section by section, and how its parts are referred to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..errors import Location, did_you_mean
from ..knowledge.sources import Citation
from .keys import TABLES
from .record import Reader, Record
from .tree import Scalar, read_yaml


def read_sections(files: Mapping[str, bytes], reader: Reader, folder: str = "rules") -> Sections:
    """What the files say; faults are noted in the reader, those of no single file at the folder."""
    records: dict[str, list[Record]] = {key.name: [] for key in TABLES["file"]}
    if not files:
        message = "there is no file (*.yaml) here; name a folder that holds some"
        reader.note(Location(folder), "R031", message)
    for path in sorted(files):
        node, problems = read_yaml(files[path], path)
        reader.problems += problems
        record = reader.table(node, "file") if node is not None else None
        for section, found in record.values.items() if record else ():
            records[section].extend(found if isinstance(found, list) else [found])
    return Sections(records, reader, folder)


class Sections:
    """The records of every section, whatever file they stand in; it notes what is wrong with them."""

    def __init__(self, records: dict[str, list[Record]], reader: Reader, folder: str) -> None:
        self.records = records
        self.folder = folder
        self.note = reader.note
        self.problems = reader.problems
        # A reference to what is defined, but wrongly, is no fault of its own.
        self.defined = {
            section: {record["id"] for record in found if record.has("id")}
            for section, found in records.items()
        }

    def __getitem__(self, section: str) -> list[Record]:
        return self.records[section]

    def unique(self, section: str, *needed: str) -> list[Record]:
        """The section's records that have what is needed, each id once."""
        return self.distinct(self[section], "id", *needed)

    def distinct(self, records: Iterable[Record], key: str, *needed: str) -> list[Record]:
        """The records that have what is needed, each value of the key once."""
        first: dict[str, Record] = {}
        for record in records:
            if not record.has(key):
                continue
            if record[key] in first:
                message = (
                    f"`{record[key]}` is already at {first[record[key]].place(key)}; keep one of the two"
                )
                self.note(record.place(key), "R005", message)
            else:
                first[record[key]] = record
        return [record for record in first.values() if record.has(key, *needed)]

    def single(self, section: str, *needed: str) -> Record | None:
        """The one record of a section that stands once in a rule base."""
        found = self[section]
        if not found:
            message = f"no file has a section `{section}`; a rule base needs one"
            self.note(Location(self.folder), "R002", message)
        for record in found[1:]:
            message = f"`{section}` is already at {found[0].where}; keep one of the two"
            self.note(record.where, "R005", message)
        return found[0] if found and found[0].has(*needed) else None

    def reference(self, name: Scalar, known: Iterable[str], code: str, what: str) -> str | None:
        """The id that is meant, or None after noting that there is none such."""
        if name.text in known:
            return name.text
        near = did_you_mean(name.text, known, f"define it under `{what}s`")
        self.note(name.where, code, f"unknown {what} `{name.text}`{near}")
        return None

    def check_grade(self, record: Record, cites: tuple[Citation, ...], what: str) -> None:
        """Notes citations that are missing, or that do not go with the grade."""
        if not record.has("cites"):
            return
        if not record["cites"]:
            self.note(record.place("cites"), "R011", f"a {what} cites at least one source; add one")
            return
        grade, where = record.get("grade"), record.place("grade")
        if grade == "article" and not any(each.source == "article" for each in cites):
            self.note(where, "R019", f"a {what} of grade `article` cites a statement of the article")
        elif grade in ("measured", "guideline") and all(each.source == "article" for each in cites):
            self.note(where, "R019", f"a {what} of grade `{grade}` cites a source outside the article")

    def questions(self, record: Record, key: str) -> tuple[str, ...]:
        """The questions named under the key, those that resolve, each once."""
        found: dict[str, Location] = {}
        for name in record.get(key, []):
            question = self.reference(name, self.defined["questions"], "R013", "question")
            if question in found:
                message = f"`{question}` is already at {found[question]}; keep one of the two"
                self.note(name.where, "R005", message)
            elif question is not None:
                found[question] = name.where
        return tuple(found)

    def citations(self, record: Record, key: str = "cites") -> tuple[Citation, ...]:
        """The citations that stand under the key, those that resolve."""
        found = []
        for name in record.get(key, []):
            source, _, statement = name.text.partition(" ")
            if source == "article":
                if self.reference(
                    Scalar(statement, name.where), self.defined["statements"], "R011", "statement"
                ):
                    found.append(Citation(source=source, statement=statement))
            elif self.reference(name, self.defined["sources"], "R011", "source"):
                found.append(Citation(source=source))
        return tuple(found)

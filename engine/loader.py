"""From rule files to a checked rule base."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from .article import fingerprint_of_all
from .checks import check
from .condition_reader import ConditionReader, unit_of
from .conditions import Condition
from .errors import Location, Problem, RulesError, did_you_mean
from .model import (
    HOURS,
    LEVELS,
    Band,
    BaseRate,
    BaseRates,
    Cause,
    Chapter,
    Citation,
    Conclusion,
    LikelihoodRatio,
    Option,
    Question,
    Raises,
    Rule,
    RuleBase,
    Shows,
    Sign,
    Source,
    Statement,
    Urgency,
    Weighs,
)
from .schema import TABLES, Reader, Record
from .source import Scalar, read_bytes, read_yaml

SHIPPED = Path(__file__).parent.parent / "rules"
"""The rule files that come with legtriage."""

CASES = "cases"
"""Files in a folder of this name hold worked cases, which are no part of the rule base."""


def load_rules(folder: str | Path | None = None) -> RuleBase:
    """The rule base in `folder`, or the one that comes with legtriage.

    The shipped one is read once. Raises RulesError, which lists every problem: first those of
    each file by itself, and, once there are none, those of the whole set.
    """
    return _shipped() if folder is None else read_rules(rule_files(Path(folder)))


@functools.cache
def _shipped() -> RuleBase:
    return read_rules(rule_files(SHIPPED))


def rule_files(folder: Path) -> dict[str, bytes]:
    """The content of every rule file in the folder by its path, cases apart."""
    return _files(folder, lambda path: CASES not in path.parts)


def case_files(folder: Path) -> dict[str, bytes]:
    """The content of every file of worked cases in the folder by its path."""
    return _files(folder, lambda path: CASES in path.parts)


def _files(folder: Path, wanted: Callable[[Path], bool]) -> dict[str, bytes]:
    if not folder.is_dir():
        message = "no such folder; name one that holds rule files"
        raise RulesError([Problem(Location(str(folder)), "R031", message)])
    base = Path.cwd()
    found = {}
    for path in sorted(folder.rglob("*.yaml")):
        if wanted(path.relative_to(folder)):
            shown = path.relative_to(base) if path.is_relative_to(base) else path
            found[str(shown)] = read_bytes(path)
    return found


def read_rules(files: Mapping[str, bytes]) -> RuleBase:
    """The rule base that these files make, whatever their order. Raises RulesError."""
    reader = Reader()
    sections = read_sections(files, reader)
    if not files:
        raise RulesError(reader.problems)
    for record in sections["cases"]:
        reader.note(record.where, "R004", f"a case among the rules; move it to a folder `{CASES}`")
    assembly = _Assembly(sections, files)
    rules = assembly.rule_base()
    problems = check(rules)
    if problems:
        raise RulesError(problems)
    return rules


class Sections:
    """The records of every section of a set of files, in one list a section."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.records: dict[str, list[Record]] = {key.name: [] for key in TABLES["file"]}

    def __getitem__(self, section: str) -> list[Record]:
        return self.records[section]


def read_sections(files: Mapping[str, bytes], reader: Reader) -> Sections:
    """What the files say, section by section; faults are noted in the reader."""
    sections = Sections(reader)
    if not files:
        message = "there is no file (*.yaml) here; name a folder that holds some"
        reader.note(Location("rules"), "R031", message)
    for path in sorted(files):
        node, problems = read_yaml(files[path], path)
        reader.problems += problems
        record = reader.table(node, "file") if node is not None else None
        for section, found in record.values.items() if record else ():
            sections[section].extend(found if isinstance(found, list) else [found])
    return sections


class _Assembly:
    """Turns records into values and resolves what they refer to."""

    def __init__(self, sections: Sections, files: Mapping[str, bytes]) -> None:
        self.sections = sections
        self.files = files
        self.note = sections.reader.note

    def rule_base(self) -> RuleBase:
        # A reference to what is defined, but wrongly, is no fault of its own.
        self.defined = {
            section: {record["id"] for record in records if record.has("id")}
            for section, records in self.sections.records.items()
        }
        questions = self.questions()
        signs = {
            record["id"]: Sign(id=record["id"], text=record["text"], where=record.where)
            for record in self.unique("signs", "id", "text")
        }
        readable = {id: questions.get(id) for id in self.defined["questions"]}
        self.conditions = ConditionReader(readable, self.defined["signs"], self.note)
        self.statements = self.read_statements()
        self.sources = {
            record["id"]: Source(
                id=record["id"],
                title=record["title"],
                seen=record["seen"],
                address=record.get("address"),
                note=record.get("note"),
                where=record.where,
            )
            for record in self.unique("sources", "id", "title", "seen")
        }
        causes = {
            record["id"]: self.cause(record)
            for record in self.unique("causes", "id", "name", "about", "section")
        }
        mimics = {record["id"]: self.cause(record) for record in self.unique("mimics", "id", "name", "about")}
        for mimic in mimics.keys() & causes.keys():
            self.note(mimics[mimic].where, "R005", f"`{mimic}` is a cause already; give the mimic another id")
        rules = {record["id"]: self.rule(record) for record in self.unique("rules", "id")}
        chapters = self.chapters(questions)
        rates = self.base_rates(causes)
        advice = self.single("advice", "levels", "default", "safety_net", "not_a_diagnosis")
        urgencies = self.urgencies(advice)
        gated = {id: self.with_gate(question) for id, question in questions.items()}
        problems = self.sections.reader.problems
        if problems or rates is None or advice is None:
            raise RulesError(problems)
        order = [question for chapter in chapters for question in chapter.questions]
        return RuleBase(
            questions={id: gated[id] for id in order},
            chapters=chapters,
            rules={id: rule for id, rule in sorted(rules.items()) if rule is not None},
            signs=dict(sorted(signs.items())),
            causes=dict(sorted(causes.items(), key=lambda item: (_numbers(item[1].section or "0"), item[0]))),
            mimics=dict(sorted(mimics.items())),
            sources=dict(sorted(self.sources.items())),
            statements=self.statements,
            base_rates=rates,
            urgencies=urgencies,
            default_urgency=advice["default"],
            safety_net=tuple(advice["safety_net"]),
            not_a_diagnosis=advice["not_a_diagnosis"],
            sha256=_digest(self.files.values()),
            article_sha256=fingerprint_of_all(self.statements.values()),
        )

    def unique(self, section: str, *needed: str) -> list[Record]:
        """The section's records that have what is needed, each id once."""
        return self.distinct(self.sections[section], "id", *needed)

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
        found = self.sections[section]
        if not found:
            self.note(Location("rules"), "R002", f"no file has a section `{section}`; a rule base needs one")
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

    def questions(self) -> dict[str, Question]:
        self.gates: dict[str, Any] = {}
        found = {}
        for record in self.unique("questions", "id", "kind", "text", "help"):
            question = self.question(record)
            if question is not None:
                found[question.id] = question
                self.gates[question.id] = record.get("asked_when")
        return found

    def question(self, record: Record) -> Question | None:
        kind = record["kind"]
        options = [Option(id="yes", text="yes"), Option(id="no", text="no")] if kind == "yes_no" else []
        for option in self.distinct(record.get("options", []), "id", "text"):
            if option["id"] == "unsure":
                message = "every question takes `unsure`; remove the option, or give it an id of its own"
                self.note(option.place("id"), "R005", message)
            options.append(
                Option(
                    id=option["id"],
                    text=option["text"],
                    exclusive=option.get("exclusive", False),
                    means_unsure=option.get("means_unsure", False),
                )
            )
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
                self.note(record.where, "R002", f"this {kind} question lacks `{key}`; add it")
            elif not wanted and key in record.places:
                self.note(record.place(key), "R004", f"a {kind} question has no `{key}`; remove it")
        if choice and record.has("options") and len(record["options"]) < 2:
            self.note(record.place("options"), "R002", f"a {kind} question has two options or more; add some")
        if quantity and not record.has("minimum", "maximum", "unit"):
            return None
        scale, unit = Decimal(1), record.get("unit")
        if kind == "duration":
            unit = unit_of(unit)
            if unit is None:
                message = f"`{record['unit']}` is not a unit of time; write one of {', '.join(HOURS)}"
                self.note(record.place("unit"), "R003", message)
                return None
            scale = HOURS[unit]
        if quantity and record["minimum"] > record["maximum"]:
            message = f"`{record['minimum']}` is above the maximum, {record['maximum']}; swap them"
            self.note(record.place("minimum"), "R017", message)
        return Question(
            id=record["id"],
            kind=kind,
            text=record["text"],
            help=record["help"],
            options=tuple(options),
            minimum=record["minimum"] * scale if quantity else None,
            maximum=record["maximum"] * scale if quantity else None,
            unit=unit,
            whole=record.get("whole", False),
            emergency=record.get("emergency", False),
            where=record.where,
        )

    def with_gate(self, question: Question) -> Question:
        """The question with the condition under which it is asked."""
        node = self.gates[question.id]
        return question if node is None else replace(question, asked_when=self.conditions.read(node))

    def chapters(self, questions: Mapping[str, Question]) -> tuple[Chapter, ...]:
        found: list[Chapter] = []
        seen: dict[str, Location] = {}
        for record in self.sections["interview"]:
            ids = []
            for name in record.get("questions", []):
                question = self.reference(name, self.defined["questions"], "R013", "question")
                if question in seen:
                    message = f"`{name.text}` is asked already at {seen[question]}; keep one of the two"
                    self.note(name.where, "R024", message)
                elif question is not None:
                    seen[question] = name.where
                    ids.append(question)
            if record.has("title"):
                found.append(Chapter(title=record["title"], questions=tuple(ids)))
        for never in questions.keys() - seen.keys():
            message = f"`{never}` is never asked; add it to a chapter of `interview`"
            self.note(questions[never].where, "R024", message)
        return tuple(found)

    def read_statements(self) -> dict[str, Statement]:
        found = [
            Statement(
                id=record["id"],
                kind=record["kind"],
                says=record["says"],
                sha256=record["sha256"],
                excluded=record.get("excluded"),
                where=record.where,
            )
            for record in self.unique("statements", "id", "kind", "says", "sha256")
        ]
        return {statement.id: statement for statement in sorted(found, key=lambda each: _numbers(each.id))}

    def citations(self, record: Record, key: str = "cites") -> tuple[Citation, ...]:
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

    def cause(self, record: Record) -> Cause:
        return Cause(
            id=record["id"],
            name=record["name"],
            about=record["about"],
            section=record.get("section"),
            lists_symptoms=record.get("lists_symptoms", True),
            treatments=self.citations(record, "treatments"),
            where=record.where,
        )

    def rule(self, record: Record) -> Rule | None:
        then = self.conclusion(record)
        cites = self.citations(record)
        when = self.conditions.read(record["when"]) if record.has("when") else None
        if "cites" in record.places and record.has("cites") and not record["cites"]:
            self.note(record.place("cites"), "R011", "a rule cites at least one source; add one")
        self.check_grade(record, then, cites)
        if then is None or when is None or not record.has("because", "cites", "grade"):
            return None
        return Rule(
            id=record["id"],
            when=when,
            then=then,
            because=record["because"],
            cites=cites,
            grade=record["grade"],
            sign_off=record.get("sign_off"),
            where=record.where,
        )

    def conclusion(self, record: Record) -> Conclusion | None:
        kinds = ("sign", "supports", "opposes", "urgency")
        given = [kind for kind in kinds if kind in record.places]
        if len(given) != 1:
            has = f"has {' and '.join(given)}" if given else "concludes nothing"
            self.note(record.where, "R028", f"this rule {has}; write one of {', '.join(kinds)}")
            return None
        kind = given[0]
        weighs = kind in ("supports", "opposes")
        for key in ("likelihood_ratio", "strength", "group"):
            if key in record.places and not weighs:
                self.note(record.place(key), "R018", f"`{key}` goes with `supports` or `opposes` only")
        if not record.has(kind):
            return None
        if kind == "urgency":
            return Raises(urgency=record["urgency"])
        if kind == "sign":
            sign = self.reference(record["sign"], self.defined["signs"], "R015", "sign")
            return Shows(sign=sign) if sign else None
        causes = self.defined["causes"] | self.defined["mimics"]
        cause = self.reference(record[kind], causes, "R010", "cause")
        ratio = self.weight(record, supports=kind == "supports")
        if "group" not in record.places:
            self.note(
                record.where, "R002", "this rule lacks `group`: findings that say the same thing share one"
            )
        if cause is None or not record.has("group") or (ratio is None and not record.has("strength")):
            return None
        return Weighs(
            cause=cause,
            supports=kind == "supports",
            likelihood_ratio=ratio,
            strength=record.get("strength"),
            group=record["group"],
        )

    def weight(self, record: Record, *, supports: bool) -> LikelihoodRatio | None:
        if ("likelihood_ratio" in record.places) == ("strength" in record.places):
            message = "give the weight once: `likelihood_ratio` where one was measured, else `strength`"
            self.note(record.where, "R018", message)
        if not record.has("likelihood_ratio") or not record["likelihood_ratio"].has("value"):
            return None
        parts = record["likelihood_ratio"]
        value, low, high = parts["value"], parts.get("low"), parts.get("high")
        below = [key for key in ("value", "low", "high") if parts.has(key) and parts[key] <= 0]
        for key in below:
            self.note(parts.place(key), "R017", f"`{parts[key]}` is no likelihood ratio; one is above 0")
        if below:
            return None
        if ("low" in parts.places) != ("high" in parts.places):
            self.note(parts.where, "R017", "give both ends of the interval, `low` and `high`, or neither")
            return None
        if low is not None and high is not None and not low <= value <= high:
            message = f"`{value}` does not lie in {low} to {high}; check the interval"
            self.note(parts.place("value"), "R017", message)
            return None
        if (value < 1) if supports else (value > 1):
            verb, side, other = (
                ("supports", "above", "opposes") if supports else ("opposes", "below", "supports")
            )
            message = (
                f"`{value}` is not {side} 1, as a ratio that {verb} is; write `{other}`, or check the ratio"
            )
            self.note(parts.place("value"), "R018", message)
        return LikelihoodRatio(value=value, low=low, high=high, derived=parts.get("derived", False))

    def check_grade(self, record: Record, then: Conclusion | None, cites: tuple[Citation, ...]) -> None:
        if not record.has("grade", "cites") or then is None:
            return
        grade, where = record["grade"], record.place("grade")
        measured = isinstance(then, Weighs) and then.likelihood_ratio is not None
        from_article = any(citation.source == "article" for citation in cites)
        elsewhere = any(citation.source != "article" for citation in cites)
        if measured != (grade == "measured"):
            self.note(
                where,
                "R019",
                "`measured` goes with a likelihood ratio, and a likelihood ratio with `measured`",
            )
        elif grade == "article" and not from_article:
            self.note(where, "R019", "a rule of grade `article` cites a statement of the article")
        elif grade in ("measured", "guideline") and not elsewhere and record["cites"]:
            self.note(where, "R019", f"a rule of grade `{grade}` cites a source outside the article")

    def base_rates(self, causes: Mapping[str, Cause]) -> BaseRates | None:
        record = self.single("base_rates", "bands", "rates", "points", "cites", "note")
        if record is None:
            return None
        bands = []
        for band in self.distinct(record["bands"], "id", "text", "when"):
            when = self.conditions.read(band["when"])
            if when is not None:
                bands.append(Band(id=band["id"], text=band["text"], when=when))
        columns = {"adults", *(band["id"] for band in record["bands"] if band.has("id"))}
        rates: dict[str, BaseRate] = {}
        for rate in record["rates"]:
            if not rate.has("cause", "percent", "confidence"):
                continue
            cause = self.reference(rate["cause"], self.defined["causes"], "R010", "cause")
            if set(rate["percent"]) != columns:
                self.note(
                    rate.place("percent"), "R026", f"give percent for {', '.join(sorted(columns))}, each once"
                )
            elif cause in rates:
                self.note(
                    rate.place("cause"), "R005", f"`{cause}` has a base rate already; keep one of the two"
                )
            elif cause is not None:
                rates[cause] = BaseRate(
                    cause=cause,
                    percent=rate["percent"],
                    lifts=tuple(self.lifts(rate)),
                    confidence=rate["confidence"],
                )
        rated = {rate["cause"].text for rate in record["rates"] if rate.has("cause")}
        for cause in causes:
            if cause not in rated:
                self.note(record.place("rates"), "R026", f"`{cause}` has no base rate; add one")
        steps = sorted(
            (
                (step["from_percent"], step["points"])
                for step in record["points"]
                if step.has("from_percent", "points")
            ),
            reverse=True,
        )
        if not steps or steps[-1][0] != 0:
            self.note(record.place("points"), "R026", "the lowest step starts at `from_percent: 0`")
        return BaseRates(
            bands=tuple(bands),
            rates=rates,
            points=tuple(steps),
            cites=self.citations(record),
            note=record["note"],
        )

    def lifts(self, rate: Record) -> Iterable[tuple[Condition, Decimal]]:
        for lift in rate.get("lifts", []):
            when = self.conditions.read(lift["when"]) if lift.has("when", "percent") else None
            if when is not None:
                yield when, lift["percent"]

    def urgencies(self, advice: Record | None) -> dict[Any, Urgency]:
        if advice is None:
            return {}
        found = {
            record["level"]: Urgency(level=record["level"], name=record["name"], advice=record["advice"])
            for record in self.distinct(advice["levels"], "level", "name", "advice")
        }
        given = {record.get("level") for record in advice["levels"]}
        for level in LEVELS:
            if level not in given:
                self.note(advice.place("levels"), "R002", f"`{level}` has no advice; add it")
        return found


def _numbers(id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in id.split("."))


def _digest(contents: Iterable[bytes]) -> str:
    """One digest of a set of files that depends on neither their names nor their order."""
    each = sorted(hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() for content in contents)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()

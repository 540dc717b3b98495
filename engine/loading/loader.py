"""From rule files to a checked rule base."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from ..errors import RulesError
from ..knowledge.causes import Cause, Code
from ..knowledge.levels import LEVELS, Level, Urgency
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Sign
from ..knowledge.sources import Source, Statement
from .article import fingerprint_of_all
from .checks import check
from .folder import CASES, SHIPPED, rule_files
from .readers.act_reader import ActReader
from .readers.base_rate_reader import BaseRateReader
from .readers.condition_reader import ConditionReader
from .readers.consistency_reader import ConsistencyReader
from .readers.pair_reader import PairReader
from .readers.question_reader import QuestionReader
from .readers.rule_reader import RuleReader
from .record import Reader, Record
from .sections import Sections, read_sections


def load_rules(folder: str | Path | None = None) -> RuleBase:
    """The rule base in `folder`, or the one that comes with legtriage.

    The shipped one is read once. Raises RulesError, which lists every problem: first those of
    each file by itself, and, once there are none, those of the whole set.
    """
    return _shipped() if folder is None else read_rules(rule_files(Path(folder)), str(folder))


@functools.cache
def _shipped() -> RuleBase:
    return read_rules(rule_files(SHIPPED), str(SHIPPED))


def read_rules(files: Mapping[str, bytes], folder: str = "rules") -> RuleBase:
    """The rule base that these files make, whatever their order. Raises RulesError.

    `folder` is what to call the place of a fault that lies in no single file.
    """
    reader = Reader()
    sections = read_sections(files, reader, folder)
    if not files:
        raise RulesError(reader.problems)
    for section, what in (
        ("cases", "a case"),
        ("survivors", "a survivor"),
        ("signposts", "a signpost"),
        ("signpost_base", "the base of signposts"),
    ):
        for record in sections[section]:
            reader.note(record.where, "R004", f"{what} among the rules; move it to a folder `{CASES}`")
    rules = _assembled(sections, _digest(files.values()))
    problems = check(rules)
    if problems:
        raise RulesError(problems)
    return rules


def _assembled(sections: Sections, sha256: str) -> RuleBase:
    """The rule base, each of its parts read and every reference resolved. Raises RulesError."""
    asked = QuestionReader(sections)
    questions = asked.questions()
    signs = {
        record["id"]: Sign(
            id=record["id"], text=record["text"], allow=record.get("allow", ()), where=record.where
        )
        for record in sections.unique("signs", "id", "text")
    }
    readable = {id: questions.get(id) for id in sections.defined["questions"]}
    conditions = ConditionReader(readable, sections.defined["signs"], sections.note)
    statements = _statements(sections)
    causes = _causes(sections, "causes", "section")
    mimics = _causes(sections, "mimics")
    for mimic in mimics.keys() & causes.keys():
        message = f"`{mimic}` is a cause already; give the mimic another id"
        sections.note(mimics[mimic].where, "R005", message)
    rules = RuleReader(sections, conditions).rules()
    consistency = ConsistencyReader(sections, conditions, questions).checks()
    pairs = PairReader(sections).pairs()
    chapters = asked.chapters(questions)
    common = BaseRateReader(sections, conditions)
    rates, ranking = common.base_rates(causes), common.ranking()
    advice = sections.single(
        "advice", "levels", "default", "safety_net_lead", "safety_net", "not_a_diagnosis"
    )
    urgencies = _urgencies(sections, advice)
    to_do = ActReader(sections, conditions, questions)
    routes, acts, precautions = to_do.routes(), to_do.acts(), to_do.precautions()
    sayings, places = to_do.sayings(), to_do.places()
    if routes and advice is not None and not advice.has("emergency_number"):
        message = "routes name a number to call, and `advice` lacks `emergency_number`: what to call it"
        sections.note(advice.where, "R002", message)
    if advice is not None and advice["default"] == LEVELS[-1]:
        message = f"`{LEVELS[-1]}` where no rule says so reassures for want of answers; name a higher level"
        sections.note(advice.place("default"), "R035", message)
    gated = asked.gated(questions, conditions)
    sources = _sources(sections)
    if sections.problems or rates is None or advice is None:
        raise RulesError(sections.problems)
    return RuleBase(
        questions=MappingProxyType({id: gated[id] for chapter in chapters for id in chapter.questions}),
        chapters=chapters,
        rules=MappingProxyType(rules),
        signs=MappingProxyType(dict(sorted(signs.items()))),
        consistency=MappingProxyType(consistency),
        causes=MappingProxyType(causes),
        mimics=MappingProxyType(mimics),
        pairs=MappingProxyType(pairs),
        sources=MappingProxyType(sources),
        statements=MappingProxyType(statements),
        base_rates=rates,
        ranking=ranking,
        urgencies=MappingProxyType(urgencies),
        routes=MappingProxyType(routes),
        acts=MappingProxyType(acts),
        precautions=MappingProxyType(precautions),
        sayings=MappingProxyType(sayings),
        places=MappingProxyType(places),
        emergency_number=advice.get("emergency_number", ""),
        default_urgency=advice["default"],
        safety_net_lead=advice["safety_net_lead"],
        safety_net=tuple(advice["safety_net"]),
        safety_net_where=advice.place("safety_net"),
        not_a_diagnosis=advice["not_a_diagnosis"],
        sha256=sha256,
        article_sha256=fingerprint_of_all(statements.values()),
    )


def _sources(sections: Sections) -> dict[str, Source]:
    found = {record["id"]: record for record in sections.unique("sources", "id", "title", "seen")}
    for record in found.values():
        recalled = record["seen"] == "recalled"
        if recalled and "confidence" not in record.places:
            message = "this recalled source lacks `confidence`: high, medium or low"
            sections.note(record.where, "R002", message)
        elif not recalled and "confidence" in record.places:
            message = "`confidence` goes with `seen: recalled` only; remove it"
            sections.note(record.place("confidence"), "R004", message)
    return {
        id: Source(
            id=id,
            title=record["title"],
            seen=record["seen"],
            confidence=record.get("confidence"),
            address=record.get("address"),
            note=record.get("note"),
            allow=record.get("allow", ()),
            where=record.where,
        )
        for id, record in sorted(found.items())
    }


def _statements(sections: Sections) -> dict[str, Statement]:
    found = [
        Statement(
            id=record["id"],
            kind=record["kind"],
            says=record["says"],
            sha256=record["sha256"],
            excluded=record.get("excluded"),
            where=record.where,
        )
        for record in sections.unique("statements", "id", "kind", "says", "sha256")
    ]
    return {statement.id: statement for statement in sorted(found, key=lambda each: _numbers(each.id))}


def _causes(sections: Sections, section: str, *needed: str) -> dict[str, Cause]:
    """Causes in the article's order, mimics by id."""
    found = [
        Cause(
            id=record["id"],
            name=record["name"],
            about=record["about"],
            section=record.get("section"),
            lists_symptoms=record.get("lists_symptoms", True),
            treatments=sections.citations(record, "treatments"),
            codes=tuple(
                Code(code=code["code"], title=code["title"], seen=code["seen"])
                for code in sections.distinct(record.get("codes", []), "code", "title", "seen")
            ),
            allow=record.get("allow", ()),
            where=record.where,
        )
        for record in sections.unique(section, "id", "name", "about", *needed)
    ]
    return {
        cause.id: cause for cause in sorted(found, key=lambda each: (_numbers(each.section or "0"), each.id))
    }


def _urgencies(sections: Sections, advice: Record | None) -> dict[Level, Urgency]:
    if advice is None:
        return {}
    found = {
        record["level"]: Urgency(
            level=record["level"], name=record["name"], advice=record["advice"], where=record.where
        )
        for record in sections.distinct(advice["levels"], "level", "name", "advice")
    }
    given = {record.get("level") for record in advice["levels"]}
    for level in LEVELS:
        if level not in given:
            sections.note(advice.place("levels"), "R002", f"`{level}` has no advice; add it")
    return found


def _numbers(id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in id.split("."))


def _digest(contents: Iterable[bytes]) -> str:
    """One digest of a set of files that depends on neither their names nor their order."""
    each = sorted(hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() for content in contents)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()

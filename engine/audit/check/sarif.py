"""The findings in SARIF 2.1.0 (OASIS 2020), which code hosts and editors show at the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from ...version import VERSION
from .codes import CODES, PAGE
from .findings import Finding, LintReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif(report: LintReport, relative: Callable[[str], str]) -> dict[str, Any]:
    """One run with every finding; `relative` gives a file's path from where the code is looked at."""
    found = sorted([*report.findings, *report.silenced], key=lambda each: (each.where, each.code))
    notes = [{"level": "note", "message": {"text": note}} for note in report.not_checked]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "legtriage", "version": VERSION, "rules": _rules()}},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
                "results": [_result(each, relative) for each in found],
            }
        ],
    }


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": row.code,
            "name": row.name,
            "shortDescription": {"text": row.says},
            "fullDescription": {"text": f"{row.says} {row.why}"},
            "help": {"text": f"{row.remedy} {PAGE}#{row.code.lower()} shows an example."},
            "defaultConfiguration": {"level": "warning"},
        }
        for row in CODES.values()
    ]


def _result(finding: Finding, relative: Callable[[str], str]) -> dict[str, Any]:
    uri = quote(relative(finding.where.path), errors="surrogateescape")
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if finding.where.line:
        place["region"] = {"startLine": finding.where.line, "startColumn": finding.where.column}
    about = (finding.code, finding.kind, finding.id, finding.part)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": "warning" if finding.code in CODES else "error",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"finding/v1": " ".join(filter(None, about))},
        "suppressions": [],
    }
    if finding.code in CODES:
        result["ruleIndex"] = list(CODES).index(finding.code)
    if finding.silenced is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.silenced.reason}]
    return result

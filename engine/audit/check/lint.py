"""All that is wrong with a checked rule base as a set, and what of it is silenced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...inference.network import infer
from ...knowledge.rule_base import RuleBase
from ...knowledge.sources import Allowance
from ..cases.case import Case
from . import reading_grade
from .codes import CODES, PAGE
from .findings import ADVICE, Finding, LintReport, Remark, subjects
from .overlap import Overlap
from .reach import Reach
from .unused import unused


def lint(rules: RuleBase, cases: Iterable[Case]) -> LintReport:
    """Every finding over the rules and their cases. What is refused when rules are loaded is none of it."""
    cases = tuple(cases)
    readable = reading_grade.available()
    found = [*_told(rules, [*_remarks(rules, cases), *(_hard(rules) if readable else [])])]
    if readable:
        found += _hard_advice(rules)
    checked = {code for code in CODES if readable or code != "L016"}
    found += _idle(rules, {each.silenced for each in found}, checked)
    found.sort(key=lambda each: (each.where, each.code, each.message))
    return LintReport(
        findings=tuple(each for each in found if each.silenced is None),
        silenced=tuple(each for each in found if each.silenced is not None),
        not_checked=() if readable else (reading_grade.MISSING,),
        counts=tuple(_counts(rules, cases)),
    )


def _remarks(rules: RuleBase, cases: tuple[Case, ...]) -> Iterator[Remark]:
    known = [frozenset(infer(rules, case.answers).fired) for case in cases]
    fired_by = {
        rule: frozenset(at for at, fired in enumerate(known) if rule in fired) for rule in rules.rules
    }
    reach = Reach(rules, [rule for rule, people in fired_by.items() if people])
    yield from reach.remarks()
    overlap = list(Overlap(rules, reach.live, fired_by, reach.any_answers).remarks())
    yield from overlap
    # No case can fire what never fires, and none need show twice what is to be merged: that is mended first.
    repeated = {each.about.id for each in overlap if each.code == "L005" and not _is_allowed(each)}
    sound = {rule.id for rule in reach.live} - repeated
    for remark in unused(rules, cases):
        if remark.code not in ("L012", "L013") or remark.about.id in sound or _is_allowed(remark):
            yield remark


def _is_allowed(remark: Remark) -> bool:
    return any(each.code == remark.code for each in remark.about.allow)


def _hard(rules: RuleBase) -> Iterator[Remark]:
    for text in reading_grade.texts(rules):
        if text.about is not None and text.is_too_hard:
            yield Remark("L016", text.about, text.message, text.part)


def _hard_advice(rules: RuleBase) -> list[Finding]:
    """Advice has no place for a silence: it must be plain."""
    return [
        Finding(code="L016", kind=ADVICE, id=text.id, message=text.message, where=text.where, part=text.part)
        for text in reading_grade.texts(rules)
        if text.about is None and text.is_too_hard
    ]


def _told(rules: RuleBase, remarks: Iterable[Remark]) -> Iterator[Finding]:
    kinds = {id(about): kind for kind, about in subjects(rules)}
    for remark in remarks:
        about = remark.about
        yield Finding(
            code=remark.code,
            kind=kinds[id(about)],
            id=about.id,
            message=remark.message,
            where=remark.where or about.where,
            part=remark.part,
            silenced=next((each for each in about.allow if each.code == remark.code), None),
        )


def _idle(rules: RuleBase, used: set[Allowance | None], checked: set[str]) -> list[Finding]:
    """Silences of nothing; of a code that could not be checked here, nothing is said."""
    found = []
    for kind, about in subjects(rules):
        for each in about.allow:
            if each.code not in CODES:
                message = f"`{each.code}` is no code of a finding; {PAGE} lists them"
            elif each.code in checked and each not in used:
                message = f"`{about.id}` has no finding `{each.code}` to allow; remove it"
            else:
                continue
            found.append(
                Finding(
                    code="L001", kind=kind, id=about.id, message=message, where=each.where, part=each.code
                )
            )
    return found


def _counts(rules: RuleBase, cases: tuple[Case, ...]) -> Iterator[tuple[str, int]]:
    yield "rules", len(rules.rules)
    yield "signs", len(rules.signs)
    yield "questions", len(rules.questions)
    yield "consistency checks", len(rules.consistency)
    yield "causes", len(rules.causes)
    yield "mimics", len(rules.mimics)
    yield "pairs", len(rules.pairs)
    yield "sources", len(rules.sources)
    yield "statements of the article", len(rules.statements)
    yield "acts", len(rules.acts)
    yield "cases", len(cases)

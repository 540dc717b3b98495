"""The whole result as Markdown, for a chart or an issue tracker; what texts say is never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..knowledge.marks import how_seen, in_a_row
from ..result.advice.act_text import SAY_THIS, UNTIL_THEN, meanwhile, to_do, whose_numbers
from ..result.assessment import CANNOT_BE_SAID, Assessment
from ..result.ranking import Candidate, Evidence, RankedCause
from ..writing.lines import in_points
from ..writing.markdown import code, codes, escaped, table
from .details import Details, FiredRule, Said
from .wording import caveats, common_in_words, labels, place_of, with_treatments


def markdown(result: Assessment, details: Details) -> str:
    """The report as a Markdown document, tables as GitHub has them."""
    parts: list[Iterable[str]] = [
        _urgency(result),
        _contradictions(result),
        _causes(result),
        _pairs(result),
        _mimics(result),
        _safety_net(result),
        _answers(details),
        _fired(details),
        _provenance(result),
    ]
    lines = [line for part in parts for line in part]
    return "\n".join(["# Leg pain: what the answers come to", "", *lines])


def _labels(ids: Iterable[str], result: Assessment) -> str:
    return ", ".join(map(escaped, labels(ids, result)))


def _urgency(result: Assessment) -> Iterator[str]:
    urgency = result.urgency
    yield "## How soon to be seen"
    yield ""
    if urgency.cannot_be_said:
        yield f"**{CANNOT_BE_SAID}**"
        yield ""
    least = "At least: " if urgency.at_least else ""
    yield f"**{least}{escaped(urgency.name)} ({code(urgency.level)})**"
    yield ""
    yield from _to_do(result)
    if not urgency.rules:
        yield "No rule about urgency fired; this is the level where none does."
        yield ""
    for reason in urgency.rules:
        marks = f" ({escaped(in_a_row(reason.marks))})" if reason.marks else ""
        cites = f"{code(reason.level)}: {code(reason.id)}; {codes(reason.cites)}{marks}"
        agree = f" A clinician has still to agree: {escaped(reason.sign_off)}." if reason.sign_off else ""
        yield f"- {escaped(reason.because)} {cites}.{agree}"
    if urgency.rules:
        yield ""
    if urgency.at_least:
        yield f"It may be sooner. Not answered, or not sure: {_labels(urgency.not_assessed, result)}."
        yield ""
    yield escaped(result.not_a_diagnosis)
    yield ""


def _to_do(result: Assessment) -> Iterator[str]:
    for each in to_do(result.acts) or [result.urgency.advice]:
        yield f"**{escaped(each)}**" if result.acts else escaped(each)
        yield ""
    whose = whose_numbers(result.acts, result.numbers)
    if whose is not None:
        yield escaped(" ".join([f"{whose}.", *result.numbers.notes]))
        yield ""
    if result.acts:
        yield f"### {SAY_THIS}"
        yield ""
    for act in result.acts:
        yield f"> {escaped(act.say)}"
        yield ""
    precautions = meanwhile(result.acts)
    if precautions:
        yield f"### {UNTIL_THEN}"
        yield ""
        yield from (f"- {escaped(each.do)} {codes(each.cites)}" for each in precautions)
        yield ""
    if result.acts:
        yield "### Why"
        yield ""


def _contradictions(result: Assessment) -> Iterator[str]:
    if result.contradictions or result.notices:
        yield "## These answers do not go together; please check them"
        yield ""
        for each in result.contradictions:
            yield f"- {escaped(each.says)} ({_labels(each.questions, result)})"
        yield from (f"- {escaped(notice.says)}" for notice in result.notices)
        yield ""


def _causes(result: Assessment) -> Iterator[str]:
    if result.not_ranked:
        yield "## The article's causes are not ranked"
        yield ""
        yield f"{escaped(result.not_ranked.because)} {codes(result.not_ranked.cites)}."
        yield ""
        return
    yield "## The article's causes, by points"
    yield ""
    for caveat in caveats(result):
        yield escaped(caveat)
        yield ""
    rows = [
        [place_of(each, result), escaped(each.name), each.support, str(each.points)] for each in result.causes
    ]
    yield from table(["Place", "Cause", "Support", "Points"], rows)
    treated = with_treatments(result)
    for cause in result.causes:
        yield from _cause(cause, result)
        if cause in treated:
            yield "What the article says of treatment:"
            yield ""
            yield from (f"- {escaped(each.says)} ({code(each.cites)})" for each in cause.treatments)
            yield ""


def _cause(cause: RankedCause, result: Assessment) -> Iterator[str]:
    yield f"### {escaped(cause.name)}: {cause.support}, {in_points(cause.points)}"
    yield ""
    yield f"{escaped(cause.about)} {escaped(common_in_words(cause))}."
    yield ""
    yield from _evidence(cause)
    if not cause.article_lists_symptoms:
        section = f"The article (section {escaped(cause.article_section)})"
        yield f"{section} lists no symptoms for it; your history can raise it."
        yield ""
    if cause.unknown:
        yield f"Not known: {_labels(cause.unknown, result)}."
        yield ""


def _evidence(found: Candidate) -> Iterator[str]:
    rows = [
        [side, _points(each), escaped(each.because), code(each.rule), _trust(each)]
        for side, several in (("for", found.for_), ("against", found.against))
        for each in several
    ]
    if rows:
        yield from table(["", "Points", "Because", "Rule", "Rests on"], rows)
    if not all(each.counted for each in (*found.for_, *found.against)):
        yield "Points in brackets are already counted by a stronger rule."
        yield ""


def _points(found: Evidence) -> str:
    return f"{found.points:+d}" if found.counted else f"({found.points:+d})"


def _trust(found: Evidence) -> str:
    marks = f" ({escaped(in_a_row(found.marks))})" if found.marks else ""
    return f"{codes(found.cites)}{marks}"


def _pairs(result: Assessment) -> Iterator[str]:
    names = {each.id: each.name for each in (*result.causes, *result.also_consider)}
    if result.not_told_apart:
        yield "## Cannot be told apart by these answers"
        yield ""
    for pair in result.not_told_apart:
        one, other = (escaped(names[cause]) for cause in pair.causes)
        yield f"**{one} and {other}.** {escaped(pair.because)} {code(pair.id)}; {codes(pair.cites)}."
        told = [f"{escaped(result.questions[id].text)} ({code(id)})" for id in pair.ask]
        told += [escaped(pair.test)] if pair.test else []
        yield "What would tell:" if told else "The answers given leave it open."
        yield ""
        yield from (f"- {each}" for each in told)
        yield ""


def _mimics(result: Assessment) -> Iterator[str]:
    if result.none_of_these is None:
        return
    yield "## Outside the article, worth ruling out"
    yield ""
    if not result.also_consider:
        yield "No rule for anything of that kind fired on these answers."
    count = len(result.causes)
    yield f"None of the {count} causes above is behind such pain in about {escaped(result.none_of_these)}."
    yield ""
    for mimic in result.also_consider:
        yield f"### {escaped(mimic.name)}: {in_points(mimic.points)}"
        yield ""
        yield escaped(mimic.about)
        yield ""
        yield from _evidence(mimic)


def _safety_net(result: Assessment) -> Iterator[str]:
    yield "## If things change"
    yield ""
    yield escaped(result.safety_net_lead)
    yield ""
    yield from (f"- {escaped(sign)}" for sign in result.safety_net)
    yield ""


def _answers(details: Details) -> Iterator[str]:
    yield "## What was said"
    yield ""
    parts = {
        "Said to be so, or chosen": details.given,
        "Said not to be so": details.denied,
        "Not known": details.not_known,
        "Not asked: does not apply by the other answers": details.not_applying,
    }
    for title, found in parts.items():
        if found:
            yield f"### {title}"
            yield ""
            yield from table(["Question", "Answer", "Id"], map(_row, found))


def _row(said: Said) -> list[str]:
    return [escaped(said.wording), escaped(said.answer), code(said.question)]


def _fired(details: Details) -> Iterator[str]:
    yield "## Rules that fired"
    yield ""
    rows = ([code(rule.id), escaped(rule.then), codes(rule.facts), _founded(rule)] for rule in details.fired)
    yield from table(["Rule", "Concludes", "From", "Founded on"], rows)


def _founded(rule: FiredRule) -> str:
    others = [mark for mark in rule.marks if mark != rule.grade]
    marks = f" ({escaped(in_a_row(others))})" if others else ""
    return f"{rule.grade}{marks}: {codes(cite for cite, _ in rule.sources)}"


def _provenance(result: Assessment) -> Iterator[str]:
    yield "## Where this comes from"
    yield ""
    yield "- `article`: names the causes; urgency rests on other sources"
    for id, source in result.sources.items():
        text = f"- {code(id)}: {escaped(source.title)} ({how_seen(source.seen, source.confidence)})."
        more = [escaped(source.note)] if source.note else []
        more += [code(source.address)] if source.address else []
        yield " ".join([text, *more])
    if not result.not_ranked:
        yield f"- How common: {escaped(result.base_rates_note)}"
    yield f"- legtriage {escaped(result.provenance['legtriage'])}"
    yield f"- rules {code(result.provenance['rules_sha256'])}"
    yield f"- article {code(result.provenance['article_sha256'])}"
    yield ""

"""The whole result as one HTML page that asks for nothing else: to print, or to hand to a clinician."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..knowledge.levels import PRESSING
from ..result.advice.act_text import SAY_THIS, UNTIL_THEN, meanwhile, to_do, whose_numbers
from ..result.assessment import CANNOT_BE_SAID, Assessment, UrgencyReason
from ..result.ranking import Candidate, Evidence, RankedCause
from ..writing.lines import in_points
from ..writing.markup import page, tag
from ..writing.stylesheet import STYLE
from .details import Details
from .html_parts import codes, in_brackets, part, rule_link
from .html_record import fired_rules, said, sources
from .point_bars import bar, key, scale
from .wording import caveats, common_in_words, labels, place_of, with_treatments

TITLE = "Leg pain: what the answers come to"


def html(result: Assessment, details: Details) -> str:
    """The page: it needs no script, and its policy lets it load nothing and send nothing."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{_level(result)} ({TITLE})"),
    ]
    parts = [each for each in _parts(result, details) if each is not None]
    links = [
        tag("li", tag("a", "".join(part[0].itertext()), href=f"#{part.get('id')}")) for part in parts[1:]
    ]
    body = tag(
        "body",
        tag("header", tag("h1", TITLE)),
        tag("main", parts[0], tag("nav", tag("ul", *links), aria_label="Parts of this page"), *parts[1:]),
        _provenance(result),
    )
    return page(head, body, STYLE)


def _parts(result: Assessment, details: Details) -> Iterator[Element | None]:
    yield _urgency(result)
    yield _contradictions(result)
    yield _causes(result)
    yield _pairs(result)
    yield _mimics(result)
    yield _safety_net(result)
    yield _treatments(result)
    yield said(result, details)
    yield fired_rules(details)
    yield sources(result)


def _level(result: Assessment) -> str:
    return f"{'At least: ' if result.urgency.at_least else ''}{result.urgency.name}"


def _urgency(result: Assessment) -> Element:
    urgency = result.urgency
    danger = " danger" if urgency.level in PRESSING else ""
    box = tag(
        "div",
        tag("p", tag("b", CANNOT_BE_SAID)) if urgency.cannot_be_said else None,
        tag("p", f"{_level(result)} ({urgency.level})", class_="name"),
        *(tag("p", each) for each in to_do(result.acts) or [urgency.advice]),
        class_=f"level{danger}",
    )
    reasons = tag("ul", *map(_urgency_reason, urgency.rules)) if urgency.rules else None
    none = (
        None if urgency.rules else tag("p", "No rule about urgency fired; this is the level where none does.")
    )
    sooner = None
    if urgency.at_least:
        count = len(urgency.not_assessed)
        questions = "1 question is" if count == 1 else f"{count} questions are"
        where = tag("a", "not known", href="#not_known")
        text = f"It may be sooner: {questions} not answered, or not sure, that could make it so. See "
        sooner = tag("p", text, where, ".")
    return part(
        "urgency",
        "How soon to be seen",
        box,
        *_words(result),
        none,
        reasons,
        sooner,
        tag("p", result.not_a_diagnosis, class_="quiet"),
    )


def _words(result: Assessment) -> Iterator[Element]:
    """What to say, what to do until then, and the title of the reasons."""
    whose = whose_numbers(result.acts, result.numbers)
    if whose is not None:
        yield tag("p", " ".join([f"{whose}.", *result.numbers.notes]), class_="quiet")
    if not result.acts:
        return
    yield tag("h3", SAY_THIS)
    yield from (tag("blockquote", act.say) for act in result.acts)
    precautions = meanwhile(result.acts)
    if precautions:
        lines = (
            tag("li", each.do, " ", tag("span", codes(each.cites), class_="quiet")) for each in precautions
        )
        yield tag("h3", UNTIL_THEN)
        yield tag("ul", *lines)
    yield tag("h3", "Why")


def _urgency_reason(reason: UrgencyReason) -> Element:
    agree = f" A clinician has still to agree: {reason.sign_off}." if reason.sign_off else ""
    note = tag(
        "span",
        f" {reason.level}: ",
        rule_link(reason.id),
        "; ",
        codes(reason.cites),
        in_brackets(reason.marks),
        f".{agree}",
        class_="quiet",
    )
    return tag("li", reason.because, " ", note)


def _contradictions(result: Assessment) -> Element | None:
    if not result.contradictions and not result.notices:
        return None
    found = [
        tag("li", each.says, " (", ", ".join(labels(each.questions, result)), ")")
        for each in result.contradictions
    ]
    found += [tag("li", notice.says) for notice in result.notices]
    check = tag("p", "Please check them. Every answer counts as given.")
    return part(
        "contradictions",
        "Answers that do not go together",
        tag("div", check, tag("ul", *found), class_="clash"),
    )


def _causes(result: Assessment) -> Element:
    if result.not_ranked:
        why = tag("p", result.not_ranked.because, " ", codes(result.not_ranked.cites), ".")
        return part("causes", "The article's causes are not ranked", why)
    far = scale(result)
    return part(
        "causes",
        "The article's causes, by points",
        *(tag("p", caveat) for caveat in caveats(result)),
        tag("p", "Points are evidence added up, and no probability.", class_="quiet"),
        key(),
        *(_cause(cause, result, far) for cause in result.causes),
    )


def _cause(cause: RankedCause, result: Assessment, far: tuple[int, int]) -> Element:
    heading = f"{place_of(cause, result)} {cause.name}: {cause.support}, {in_points(cause.points)}"
    silent = None
    if not cause.article_lists_symptoms:
        section = f"The article (section {cause.article_section})"
        text = f"{section} lists no symptoms for it; your history can raise it."
        silent = tag("p", text, class_="quiet")
    return tag(
        "article",
        tag("h3", heading),
        bar(cause, far),
        tag("p", cause.about),
        tag("p", f"{common_in_words(cause)}.", class_="quiet"),
        _sides(cause),
        silent,
        tag("p", f"Not known: {', '.join(labels(cause.unknown, result))}", class_="quiet")
        if cause.unknown
        else None,
        class_="card",
    )


def _sides(found: Candidate) -> Element | None:
    sides = [
        tag("div", tag("h4", title), tag("ul", *map(_evidence, several), class_="evidence"))
        for title, several in (("For", found.for_), ("Against", found.against))
        if several
    ]
    return tag("div", *sides, class_="sides" if len(sides) == 2 else "side") if sides else None


def _evidence(found: Evidence) -> Element:
    points = f"{found.points:+d}" if found.counted else f"({found.points:+d})"
    counted = None if found.counted else "; already counted by a stronger rule"
    note = tag("span", " ", rule_link(found.rule), counted, in_brackets(found.marks), class_="quiet")
    return tag("li", tag("span", points, class_="points"), tag("span", found.because), note)


def _pairs(result: Assessment) -> Element | None:
    if not result.not_told_apart:
        return None
    names = {each.id: each.name for each in (*result.causes, *result.also_consider)}
    cards = []
    for pair in result.not_told_apart:
        told = [tag("li", result.questions[id].text, " (", tag("code", id), ")") for id in pair.ask]
        told += [tag("li", pair.test)] if pair.test else []
        cards.append(
            tag(
                "article",
                tag("h3", " and ".join(names[cause] for cause in pair.causes)),
                tag("p", pair.because),
                tag("p", "What would tell:" if told else "The answers given leave it open."),
                tag("ul", *told) if told else None,
                tag("p", tag("code", pair.id), "; ", codes(pair.cites), f"; {pair.grade}", class_="quiet"),
                class_="card",
            )
        )
    return part("pairs", "Cannot be told apart by these answers", *cards)


def _mimics(result: Assessment) -> Element | None:
    if result.not_ranked:
        return None
    none = None if result.also_consider else "No rule for anything of that kind fired on these answers."
    rest = (
        f"None of the {len(result.causes)} causes above is behind such pain in about {result.none_of_these}."
    )
    cards = [
        tag(
            "article",
            tag("h3", f"{each.name}: {in_points(each.points)}"),
            tag("p", each.about),
            _sides(each),
            class_="card",
        )
        for each in result.also_consider
    ]
    return part(
        "mimics",
        "Outside the article, worth ruling out",
        tag("p", none) if none else None,
        tag("p", rest),
        *cards,
    )


def _safety_net(result: Assessment) -> Element:
    signs = tag("ul", *(tag("li", sign) for sign in result.safety_net))
    return part("safety_net", "If things change", tag("p", tag("b", result.safety_net_lead)), signs)


def _treatments(result: Assessment) -> Element | None:
    found = [
        part
        for cause in with_treatments(result)
        for part in (
            tag("h3", cause.name),
            tag(
                "ul", *(tag("li", each.says, " (", tag("code", each.cites), ")") for each in cause.treatments)
            ),
        )
    ]
    return part("treatments", "What the article says of treatment", *found) if found else None


def _provenance(result: Assessment) -> Element:
    made = result.provenance
    return tag(
        "footer",
        tag("p", f"legtriage {made['legtriage']}", class_="quiet"),
        tag("p", "Rules ", tag("code", made["rules_sha256"]), class_="quiet"),
        tag("p", "Article ", tag("code", made["article_sha256"]), class_="quiet"),
    )

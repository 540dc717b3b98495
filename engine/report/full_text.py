"""The result as text to read, in lines that a terminal may colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..knowledge.levels import PRESSING
from ..knowledge.marks import how_seen, in_a_row
from ..result.advice.act_text import act_lines, to_do
from ..result.assessment import CANNOT_BE_SAID, Assessment, UrgencyReason
from ..result.ranking import Candidate, Evidence, RankedCause
from ..writing.lines import Line, Style, in_points, wrapped
from .wording import caveats, common_in_words, labels, place_of, rules_of, some_of, with_treatments


def report(result: Assessment, width: int = 80) -> list[Line]:
    """The whole result: how soon and why, the causes in order, what else, what to watch for."""
    parts: list[Iterable[Line]] = [
        urgency_lines(result, width, result.urgency.rules, _reason, len(result.acts)),
        contradiction_lines(result, width),
        caveat_lines(result, width),
        *(_cause(cause, result, width) for cause in result.causes),
        pair_lines(result, width),
        _treatments(result, width),
        none_of_these_lines(result, width),
        *(_mimic(mimic, width) for mimic in result.also_consider),
        _fired_too(result, width),
        heading("If things change"),
        safety_net_lines(result, width),
        heading("Where this comes from"),
        _sources(result, width),
        [Line("")],
        wrapped(result.not_a_diagnosis, width),
        closing_lines(result, width),
    ]
    return [line for part in parts for line in part]


def heading(text: str) -> Iterator[Line]:
    """The title of a part, after an empty line."""
    yield Line("")
    yield Line(text.upper(), "heading")


def urgency_lines(
    result: Assessment,
    width: int,
    reasons: Iterable[UrgencyReason],
    lines_of: Callable[[UrgencyReason, int], Iterable[Line]],
    most: int,
) -> Iterator[Line]:
    """How soon to be seen and what to do, these reasons each in its lines, and what could make it sooner.

    What to say is told of so many acts at the `most`.
    """
    urgency = result.urgency
    yield Line("HOW SOON TO BE SEEN", "heading")
    yield from _level(result, width)
    if result.acts:
        yield from act_lines(result.acts, result.numbers, width, most)
        yield Line("")
        yield Line("  WHY", "heading")
    else:
        yield from wrapped(urgency.advice, width, "  ")
    if not urgency.rules:
        yield from wrapped("No rule about urgency fired; this is the level where none does.", width, "  ")
    for reason in reasons:
        yield from lines_of(reason, width)
        if reason.sign_off:
            text = f"A clinician has still to agree: {reason.sign_off}."
            yield from wrapped(text, width, "    ", style="quiet")
    if urgency.at_least:
        text = f"It may be sooner. Not answered, or not sure: {some_of(urgency.not_assessed, result)}."
        yield from wrapped(text, width, "  ")


def _reason(reason: UrgencyReason, width: int) -> Iterator[Line]:
    yield from wrapped(f"- {reason.because}", width, "  ", "    ")
    cited = f"[{reason.level}: {reason.id}; {', '.join(reason.cites)}]{_marks(reason)}"
    yield from wrapped(cited, width, "    ", style="quiet")


def contradiction_lines(result: Assessment, width: int) -> Iterator[Line]:
    """The answers that do not go together; nothing where all do."""
    if result.contradictions or result.notices:
        yield Line("")
        text = "These answers do not go together; please check them:"
        yield from wrapped(text, width, "  ", style="heading")
    for each in result.contradictions:
        yield from wrapped(
            f"- {each.says} [{', '.join(labels(each.questions, result))}]", width, "  ", "    "
        )
    for notice in result.notices:
        yield from wrapped(f"- {notice.says}", width, "  ", "    ")


def level_lines(result: Assessment, width: int) -> Iterator[Line]:
    """How soon to be seen, and what to do."""
    yield from _level(result, width)
    for each in to_do(result.acts) or [result.urgency.advice]:
        yield from wrapped(each, width, "  ")


def _level(result: Assessment, width: int) -> Iterator[Line]:
    urgency = result.urgency
    style: Style = "urgent" if urgency.level in PRESSING else "heading"
    if urgency.cannot_be_said:
        yield from wrapped(CANNOT_BE_SAID, width, "  ", style="urgent")
    least = "At least: " if urgency.at_least else ""
    yield from wrapped(f"{least}{urgency.name} ({urgency.level})", width, "  ", style=style)


def closing_lines(result: Assessment, width: int) -> Iterator[Line]:
    """The last word: how soon to be seen, and how firm that is."""
    yield from heading("So: how soon to be seen")
    yield from level_lines(result, width)
    if result.urgency.at_least:
        many = len(result.urgency.not_assessed)
        left = (
            "1 question that could make it so is"
            if many == 1
            else f"{many} questions that could make it so are"
        )
        yield from wrapped(f"It may be sooner: {left} not answered, or not sure.", width, "  ")


def caveat_lines(result: Assessment, width: int) -> Iterator[Line]:
    """The title of the ranking, and what to know before it is read."""
    if result.not_ranked:
        yield from heading("The article's causes are not ranked")
        yield from wrapped(result.not_ranked.because, width, "  ")
        yield from wrapped(f"[{', '.join(result.not_ranked.cites)}]", width, "  ", style="quiet")
        return
    yield from heading("The article's causes, by points")
    for caveat in caveats(result):
        yield from wrapped(caveat, width, "  ")


def _cause(cause: RankedCause, result: Assessment, width: int) -> Iterator[Line]:
    yield Line("")
    text = f"{place_of(cause, result):3} {cause.name}: {cause.support}, {in_points(cause.points)}"
    yield from wrapped(text, width, hang="    ", style="heading")
    yield from wrapped(common_in_words(cause), width, "    ", style="quiet")
    yield from _evidence("For", cause.for_, width)
    yield from _evidence("Against", cause.against, width)
    if not cause.article_lists_symptoms:
        section = f"The article (section {cause.article_section})"
        text = f"{section} lists no symptoms for it; your history can raise it."
        yield from wrapped(text, width, "    ", style="quiet")
    if cause.unknown:
        yield from wrapped(
            f"Not known: {some_of(cause.unknown, result)}", width, "    ", "      ", style="quiet"
        )


def _evidence(title: str, found: tuple[Evidence, ...], width: int) -> Iterator[Line]:
    for at, each in enumerate(found):
        if at == 0:
            yield Line(f"    {title}")
        points = f"{each.points:+d}" if each.counted else f"({each.points:+d})"
        yield from wrapped(f"{points:>5} {each.because}", width, "    ", " " * 10)
        said = "" if each.counted else "; already counted by a stronger rule"
        text = f"[{each.rule}; {', '.join(each.cites)}{said}]{_marks(each)}"
        yield from wrapped(text, width, " " * 10, style="quiet")


def _marks(found: Evidence | UrgencyReason) -> str:
    """The rule's marks in brackets, but for what the text beside them says already."""
    said = {*found.cites}
    if isinstance(found, UrgencyReason):
        said.add("needs sign-off")
    left = in_a_row(mark for mark in found.marks if mark not in said)
    return f" ({left})" if left else ""


def pair_lines(result: Assessment, width: int, *, cited: bool = True) -> Iterator[Line]:
    """The pairs that are not told apart, and what would tell; nothing where there are none."""
    names = {each.id: each.name for each in (*result.causes, *result.also_consider)}
    if result.not_told_apart:
        yield from heading("Cannot be told apart by these answers")
    for pair in result.not_told_apart:
        one, other = (names[cause] for cause in pair.causes)
        yield from wrapped(f"{one} and {other}: {pair.because}", width, "  ", "    ")
        if cited:
            text = f"[{pair.id}; {', '.join(pair.cites)}; {pair.grade}]"
            yield from wrapped(text, width, "    ", style="quiet")
        told = [f"{result.questions[id].text} [{id}]" for id in pair.ask]
        told += [pair.test] if pair.test else []
        lead = "What would tell:" if told else "The answers given leave it open."
        yield from wrapped(lead, width, "    ")
        for each in told:
            yield from wrapped(f"- {each}", width, "    ", "      ")


def _treatments(result: Assessment, width: int) -> Iterator[Line]:
    leading = with_treatments(result)
    if leading:
        yield from heading("What the article says of treatment")
    for cause in leading:
        yield from wrapped(f"{cause.name}", width, "  ")
        for treatment in cause.treatments:
            yield from wrapped(f"- {treatment.says} [{treatment.cites}]", width, "    ", "      ")


def none_of_these_lines(result: Assessment, width: int) -> Iterator[Line]:
    """The title of the mimics, and how often none of the causes is behind such pain; nothing if unranked."""
    if result.not_ranked:
        return
    yield from heading("Outside the article, worth ruling out")
    if not result.also_consider:
        yield from wrapped("No rule for anything of that kind fired on these answers.", width, "  ")
    text = (
        f"None of the {len(result.causes)} causes above is behind such pain in about {result.none_of_these}."
    )
    yield from wrapped(text, width, "  ")


def mimic_line(mimic: Candidate, width: int) -> list[Line]:
    """The mimic's name, points and what it is."""
    return wrapped(f"{mimic.name}, {in_points(mimic.points)}: {mimic.about}", width, "  ", "    ")


def _mimic(mimic: Candidate, width: int) -> Iterator[Line]:
    yield from mimic_line(mimic, width)
    yield from _evidence("For", mimic.for_, width)
    yield from _evidence("Against", mimic.against, width)


def _fired_too(result: Assessment, width: int) -> Iterator[Line]:
    told = rules_of([*result.causes, *result.also_consider]) | {each.id for each in result.urgency.rules}
    others = [id for id in result.fired if id not in told]
    if others:
        yield from heading("Rules that fired too")
        silent = (
            "weigh causes, which are not ranked"
            if result.not_ranked
            else "are for mimics that are not raised"
        )
        text = f"Those that find signs, which other rules read, and those that {silent}: "
        yield from wrapped(text + ", ".join(others), width, "  ", style="quiet")


def safety_net_lines(result: Assessment, width: int) -> Iterator[Line]:
    """What to watch for, and what to do when it comes."""
    yield from wrapped(result.safety_net_lead, width, "  ")
    for sign in result.safety_net:
        yield from wrapped(f"- {sign}", width, "  ", "    ")


def _sources(result: Assessment, width: int) -> Iterator[Line]:
    text = "article: names the causes; urgency rests on other sources"
    yield from wrapped(text, width, "  ", "    ", style="quiet")
    for id, source in result.sources.items():
        note = f". {source.note}" if source.note else ""
        yield from wrapped(
            f"{id}: {source.title} ({how_seen(source.seen, source.confidence)}){note}",
            width,
            "  ",
            "    ",
            style="quiet",
        )
    if not result.not_ranked:
        yield from wrapped(f"How common: {result.base_rates_note}", width, "  ", "    ", style="quiet")
    rules = result.provenance["rules_sha256"][:12]
    yield from wrapped(
        f"legtriage {result.provenance['legtriage']}, rules {rules}", width, "  ", style="quiet"
    )

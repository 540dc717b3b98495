"""The difference between two rule bases as text to read: the verdict first, then counts, then examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...writing.lines import Line, heading, in_points, item, pad, wrapped
from .difference import Consequence, Difference
from .example import Example, PlaceInOrder
from .outcome import What

IN_WORDS: dict[What, str] = {
    "later": "Seen later",
    "sooner": "Seen sooner",
    "first": "Another cause first",
    "order": "Another order of causes",
    "mimics": "Other mimics raised",
    "points": "Other points",
}

READ_BY_PEOPLE = ("questions", "interview", "causes", "mimics", "advice")
"""The parts of a rule base whose words turn what a person answers, or what they are told to do."""

SHOWN = 5
"""Of a longer list of cases only so many are named; the JSON has all."""


def difference_lines(found: Difference, width: int = 80) -> list[Line]:
    """The verdict in the first line, what the rules say and do otherwise, and an example of each kind."""
    parts: list[Iterable[Line]] = [
        wrapped(verdict(found), width, style="urgent" if found.later else "heading"),
        wrapped(compared(found), width),
        heading("What the rules say otherwise", width),
        _changes(found, width),
        heading("What they do otherwise", width),
        _counts(found, width),
        _examples(found, width),
        heading("How this was compared", width),
        *(wrapped(text, width, pad(1)) for text in caveats(found)),
    ]
    return [line for part in parts for line in part]


def verdict(found: Difference) -> str:
    """Who would be seen later, by which a change is let through; then who sooner, and what else to read."""
    people, cases, searched = found.count("later")
    if found.nobody_later:
        said = (
            f"Nobody would be seen later than before: none of {many(found.people, 'simulated person')} and "
            f"{many(found.cases, 'case')}, and no other answers do it either."
        )
    else:
        said = (
            f"{people:,} of {found.people:,} simulated people, {cases:,} of {found.cases:,} cases and "
            f"{searched:,} found by search would be seen later than before."
        )
    sooner = found.count("sooner")
    parts = [each.part for each in found.changes if each.part in READ_BY_PEOPLE]
    return " ".join(
        [
            said,
            *(
                ["This is no proof: not all is asked alike."]
                if found.asked_otherwise and not found.later
                else []
            ),
            *([f"Seen sooner: {counted(*sooner)}."] if any(sooner) else []),
            *([f"What people read differs too: {', '.join(parts)}."] if parts else []),
        ]
    )


def compared(found: Difference) -> str:
    """What was compared with what."""
    sides = [f"{each.name} ({each.rules} rules, {each.rules_sha256[:12]})" for each in (found.old, found.new)]
    return f"From {sides[0]} to {sides[1]}."


def caveats(found: Difference) -> Iterator[str]:
    """How the people were drawn, and what the counts are not."""
    yield (
        "Simulated people are not real people. The counts show that a change does something; they are no "
        "rates among patients."
    )
    defaults = found.old.default_urgency, found.new.default_urgency
    if defaults[0] != defaults[1]:
        yield f"Where no rule about urgency fires, the level was {defaults[0]} and is {defaults[1]}."
    if found.urgency_rules or defaults[0] != defaults[1]:
        differing = many(len(found.urgency_rules), "rule")
        yield (
            f"{differing} about urgency may not do the same. All answers that rules can tell apart were "
            f"searched for someone whose urgency differs because of it: {found.searched:,} found."
        )
    else:
        yield "No rule about urgency differs, nor any sign behind one."
    if found.asked_otherwise:
        yield (
            f"Nothing is proved over what the two do not ask alike: {', '.join(found.asked_otherwise)}. They "
            "take other answers there, or ask other people."
        )
    if found.rarest is not None:
        rule, times = found.rarest
        least = f"every rule fired in at least {times:,}, the rarest being {rule}."
        if not times:
            least = "they are too few for all; --patients draws more."
        yield f"Each person was drawn around one rule, the rules in turn (seed {found.seed}): {least}"
    if found.never:
        yield f"No answers were found that fire {', '.join(found.never)}."
    yield "An answer that only one of the two knows, or asks for, is not heard by the other."


def in_words(finding: Consequence) -> str:
    """In what results differ."""
    if finding.before is None:
        return IN_WORDS[finding.what]
    return f"{IN_WORDS[finding.what]}, {finding.before} to {finding.after}"


def counted(people: int, cases: int, searched: int) -> str:
    """So many people and cases, and people found by search where there are any."""
    found = f", {searched:,} found by search" if searched else ""
    return f"{many(people, 'person')}, {many(cases, 'case')}{found}"


def many(count: int, one: str) -> str:
    """So many of something."""
    return f"{count:,} {one if count == 1 else f'{one}s'.replace('persons', 'people')}"


def now(before: object, after: object) -> str:
    """Two values side by side; an empty one is nothing."""
    return f"{before or 'nothing'}, now {after or 'nothing'}"


def _changes(found: Difference, width: int) -> Iterator[Line]:
    if not found.changes:
        yield from wrapped("Nothing: both say the same.", width, pad(1))
    for part in found.changes:
        yield from wrapped(part.part, width, pad(1), style="heading")
        for word, ids in (("added", part.added), ("removed", part.removed)):
            for id in ids:
                yield from item(f"{word}: {id}", 1, width)
        for each in part.changed:
            yield from item(f"changed: {each.id}", 1, width)
            for one in each.revisions:
                text = f"{one.what}: {now(one.before, one.after)}"
                yield from wrapped(text, width, pad(2), pad(3))


def _counts(found: Difference, width: int) -> Iterator[Line]:
    for what, title in IN_WORDS.items():
        counts = found.count(what)
        text = f"{title}: {counted(*counts) if any(counts) else 'none'}"
        yield from wrapped(text, width, pad(1), pad(2))
        for finding in found.findings:
            if finding.what == what:
                yield from _count(finding, width)


def _count(finding: Consequence, width: int) -> Iterator[Line]:
    if finding.before is not None:
        count = counted(finding.people, len(finding.cases), finding.searched)
        text = f"{finding.before} to {finding.after}: {count}"
        yield from wrapped(text, width, pad(2), pad(3))
    if finding.cases:
        yield from wrapped(f"cases: {some_of(finding.cases)}", width, pad(2), pad(3), style="quiet")


def some_of(cases: tuple[str, ...]) -> str:
    """The first of the cases, and how many more there are."""
    more = len(cases) - SHOWN
    return ", ".join([*cases[:SHOWN], *([f"and {more} more"] if more > 0 else [])])


def by_example(found: Difference) -> list[tuple[list[Consequence], Example]]:
    """Each example once, with all that it is an example of."""
    groups: dict[tuple[tuple[str, str], ...], list[Consequence]] = {}
    for finding in found.findings:
        key = tuple((each.question, str(each.answer)) for each in finding.example.answers)
        groups.setdefault(key, []).append(finding)
    return [(findings, findings[0].example) for findings in groups.values()]


def _examples(found: Difference, width: int) -> Iterator[Line]:
    if found.findings:
        yield from heading("Smallest examples found", width)
        text = "Nothing else is answered, and none of these answers can be taken away."
        yield from wrapped(text, width, pad(1))
    for findings, example in by_example(found):
        title = "; ".join(map(in_words, findings))
        yield from wrapped(title, width, pad(1), pad(2), style="heading")
        for answer in answers_of(example) if example.answers else ["(nothing answered)"]:
            yield from item(answer, 2, width)
        for text in results_of(example, findings):
            yield from wrapped(text, width, pad(2), pad(3))
        for word, rule, concludes in rules_of(example):
            yield from wrapped(f"{word}: {rule}, {concludes}", width, pad(2), pad(3))


def answers_of(example: Example) -> Iterator[str]:
    """The answers, each with what one side does not hear of it."""
    for each in example.answers:
        sides = [(each.old, "the old"), (each.new, "the new")]
        deaf = [word for heard, word in sides if heard is None]
        if not deaf and each.old != each.new:
            deaf = [f"{word} rules hear {in_short(heard)}" for heard, word in sides]
            yield f"{each.question}: {each.says} ({', '.join(deaf)})"
        else:
            yield f"{each.question}: {each.says}" + "".join(f" (not heard by {word} rules)" for word in deaf)


def in_short(answer: object) -> str:
    """A heard answer, of several options each that holds and that does not."""
    if not isinstance(answer, dict):
        return str(answer)
    return f"{{has: [{', '.join(answer['has'])}], not: [{', '.join(answer['not'])}]}}"


def results_of(example: Example, findings: Iterable[Consequence]) -> Iterator[str]:
    """The two results side by side: the urgency, the first causes, and what else the example is of."""
    shown = {finding.what for finding in findings}
    old, new = example.old, example.new
    same = old.urgency == new.urgency
    yield f"urgency: {old.urgency} by both" if same else f"urgency: {now(old.urgency, new.urgency)}"
    before = {each.id: each for each in old.causes}
    after = {each.id: each for each in new.causes}
    for id in {**after, **before}:
        one, other = before.get(id), after.get(id)
        if one != other and (shown & {"first", "order", "points"} or _is_first(one) or _is_first(other)):
            yield f"{id}: {now(_place(one), _place(other))}"
        elif one == other and _is_first(one):
            yield f"{id}: {_place(one)} by both"
    for id in sorted({**old.also_consider, **new.also_consider}):
        one_sum, other_sum = old.also_consider.get(id), new.also_consider.get(id)
        if one_sum != other_sum:
            sides = ["not raised" if each is None else in_points(each) for each in (one_sum, other_sum)]
            yield f"{id}, a mimic: {now(*sides)}"


def _is_first(at: PlaceInOrder | None) -> bool:
    return at is not None and at.rank == 1


def _place(at: PlaceInOrder | None) -> str:
    return "no such cause" if at is None else f"place {at.rank}, {in_points(at.points)}"


def rules_of(example: Example) -> Iterator[tuple[str, str, str]]:
    """What did it: for each rule in what way, its id, and what it concludes."""
    for rule in example.lost:
        yield "fires no more", rule.rule, str(rule.old)
    for rule in example.gained:
        yield "fires now", rule.rule, str(rule.new)
    for rule in example.altered:
        yield "concludes something else", rule.rule, now(rule.old, rule.new)
    for shift in example.base_rates:
        sides = ["none" if each is None else in_points(each) for each in (shift.old, shift.new)]
        yield "another base rate", shift.cause, now(*sides)

"""The pages about the whole: the first page, the levels of urgency, the base rates, the checks of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..knowledge.causes import Cause
from ..knowledge.levels import LEVELS, is_sooner
from ..knowledge.marks import MEANINGS, kind_of, marks
from ..knowledge.rules import Raises, Rule, Weighs, level_of
from ..writing.markdown import code, escaped, table
from .danger_pages import dangers, from_article
from .parts.anchors import page_named, stem
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.rule_section import GRADES, RuleSections, signed
from .parts.wording import condition_lines, how_to_read


def overview_pages(book: Book) -> Iterator[tuple[str, str]]:
    """Each page: path and text."""
    for name, title, lines in (
        ("index", "The rules, page by page", _index),
        ("urgency", "How soon to be seen", _urgency),
        ("base_rates", "How common each cause is", _base_rates),
        ("consistency", "Answers that do not go together", _consistency),
    ):
        page = page_named(name)
        yield page, page_text(title, "the rule files", lines(book, book.links(page)))


def _index(book: Book, links: Links) -> Iterator[str]:
    rules = book.rules
    yield "Every rule, question, sign, source and statement has one place here, and everything that names it"
    yield f"links to that place. Made from the rules with the fingerprint {code(rules.sha256)}."
    yield ""
    yield f"{links.page_of('Find a rule', 'find')}: all of them in one table, to be filtered."
    yield ""
    yield "## Causes"
    yield ""
    yield from _causes(rules.causes.values(), book, links)
    yield "## Outside the article"
    yield ""
    yield from _causes(rules.mimics.values(), book, links)
    yield "## Dangers"
    yield ""
    yield f"Rules on how soon to be seen. {links.page_of('The levels', 'urgency')} say what to do at each."
    if rules.acts:
        yield f"{links.page_of('What to do, danger by danger', 'acts')}: also what to say, and until then."
    yield ""
    rows = ([_title(name, "dangers", links), _levels(found, links)] for name, found in dangers(book).items())
    yield from table(["Page", "Rules, highest level first"], rows)
    yield f"{links.page_of('What public pages tell people', 'signposts')}, and what the rules make of it."
    yield ""
    yield "## Questions and signs"
    yield ""
    files = dict.fromkeys(stem(question.where) for question in rules.questions.values())
    yield f"- **Questions:** {', '.join(_title(name, 'questions', links) for name in files)}"
    files = dict.fromkeys(stem(sign.where) for sign in rules.signs.values())
    yield f"- **Signs:** {', '.join(_title(name, 'signs', links) for name in files)}"
    yield f"- {links.page_of('Answers that do not go together', 'consistency')}"
    yield ""
    yield "## How to read a condition"
    yield ""
    yield "A rule fires only where the answers make its whole condition certain. What was not asked, and"
    yield "what was answered *I am not sure*, is neither true nor false: it makes nothing present and rules"
    yield "nothing out, in *none of these* and *fewer than* too. Only where a condition names *I am not sure*"
    yield "does that answer count. Limits include their ends: *14 days or less* includes 14 days, and *less"
    yield "than 14 days* does not. How one is written in a rule file is told in"
    yield f"{links.page_of('the rule language', 'language')}."
    yield ""
    yield "## What the rules rest on"
    yield ""
    yield f"- {links.page_of('The article, statement by statement', 'article')}"
    yield f"- {links.page_of('Sources', 'sources')}"
    yield f"- {links.page_of('How common each cause is', 'base_rates')}"
    yield f"- {links.page_of('Causes that are hard to tell apart', 'pairs')}"
    yield ""
    grades = [rule.grade for rule in rules.rules.values()]
    rows = ([grade, str(grades.count(grade)), says] for grade, says in GRADES.items())
    yield from table(["Grade", "Rules", "Meaning"], rows)
    yield "## Marks"
    yield ""
    yield "What a rule's figure and its sources lack of being read in print. A rule without a mark rests on"
    yield "what was read."
    yield ""
    kinds = Counter(kind for rule in rules.rules.values() for kind in {*map(kind_of, marks(rule, rules))})
    rows = ([mark, str(kinds[mark]), says] for mark, says in MEANINGS.items())
    yield from table(["Mark", "Rules", "Meaning"], rows)


def _title(name: str, section: str, links: Links) -> str:
    return links.page_of(escaped(name.replace("_", " ")), section, name)


def _causes(causes: Iterable[Cause], book: Book, links: Links) -> Iterator[str]:
    def count(cause: str, supports: bool) -> str:
        found = [rule.then for rule in book.rules.rules_by_cause[cause]]
        return str(sum(isinstance(then, Weighs) and then.supports == supports for then in found))

    rows = ([links.cause(each.id), count(each.id, True), count(each.id, False)] for each in causes)
    yield from table(["Page", "Rules for", "Against"], rows)


def _levels(found: list[Rule], links: Links) -> str:
    levels = [level_of(rule) for rule in found]
    return "; ".join(f"{links.level(level)}: {levels.count(level)}" for level in LEVELS if level in levels)


def _urgency(book: Book, links: Links) -> Iterator[str]:
    rules = book.rules
    yield "The level of a result is the highest of the rules that fired. What a rule has raised, nothing"
    yield "lowers, and it does not move the order of the causes."
    yield ""
    yield from from_article(rules.urgency_rules, links)
    default = links.level(rules.default_urgency)
    below = [level for level in LEVELS if is_sooner(rules.default_urgency, level)]
    lower = (
        f"; a rule of {' or '.join(map(links.level, below))} that fires alone brings less" if below else ""
    )
    yield f"Where no rule about urgency fires, the level is {default}{lower}."
    yield ""
    for level, urgency in rules.urgencies.items():
        yield f"## {code(level)}"
        yield ""
        yield f"**{escaped(urgency.name)}.** {escaped(urgency.advice)}"
        yield ""
        for name, found in dangers(book).items():
            here = [rule.id for rule in found if isinstance(rule.then, Raises) and rule.then.urgency == level]
            if here:
                yield f"- **{_title(name, 'dangers', links)}:** {links.ids('rule', here)}"
        yield ""
    yield "## What every result ends with"
    yield ""
    yield escaped(rules.safety_net_lead)
    yield ""
    yield from (f"- {escaped(each)}" for each in rules.safety_net)
    yield ""
    yield escaped(rules.not_a_diagnosis)
    yield ""


def _base_rates(book: Book, links: Links) -> Iterator[str]:
    rates = book.rules.base_rates
    yield escaped(rates.note)
    yield ""
    yield "In percent of adults with such pain, with the points that a cause starts with."
    yield ""
    bands = {"adults": "Age not known", **{band.id: escaped(band.text) for band in rates.bands}}
    rows = (
        [
            links.cause(id),
            *(f"{rate.percent[band]} ({signed(rates.points_for(rate.percent[band]))})" for band in bands),
        ]
        for id, rate in rates.rates.items()
    )
    yield from table(["Cause", *bands.values()], rows)
    yield "## Points"
    yield ""
    yield from table(
        ["From percent", "Points"], ([str(least), signed(points)] for least, points in rates.points)
    )
    yield "## Who belongs to which band"
    yield ""
    for band in rates.bands:
        yield f"- **{escaped(band.text)}**"
        yield from condition_lines(band.when, links, "  ")
    yield ""
    yield from _ranking(book, links)
    yield "## How firm they are, and what lifts them"
    yield ""
    for id, rate in rates.rates.items():
        yield f"- {links.cause(id)}: {escaped(rate.confidence)} ({links.line(rate.where)})"
        for when, percent in rate.lifts:
            yield f"  - at least {percent} % ({signed(rates.points_for(percent))}) when"
            yield from condition_lines(when, links, "    ")
    yield ""
    yield "## What they rest on"
    yield ""
    sections = RuleSections(book, links)
    yield from (f"- {sections.cited(cite)}" for cite in rates.cites)
    yield ""


def _ranking(book: Book, links: Links) -> Iterator[str]:
    ranking = book.rules.ranking
    if ranking is None:
        return
    yield "## For whom the causes are ranked"
    yield ""
    yield f"{escaped(ranking.because)} They are ranked when this holds, and as long as it is not known:"
    yield ""
    yield from condition_lines(ranking.when, links)
    yield ""
    sections = RuleSections(book, links)
    yield from (f"- **Cites:** {sections.cited(cite)}" for cite in ranking.cites)
    yield f"- **Written in** {links.line(ranking.where)}"
    yield ""


def _consistency(book: Book, links: Links) -> Iterator[str]:
    yield "Each check says that answers cannot all be right, and asks some of them again. No rule, rank or"
    yield "level hangs on it."
    yield how_to_read(links)
    yield ""
    sections = RuleSections(book, links)
    for check in book.rules.consistency.values():
        yield f"## {code(check.id)}"
        yield ""
        yield f"**{escaped(check.says)}** It is said when"
        yield ""
        yield from condition_lines(check.when, links)
        yield ""
        yield f"**Asks again:** {links.ids('question', check.ask_again)}"
        yield ""
        yield f"- **Cases that show it:** {sections.cases(book.shown_by(check.id))}"
        yield f"- **Written in** {links.line(check.where)}"
        yield ""

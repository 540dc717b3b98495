"""The page of what to do: each act with the rules that lead to it, the kinds of help, numbers, sayings."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.acts import Act, Number
from ..knowledge.rules import level_of
from ..writing.markdown import code, escaped, table
from .parts.anchors import page_named
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.rule_section import GRADES, RuleSections


def act_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page: path and text; none where the rules have no acts."""
    if book.rules.acts:
        page = page_named("acts")
        title = "What to do, danger by danger"
        yield page, page_text(title, "the rule files", ActPage(book, book.links(page)).lines())


class ActPage:
    """Writes the page."""

    def __init__(self, book: Book, links: Links) -> None:
        self.book = book
        self.rules = book.rules
        self.links = links
        self.sections = RuleSections(book, links)

    def lines(self) -> Iterator[str]:
        """All below the title."""
        yield "A rule that raises an emergency, or that wants someone seen today, leads to an act. A result"
        yield "shows the acts of the rules that raise its level, the most urgent kind of help first. What"
        yield "stands in `[…]` is left out where it was not answered."
        yield ""
        rows = (
            [code(act.id), escaped(act.name), escaped(self.rules.routes[act.route].name)]
            for act in self._acts()
        )
        yield from table(
            ["Act", "Danger", "Kind of help"],
            ([f"[{first}](#{first.strip('`')})", *rest] for first, *rest in rows),
        )
        for act in self._acts():
            yield from self._act(act)
        yield from self._routes()
        yield from self._numbers()
        yield from self._sayings()

    def _acts(self) -> list[Act]:
        order = list(self.rules.routes)
        return sorted(self.rules.acts.values(), key=lambda act: (order.index(act.route), act.id))

    def _act(self, act: Act) -> Iterator[str]:
        route = self.rules.routes[act.route]
        yield f"## {code(act.id)}"
        yield ""
        yield f"**{escaped(act.name)}**"
        yield ""
        yield f"{escaped(str(route.go))} {escaped(act.act)}"
        yield ""
        yield f"> {escaped(str(act.say))}"
        yield ""
        if act.meanwhile:
            yield "**Until then:**"
            yield ""
        for id in act.meanwhile:
            precaution = self.rules.precautions[id]
            cited = ", ".join(self.links.citation(cite) for cite in precaution.cites)
            yield f"- {escaped(precaution.do)} ({cited})"
        if act.meanwhile:
            yield ""
        yield "**Come back if there is:**"
        yield ""
        yield from (f"- {escaped(line)}" for line in act.come_back_if)
        yield ""
        yield "**Where it comes from:**"
        yield ""
        by_level: dict[str, list[str]] = {}
        for rule in self.rules.rules_by_act[act.id]:
            by_level.setdefault(self.links.level(level_of(rule)), []).append(rule.id)
        for level, ids in by_level.items():
            yield f"- **Rules that lead to it, {level}:** {self.links.ids('rule', ids)}"
        yield f"- **Kind of help:** {escaped(route.name)}"
        yield f"- **Grade:** {act.grade}: {GRADES[act.grade]}"
        for cite in act.cites:
            yield f"- **Cites:** {self.sections.cited(cite)}"
        for each in act.allow:
            yield f"- **Allowed by `legtriage check`:** {code(each.code)}: {escaped(each.reason)}"
        yield f"- **Written in** {self.links.line(act.where)}"
        yield ""

    def _routes(self) -> Iterator[str]:
        yield "## Kinds of help"
        yield ""
        yield "The most urgent first. `{emergency}` and `{advice}` are the numbers of the country chosen."
        yield ""
        rows = (
            [escaped(route.name), escaped(str(route.go)), ", ".join(map(self.links.level, route.levels))]
            for route in self.rules.routes.values()
        )
        yield from table(["Kind of help", "How to get it", "Does for"], rows)

    def _numbers(self) -> Iterator[str]:
        yield "## Numbers by country"
        yield ""
        yield f"Where no country is chosen, the number is called *{escaped(self.rules.emergency_number)}*."
        yield ""
        rows = (
            [
                ", ".join([place.id, *place.members]),
                escaped(place.name),
                self._number(place.emergency),
                self._number(place.advice) if place.advice else "none is known",
            ]
            for place in self.rules.places.values()
        )
        yield from table(["Country", "Name", "Emergency", "Advice"], rows)

    def _number(self, number: Number) -> str:
        cited = ", ".join(self.links.citation(cite) for cite in number.cites)
        note = f" {escaped(number.note)}" if number.note else ""
        return f"**{escaped(number.number)}** ({cited}).{note}"

    def _sayings(self) -> Iterator[str]:
        yield "## How an answer is said"
        yield ""
        yield "In `{facts}` and `{unsure}`. What matters most stands first, for of many facts only the first"
        yield "few are said. What has no line here is said by the label of its question."
        yield ""
        rows = (
            [self.links.id("question", each.question), code(each.option), escaped(each.say)]
            for each in self.rules.sayings.values()
        )
        yield from table(["Question", "Answer", "Said"], rows)

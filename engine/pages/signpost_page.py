"""The page of what public pages tell people, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..audit.cases.signpost import PublicPage
from ..audit.cases.signpost_tally import Fared, fared, tally
from ..knowledge.levels import LEVELS
from ..writing.markdown import address, code, escaped, table
from .parts.anchors import page_named, stem
from .parts.book import Book, page_text
from .parts.links import Links

INTRODUCTION = """\
A signpost is what a public page tells people on when and where to seek care, in our words. Each stands as
a case: what somebody to whom it applies would answer, as a lay reader takes the page. The rules should
give at least the level that the page asks for; a calm signpost tells people not to hurry, and is raised
where the rules do more than send them to a routine appointment. Pages disagree, and none of this is
evidence of what is right: it shows where the rules tell people something else than what they can read
elsewhere. The rules that give a level may rest on other answers of the person than those that the page
names.
"""

SEEN = {
    "read": "read there",
    "second_hand": "second-hand: read on another page that repeats it, or known only through one",
}


def signpost_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The page: path and text."""
    page = page_named("signposts")
    lines = SignpostPage(book, book.links(page)).lines()
    yield page, page_text("What public pages tell people", "the worked cases", lines)


class SignpostPage:
    """Writes the page."""

    def __init__(self, book: Book, links: Links) -> None:
        self.links = links
        self.fared = fared(book.cases, book.rules)

    def lines(self) -> Iterator[str]:
        """All below the title."""
        yield from INTRODUCTION.splitlines()
        yield ""
        if not self.fared:
            yield "There is none here."
            return
        yield str(tally(self.fared))
        yield ""
        yield from self._summary()
        yield from self._section(
            "Below on purpose",
            "For a clinician: is each of these reasons good enough?",
            [(one, one.signpost.below or "") for one in self.fared if one.below_on_purpose],
            "None.",
        )
        yield from self._section(
            "Calm ones that are raised",
            "These pages tell people not to hurry, and we hurry them.",
            [(one, one.signpost.raised or "Not accepted yet.") for one in self.fared if one.raised],
            "None.",
        )
        yield from self._section(
            "Below, and not on purpose",
            "To be mended, or to be given a reason. The case fails until then.",
            [
                (one, one.signpost.broader or "")
                for one in self.fared
                if not one.signpost.calm and one.failing and not one.met
            ],
            "",
        )
        yield from self._pages()

    def _summary(self) -> Iterator[str]:
        pressing = [one for one in self.fared if not one.signpost.calm]
        rows = []
        for level in LEVELS:
            here = [one for one in pressing if one.signpost.asks == level]
            if here:
                below = sum(one.below_on_purpose for one in here)
                met = sum(one.met for one in here)
                counts = [f"{met} of {len(here)}", str(below), str(len(here) - met - below)]
                rows.append([self.links.level(level), *counts])
        yield from table(["Asks for at least", "Met", "Below on purpose", "Not met"], rows)
        calm = [one for one in self.fared if one.signpost.calm]
        rows = []
        for level in LEVELS:
            here = [one for one in calm if one.signpost.asks == level]
            if here:
                raised = sum(one.raised for one in here)
                rows.append([self.links.level(level), f"{len(here) - raised} of {len(here)}", str(raised)])
        if rows:
            yield from table(["Calm: enough is", "Not hurried", "Raised"], rows)

    def _section(
        self, title: str, lead: str, found: list[tuple[Fared, str]], otherwise: str
    ) -> Iterator[str]:
        if not found and not otherwise:
            return
        yield f"## {title}"
        yield ""
        if not found:
            yield otherwise
            yield ""
            return
        yield lead
        yield ""
        rows = (
            [
                f"{escaped(one.signpost.says)} ({escaped(one.signpost.page.name)})",
                f"{self.links.level(one.signpost.asks)} → {self.links.level(one.level)}",
                escaped(why),
            ]
            for one, why in found
        )
        yield from table(["It says", "Asks → given", "Why"], rows)

    def _pages(self) -> Iterator[str]:
        files: dict[str, dict[PublicPage, list[Fared]]] = {}
        for one in self.fared:
            pages = files.setdefault(stem(one.signpost.where), {})
            pages.setdefault(one.signpost.page, []).append(one)
        for name, pages in sorted(files.items()):
            yield f"## {escaped(name.replace('_', ' ').capitalize())}"
            yield ""
            for page, found in pages.items():
                yield f"### {escaped(page.name)}"
                yield ""
                yield f"{address(page.address)}, {escaped(page.country)} ({SEEN[page.seen]})."
                yield ""
                for one in found:
                    yield from self._signpost(one)
                yield ""

    def _signpost(self, one: Fared) -> Iterator[str]:
        signpost = one.signpost
        yield f"- {escaped(signpost.says)} ({self.links.line(signpost.where, code(signpost.id))})"
        most = ", at most" if signpost.calm else ""
        yield f"  - Asks for {self.links.level(signpost.asks)}{most}"
        rules = self._rules(rule.id for rule in one.rules)
        yield f"  - {_verdict(one)}: {self.links.level(one.level)}, by {rules}"
        for label, said in (
            ("Below on purpose", signpost.below),
            ("Raised on purpose", signpost.raised),
            ("Broader than what we ask", signpost.broader),
        ):
            if said:
                yield f"  - {label}: {escaped(said)}"

    def _rules(self, ids: Iterable[str]) -> str:
        return self.links.ids("rule", ids) or "no rule: nothing that the person says raises it"


def _verdict(one: Fared) -> str:
    if one.signpost.calm:
        return "Raised" if one.raised else "Kept to"
    return "Met" if one.met else "Below"

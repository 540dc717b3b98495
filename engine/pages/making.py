"""All generated pages as text, and how a folder of them differs from what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..audit.cases.case import Case
from ..knowledge.rule_base import RuleBase
from .act_page import act_pages
from .article_page import article_pages
from .cause_page import cause_pages
from .danger_pages import danger_pages
from .drawings.cause_drawings import cause_drawings
from .find_page import find_pages
from .language_page import language_pages
from .overview import overview_pages
from .pair_page import pair_pages
from .parts.book import GENERATED, Book
from .question_pages import question_pages, sign_pages
from .signpost_page import signpost_pages
from .source_page import source_pages

KINDS = (
    cause_pages,
    danger_pages,
    question_pages,
    sign_pages,
    source_pages,
    article_pages,
    pair_pages,
    signpost_pages,
    act_pages,
    overview_pages,
    find_pages,
    cause_drawings,
    language_pages,
)
"""What gives pages: their paths and texts, from the book."""


def pages(
    rules: RuleBase, cases: Iterable[Case] = (), *, root: str = "", to_rules: str = "../rules"
) -> dict[str, str]:
    """Every page by its path in the documentation's folder, sorted by path.

    `root` is the folder of the rule files as their places name it, `to_rules` the way to that
    folder from the documentation's.
    """
    book = Book(rules=rules, cases=tuple(cases), root=root, to_rules=to_rules)
    return dict(sorted(page for kind in KINDS for page in kind(book)))


HEAD = 500
"""Within so many characters a generated file says that it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The pages by path that are not as they should be, each list sorted."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    superfluous: tuple[str, ...]
    """Generated once, and no longer part of the pages."""
    foreign: tuple[str, ...]
    """In the place of a page, and not generated."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.superfluous or self.foreign)


def compare(wanted: Mapping[str, str], there: Mapping[str, str]) -> Freshness:
    """How the pages that are there differ from those wanted; what was not generated is left alone."""
    changed = [path for path, text in wanted.items() if path in there and there[path] != text]
    return Freshness(
        missing=tuple(sorted(wanted.keys() - there.keys())),
        stale=tuple(sorted(path for path in changed if _is_generated(there[path]))),
        superfluous=tuple(
            sorted(path for path in there if path not in wanted and _is_generated(there[path]))
        ),
        foreign=tuple(sorted(path for path in changed if not _is_generated(there[path]))),
    )


def _is_generated(text: str) -> bool:
    return GENERATED in text[:HEAD]

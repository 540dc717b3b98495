"""The pages of the documentation that are made from the rules, as text; nothing is read or written here.

Each module is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import (
        act_page,
        anchors,
        article_page,
        book,
        cause_drawings,
        cause_page,
        danger_pages,
        drawing,
        find_page,
        forest_plot,
        layers,
        links,
        lint_page,
        making,
        overview,
        pair_page,
        pathway_drawing,
        pathways,
        question_pages,
        readers,
        rule_section,
        sign_pages,
        signpost_page,
        source_page,
        wording,
    )

__all__ = [
    "act_page",
    "anchors",
    "article_page",
    "book",
    "cause_drawings",
    "cause_page",
    "danger_pages",
    "drawing",
    "find_page",
    "forest_plot",
    "layers",
    "links",
    "lint_page",
    "making",
    "overview",
    "pair_page",
    "pathway_drawing",
    "pathways",
    "question_pages",
    "readers",
    "rule_section",
    "sign_pages",
    "signpost_page",
    "source_page",
    "wording",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

"""Where each id has its home: the page, and the heading on it whose text is the id.

A heading is the anchor, for GitHub, GitLab and Sphinx (MyST with `myst_heading_anchors`) make the same
one of it; a tag of HTML or a target of MyST works in only one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, get_args

from ...errors import Location
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule, Shows, Weighs

Named = Literal[
    "rule", "question", "sign", "cause", "source", "statement", "consistency check", "pair", "level", "act"
]
"""What has a home: a thing with an id."""

FOLDER = "rules"
"""The folder of the generated pages, in that of the documentation."""


@dataclass(frozen=True, slots=True)
class Home:
    """A page, by its path in the documentation's folder, and an anchor on it; none for its top."""

    page: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


def slug(heading: str) -> str:
    """The anchor that a heading of this plain text gets."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def heading_of(kind: Named, id: str) -> str:
    """The plain text of the heading that is the id's anchor.

    It is the id itself. Only a sign is called so, as in conditions, for a rule may have the same id;
    and a statement is called as it is cited.
    """
    return {"sign": f"sign {id}", "statement": f"article {id}"}.get(kind, id)


def page_named(section: str, name: str = "") -> str:
    """The path of a page: `rules/causes/spinal_stenosis.md`, `rules/pairs.md`."""
    return "/".join([FOLDER, section, f"{name}.md"] if name else [FOLDER, f"{section}.md"])


def home(kind: Named, id: str, rules: RuleBase) -> Home:
    """The home of the id; a cause's or mimic's is a page of its own. KeyError for one that is unknown."""
    if kind == "cause":
        cause = rules.causes.get(id) or rules.mimics[id]
        return Home(page_named("causes" if id in rules.causes else "mimics", cause.id))
    return Home(_page(kind, id, rules), slug(heading_of(kind, id)))


def _page(kind: Named, id: str, rules: RuleBase) -> str:
    if kind == "rule":
        return page_of_rule(rules.rules[id], rules)
    if kind == "question":
        return page_named("questions", stem(rules.questions[id].where))
    if kind == "sign":
        return page_named("signs", stem(rules.signs[id].where))
    pages: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "source": ("sources", rules.sources),
        "statement": ("article", rules.statements),
        "consistency check": ("consistency", rules.consistency),
        "pair": ("pairs", rules.pairs),
        "act": ("acts", rules.acts),
        "level": ("urgency", {str(level): level for level in rules.urgencies}),
    }
    page, known = pages[kind]
    if id not in known:
        raise KeyError(id)
    return page_named(page)


def page_of_rule(rule: Rule, rules: RuleBase) -> str:
    """Where a rule stands: with its cause or mimic, its sign or, if it raises urgency, its file's danger."""
    if isinstance(rule.then, Weighs):
        return home("cause", rule.then.cause, rules).page
    if isinstance(rule.then, Shows):
        return home("sign", rule.then.sign, rules).page
    return page_named("dangers", stem(rule.where))


def stem(where: Location) -> str:
    """The name of the file, without folder and ending; what is no word in it becomes `_`."""
    return re.sub(r"\W", "_", PurePath(where.path).stem) or "rules"


def homes(rules: RuleBase) -> Mapping[tuple[Named, str], Home]:
    """The home of everything that has an id."""
    ids: Mapping[Named, Mapping[str, object]] = {
        "rule": rules.rules,
        "question": rules.questions,
        "sign": rules.signs,
        "cause": {**rules.causes, **rules.mimics},
        "source": rules.sources,
        "statement": rules.statements,
        "consistency check": rules.consistency,
        "pair": rules.pairs,
        "act": rules.acts,
        "level": {str(level): level for level in rules.urgencies},
    }
    assert ids.keys() == set(get_args(Named))
    return {(kind, id): home(kind, id, rules) for kind, found in ids.items() for id in found}

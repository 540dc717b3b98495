"""Links from one page to the homes of ids, and to the lines of the rule files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import PurePath, PurePosixPath

from ...errors import Location
from ...knowledge.levels import Level
from ...knowledge.rule_base import RuleBase
from ...knowledge.sources import Citation
from ...writing.markdown import code, escaped
from .anchors import Home, Named, home, page_named


class Links:
    """The links that stand on one page."""

    def __init__(self, page: str, rules: RuleBase, root: str = "", to_rules: str = "../rules") -> None:
        """`root` is the folder of the rule files by their places, `to_rules` the way to it from the docs."""
        self.page = page
        self.rules = rules
        self.root = root
        self.to_rules = to_rules
        self.up = "../" * (len(PurePosixPath(page).parts) - 1)

    def to(self, target: Home) -> str:
        """The address of a home as seen from this page."""
        if target.page == self.page:
            return f"#{target.anchor}" if target.anchor else PurePosixPath(target.page).name
        path = posixpath.relpath(f"/{target.page}", posixpath.dirname(f"/{self.page}"))
        return str(Home(path, target.anchor))

    def id(self, kind: Named, id: str) -> str:
        """The id as code, linked to its home."""
        return f"[{code(id)}]({self.to(home(kind, id, self.rules))})"

    def ids(self, kind: Named, ids: Iterable[str]) -> str:
        """The ids in a row."""
        return ", ".join(self.id(kind, id) for id in ids)

    def statement(self, id: str) -> str:
        """A statement of the article, as it is cited."""
        return f"[{code(f'article {id}')}]({self.to(home('statement', id, self.rules))})"

    def page_of(self, text: str, section: str, name: str = "", anchor: str = "") -> str:
        """The text, linked to a page: to its top, or to an anchor on it."""
        return f"[{text}]({self.to(Home(page_named(section, name), anchor))})"

    def cause(self, id: str) -> str:
        """The name of a cause or mimic, linked to its page."""
        cause = self.rules.causes.get(id) or self.rules.mimics[id]
        return f"[{escaped(cause.name)}]({self.to(home('cause', id, self.rules))})"

    def level(self, level: Level) -> str:
        """The name of a level of urgency, linked to its home."""
        name = self.rules.urgencies[level].name
        return f"[{escaped(name)}]({self.to(home('level', level, self.rules))})"

    def citation(self, cite: Citation) -> str:
        """What is cited, as it is written in the rule."""
        if cite.statement is None:
            return self.id("source", cite.source)
        return self.statement(cite.statement)

    def line(self, where: Location, text: str = "") -> str:
        """The text, or else file and line, linked to that line."""
        path = PurePath(where.path)
        inside = path.relative_to(self.root) if path.is_relative_to(self.root) else path.name
        name = PurePath(inside).as_posix()
        shown = text or code(f"rules/{name}") + f", line {where.line}"
        return f"[{shown}](<{self.up}{self.to_rules}/{_address(name)}#L{where.line}>)"


def _address(path: str) -> str:
    """The path as it may stand between `<` and `>`."""
    return "".join(f"%{ord(char):02X}" if char in '<>"\\%#? ' else char for char in path)

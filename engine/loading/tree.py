"""Text and Python values as one tree of nodes that know where they were written.

YAML is read from the parser's events and not through a loader, because a loader loses the
places, takes a duplicate key, follows an alias and turns a bare `no` into False. Here every
scalar stays the text that was written. JSON is read as the YAML that it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import InputError, Location, Problem

MAX_BYTES = 1_000_000
"""No file that legtriage reads may be larger."""

MAX_DEPTH = 16
"""Lists and mappings may nest no deeper; libyaml's own recursion would end the process first."""


class Scalar(NamedTuple):
    """One piece of text, as written."""

    text: str
    where: Location


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    where: Location


class Table(NamedTuple):
    """A mapping. Keys are unique: a second one is a problem, not an entry."""

    entries: tuple[tuple[Scalar, Node], ...]
    where: Location


Node = Scalar | Items | Table


class _Stop(Exception):
    """Reading cannot go on; the one problem is already noted."""


def read_bytes(path: Path | None) -> bytes:
    """The content of the file, or of standard input for None.

    It is cut one byte past the bound; `read_yaml` reports what is too large. Raises OSError.
    """
    if path is None:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def write_yaml(plain: Mapping[str, object]) -> str:
    """The mapping as block YAML, in its order; what is text there is read as the same text here."""
    import yaml

    return yaml.safe_dump(dict(plain), sort_keys=False, allow_unicode=True, width=10_000)


def read_yaml(data: bytes, path: str) -> tuple[Node | None, list[Problem]]:
    """The tree that `data` holds, and what is wrong with it as text.

    The tree is None where the text cannot be read at all, or is empty.
    """
    reader = _Reader(path)
    try:
        return reader.read(data), reader.problems
    except _Stop:
        return None, reader.problems


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def note(self, line: int, column: int, code: str, message: str) -> None:
        self.problems.append(Problem(Location(self.path, line, column), code, message))

    def read(self, data: bytes) -> Node:
        import yaml

        if len(data) > MAX_BYTES:
            self.note(1, 1, "Y003", f"the file is larger than {MAX_BYTES:,} bytes; split it")
            raise _Stop
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            right = error.object[: error.start].decode()  # what follows a byte order mark, if there is one
            self.note(*_end(right), "Y001", "not UTF-8; save the file as UTF-8")
            raise _Stop from None
        if text.lstrip().startswith("{"):  # JSON may be indented with tabs, which YAML refuses
            text = text.replace("\t", " ")
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        try:
            return self.build(yaml.parse(text, Loader=loader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            because = f" ({error.context})" if error.context else ""
            self.note(line, column, "Y002", f"not YAML: {error.problem}{because}")
            raise _Stop from None
        except yaml.reader.ReaderError as error:
            # libyaml counts the bytes before the character, PyYAML's own reader the characters.
            before = text[: error.position]
            if loader is not yaml.SafeLoader:
                before = text.encode()[: error.position].decode(errors="replace")
            self.note(*_end(before), "Y002", f"not YAML: {error.reason}; remove the character")
            raise _Stop from None
        except (ValueError, OverflowError):  # PyYAML's own reader, on an escape such as \UFFFFFFFF
            self.note(1, 1, "Y002", "not YAML: it holds an escape that names no character; remove it")
            raise _Stop from None

    def build(self, events: Iterable[Any]) -> Node:
        """The tree of the one document that the events hold, made as they come."""
        import yaml

        done: list[Node] = []
        """What has been closed at the top; a document holds one node."""
        open_parts: list[tuple[bool, Location, list[Node]]] = []
        """The mappings (True) and lists not closed yet, from the outside in, with what they hold."""
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Node = Scalar(event.value, self.place(event))
            elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
                if len(open_parts) == MAX_DEPTH:
                    self.note(*_start(event), "Y003", f"nested more than {MAX_DEPTH} deep; make it flatter")
                    raise _Stop
                open_parts.append((kind is yaml.MappingStartEvent, self.place(event), []))
                continue
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                is_mapping, where, parts = open_parts.pop()
                node = self.table(parts, where) if is_mapping else Items(tuple(parts), where)
            elif kind is yaml.AliasEvent:
                self.note(*_start(event), "Y005", f"alias `*{event.anchor}`; write the value out")
                node = Scalar("", Location(self.path, *_start(event)))
            elif kind is yaml.DocumentStartEvent and done:
                self.note(*_start(event), "Y002", "a second document; keep one in a file")
                raise _Stop
            else:
                continue
            (open_parts[-1][2] if open_parts else done).append(node)
        if not done or (isinstance(done[0], Scalar) and not done[0].text):
            self.note(1, 1, "Y004", "the file is empty; remove it, or write something in it")
            raise _Stop
        return done[0]

    def place(self, event: Any) -> Location:
        """Where the event's text starts; an anchor or a tag on it is a problem."""
        line, column = _start(event)
        if event.anchor is not None:
            self.note(line, column, "Y005", f"anchor `&{event.anchor}`; remove it")
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.note(line, column, "Y006", f"tag `{tag}`; remove it")
        return Location(self.path, line, column)

    def table(self, parts: list[Node], where: Location) -> Table:
        """The mapping of keys and values in turn."""
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(parts[::2], parts[1::2], strict=True):
            place = (key.where.line, key.where.column)
            if not isinstance(key, Scalar):
                self.note(*place, "Y007", "a key must be plain text")
            elif key.text in entries:
                line = entries[key.text][0].where.line
                self.note(*place, "Y008", f"key `{key.text}` is already in line {line}; keep one of the two")
            else:
                entries[key.text] = (key, value)
        return Table(tuple(entries.values()), where)


def _start(event: Any) -> tuple[int, int]:
    """Line and column, from 1, at which an event's text starts."""
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _end(text: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows the text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def from_python(value: object, path: str, depth: int = 0) -> Node:
    """The same tree from plain Python values: each scalar is its text, None is empty text.

    True and False become the texts `True` and `False`, which no question takes: a bare bool
    does not say which option is meant.
    """
    where = Location(path)
    if value is None:
        return Scalar("", where)
    if isinstance(value, (Mapping, Sequence, Set)) and not isinstance(value, (str, bytes)):
        if depth == MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep; make it flatter"
            raise InputError([Problem(where, "Y003", message)])
        if isinstance(value, Mapping):
            places = [(Scalar(str(key), Location(f"{path}.{key}")), item) for key, item in value.items()]
            entries = tuple((key, from_python(item, key.where.path, depth + 1)) for key, item in places)
            return Table(entries, where)
        items = sorted(value, key=str) if isinstance(value, Set) else value
        return Items(tuple(from_python(item, path, depth + 1) for item in items), where)
    try:
        return Scalar(str(value), where)
    except ValueError:  # Python writes out no whole number of more than 4,300 digits
        message = "a number too long to write out; give a shorter one"
        raise InputError([Problem(where, "Y003", message)]) from None

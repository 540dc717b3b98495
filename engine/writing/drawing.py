"""A drawing as a file of its own: its paper, its colours in light, in dark and in print, and its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, indent, tostring

from .markup import Inside, tag
from .stylesheet import COLOURS

LETTERS = 11
"""The size of most letters."""

TONES = 6
"""How many colours `way` lines have; they only help the eye to follow one."""

_STYLE = """
.paper { fill: var(--paper); stroke: var(--line); }
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-size: 11px; fill: var(--ink); }
.medium { font-size: 13px; } .quiet { fill: var(--soft); } .strong { font-weight: 700; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.over { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.line { fill: none; stroke: var(--soft); } .faint { stroke: var(--line); } .thick { stroke-width: 2.5; }
.dotted { stroke-dasharray: 2 3; } .dashed { stroke-dasharray: 6 3; }
.box { fill: var(--card); stroke: var(--soft); }
.hollow { fill: var(--paper); stroke-width: 1.5; }
.for { stroke: var(--for); } .against { stroke: var(--against); } .neither { stroke: var(--soft); }
.solid.for { fill: var(--for); } .solid.against { fill: var(--against); }
.solid.neither { fill: var(--soft); }
text.for { fill: var(--for); stroke: none; } text.against { fill: var(--against); stroke: none; }
.way { fill: none; stroke-width: 1.2; }
.tone0 { stroke: #4e79a7; } .tone1 { stroke: #b07aa1; } .tone2 { stroke: #8c7a4f; }
.tone3 { stroke: #4f9a94; } .tone4 { stroke: #c26a6a; } .tone5 { stroke: #7a7f87; }
"""


def drawing(title: str, says: str, width: float, height: float, inside: Iterable[Inside]) -> str:
    """The file: SVG with a title and, in `says`, what it shows."""
    whole = tag(
        "svg",
        tag("title", title, id="title"),
        tag("desc", says, id="desc"),
        tag("style", _STYLE),
        tag(
            "rect",
            class_="paper",
            x="0.5",
            y="0.5",
            width=number(width - 1),
            height=number(height - 1),
            rx="6",
        ),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby="title desc",
        width=number(width),
        height=number(height),
        viewBox=f"0 0 {number(width)} {number(height)}",
    )
    sheet = whole.find("style")
    assert sheet is not None
    sheet.text = f"{COLOURS}{_STYLE}"
    indent(whole)
    return f"{tostring(whole, encoding='unicode')}\n"


def number(value: float) -> str:
    """A length to a tenth, as short as it goes."""
    return f"{round(value, 1):g}"


def text(said: str, x: float, y: float, looks: str = "") -> Element:
    """A line of text; `y` is where its letters stand."""
    return tag("text", said, x=number(x), y=number(y), class_=looks)


def width_of(said: str, size: float = LETTERS) -> float:
    """About how wide a text is, rather too wide than too narrow: the reader's letters are not known."""
    return sum(0.36 if char in "iljtf.,:;'|!()-" else 0.62 for char in said) * size


def lines_of(id: str, width: float) -> list[str]:
    """An id in lines no wider than that, broken behind its hyphens and underscores where it can be."""
    lines = [""]
    for part in re.findall(r"[^-_ ]+[-_ ]?|[-_ ]", id):
        if lines[-1] and width_of(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]

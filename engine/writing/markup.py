"""HTML as a tree, so that a text can never become markup: nothing here is glued from strings."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from .lines import visible

Inside = Element | str | None
"""What an element holds: elements and texts; None is left out."""


def tag(name: str, /, *inside: Inside, **attributes: str) -> Element:
    """The element; `class_` and `aria_label` stand for `class` and `aria-label`."""
    made = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    fill(made, inside)
    return made


def fill(element: Element, inside: Iterable[Inside]) -> None:
    """Appends elements and texts; what does not print in a text is spelled out."""
    for each in inside:
        if isinstance(each, str):
            shown = _kept_ends(each)
            if len(element):
                element[-1].tail = (element[-1].tail or "") + shown
            else:
                element.text = (element.text or "") + shown
        elif each is not None:
            element.append(each)


def _kept_ends(text: str) -> str:
    """The text made visible, with a blank at either end where it had one."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{visible(text)}{after}"


def page(head: Iterable[Element], body: Element, style: str) -> str:
    """A whole document. `style` is the page's own sheet and goes in as it is: it may hold no `</`."""
    html = Element("html", {"lang": "en"})
    top = SubElement(html, "head")
    top.extend(head)
    SubElement(top, "style").text = style
    html.append(body)
    return f"<!doctype html>\n{tostring(html, encoding='unicode', method='html')}\n"

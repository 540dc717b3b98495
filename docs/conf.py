"""The site: the Markdown of this repository, so that every link leads where it leads on a code host.

Sphinx's source folder is the repository itself: pages link to the README above them and to lines of the
rule files, and such links must work in the site too. Two things are added to what the pages say: an index
page's links are its part of the table of contents, and each rule file has a page with its lines numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent

project = "legtriage"
html_title = "legtriage"
extensions = ["myst_parser"]
include_patterns = ["README.md", "CHANGELOG.md", "docs/**"]
exclude_patterns = [".*", "build", "dist"]
root_doc = "docs/index"
nitpicky = True
myst_heading_anchors = 6
myst_url_schemes = {
    "http": None,
    "https": None,
    "mailto": None,
    "listing": "{{path}}#{{fragment}}",  # see `_prepare`
}

html_theme = "furo"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["site.css"]
html_js_files = [("scroll.js", {"defer": "defer"}), ("find.js", {"defer": "defer"})]
html_extra_path = ["front"]  # the address of the site itself leads to its first page
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_show_copyright = False  # the LICENSE says it
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

_PAGE = re.compile(r"\]\((?!\.\./index\.md)([\w./-]+)\.md\)")
_LINE = re.compile(r"\]\(<?((?:\.\./)+rules/[\w/]+\.yaml)(?:#L(\d+))?>?\)")


def _prepare(app: Sphinx, docname: str, source: list[str]) -> None:
    """Adds to an index page the contents that it links to; leads a link to a rule file to its page."""
    text = _LINE.sub(lambda found: f"](listing:{found[1]}.html#L-{found[2] or 1})", source[0])
    if docname.endswith("index"):
        here = (ROOT / docname).parent
        pages = [page for page in dict.fromkeys(_PAGE.findall(text)) if _is_led_to_from(here, here / page)]
        text += "\n\n```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```\n"
    source[0] = text


def _is_led_to_from(here: Path, page: Path) -> bool:
    """Whether the page is for this folder's index to list: it is, unless its own folder has an index."""
    return page.parent == here or page.name == "index" or not (page.parent / "index.md").exists()


def _rule_files(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each rule file, its lines numbered from `L-1`."""
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = app.builder.highlighter.highlight_block(  # type: ignore[attr-defined]
            text, "yaml", linenos="inline", lineanchors="L", wrapcode=True
        )
        yield name, {"title": name, "body": f"<h1>{escape(name)}</h1>{lines}"}, "page.html"


def setup(app: Sphinx) -> None:
    """What Sphinx calls."""
    app.connect("source-read", _prepare)
    app.connect("html-collect-pages", _rule_files)

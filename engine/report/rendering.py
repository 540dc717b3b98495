"""The result in each of its forms: text, Markdown, HTML, JSON."""

from __future__ import annotations

from typing import Literal, get_args

from ..knowledge.rule_base import RuleBase
from ..result.assessment import Assessment
from ..result.consultation import Consultation, consultation_of
from ..writing.lines import Line

Format = Literal["text", "markdown", "html", "json"]

FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    result: Assessment | Consultation,
    format: Format = "text",
    rules: RuleBase | None = None,
    *,
    full: bool = False,
    width: int = 80,
    saved: str | None = None,
) -> str:
    """The result, or that of a consultation, as a document that ends with a line break.

    The text is short, or the whole if `full`, in lines of `width` columns, and names the file that
    holds the answers (`saved`), if there is one; the other forms are
    always whole. Markdown and HTML spell out the answers and the rules that fired by `rules`, the
    shipped ones where none are given. Raises RulesError where these did not make the result, and
    ValueError for another format.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format `{format}`; one of {', '.join(FORMATS)}")
    if isinstance(result, Consultation):
        visit, result = result, result.assessment
    else:
        visit = None
    if format == "text":
        return "".join(f"{line.text}\n" for line in text_lines(result, full=full, width=width, saved=saved))
    if format == "json":
        import json

        return json.dumps(result.to_dict(), indent=2, ensure_ascii=False) + "\n"
    from .details import details  # what only these two need

    known = details(visit or consultation_of(result, rules))
    if format == "markdown":
        from .markdown_report import markdown

        return markdown(result, known)
    from .html_report import html

    return html(result, known)


def text_lines(
    result: Assessment, *, full: bool = False, width: int = 80, saved: str | None = None
) -> list[Line]:
    """The text in lines that a terminal may colour; `saved` is the file that holds the answers, if any."""
    if full:
        from .full_text import report

        return report(result, width)
    from .short_text import summary

    return summary(result, width, saved)

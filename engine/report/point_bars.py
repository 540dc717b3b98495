"""A cause's points as a bar: for it to the right of nought, against it to the left."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..result.assessment import Assessment
from ..result.ranking import RankedCause
from ..writing.markup import tag

HEIGHT = 10


def _sums(cause: RankedCause) -> tuple[int, int, int]:
    """What counts from how common it is, for it and against it; the three add up to its points."""
    counted = [each.points for each in (*cause.for_, *cause.against) if each.counted]
    return (
        cause.base_points,
        sum(points for points in counted if points > 0),
        sum(points for points in counted if points < 0),
    )


def scale(result: Assessment) -> tuple[int, int]:
    """How far the bars of all causes reach to the left (0 or less) and to the right, in points."""
    sums = [_sums(cause) for cause in result.causes]
    left = min(against + min(common, 0) for common, _, against in sums)
    return left, max([1, *(common + found for common, found, _ in sums)])


def bar(cause: RankedCause, far: tuple[int, int]) -> Element:
    """The bar and its text; `far` is the `scale` of the result."""
    common, found, against = _sums(cause)
    left, right = far
    says = f"{common} for how common it is, {found} for, {-against} against: {cause.points} in all"
    start = max(common, 0)
    parts = [
        _piece("ground", left, right),
        _piece("common", min(common, 0), start),
        _piece("for", start, start + found),
        _piece("against", min(common, 0) + against, min(common, 0)),
        tag("line", class_="zero", x1="0", x2="0", y1="0", y2=str(HEIGHT)),
    ]
    drawn = tag(
        "svg",
        *parts,
        class_="bar",
        viewBox=f"{left} 0 {right - left} {HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )
    return tag("div", drawn, tag("p", says, class_="quiet"))


def _piece(name: str, start: int, end: int) -> Element:
    return tag("rect", class_=name, x=str(start), y="0", width=str(end - start), height=str(HEIGHT))


def key() -> Element:
    """What the pieces of the bars mean."""
    names = {"against": "against, to the left", "common": "how common it is", "for": "for, to the right"}
    return tag(
        "ul",
        *(tag("li", _swatch(name), text) for name, text in names.items()),
        class_="key quiet",
    )


def _swatch(name: str) -> Element:
    square = tag("rect", class_=name, x="0", y="0", width="10", height="10")
    return tag("svg", square, viewBox="0 0 10 10", aria_hidden="true", focusable="false")

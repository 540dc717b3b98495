"""Where the boxes of a layered drawing stand, so that few lines cross: after Sugiyama, Tagawa and Toda 1981.

Boxes stand in columns; a line leads from a box to one in a later column. A line that passes columns goes
through a way point in each, and the lines of one box share their way points, as wires share a duct.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 12
"""How often the columns are put in order from the left and from the right; the best order is kept."""

DUCT_WEIGHT = 4
"""How much more a way point heeds the next of its own box than another's."""

Spot = tuple[str, int]
"""A box, or one of its way points: the box, and the column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything stands; the vertical unit is that of the heights given."""

    columns: tuple[tuple[Spot, ...], ...]
    """The boxes and way points of each column, from the top."""
    centre: Mapping[Spot, float]
    """How far down the middle of each stands; 0 is the top of the highest."""
    lines: tuple[tuple[Spot, Spot], ...]
    """Each from a column to the next, sorted."""
    height: float


def layout(
    columns: Sequence[Sequence[str]],
    lines: Iterable[tuple[str, str]],
    heights: Mapping[str, float],
    *,
    gap: float,
    duct: float,
    blocks: Mapping[str, int],
) -> Layout:
    """The columns put in order and set out. A box in `blocks` stays above those with higher numbers.

    `gap` is the least room between two boxes, `duct` the room of a way point.
    """
    level = {box: number for number, column in enumerate(columns) for box in column}
    found: set[tuple[Spot, Spot]] = set()
    for start, end in lines:
        way = [(start, number) for number in range(level[start], level[end])]
        found |= set(zip(way, [*way[1:], (end, level[end])], strict=True))
    points: list[list[Spot]] = [[(box, number) for box in column] for number, column in enumerate(columns)]
    for spot in sorted({end for _, end in found if level[end[0]] != end[1]}):
        points[spot[1]].append(spot)
    order = _in_order(points, sorted(found), {(box, level[box]): number for box, number in blocks.items()})
    room = {
        spot: heights[spot[0]] + gap if level[spot[0]] == spot[1] else duct for col in order for spot in col
    }
    centre = _set_out(order, found, room)
    top = min(centre[spot] - room[spot] / 2 for spot in room)
    bottom = max(centre[spot] + room[spot] / 2 for spot in room)
    return Layout(
        columns=tuple(map(tuple, order)),
        centre={spot: down - top for spot, down in centre.items()},
        lines=tuple(sorted(found)),
        height=bottom - top,
    )


def _neighbours(
    lines: Iterable[tuple[Spot, Spot]],
) -> tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]]:
    before: dict[Spot, list[Spot]] = {}
    after: dict[Spot, list[Spot]] = {}
    for start, end in lines:
        after.setdefault(start, []).append(end)
        before.setdefault(end, []).append(start)
    return before, after


def _in_order(
    columns: list[list[Spot]], lines: list[tuple[Spot, Spot]], blocks: Mapping[Spot, int]
) -> list[list[Spot]]:
    """The columns in the order of the fewest crossings that the sweeps came upon."""
    before, after = _neighbours(lines)
    columns = [sorted(column, key=lambda spot: blocks.get(spot, 0)) for column in columns]
    best, fewest = columns, _crossings(columns, after)
    for sweep in range(SWEEPS):
        rightwards = sweep % 2 == 0
        beside = before if rightwards else after
        columns = [list(column) for column in columns]
        for number in range(len(columns)) if rightwards else reversed(range(len(columns))):
            at = {spot: place for column in columns for place, spot in enumerate(column)}
            columns[number].sort(key=lambda spot: (blocks.get(spot, 0), _mean(spot, beside, at)))
        _exchange(columns, before, after, blocks)
        crossings = _crossings(columns, after)
        if crossings < fewest:
            best, fewest = columns, crossings
    return best


def _mean(spot: Spot, beside: Mapping[Spot, list[Spot]], at: Mapping[Spot, int]) -> float:
    """The mean place of its neighbours; without any it stays where it is."""
    found = [at[each] for each in beside.get(spot, ())]
    return sum(found) / len(found) if found else at[spot]


def _exchange(
    columns: list[list[Spot]],
    before: Mapping[Spot, list[Spot]],
    after: Mapping[Spot, list[Spot]],
    blocks: Mapping[Spot, int],
) -> None:
    """Exchanges two that stand together wherever that leaves fewer crossings, until none is left."""
    at = {spot: place for column in columns for place, spot in enumerate(column)}

    def crossed(upper: Spot, lower: Spot) -> int:
        return sum(
            at[one] > at[other]
            for beside in (before, after)
            for one in beside.get(upper, ())
            for other in beside.get(lower, ())
        )

    better = True
    while better:
        better = False
        for column in columns:
            for place in range(len(column) - 1):
                upper, lower = column[place], column[place + 1]
                if blocks.get(upper, 0) == blocks.get(lower, 0) and crossed(upper, lower) > crossed(
                    lower, upper
                ):
                    column[place], column[place + 1] = lower, upper
                    at[upper], at[lower] = place + 1, place
                    better = True


def _crossings(columns: list[list[Spot]], after: Mapping[Spot, list[Spot]]) -> int:
    """How many pairs of lines cross."""
    at = {spot: place for column in columns for place, spot in enumerate(column)}
    crossings = 0
    for column in columns:
        ends = [sorted(at[end] for end in after.get(spot, ())) for spot in column]
        seen: list[int] = []
        for each in ends:
            crossings += sum(one > other for one in seen for other in each)
            seen += each
    return crossings


def _set_out(
    columns: list[list[Spot]], lines: Iterable[tuple[Spot, Spot]], room: Mapping[Spot, float]
) -> dict[Spot, float]:
    """How far down each stands: near the mean of its neighbours, in order, and none upon another."""
    before, after = _neighbours(sorted(lines))
    centre: dict[Spot, float] = {}
    tallest = max(sum(room[spot] for spot in column) for column in columns)
    for column in columns:
        down = (tallest - sum(room[spot] for spot in column)) / 2
        for spot in column:
            centre[spot] = down + room[spot] / 2
            down += room[spot]

    def wish(spot: Spot) -> float:
        """The mean of its neighbours; what it shares a duct with counts for many, to keep that straight."""
        beside = [*before.get(spot, ()), *after.get(spot, ())]
        weights = [DUCT_WEIGHT if each[0] == spot[0] else 1 for each in beside]
        found = sum(weight * centre[each] for weight, each in zip(weights, beside, strict=True))
        return found / sum(weights) if beside else centre[spot]

    for sweep in range(2 * SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            wished = [wish(spot) for spot in column]
            centre.update(zip(column, _apart(wished, [room[spot] for spot in column]), strict=True))
    return centre


def _apart(wished: list[float], room: list[float]) -> list[float]:
    """The places nearest to those wished, by least squares, that keep their order and their room.

    Measured from where each would stand if all stood close, keeping apart is not descending: that is
    the regression that pooling adjacent violators solves (Ayer and others 1955).
    """
    close = []
    down = 0.0
    for each in room:
        close.append(down + each / 2)
        down += each
    pools: list[tuple[float, int]] = []
    for wish, base in zip(wished, close, strict=True):
        pools.append((wish - base, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (upper, above), (lower, below) = pools[-2:]
            pools[-2:] = [((upper * above + lower * below) / (above + below), above + below)]
    level = [mean for mean, size in pools for _ in range(size)]
    return [base + each for base, each in zip(close, level, strict=True)]

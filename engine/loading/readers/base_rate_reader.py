"""Reads how common each cause is, and for whom they are ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from ...knowledge.causes import Band, BaseRate, BaseRates, Ranking
from ...knowledge.conditions import Condition
from ..record import Record
from ..sections import Sections
from .condition_reader import ConditionReader


class BaseRateReader:
    """Reads the sections `base_rates` and `ranking`."""

    def __init__(self, sections: Sections, conditions: ConditionReader) -> None:
        self.sections = sections
        self.conditions = conditions

    def base_rates(self, causes: Iterable[str]) -> BaseRates | None:
        """The base rates, one for each of these causes; None where they cannot be read."""
        record = self.sections.single("base_rates", "bands", "rates", "points", "cites", "note")
        if record is None:
            return None
        bands = []
        for band in self.sections.distinct(record["bands"], "id", "text", "when"):
            when = self.conditions.read(band["when"])
            if when is not None:
                bands.append(Band(id=band["id"], text=band["text"], when=when, where=band.where))
        columns = {"adults", *(band["id"] for band in record["bands"] if band.has("id"))}
        rates: dict[str, BaseRate] = {}
        for rate in record["rates"]:
            if not rate.has("cause", "percent", "confidence"):
                continue
            cause = self.sections.reference(rate["cause"], self.sections.defined["causes"], "R010", "cause")
            if set(rate["percent"]) != columns:
                self.sections.note(
                    rate.place("percent"), "R026", f"give percent for {', '.join(sorted(columns))}, each once"
                )
            elif cause in rates:
                self.sections.note(
                    rate.place("cause"), "R005", f"`{cause}` has a base rate already; keep one of the two"
                )
            elif cause is not None:
                rates[cause] = BaseRate(
                    cause=cause,
                    percent=rate["percent"],
                    lifts=tuple(self._lifts(rate)),
                    confidence=rate["confidence"],
                    where=rate.where,
                )
        rated = {rate["cause"].text for rate in record["rates"] if rate.has("cause")}
        for cause in causes:
            if cause not in rated:
                self.sections.note(record.place("rates"), "R026", f"`{cause}` has no base rate; add one")
        self._columns_add_up(record, sorted(columns))
        return BaseRates(
            bands=tuple(bands),
            rates=rates,
            points=self._steps(record),
            cites=self.sections.citations(record),
            note=record["note"],
        )

    def ranking(self) -> Ranking | None:
        """For whom the causes are ranked; None where that is everyone, or cannot be read."""
        if not self.sections["ranking"]:
            return None
        record = self.sections.single("ranking", "ranked_when", "because", "cites")
        when = None if record is None else self.conditions.read(record["ranked_when"])
        if record is None or when is None:
            return None
        if not record["cites"]:
            message = "a ranking cites at least one source; add one"
            self.sections.note(record.place("cites"), "R011", message)
        return Ranking(
            when=when, because=record["because"], cites=self.sections.citations(record), where=record.where
        )

    def _lifts(self, rate: Record) -> Iterator[tuple[Condition, Decimal]]:
        for lift in rate.get("lifts", []):
            when = self.conditions.read(lift["when"]) if lift.has("when", "percent") else None
            if when is not None:
                yield when, lift["percent"]

    def _columns_add_up(self, record: Record, columns: list[str]) -> None:
        """Notes a column of more than 100 percent: people are counted under one cause each."""
        for column in columns:
            percents = [rate["percent"].get(column, 0) for rate in record["rates"] if rate.has("percent")]
            if sum(percents) > 100:
                message = f"`{column}` adds up to {sum(percents)} percent; a column holds 100 at most"
                self.sections.note(record.place("rates"), "R026", message)

    def _steps(self, record: Record) -> tuple[tuple[Decimal, int], ...]:
        """The points by percent, highest first; both must rise together."""
        found = [step for step in record["points"] if step.has("from_percent", "points")]
        steps = sorted(((step["from_percent"], step["points"]) for step in found), reverse=True)
        where = record.place("points")
        if not steps or steps[-1][0] != 0:
            self.sections.note(where, "R026", "the lowest step starts at `from_percent: 0`")
        if any(upper[0] == lower[0] or upper[1] <= lower[1] for upper, lower in pairwise(steps)):
            self.sections.note(where, "R026", "percent and points must rise together, step by step")
        return tuple(steps)

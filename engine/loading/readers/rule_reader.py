"""Reads rules: their conclusions, weights and grades."""

from __future__ import annotations

from ...knowledge.rules import Conclusion, LikelihoodRatio, Raises, Rule, Shows, Weighs
from ...knowledge.sources import Citation
from ..record import Record
from ..sections import Sections
from .condition_reader import ConditionReader


class RuleReader:
    """Reads the section `rules`."""

    def __init__(self, sections: Sections, conditions: ConditionReader) -> None:
        self.sections = sections
        self.conditions = conditions

    def rules(self) -> dict[str, Rule]:
        """The right rules by id, sorted."""
        found = {record["id"]: self._rule(record) for record in self.sections.unique("rules", "id")}
        return {id: rule for id, rule in sorted(found.items()) if rule is not None}

    def _rule(self, record: Record) -> Rule | None:
        then = self._conclusion(record)
        cites = self.sections.citations(record)
        when = self.conditions.read(record["when"]) if record.has("when") else None
        self._check_grade(record, then, cites)
        act = self._act(record)
        if then is None or when is None or not record.has("because", "cites", "grade"):
            return None
        return Rule(
            id=record["id"],
            when=when,
            then=then,
            because=record["because"],
            cites=cites,
            grade=record["grade"],
            sign_off=record.get("sign_off"),
            act=act,
            allow=record.get("allow", ()),
            where=record.where,
        )

    def _act(self, record: Record) -> str | None:
        if "act" in record.places and "urgency" not in record.places:
            self.sections.note(record.place("act"), "R042", "`act` goes with `urgency` only; remove it")
        if not record.has("act"):
            return None
        return self.sections.reference(record["act"], self.sections.defined["acts"], "R043", "act")

    def _conclusion(self, record: Record) -> Conclusion | None:
        kinds = ("sign", "supports", "opposes", "urgency")
        given = [kind for kind in kinds if kind in record.places]
        if len(given) != 1:
            has = f"has {' and '.join(given)}" if given else "concludes nothing"
            self.sections.note(record.where, "R028", f"this rule {has}; write one of {', '.join(kinds)}")
            return None
        kind = given[0]
        weighs = kind in ("supports", "opposes")
        for key in ("likelihood_ratio", "strength", "group"):
            if key in record.places and not weighs:
                self.sections.note(
                    record.place(key), "R018", f"`{key}` goes with `supports` or `opposes` only"
                )
        if not record.has(kind):
            return None
        if kind == "urgency":
            return Raises(urgency=record["urgency"])
        if kind == "sign":
            sign = self.sections.reference(record["sign"], self.sections.defined["signs"], "R015", "sign")
            return Shows(sign=sign) if sign else None
        causes = self.sections.defined["causes"] | self.sections.defined["mimics"]
        cause = self.sections.reference(record[kind], causes, "R010", "cause")
        ratio = self._weight(record, supports=kind == "supports")
        if "group" not in record.places:
            self.sections.note(
                record.where, "R002", "this rule lacks `group`: findings that say the same thing share one"
            )
        if cause is None or not record.has("group") or (ratio is None and not record.has("strength")):
            return None
        return Weighs(
            cause=cause,
            supports=kind == "supports",
            likelihood_ratio=ratio,
            strength=record.get("strength"),
            group=record["group"],
        )

    def _weight(self, record: Record, *, supports: bool) -> LikelihoodRatio | None:
        if ("likelihood_ratio" in record.places) == ("strength" in record.places):
            message = "give the weight once: `likelihood_ratio` where one was measured, else `strength`"
            self.sections.note(record.where, "R018", message)
        if not record.has("likelihood_ratio") or not record["likelihood_ratio"].has("value", "among"):
            return None
        parts = record["likelihood_ratio"]
        value, low, high = parts["value"], parts.get("low"), parts.get("high")
        below = [key for key in ("value", "low", "high") if parts.has(key) and parts[key] <= 0]
        for key in below:
            self.sections.note(
                parts.place(key), "R017", f"`{parts[key]}` is no likelihood ratio; one is above 0"
            )
        if below:
            return None
        if ("low" in parts.places) != ("high" in parts.places):
            self.sections.note(
                parts.where, "R017", "give both ends of the interval, `low` and `high`, or neither"
            )
            return None
        if low is not None and high is not None and not low <= value <= high:
            message = f"`{value}` does not lie in {low} to {high}; check the interval"
            self.sections.note(parts.place("value"), "R017", message)
            return None
        if (value < 1) if supports else (value > 1):
            verb, side, other = (
                ("supports", "above", "opposes") if supports else ("opposes", "below", "supports")
            )
            message = (
                f"`{value}` is not {side} 1, as a ratio that {verb} is; write `{other}`, or check the ratio"
            )
            self.sections.note(parts.place("value"), "R018", message)
        return LikelihoodRatio(
            value=value, low=low, high=high, among=parts["among"], derived=parts.get("derived", False)
        )

    def _check_grade(self, record: Record, then: Conclusion | None, cites: tuple[Citation, ...]) -> None:
        measured = isinstance(then, Weighs) and then.likelihood_ratio is not None
        if record.has("grade", "cites") and then and measured != (record["grade"] == "measured"):
            message = "`measured` goes with a likelihood ratio, and a likelihood ratio with `measured`"
            self.sections.note(record.place("grade"), "R019", message)
        else:
            self.sections.check_grade(record, cites, "rule")

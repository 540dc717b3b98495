"""The numbers of the country that was named."""

from __future__ import annotations

from ...errors import Location, Problem, RulesError
from ...knowledge.acts import Place
from ...knowledge.rule_base import RuleBase
from ..assessment import Numbers


def place_of(country: str, rules: RuleBase, named: str = "country") -> Place:
    """The place that a country's two letters name.

    Raises RulesError, which lists the countries known; `named` says what named the country.
    """
    wanted = country.strip().upper()
    found = known_countries(rules).get(wanted)
    if found is None:
        known = ", ".join(known_countries(rules)) or "none"
        message = f"no numbers are known for the country `{country}`; those known are {known}"
        raise RulesError([Problem(Location(named), "R044", message)])
    return found


def known_countries(rules: RuleBase) -> dict[str, Place]:
    """The place of every country for which numbers are known, by the country's two letters, sorted."""
    found = {country: place for place in rules.places.values() for country in (place.id, *place.members)}
    return dict(sorted(found.items()))


def country_of_locale(locale: str, rules: RuleBase) -> str | None:
    """The country that a locale such as `en_GB.UTF-8` names; None where it does not tell who is where."""
    _, line, rest = locale.partition("_")
    country = rest[:2].upper()
    place = known_countries(rules).get(country)
    if not line or place is None or rest[2:3].isalnum():
        return None
    return country if place.by_locale else None


def numbers_of(rules: RuleBase, country: str | None = None, chosen_by: str | None = None) -> Numbers:
    """The numbers to call. Raises RulesError for a country that is not known."""
    if country is None:
        return Numbers(
            country=None,
            name=None,
            chosen_by=None,
            emergency=rules.emergency_number,
            advice=None,
            cites=(),
            notes=(),
        )
    place = place_of(country, rules, chosen_by or "country")
    cites = dict.fromkeys(str(cite) for number in place.numbers for cite in number.cites)
    return Numbers(
        country=country.strip().upper(),
        name=place.name,
        chosen_by=chosen_by,
        emergency=place.emergency.number,
        advice=place.advice.number if place.advice else None,
        cites=tuple(cites),
        notes=tuple(number.note for number in place.numbers if number.note),
    )

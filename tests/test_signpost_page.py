"""The page of what public pages tell people: what is asked, what is given, and by which rule."""

from __future__ import annotations

import functools
from pathlib import Path

from engine.audit.cases.case import read_cases
from engine.loading.loader import read_rules
from engine.pages.making import pages

BASE = Path(__file__).parent / "bad" / "base.yaml"
PAGE = "rules/signposts.md"

BY_NIGHT = "[`night-is-urgent`](dangers/base.md#night-is-urgent)"
SIGNPOSTS = b"""\
signpost_base: {title: Someone, answers: {side: left, worse_at_night: no}}
signposts:
  - page: Legs <b>today</b>
    address: https://example.org/legs
    country: Nowhere
    seen: read
    tells:
      - {id: met, says: Come if it is worse at night., asks: urgent, answers: {worse_at_night: yes}}
      - id: meant
        says: Run if it is worse at night.
        asks: emergency
        below: A night can wait.
        answers: {worse_at_night: yes}
      - {id: unmet, says: Run with any leg., asks: emergency, broader: We ask which one., answers: {}}
      - {id: kept, says: Wait., asks: routine, calm: yes, answers: {}}
      - id: raised
        says: Wait at night.
        asks: routine
        calm: yes
        raised: Nights matter.
        answers: {worse_at_night: yes}
"""


@functools.cache
def text_of(signposts: bytes = SIGNPOSTS) -> str:
    """The page as the small rule base makes it of these signposts."""
    rules = read_rules({"base.yaml": BASE.read_bytes()})
    cases = read_cases({"cases/on_legs.yaml": signposts}, rules) if signposts else ()
    return pages(rules, cases)[PAGE]


def section(title: str) -> list[str]:
    """The lines below the heading, up to the next one."""
    _, _, after = text_of().partition(f"## {title}\n")
    assert after, title
    return [line for line in after.partition("\n#")[0].splitlines() if line]


def test_a_summary_by_the_level_asked() -> None:
    text = text_of()
    assert "Of 3 signposts, 1 are met and 1 below on purpose; of 2 calm ones, 1 are raised." in text
    assert "| [Now](urgency.md#emergency) | 0 of 2 | 1 | 1 |" in text
    assert "| [Soon](urgency.md#urgent) | 1 of 1 | 0 | 0 |" in text
    assert "| [Sometime](urgency.md#routine) | 1 of 2 | 1 |" in text


def test_what_stays_below_stands_with_its_reason_and_what_only_fails_apart_from_it() -> None:
    [row] = section("Below on purpose")[3:]
    assert row.startswith("| Run if it is worse at night. ")
    assert row.endswith("| [Now](urgency.md#emergency) → [Today](urgency.md#same_day) | A night can wait. |")
    [row] = section("Below, and not on purpose")[3:]
    assert row.startswith("| Run with any leg. ")
    assert row.endswith(
        "| [Now](urgency.md#emergency) → [Sometime](urgency.md#routine) | We ask which one. |"
    )


def test_a_calm_one_that_is_raised_stands_with_its_reason() -> None:
    [row] = section("Calm ones that are raised")[3:]
    assert row.startswith("| Wait at night. ")
    assert row.endswith("| [Sometime](urgency.md#routine) → [Today](urgency.md#same_day) | Nights matter. |")


def test_every_statement_stands_with_its_page_its_levels_and_the_rules_that_give_them() -> None:
    [origin, *lines] = section(r"Legs \<b\>today\</b\>")
    assert origin == "<https://example.org/legs>, Nowhere (read there)."
    items = "\n".join(lines).split("\n- ")
    assert [item.splitlines()[1:] for item in items[:3]] == [
        [
            "  - Asks for [Soon](urgency.md#urgent)",
            f"  - Met: [Today](urgency.md#same_day), by {BY_NIGHT}",
        ],
        [
            "  - Asks for [Now](urgency.md#emergency)",
            f"  - Below: [Today](urgency.md#same_day), by {BY_NIGHT}",
            "  - Below on purpose: A night can wait.",
        ],
        [
            "  - Asks for [Now](urgency.md#emergency)",
            "  - Below: [Sometime](urgency.md#routine), by no rule: nothing that the person says raises it",
            "  - Broader than what we ask: We ask which one.",
        ],
    ]
    assert "on_legs.yaml#L8>" in items[0]
    assert [item.splitlines()[2].partition(":")[0] for item in items[3:]] == ["  - Kept to", "  - Raised"]


def test_without_signposts_the_page_says_so() -> None:
    assert text_of(b"").rstrip().endswith("There is none here.")

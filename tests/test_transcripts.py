"""The page of interviews is what interviews are, and they end well before everything is asked."""

from __future__ import annotations

import pytest
from transcripts import COUNTED, PAGE, page, walk


@pytest.mark.skipif(not PAGE.exists(), reason="the page is not beside the tests")
def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make interviews` and look at what changed"


@pytest.mark.parametrize("case", COUNTED.values())
def test_an_interview_is_settled_well_before_everything_is_asked(case: str) -> None:
    short, usual, everything = (len(list(walk(case, length))) for length in ("short", "usual", "all"))
    assert short <= usual <= 0.85 * everything

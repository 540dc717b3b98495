"""A consultation works out once what follows from answers, and gives everyone the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shipped

from engine import RuleBase, assess, consult, explain, render, turning_points, what_if, why_not
from engine.loading.loader import read_rules

ANSWERS = {"age_years": 71, "symptom_side": "both", "bend_forward_relief": "yes", "saddle_numbness": "unsure"}

ASKED: dict[str, Callable[[Any], object]] = {
    "assess": lambda given: assess(given),
    "explain": lambda given: explain(given, urgency=True),
    "why_not": lambda given: why_not("herniated_disc", given),
    "what_if": lambda given: what_if(given, {"bend_forward_relief": "no"}),
    "turning_points": lambda given: turning_points(given),
}


@pytest.fixture
def small() -> RuleBase:
    """Other rules than those shipped."""
    return read_rules({"base.yaml": (Path(__file__).parent / "bad" / "base.yaml").read_bytes()})


@pytest.mark.parametrize("asked", ASKED)
def test_it_gives_what_the_answers_give(asked: str) -> None:
    assert ASKED[asked](consult(ANSWERS)) == ASKED[asked](ANSWERS)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_it_is_rendered_like_its_result(form: Any) -> None:
    assert render(consult(ANSWERS), form) == render(assess(ANSWERS), form)


def test_the_rules_are_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("engine.result.consultation.Outlook", "engine.result.consultation._assessment"):
        module, _, attribute = name.rpartition(".")
        real = getattr(__import__(module, fromlist=[attribute]), attribute)

        def counted(*args: Any, real: Any = real, attribute: str = attribute) -> Any:
            calls.append(attribute)
            return real(*args)

        monkeypatch.setattr(name, counted)
    visit = consult(ANSWERS, shipped.rules())
    for ask in ASKED.values():
        if ask is not ASKED["what_if"]:  # which is about another person too
            ask(visit)
    render(visit, "html")
    assert calls == ["Outlook", "_assessment"]


def test_what_it_was_not_begun_with_is_refused_and_not_passed_over(small: RuleBase) -> None:
    visit = consult(ANSWERS)
    for ask in (
        lambda: consult(visit, small),
        lambda: consult(visit, engine="experta"),
        lambda: assess(visit, engine="both"),
        lambda: assess(visit, country="GB"),
    ):
        with pytest.raises(ValueError, match="give it alone"):
            ask()
    assert consult(visit, visit.rules) is visit


def test_both_engines_stay_both() -> None:
    visit = consult(ANSWERS, engine="both")
    assert consult(visit, engine="both") is visit
    assert visit.inference.firings

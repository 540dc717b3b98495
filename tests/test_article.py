"""The article is accounted for, statement by statement."""

from __future__ import annotations

from pathlib import Path

import pytest
import shipped

from engine.loading.article import fingerprint, verify_article

ARTICLE = Path(__file__).parents[2] / "shared" / "article.txt"


def statements(kind: str) -> list[str]:
    return [statement.id for statement in shipped.rules().statements.values() if statement.kind == kind]


def test_the_symptoms_and_treatments_are_all_there() -> None:
    assert len(statements("symptom")) == 14
    assert len(statements("treatment")) == 16


def test_every_symptom_is_read_by_a_rule() -> None:
    cited = {
        cite.statement
        for rule in shipped.rules().rules.values()
        for cite in rule.cites
        if cite.source == "article"
    }
    assert set(statements("symptom")) <= cited


def test_every_treatment_hangs_on_its_cause() -> None:
    for cause in shipped.rules().causes.values():
        for cite in cause.treatments:
            assert str(cite.statement).startswith(f"{cause.section}.2.")
    hung = [cite.statement for cause in shipped.rules().causes.values() for cite in cause.treatments]
    assert sorted(map(str, hung)) == sorted(statements("treatment"))


def test_no_rule_about_urgency_cites_the_article() -> None:
    for rule in shipped.rules().urgency_rules:
        assert all(cite.source != "article" for cite in rule.cites), rule.id


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of the project")
def test_the_fingerprints_are_those_of_the_article() -> None:
    found = verify_article(ARTICLE.read_text(encoding="utf-8"), shipped.rules())
    assert found.same, (found.missing, found.added, found.in_order)
    assert len(found.matched) == len(shipped.rules().statements)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of the project")
def test_our_words_are_not_the_articles() -> None:
    """No statement repeats six words in a row of the article."""
    text = " ".join(ARTICLE.read_text(encoding="utf-8").lower().split())
    for statement in shipped.rules().statements.values():
        words = statement.says.lower().rstrip(".").split()
        runs = [" ".join(words[at : at + 6]) for at in range(len(words) - 5)]
        assert not [run for run in runs if run in text], statement.id


def test_a_copy_may_differ_in_bullets_space_and_quotes() -> None:
    assert fingerprint("  • It’s  a “line” – here") == fingerprint('- It\'s a "line" - here')
    assert fingerprint("a line") != fingerprint("another line")


def test_a_changed_copy_is_told_from_the_article() -> None:
    found = verify_article("What Causes Nerve Pain in the Leg?\nNot in the article.", shipped.rules())
    assert not found.same
    assert found.added == (2,)
    assert len(found.missing) == len(shipped.rules().statements) - 1

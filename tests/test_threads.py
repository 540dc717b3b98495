"""`assess` may be called from anywhere: by many threads, with a mapping that is still needed."""

from __future__ import annotations

import copy
import gc
import sys
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import shipped
from hypothesis import given
from strategies import answer_sets

from engine import RuleBase, assess, load_rules
from engine.audit.cases.case import load_cases
from engine.loading.folder import SHIPPED

THREADS = 4
PEOPLE = 5


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Threads take turns far more often than they do by default."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def seen(person: dict[str, object], rules: RuleBase) -> object:
    """All that can be seen of a result, the trace too."""
    result = assess(person, rules, engine="both")
    return result.to_dict(), result.firings


@pytest.mark.usefixtures("eager_switching")
def test_threads_get_the_results_that_one_thread_gets() -> None:
    cases = load_cases(load_rules())
    people = [case.answers.to_plain() for case in cases[:: len(cases) // PEOPLE]]
    alone = [seen(person, load_rules()) for person in people]
    rules = load_rules(SHIPPED)  # a rule base of its own: the threads also race for its first use
    start = threading.Barrier(THREADS)

    def several(offset: int) -> list[object]:
        start.wait()
        turned = people[offset:] + people[:offset]
        found = [seen(person, rules) for person in turned]
        return found[len(found) - offset :] + found[: len(found) - offset]

    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(several, range(THREADS)))
    assert len({str(each) for each in alone}) > len(people) // 2
    for found in together:
        assert found == alone


@given(person=answer_sets(shipped.rules()))
def test_the_answers_given_are_left_as_they_were(person: dict[str, object]) -> None:
    before = copy.deepcopy(person)
    assess(person)
    assert person == before
    assert list(person) == list(before)


def test_a_rule_base_that_is_no_longer_used_is_let_go() -> None:
    rules = load_rules(SHIPPED)
    assess({}, rules, engine="both")
    gone = weakref.ref(rules)
    del rules
    gc.collect()
    assert gone() is None

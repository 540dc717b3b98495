"""Compares the engines on many random people: `make differential N=200000`.

N people go through the network and the model, a tenth as many through experta and CLIPS as well. What
is compared: rules fired, signs, points, ranking, urgency. Prints how many were compared and how many
disagreed; exit code 1 if any did.
"""

from __future__ import annotations

import functools
import multiprocessing
import random
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

import model
from clips_engine import ClipsEngine
from patients import person

from engine import Answers, load_rules
from engine.inference.experta_engine import infer
from engine.inference.network import Network, State

BATCH = 500
SEED = 20_000


@functools.cache
def engines() -> tuple[State, ClipsEngine]:
    """One of each for a process, as building them takes longer than asking them."""
    rules = load_rules()
    return State(Network(rules)), ClipsEngine(rules)


def batch(number: int) -> tuple[int, int, int, int]:
    """People of one batch: how many, how many disagreed, and the same for experta and CLIPS."""
    dice = random.Random(SEED + number)
    rules = load_rules()
    state, clips = engines()
    apart = slow = slow_apart = 0
    for at in range(BATCH):
        answers = person(rules, dice)
        expected = model.outcome(rules, answers)
        apart += of_network(state, answers) != expected
        if at % 10 == number % 10:
            inference = infer(rules, answers)
            clips.run(answers)
            slow += 1
            slow_apart += (inference.fired, inference.signs) != (expected.fired, expected.signs) or (
                clips.fired(),
                clips.signs(),
                clips.points(),
                clips.level(),
            ) != (expected.fired, expected.signs, expected.points, expected.urgency)
    return BATCH, apart, slow, slow_apart


def of_network(state: State, answers: Answers) -> model.Outcome:
    """The network's outcome; the state is left as it was."""
    for question, answer in answers.items():
        state.add(question, answer)
    inference, ranking = state.inference(), state.ranking()
    points = {cause: found for found, cause in ranking}
    ranks = {cause: 1 + sum(other > points[cause] for other in points.values()) for cause in points}
    found = model.Outcome(
        fired=inference.fired,
        signs=dict(inference.signs),
        points=points,
        order=tuple(sorted((rank, cause) for cause, rank in ranks.items())),
        urgency=state.level(),
    )
    for _ in answers:
        state.undo()
    return found


def main() -> None:
    """Runs the comparison on every core."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    totals = [0, 0, 0, 0]
    with multiprocessing.Pool() as pool:
        for found in pool.imap_unordered(batch, range(-(-wanted // BATCH))):
            totals = [total + each for total, each in zip(totals, found, strict=True)]
            print(f"\r{totals[0]:,} people", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    rules = load_rules()
    print(f"rules {rules.sha256[:12]}, {len(rules.rules)} of them; seed {SEED}")
    print(f"network and model: {totals[0]:,} people compared, {totals[1]:,} disagreed")
    print(f"experta, CLIPS and model: {totals[2]:,} people compared, {totals[3]:,} disagreed")
    sys.exit(1 if totals[1] or totals[3] else 0)


if __name__ == "__main__":
    main()

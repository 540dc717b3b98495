"""Runs the properties on examples that the suite never tries: `make hunt MINUTES=30`.

Every property is run with a fresh seed and ten times the suite's examples, in an order that the seed
shuffles, on all cores, round after round until the time is over. Ends with 1 where something was found.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

PYTEST = [sys.executable, "-m", "pytest", "-q", "--override-ini=addopts=", "-p", "no:cacheprovider"]

GRACE = 0.1
"""Of the whole time, how much longer a property may take that is running at the end."""

KEEP = """  keep   write what was found above the test as `@example(...)`; where the test draws from `data`
         or goes in steps, write those as a test of their own. Once it is committed, `make test`
         fails until it is mended."""


@dataclass(kw_only=True)
class Hunt:
    """What is looked at for how long, and what came of it so far."""

    properties: list[str]
    seed: int
    seconds: float
    once: bool
    passed: Counter[str] = field(default_factory=Counter)
    found: dict[str, int] = field(default_factory=dict)
    """The seed by the property that failed."""
    cut_short: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.seconds
        self.turns = self._turns()
        self.lock = threading.Lock()

    def _turns(self) -> Iterator[tuple[str, int]]:
        """The properties in their order, each round with a seed of its own."""
        order = sorted(self.properties)
        random.Random(self.seed).shuffle(order)
        seed = self.seed
        while left := [each for each in order if each not in self.found]:
            yield from ((each, seed) for each in left)
            if self.once:
                return
            seed += 1

    def work(self) -> None:
        """Takes turns until the time is over."""
        while time.monotonic() < self.ends:
            with self.lock:
                turn = next(self.turns, None)
            if turn is None:
                return
            self.run(*turn)

    def run(self, name: str, seed: int) -> None:
        """Runs a property once, and says how it went."""
        begun = time.monotonic()
        left = max(0, self.ends - begun) + GRACE * self.seconds
        command = [*PYTEST, name, f"--hypothesis-seed={seed}"]
        environment = {**os.environ, "HYPOTHESIS_PROFILE": "hunt"}
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=left)
        except subprocess.TimeoutExpired:
            with self.lock:
                self.cut_short.add(name)
            print(f"{time.monotonic() - begun:6.0f} s  cut short  {name}", flush=True)
            return
        with self.lock:
            if done.returncode == 0:
                self.passed[name] += 1
                print(f"{time.monotonic() - begun:6.0f} s  passed     {name}", flush=True)
            else:
                self.found[name] = seed
                print(f"{done.stdout}{done.stderr}\n{find(name, seed)}\n", flush=True)

    def report(self) -> str:
        """How many properties were run how often, which were not reached, and what was found."""
        reached = {*self.passed, *self.found}
        missed = [each for each in self.properties if each not in reached]
        often = Counter(self.passed[each] + (each in self.found) for each in reached)
        lines = [f"not reached: {each}{' (cut short)' if each in self.cut_short else ''}" for each in missed]
        runs = [f"{many} run {times} time{'s' if times > 1 else ''}" for times, many in sorted(often.items())]
        lines += [
            f"Seed {self.seed}: of {len(self.properties)} properties, "
            f"{', '.join([*runs, f'{len(missed)} not reached'])}; {len(self.found)} failed."
        ]
        return "\n".join([*lines, *(find(*each) for each in self.found.items())])


def find(name: str, seed: int) -> str:
    """How to see again what was found, and how to keep it."""
    again = f"HYPOTHESIS_PROFILE=hunt {sys.executable} -m pytest '{name}' --hypothesis-seed={seed}"
    return f"FOUND    {name}\n  again  make hunt SEED={seed} TEST='{name}'\n         {again}\n{KEEP}"


def properties(where: list[str]) -> list[str]:
    """The tests there that hypothesis feeds, as pytest names them."""
    done = subprocess.run(
        [*PYTEST, "--collect-only", "-m", "hypothesis", *where], capture_output=True, text=True
    )
    names = [line for line in done.stdout.splitlines() if "::" in line]
    if done.returncode or not names:
        sys.exit(f"{done.stdout}{done.stderr}no property can be run; name a test or a folder that has one")
    return names


def main() -> int:
    """Hunts as it is told; 1 where something was found, 2 where no property was run to its end."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--minutes", type=float, default=5, help="how long to hunt (5)")
    told.add_argument("--seed", type=int, help="one round with this seed, as a hunt has printed it")
    told.add_argument("where", nargs="*", default=["tests"], help="files, folders or tests (tests)")
    given = told.parse_args()
    seed = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    names = properties(given.where)
    workers = os.cpu_count() or 1
    print(
        f"Seed {seed}: {len(names)} properties, {given.minutes:g} minutes, {workers} at a time.", flush=True
    )
    hunt = Hunt(properties=names, seed=seed, seconds=60 * given.minutes, once=given.seed is not None)
    with ThreadPoolExecutor(workers) as pool:
        for each in [pool.submit(hunt.work) for _ in range(workers)]:
            each.result()
    print(hunt.report())
    if hunt.found:
        return 1
    return 0 if hunt.passed else 2


if __name__ == "__main__":
    sys.exit(main())

"""Times the network beside its peers in one run: `make bench` writes docs/benchmarks.md and its plot.

Every peer gets the same people and gives the rules fired, the points, the ranking and the urgency;
its answers are checked against the network's before it is timed. What each cannot do is said in the
page. Times are wall clock, one process, medians; compare the ratios, not the times.
"""

from __future__ import annotations

import functools
import os
import platform
import pty
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).parents[2]
sys.path[:0] = [str(HOME / "tests" / "bench"), str(HOME / "tests"), str(HOME)]

from made_rules import made_rules
from page import write_page
from patients import person
from peers import PEERS, Outcome, ZenTable, network

from engine import Answers, RuleBase, load_rules
from engine.inference.network import Network, State

PEOPLE = 1000
SECONDS = 20.0
"""A peer is timed on all people, or for so long; how many it was is in the table."""


@dataclass
class Timing:
    """One peer on one rule base."""

    build: float
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds for one person."""
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        """Seconds that 99 in 100 people stay under."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)]


def time_peers(
    rules: RuleBase, people: list[Answers], skip: frozenset[str] = frozenset()
) -> dict[str, Timing]:
    """Builds, checks and times every peer on these people."""
    found: dict[str, Timing] = {}
    expected: list[Outcome] = []
    for name, make in PEERS.items():
        if name in skip:
            continue
        start = time.perf_counter()
        run = make(rules)
        timing = found[name] = Timing(time.perf_counter() - start)
        first = [run(answers) for answers in people[:20]]
        if name == "network":
            expected = first
        for got, wanted in zip(first, expected, strict=True):
            if name == "zen-engine":
                kept = set(ZenTable(rules).rules) if len(rules.rules) < 500 else None
                mine = tuple(id for id in wanted[0] if kept is None or id in kept)
                assert set(got[0]) <= set(wanted[0]), name
                assert kept is None or got[0] == mine, name
            else:
                assert got == wanted, (name, got, wanted)
        until = time.perf_counter() + SECONDS
        for answers in people:
            start = time.perf_counter()
            run(answers)
            end = time.perf_counter()
            timing.seconds.append(end - start)
            if end > until:
                break
        print(f"  {name}: {timing.median * 1e6:,.0f} µs, {len(timing.seconds)} people", file=sys.stderr)
    return found


def one_answer(rules: RuleBase, people: list[Answers]) -> tuple[float, float]:
    """Seconds to add one answer and take it back, and seconds of a full run: medians."""
    state = State(Network(rules))
    single: list[float] = []
    full: list[float] = []
    run = network(rules)
    for answers in people:
        start = time.perf_counter()
        run(answers)
        full.append(time.perf_counter() - start)
        for question, answer in answers.items():
            state.add(question, answer)
            start = time.perf_counter()
            state.undo()
            state.add(question, answer)
            single.append(time.perf_counter() - start)
        for _ in answers:
            state.undo()
    return statistics.median(single), statistics.median(full)


def processes() -> Iterator[tuple[str, float, str, float]]:
    """What whole processes cost, each beside a bare one: name, seconds, bare name, seconds of it."""
    python = [sys.executable, "-c"]
    bare_click, bare_yaml = [*python, "import click"], [*python, "import click, yaml"]
    cli = "import sys; sys.argv[0] = 'legtriage'; from cli import main; main()"
    rows = (
        ("`legtriage --help`", [*python, cli, "--help"], "`import click`", bare_click),
        ("`import legtriage.engine`", [*python, "import engine"], "`import click`", bare_click),
        ("… and its `assess`", [*python, "from engine import assess"], "`import click, yaml`", bare_yaml),
    )
    for name, command, bare_name, bare in rows:
        mine, other = paired(functools.partial(seconds_of, command), functools.partial(seconds_of, bare))
        yield name, mine, bare_name, other
    mine, other = paired(lambda: first_question([*python, cli]), lambda: seconds_of(bare_yaml))
    yield "first question on the screen", mine, "`import click, yaml`", other


def paired(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Medians of both, taken in turn."""
    one(), other()
    pairs = [(one(), other()) for _ in range(15)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def seconds_of(command: list[str]) -> float:
    """Wall seconds of a process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=HOME, check=True, capture_output=True)
    return time.perf_counter() - start


def first_question(command: list[str]) -> float:
    """Seconds from the start of a process to its first question on a terminal."""
    screen, terminal = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=HOME, stdin=terminal, stdout=terminal, stderr=terminal)
    read = b""
    while b"Question 1" not in read:
        read += os.read(screen, 4096)
    end = time.perf_counter()
    process.kill()
    process.wait()
    os.close(screen)
    os.close(terminal)
    return end - start


def loading() -> float:
    """Seconds to read the shipped rules in a fresh process, imports apart: the median of seven."""
    code = (
        "import time; from engine.loading.loader import SHIPPED, read_rules, rule_files; import yaml\n"
        "t = time.perf_counter(); read_rules(rule_files(SHIPPED)); print(time.perf_counter() - t)"
    )
    found = [
        float(subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=True).stdout)
        for _ in range(7)
    ]
    return statistics.median(found)


def peak_memory() -> float:
    """Peak memory of a process that assesses one person, in MiB."""
    code = (
        "from engine import assess; assess({'bend_forward_relief': 'yes'})\n"
        "status = open('/proc/self/status').read()  # getrusage would count the parent's memory too\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) / 1024)"
    )
    return float(
        subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=True).stdout
    )


def table(timings: dict[str, Timing]) -> list[str]:
    """The Markdown table of one rule base."""
    base = timings["network"]
    lines = [
        "| engine | build, ms | median, µs | p99, µs | median to the network's | people |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, timing in timings.items():
        cells = [
            name,
            f"{timing.build * 1e3:,.1f}",
            f"{timing.median * 1e6:,.0f}",
            f"{timing.p99 * 1e6:,.0f}",
        ]
        cells += [f"{timing.median / base.median:,.1f}", f"{len(timing.seconds):,}"]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Runs everything and writes the page and its plot."""
    dice = random.Random(1)
    shipped = load_rules()
    sizes: dict[str, dict[str, Timing]] = {}
    print("shipped rules", file=sys.stderr)
    people = [person(shipped, dice) for _ in range(PEOPLE)]
    sizes["shipped"] = time_peers(shipped, people)
    single, full = one_answer(shipped, people[:200])
    fixed: dict[int, dict[str, Timing]] = {}
    touched: dict[int, float] = {}
    for count in (100, 1_000, 10_000):
        print(f"{count:,} rules, 40 questions answered", file=sys.stderr)
        rules = made_rules(count, per_question=2)
        asked = list(rules.questions)[:40]
        dice = random.Random(2)
        crowd = [person(rules, dice, asked) for _ in range(PEOPLE)]
        skip = frozenset({"zen-engine", "experta"}) if count == 10_000 else frozenset[str]()
        fixed[count] = time_peers(rules, crowd, skip)
        dense = made_rules(count, per_question=count // 40)
        dice = random.Random(2)
        run = network(dense)
        spent = []
        for answers in [person(dense, dice) for _ in range(50)]:
            start = time.perf_counter()
            run(answers)
            spent.append(time.perf_counter() - start)
        touched[count] = statistics.median(spent)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{python}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    write_page(
        machine=machine,
        shipped=len(shipped.rules),
        tables={
            "shipped": table(sizes["shipped"]),
            **{str(count): table(found) for count, found in fixed.items()},
        },
        fixed={count: {name: each.median for name, each in found.items()} for count, found in fixed.items()},
        touched=touched,
        single=single,
        full=full,
        processes=list(processes()),
        loading=loading(),
        memory=peak_memory(),
    )


if __name__ == "__main__":
    main()

"""Writes what the benchmark measured: docs/benchmarks.md and its plot."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def write_page(
    *,
    machine: str,
    shipped: int,
    tables: dict[str, list[str]],
    fixed: dict[int, dict[str, float]],
    touched: dict[int, float],
    single: float,
    full: float,
    processes: list[tuple[str, float, str, float]],
    loading: float,
    memory: float,
) -> None:
    """The page and the plot, from figures in seconds and MiB."""
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {machine}. One run; wall clock; medians. The machine is shared, so",
        "compare ratios within the page and not times across pages. Every engine got the same random people, and what",
        "it gave was checked against the network before it was timed: rules fired, points, ranking, urgency. Peers that",
        "do not add up points themselves (CLIPS, experta, the loop) have the same short Python function do it for them.",
        "",
        "A CLIPS environment under clipspy slows down with every person; it gets a new one for every two hundred.",
        "",
        "zen-engine's table **does less**: it gives the rules fired and neither points, ranking nor urgency, and since it",
        "chains nothing, rules that conclude or read signs are left out of it.",
        "",
        f"## The shipped rules ({shipped})",
        "",
        *tables["shipped"],
        "",
        f"One answer added and taken back: {single * 1e6:.1f} µs, {single / full:.2f} of a full run ({full * 1e6:.0f} µs).",
        "",
        "## Made-up rules",
        "",
        "The same 40 questions answered, whatever the size; each question heads two rules, so the rules touched are as many.",
        "experta and zen-engine were not run at 10,000 rules.",
    ]
    for count, timings in fixed.items():
        lines += ["", f"### {count:,} rules", "", *tables[str(count)]]
        del timings
    small, large = fixed[1_000]["network"], fixed[10_000]["network"]
    lines += [
        "",
        f"The network at 10,000 rules takes {large / small:.2f} times its time at 1,000.",
        "",
        "All questions answered, and all rules touched:",
        "",
        "| rules touched | network, µs | µs a rule |",
        "| ---: | ---: | ---: |",
        *(
            f"| {count:,} | {spent * 1e6:,.0f} | {spent * 1e6 / count:.2f} |"
            for count, spent in touched.items()
        ),
        "",
        "![Time for one person against the number of rules](benchmarks.svg)",
        "",
        "## Starting",
        "",
        "| what | seconds | beside | ratio |",
        "| --- | ---: | --- | ---: |",
        *(
            f"| {name} | {mine:.3f} | {bare}, {other:.3f} | {mine / other:.2f} |"
            for name, mine, bare, other in processes
        ),
        "",
        f"The shipped rules are read in {loading * 1e3:.0f} ms in a fresh process. A process that assesses one person peaks at",
        f"{memory:.0f} MiB.",
        "",
    ]
    (DOCS / "benchmarks.md").write_text("\n".join(lines), encoding="utf-8")
    plot(fixed)


def plot(fixed: dict[int, dict[str, float]]) -> None:
    """Time for one person against the number of rules, both on logarithmic axes."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams["svg.hashsalt"] = "legtriage"
    figure, axes = plt.subplots(figsize=(8, 4.5))
    names = list(fixed[min(fixed)])
    for name, mark in zip(names, "os^Dv", strict=False):
        points = [(count, found[name] * 1e6) for count, found in fixed.items() if name in found]
        axes.plot([x for x, _ in points], [y for _, y in points], marker=mark, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("rules (40 questions answered)")
    axes.set_ylabel("µs for one person, median")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    figure.tight_layout()
    figure.savefig(DOCS / "benchmarks.svg", metadata={"Date": None})

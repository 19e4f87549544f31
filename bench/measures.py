"""Each claim, measured: a function a claim, in the order of the table."""

import sys
from pathlib import Path

from bench.data import prepare
from bench.process import Cost, Failed, alternating, run
from bench.result import Goal, Line, middle, paired, seconds

CASES = Path(__file__).parent / "cases"
PYTHON = sys.executable

NOT_JUDGED = "judged at 100,000 clients"
FASTER_TWO = Goal("at least 60 times", 60, larger_is_better=True)
FASTER_THREE = Goal("at least 200 times", 200, larger_is_better=True)
NEAR_SCAN = Goal("at most 5 times", 5)
MEMORY = Goal("at most 1/8", 1 / 8)
IMPORT = Goal("at most 60 ms more", 60)
FORECAST = Goal("at most 100 µs", 100)


def python(case: str, *arguments: object) -> list[str]:
    """Return the command of a Python case."""
    return [PYTHON, "-m", f"bench.cases.{case}", *map(str, arguments)]


def fit_against_lme4(name: str, levels: int, runs: int, judged: bool = True) -> list[Line]:
    """Fit from Parquet against lme4's lmer on the same clients: CPU, then peak memory."""
    file, small = prepare(name), prepare("d_1e4" if levels == 2 else "therapists_1e4")
    costs = alternating(
        {
            "ours": python("fit", file, levels, small),
            "lme4": ["Rscript", str(CASES / "lme4.R"), str(file.with_suffix(".csv")), str(levels)],
        },
        runs,
    )
    ours, lme4 = costs["ours"], costs["lme4"]
    same_minimum(ours[0], lme4[0])
    title = f"{'two' if levels == 2 else 'three'}-level REML, {name}"
    goal = FASTER_TWO if levels == 2 else FASTER_THREE
    return [speed_line(title, ours, lme4, goal, judged), memory_line(title, ours, lme4, judged)]


def same_minimum(ours: Cost, lme4: Cost) -> None:
    """Refuse to compare the times of two programs that did not do the same.

    Raises Failed where rows or criteria differ by more than lme4's early stopping explains.
    """
    away = ours.said["criterion"] - lme4.said["criterion"]
    if ours.said["rows"] != lme4.said["rows"] or not -1e-2 < away < 1e-5:
        raise Failed(f"different fits: {ours.said} {lme4.said}")


def speed_line(title: str, ours: list[Cost], lme4: list[Cost], goal: Goal, judged: bool) -> Line:
    """Return how many times less CPU our fit took, file included."""
    ratio, spread = paired(ours, lme4, lambda a, b: b.inside / a.inside)
    whole, _ = paired(ours, lme4, lambda a, b: b.whole / a.whole)
    return Line(
        f"Fit from its file, {title}",
        seconds(ours),
        f"lme4 {seconds(lme4)}",
        f"{ratio:.3g} times faster",
        spread,
        f"{whole:.3g} times",
        goal.text,
        goal.verdict(ratio) if judged else NOT_JUDGED,
    )


def memory_line(title: str, ours: list[Cost], lme4: list[Cost], judged: bool) -> Line:
    """Return our peak memory as a share of lme4's, libraries included on both sides."""
    ratio, _ = paired(ours, lme4, lambda a, b: a.peak / b.peak)
    _, spread = paired(ours, lme4, lambda a, b: b.peak / a.peak)
    return Line(
        f"Peak memory, {title}",
        f"{middle(ours, lambda c: c.peak):.0f} MiB",
        f"lme4 {middle(lme4, lambda c: c.peak):.0f} MiB",
        f"1/{1 / ratio:.3g}",
        "1/" + spread.replace("to ", "to 1/"),
        "",
        MEMORY.text,
        MEMORY.verdict(ratio) if judged else NOT_JUDGED,
    )


def moments_against_scan(name: str, runs: int, judged: bool = True) -> list[Line]:
    """Sums of a fit against the least that reading the same columns can cost."""
    file, small = prepare(name), prepare("d_1e4")
    commands = {"ours": python("moments", file, small), "scan": python("scan", file, small)}
    costs = alternating(commands, runs)
    ratio, spread = paired(costs["ours"], costs["scan"], lambda a, b: a.inside / b.inside)
    whole, _ = paired(costs["ours"], costs["scan"], lambda a, b: a.whole / b.whole)
    return [
        Line(
            f"Sums of a two-level fit, {name}",
            seconds(costs["ours"]),
            f"bare DuckDB scan {seconds(costs['scan'])}",
            f"{ratio:.3g} times a scan",
            spread,
            f"{whole:.3g} times",
            NEAR_SCAN.text,
            NEAR_SCAN.verdict(ratio) if judged else NOT_JUDGED,
        )
    ]


def caseload_review(name: str, runs: int) -> list[Line]:
    """Clients reviewed in a CPU second, the file read and the course fitted on the way."""
    costs = [run(python("review", prepare(name), prepare("d_1e4"))) for _ in range(runs)]
    rates = [cost.said["clients"] / cost.inside for cost in costs]
    rate = sorted(rates)[len(rates) // 2]
    spread = f"{min(rates):,.0f} to {max(rates):,.0f}"
    return [
        Line(
            f"Review of a caseload, {name}",
            seconds(costs),
            "",
            f"{rate:,.0f} clients/s",
            spread,
            "",
            "none set",
            "",
        )
    ]


def import_against_python(runs: int) -> list[Line]:
    """`import midcourse` against a Python that imports nothing: whole commands, many times."""
    commands = {"ours": [PYTHON, "-c", "import midcourse"], "bare": [PYTHON, "-c", "pass"]}
    costs = alternating(commands, max(15, 5 * runs))
    more, spread = paired(costs["ours"], costs["bare"], lambda a, b: 1000 * (a.whole - b.whole))
    return [
        Line(
            "`import midcourse`",
            f"{1000 * middle(costs['ours'], lambda c: c.whole):.1f} ms",
            f"bare Python {1000 * middle(costs['bare'], lambda c: c.whole):.1f} ms",
            f"{more:.1f} ms more",
            spread,
            "",
            IMPORT.text,
            IMPORT.verdict(more),
        )
    ]


def one_forecast(runs: int) -> list[Line]:
    """One forecast in plain Python, bare and with everything a screen says from it."""
    costs = [run(python("forecast")) for _ in range(runs)]
    lines = []
    for key, title in (
        ("forecast_us", "One forecast"),
        ("with_us", "One forecast, mean, interval and three chances"),
    ):
        found = sorted(cost.said[key] for cost in costs)
        value = found[len(found) // 2]
        spread = f"{found[0]:.0f} to {found[-1]:.0f}"
        lines.append(
            Line(
                title,
                f"{value:.0f} µs",
                "",
                f"{value:.0f} µs",
                spread,
                "",
                FORECAST.text,
                FORECAST.verdict(value),
            )
        )
    return lines

"""Which tests did not run, and why: said at the end of every run, and a failure under CI.

Only absent real data may skip a test under CI. With MIDCOURSE_TEST_REPORT set to a path, the time of
each folder of tests and one line in capitals are also left there. The suite runs in several parts, each
with a report of its own; `python -m tests.not_run REPORT...` joins them, for `.ci/run` to end with.
"""

import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ABSENT = "REAL DATA ABSENT"

# What is not a Python package, and the Debian packages that bring it.
NEEDS = {
    "R with lme4": ("r-cran-lme4", "r-cran-jsonlite"),
    "Chromium": ("chromium",),
    "make": ("make",),
    "PostgreSQL": ("postgresql",),
}


def _reports(config: pytest.Config) -> dict[str, list[pytest.TestReport]]:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    return terminal.stats if terminal is not None else {}


def reasons(config: pytest.Config) -> Counter[str]:
    """Return why tests were skipped, each reason with its number of tests."""
    skipped = _reports(config).get("skipped", [])
    return Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)


def under_ci() -> bool:
    """Say whether this run is a check that nothing may slip through."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where a test was skipped under CI for another reason than absent real data."""
    config = session.config
    if hasattr(config, "workerinput"):
        return
    forbidden = any(not why.startswith(ABSENT) for why in reasons(config))
    if under_ci() and forbidden and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests did not run and what would let them run."""
    why = reasons(config)
    if why:
        terminalreporter.section("not run")
        for reason, count in why.most_common():
            terminalreporter.line(f"{count} not run: {reason}")
        packages = [p for tool, needed in NEEDS.items() if f"NEEDS {tool}" in why for p in needed]
        if packages:
            terminalreporter.line(f"To run them too: sudo apt-get install {' '.join(packages)}")
        if under_ci() and any(not reason.startswith(ABSENT) for reason in why):
            terminalreporter.line("Under CI only absent real data may skip a test: this run has failed.")
    if path := os.environ.get("MIDCOURSE_TEST_REPORT"):
        Path(path).write_text("\n".join([*_times(config), closing_line(config)]) + "\n", "utf-8")


def _times(config: pytest.Config) -> list[str]:
    seconds: Counter[str] = Counter()
    for reports in _reports(config).values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.split("/")[1]] += report.duration
    return [f"    tests/{folder}: {s:.0f} s of one core" for folder, s in seconds.most_common()]


def closing_line(config: pytest.Config) -> str:
    """Return, in capitals, how many tests did not run and why."""
    return closing(reasons(config))


def closing(why: Counter[str]) -> str:
    """Return one line in capitals for reasons and how many tests each kept from running."""
    if not why:
        return "EVERY TEST RAN."
    listed = "; ".join(f"{count} {reason.split(' (')[0]}" for reason, count in why.most_common())
    verb = "TEST DID" if why.total() == 1 else "TESTS DID"
    return f"{why.total()} {verb} NOT RUN: {listed}".upper() + "."


def joined(paths: list[Path]) -> list[str]:
    """Return the lines of several reports and one closing line for all of them.

    A part that left no report did not finish, and is named: then not every test ran, whatever the rest say.
    """
    lines: list[str] = []
    why: Counter[str] = Counter()
    unfinished = []
    for path in paths:
        said = path.read_text("utf-8").splitlines() if path.is_file() else []
        if not said:
            unfinished.append(path.name)
            continue
        lines += [f"{line} ({path.name})" for line in said[:-1]]
        for number, reason in re.findall(r"(?:: |; )(\d+) (.*?)(?=; \d+ |\.$)", said[-1]):
            why[reason] += int(number)
    if unfinished:
        return [*lines, f"NOT EVERY TEST RAN: {', '.join(unfinished).upper()} DID NOT FINISH."]
    return [*lines, closing(why)]


if __name__ == "__main__":
    print("\n".join(joined([Path(one) for one in sys.argv[1:]])))

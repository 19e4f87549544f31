"""A test that does not run is named; under CI it fails the run, unless only real data is absent."""

import os
import subprocess
import sys

import pytest

from tests.not_run import joined

ABSENT = "REAL DATA ABSENT: a.csv (docs/reference/data.md says how to obtain it)"


@pytest.fixture
def run(root, tmp_path):
    """Return a function that runs one small test file with our plugin and gives status, text, report."""

    def run_tests(body: str, ci: str) -> tuple[int, str, str]:
        (tmp_path / "pytest.ini").write_text("[pytest]\n")
        (tmp_path / "inner").mkdir()
        (tmp_path / "inner/test_inner.py").write_text("import pytest\ndef test_passes(): pass\n" + body)
        report = tmp_path / "report"
        env = {
            **os.environ,
            "CI": ci,
            "PYTHONPATH": str(root),
            "MIDCOURSE_TEST_REPORT": str(report),
        }
        command = [sys.executable, "-m", "pytest", "-p", "tests.not_run", "-p", "no:cacheprovider"]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, report.read_text()

    return run_tests


def skipping(reason: str) -> str:
    return f"def test_skips(): pytest.skip({reason!r})\n"


def test_a_run_with_nothing_left_out_says_so(run):
    status, text, report = run("", ci="true")
    assert status == 0
    assert "1 passed" in text.splitlines()[-1]
    assert report.splitlines()[-1] == "EVERY TEST RAN."


def test_under_ci_a_skipped_test_fails_the_run(run):
    status, text, report = run(skipping("NEEDS Chromium"), ci="true")
    assert status == 1
    assert "sudo apt-get install chromium" in text
    assert report.splitlines()[-1] == "1 TEST DID NOT RUN: 1 NEEDS CHROMIUM."


def test_under_ci_only_absent_real_data_may_skip(run):
    status, _, report = run(skipping(ABSENT), ci="true")
    assert status == 0
    assert report.splitlines()[-1] == "1 TEST DID NOT RUN: 1 REAL DATA ABSENT: A.CSV."


def test_on_a_persons_machine_a_missing_tool_is_named_and_nothing_fails(run):
    status, text, _ = run(skipping("NEEDS R with lme4"), ci="")
    assert status == 0
    assert "sudo apt-get install r-cran-lme4 r-cran-jsonlite" in text


def test_a_test_that_cannot_be_collected_is_a_failure_whatever_else_ran(run):
    status, _, _ = run("import no_such_module\n", ci="")
    assert status != 0


PARTS = {
    "all ran": "    tests/engine: 3 s of one core\nEVERY TEST RAN.\n",
    "two absent": "2 TESTS DID NOT RUN: 1 NEEDS CHROMIUM; 1 REAL DATA ABSENT: A.CSV.\n",
    "one absent": "1 TEST DID NOT RUN: 1 REAL DATA ABSENT: A.CSV.\n",
}


@pytest.mark.parametrize(
    "parts, last",
    [
        (["all ran"], "EVERY TEST RAN."),
        (
            ["two absent", "all ran", "one absent"],
            "3 TESTS DID NOT RUN: 2 REAL DATA ABSENT: A.CSV; 1 NEEDS CHROMIUM.",
        ),
        (["all ran", "browser"], "NOT EVERY TEST RAN: BROWSER DID NOT FINISH."),
    ],
)
def test_the_parts_of_the_suite_end_in_one_line(tmp_path, parts, last):
    for name, text in PARTS.items():
        (tmp_path / name).write_text(text)
    lines = joined([tmp_path / name for name in parts])
    assert lines[-1] == last
    if "all ran" in parts:
        assert "    tests/engine: 3 s of one core (all ran)" in lines

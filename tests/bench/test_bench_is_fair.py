"""The benchmark compares like with like, and says plainly when a goal is missed."""

import sys

import pytest

from bench.data import after_intake
from bench.measures import same_minimum
from bench.page import markdown
from bench.process import Cost, Failed, run
from bench.result import Goal, Line, paired
from tests.published.lme4.inputs import table


def cost(inside: float = 1.0, criterion: float = 100.0, rows: int = 10) -> Cost:
    return Cost(inside, 2 * inside, inside, 50.0, {"criterion": criterion, "rows": rows})


def test_a_goal_that_is_met_is_called_met() -> None:
    assert Goal("at least 60 times", 60, larger_is_better=True).verdict(60) == "met"
    assert Goal("at most 5 times", 5).verdict(5) == "met"


def test_a_goal_that_is_missed_says_by_how_much() -> None:
    assert Goal("at least 60 times", 60, larger_is_better=True).verdict(30) == "**missed** by a factor of 2"
    assert Goal("at most 5 times", 5).verdict(7.5) == "**missed** by a factor of 1.5"


def test_a_ratio_is_the_median_of_pairs_of_neighbouring_runs() -> None:
    ours, other = [cost(1), cost(2), cost(1)], [cost(10), cost(10), cost(30)]
    assert paired(ours, other, lambda a, b: b.inside / a.inside) == (10, "5 to 30")


@pytest.mark.parametrize("lme4", [cost(rows=11), cost(criterion=99.9), cost(criterion=100.1)])
def test_times_of_different_fits_are_not_compared(lme4: Cost) -> None:
    with pytest.raises(Failed, match="different fits"):
        same_minimum(cost(), lme4)


def test_lme4_stopping_a_little_early_is_the_same_fit() -> None:
    same_minimum(cost(criterion=100.0), cost(criterion=100.001))


def test_lme4_is_given_the_first_score_as_intake_and_no_first_session() -> None:
    columns, kept = table("sessions"), after_intake(table("sessions"))
    first = columns["session"] == 1
    intake = dict(zip(columns["client_id"][first].tolist(), columns["y"][first].tolist(), strict=True))
    assert kept["session"].min() == 2
    assert kept["intake"].tolist() == [intake[client] for client in kept["client_id"].tolist()]


def test_a_process_that_fails_is_reported_with_its_last_words() -> None:
    with pytest.raises(Failed, match="nothing to measure"):
        run([sys.executable, "-c", "raise SystemExit('nothing to measure')"])


def test_a_process_says_what_it_cost() -> None:
    said = run([sys.executable, "-c", 'print(\'{"cpu": 0.25, "peak_kib": 2048}\')'])
    assert (said.inside, said.peak) == (0.25, 2.0)
    assert said.whole > 0


def test_what_could_not_be_measured_is_named_on_the_page() -> None:
    line = Line("a fit", "1 s", "lme4 60 s", "60 times", "59 to 61", "", "at least 60 times", "met")
    page = markdown([line], ["review (no cohorts)"], ["Measured here."])
    assert "| a fit | 1 s | lme4 60 s | 60 times |" in page
    assert "- Not measured: review (no cohorts)" in page

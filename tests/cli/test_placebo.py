"""`midcourse placebo`, as a person runs it on a table of finished courses."""

import pytest

from midcourse.plans import placebo_from_json


@pytest.fixture(scope="module")
def finished(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("finished")
    run("simulate", folder, "--clients", 150, "--set", "planned_sessions=8", "--set", "whole_numbers=true",
        "--set", "clip_to_scale=true")  # fmt: skip
    return folder / "scores.csv"


def test_it_shows_bounds_and_rates_by_state_and_saves_them(run, finished, tmp_path):
    out = tmp_path / "placebo.json"
    shown = " ".join(
        run("placebo", finished, "--folds", 2, "--setting", "invented", "--out", out).stdout.split()
    )
    assert "plans that do nothing (scores.csv, invented)" in shown
    assert "first alarm" in shown and "on course" in shown and "Not clinically validated" in shown
    rates = placebo_from_json(out.read_text())
    assert (rates.measure, rates.setting) == ("phq-9", "invented")
    for one in rates.rates:
        assert f"{one.lower:.2f} to {one.upper:.2f}" in shown


def test_it_shows_them_without_saving(run, finished):
    assert "first alarm" in run("placebo", finished, "--folds", 2).stdout


def test_too_few_people_are_refused_with_the_reason(run, table):
    rows = [f"c{i},phq-9,{session},{15 + i % 3}" for i in range(4) for session in range(1, 6)]
    path = table("client_id,measure,session,score\n" + "\n".join(rows) + "\n")
    assert "No course can be expected" in " ".join(run("placebo", path, "--folds", 2, code=2).stderr.split())


def test_two_measures_at_once_are_refused(run, table):
    path = table("client_id,measure,session,score\na,phq-9,1,10\na,gad-7,1,9\n")
    assert "choose one with --measure" in " ".join(run("placebo", path, code=2).stderr.split())

"""A clinic that cannot exist is refused in sentences, and every switch is documented."""

import re
from dataclasses import FrozenInstanceError, fields

import pytest

from midcourse.simulate import ClinicDesign, InventedStep, Truth


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("n_clients", 0, "n_clients must be at least 1, not 0."),
        ("n_clients", 10.0, "n_clients must be a whole number, not 10.0."),
        ("n_clients", True, "n_clients must be a whole number, not True."),
        ("n_therapists", 0, "n_therapists must be at least 1, not 0."),
        ("age_high", 17, "age_high must not be below age_low."),
        ("measure", "", "measure must be a measure's name, not ''."),
        ("maximum", 0.0, "minimum must be below maximum."),
        ("intake_mean", 30.0, "intake_mean must lie on the measure's scale."),
        ("intake_mean", float("nan"), "intake_mean must be a finite number, not nan."),
        ("slope_mean", "steep", "slope_mean must be a finite number, not 'steep'."),
        ("slope_mean", True, "slope_mean must be a finite number, not True."),
        ("slope_sd", -1.0, "slope_sd must be at least 0, not -1.0."),
        ("intake_sd", 2.0, "intake_sd must be at least residual_sd"),
        (
            "intercept_slope_correlation",
            1.2,
            "intercept_slope_correlation must lie between -1 and 1, not 1.2.",
        ),
        ("axis", "month", "axis must be one of session, week, not 'month'."),
        ("basis", "cubic", "basis must be one of ln, sqrt, linear, not 'cubic'."),
        ("times_given", "date", "times_given must be one of both, session, day, not 'date'."),
        ("planned_sessions", 0, "planned_sessions must be at least 1, not 0."),
        ("gap_jitter_days", 7, "gap_jitter_days must be below days_between_sessions"),
        ("start_date", "2026-01-05", "start_date must be a date or None, not '2026-01-05'."),
        ("good_score", 21.0, "good_score and bad_score must stand as the measure's direction"),
        ("higher_is_better", True, "good_score and bad_score must stand as the measure's direction"),
        ("higher_is_better", 1, "higher_is_better must be True or False, not 1."),
        ("leave_after_good", 1.5, "leave_after_good must lie between 0 and 1, not 1.5."),
        ("missed_session_rate", 1.0, "missed_session_rate must be 0 or more and below 1, not 1.0."),
        ("error_correlation", -0.1, "error_correlation must be 0 or more and below 1, not -0.1."),
        ("domains", (), "domains must be a tuple of problem names"),
        ("domains", "depression", "domains must be a tuple of problem names"),
        ("domains", ("depression", ""), "domains must be a tuple of problem names"),
        ("domains", ("anxiety", "anxiety"), "domains must name each problem once"),
        ("plan_effect", 2.0, "plan_effect needs a plan_share above 0."),
        ("plan_steps", (InventedStep("a", 0.5),), "plan_steps need a plan_share above 0."),
        ("plan_steps", (InventedStep("a b", 0.5),), "a name of their own without spaces."),
        ("plan_steps", (InventedStep("a", 0.5), InventedStep("a", 0.1)), "a name of their own"),
        ("plan_steps", (InventedStep("a", 1.5),), "a share between 0 and 1 and a finite effect."),
    ],
)
def test_nonsense_is_refused_with_the_field_and_the_reason(field, value, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        ClinicDesign(**{field: value})


@pytest.mark.parametrize(
    ("together", "sentence"),
    [
        (
            {"whole_numbers": True, "maximum": 27.5},
            "whole_numbers needs a minimum and a maximum that are whole.",
        ),
        ({"late_responder_share": 0.2, "planned_sessions": 5}, "late_onset_session must not come after"),
        (
            {"plan_share": 0.2, "planned_sessions": 3},
            "plan_from_session must not come after planned_sessions.",
        ),
    ],
)
def test_switches_that_do_not_go_together_are_refused(together, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        ClinicDesign(**together)


def test_every_problem_is_named_at_once():
    with pytest.raises(ValueError, match="This clinic cannot exist: n_clients .* slope_sd .* age_high"):
        ClinicDesign(n_clients=0, slope_sd=-1.0, age_high=3)


def test_a_design_cannot_be_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        ClinicDesign().n_clients = 3


def test_the_clients_own_spread_is_what_the_error_leaves_of_the_spread_at_intake():
    assert ClinicDesign(intake_sd=5.0, residual_sd=3.0).intercept_sd == pytest.approx(4.0)


def test_every_field_is_documented_with_its_default(root):
    text = (root / "docs" / "reference" / "simulation.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", text, flags=re.M))
    assert rows == {field.name: str(field.default) for field in fields(ClinicDesign)}


def test_the_example_in_the_docs_runs(root, tmp_path, monkeypatch):
    text = (root / "docs" / "reference" / "simulation.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    exec(re.search(r"```python\n(.*?)```", text, flags=re.S)[1], {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["big", "demo", "invented"]


def test_every_column_of_the_truth_is_documented(root):
    text = (root / "docs" / "reference" / "simulation.md").read_text("utf-8")
    assert [field.name for field in fields(Truth) if f"`{field.name}`" not in text] == []

"""Invented clinics judged switch by switch: the plain one is calibrated, and every switch is on the page."""

from dataclasses import fields, replace
from math import isnan, nan

import numpy as np
import pytest

from bench.awkward_clinic import (
    all_folds,
    clock_of,
    people_of,
    planned_end,
    points_of_both,
    scale_of,
)
from bench.awkward_errors import Estimate, Result, difference, estimate
from bench.awkward_figures import Judged, judged
from bench.awkward_page import page
from bench.awkward_switches import ALONE, NOTHING, SETTINGS, SWITCHES, Switch, unplaced
from bench.awkward_words import BY_END, BY_LAST, sentence
from midcourse.evaluation.judge import judge
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.policy import Policy
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from midcourse.simulate import ClinicDesign, simulate

NAMES = [shown.name for shown in (*BY_LAST, *BY_END)]


def test_with_every_switch_off_the_policys_chances_are_calibrated():
    design = NOTHING.design(800)
    people = people_of(simulate(design, 11))
    tasks = default_tasks(people, all_folds(people, 2, 11))
    found = judge(run([Policy()], people, scale_of(design), clock_of(design), tasks), draws=100)
    slope, intercept = (found.of("midcourse").figures[name] for name in ("slope", "intercept"))
    # The whole intervals lie inside, so that this is no luck of the draw.
    assert slope.low > 0.8 and slope.high < 1.2
    assert intercept.low > -0.2 and intercept.high < 0.2


def test_every_field_of_clinic_design_is_a_switch_or_said_to_be_none():
    assert unplaced() == set(), "a new switch needs a line in bench/awkward_switches.py"
    assert set(SETTINGS) <= {field.name for field in fields(ClinicDesign)}


def test_the_page_names_every_switch(root):
    text = (root / "docs/reference/awkwardness.md").read_text("utf-8")
    for switch in SWITCHES:
        # A row in the table of clinics and in both tables of each of four methods.
        assert text.count(f"\n| {switch.title} |") == 9, f"run python -m bench.awkwardness: {switch.title}"
    for field in fields(ClinicDesign):
        assert f"`{field.name}`" in text or f"{field.name}=" in text, field.name


def test_a_switch_turned_on_alone_leaves_every_other_field_plain():
    for switch in ALONE:
        design = switch.design(400)
        changed = {f.name for f in fields(ClinicDesign) if getattr(design, f.name) != f.default}
        assert changed == {*switch.changes, "n_clients"}


@pytest.mark.parametrize(
    "switch", [s for s in ALONE if "plan_effect" not in s.changes], ids=lambda s: s.title
)
def test_the_planned_end_is_that_of_the_same_people(switch):
    design = switch.design(30)
    truth = simulate(design, 3).truth
    end = planned_end(design, 3)
    np.testing.assert_array_equal(end.truth.true_course, truth.true_course)
    assert (end.truth.reason_for_leaving == "planned end").all()


def test_where_nobody_leaves_the_planned_end_is_the_last_score():
    found = judged(NOTHING, 60, 1, 2, [ChangeRule()])
    figures = found.methods["change"]
    assert figures["end_auc"] == figures["auc"] and figures["end_slope"] == figures["slope"]
    assert found.clinic["events_end"] == found.clinic["events_last"]
    assert isnan(figures["crps_next"]) and found.failed == {}


def test_those_who_do_not_come_again_are_asked_about_the_planned_end():
    design = Switch("left", {"leave_for_other_reasons": 0.4}).design(80)
    people = people_of(simulate(design, 2))
    points, first = points_of_both(people, planned_end(design, 2), all_folds(people, 2, 2))
    asked = {task.client_id for task in points.tasks[first:]}
    short = {person.client_id for person in people if 2 <= len(person.scores) < 4}
    assert short and short <= asked
    assert not short & {task.client_id for task in points.tasks[:first]}
    assert {task.horizon for task in points.tasks[first:]} == {12.0}


def test_a_method_that_cannot_answer_is_kept_with_its_reason():
    found = judged(NOTHING, 12, 1, 2, [Policy()])
    assert "midcourse" in found.failed
    assert isnan(found.methods["midcourse"]["auc"]) and isnan(found.methods["midcourse"]["end_slope"])


def test_days_alone_put_the_course_on_a_clock_of_weeks():
    switch = next(switch for switch in ALONE if switch.changes.get("axis") == "week")
    design = switch.design(20)
    assert clock_of(design) == "week"
    assert people_of(simulate(design, 1))[0].times[0] == 0.0


def test_without_clipping_no_score_comes_near_the_ends_of_the_scale():
    for switch in SWITCHES:
        design = switch.design(400)
        score, scale = simulate(design, 1).scores["score"], scale_of(design)
        assert scale.minimum <= score.min() and score.max() <= scale.maximum


def result(switch: Switch, **figures: list[float]) -> Result:
    known = [
        dict.fromkeys(NAMES, nan) | dict(zip(figures, row, strict=True))
        for row in zip(*figures.values(), strict=True)
    ]
    facts = {"judged": 9.0, "scores": 5.0, "events_last": 0.5, "events_end": 0.5}
    return Result(switch, tuple(Judged(dict.fromkeys(METHOD_NAMES, k), facts, {}) for k in known))


METHOD_NAMES = ("midcourse", "Ornstein-Uhlenbeck", "landmark regression", "change")
PLAIN = result(NOTHING, auc=[0.80, 0.82, 0.84], slope=[1.0, 1.02, 0.98])
SOME = Switch("a switch", {"missing_score_rate": 0.3})


def test_the_error_is_that_between_clinics_and_differences_are_within_a_seed():
    assert estimate([1.0, 2.0, 3.0, nan]) == Estimate(2.0, pytest.approx(3**-0.5), 3)
    assert difference([1.5, 2.5, 3.5], [1.0, 2.0, 3.0]) == Estimate(0.5, 0.0, 3)
    assert isnan(estimate([nan]).mean) and estimate([nan]).text(2) == ""
    assert estimate([-0.001]).text(2) == "0.00" and not estimate([9.0]).beyond(1.0)


def test_a_sentence_says_what_is_worse_by_how_much_and_what_is_out_of_bounds():
    worse = result(SOME, auc=[0.70, 0.73, 0.74], slope=[0.7, 0.71, 0.69])
    said = sentence(worse, PLAIN)
    assert "(`missing_score_rate=0.3`) breaks slope (0.70 ± 0.01)" in said
    assert "and makes worse AUC (by -0.097 ± 0.003)" in said and "moves slope (by -0.30 ± " in said


def test_a_sentence_claims_nothing_that_is_within_error():
    noisy = result(SOME, auc=[0.60, 0.90, 0.84], slope=[1.01, 1.02, 0.98])
    assert sentence(noisy, PLAIN).endswith("breaks no bound, and changes nothing beyond Monte-Carlo error.")


def test_a_sentence_says_that_a_method_could_not_answer():
    one = PLAIN.repeats[0]
    failed = replace(
        PLAIN, switch=SOME, repeats=(replace(one, failed={"midcourse": "why"}), *PLAIN.repeats[1:])
    )
    assert "leaves 1 of 3 clinics without any answer (why), and breaks no bound" in sentence(failed, PLAIN)
    never = replace(failed, repeats=(failed.repeats[0],))
    assert sentence(never, PLAIN).endswith("leaves 1 of 1 clinics without any answer (why).")
    text = page([PLAIN, failed], {"clients": 9, "repeats": 3, "folds": 2, "seed": 1})
    assert "a switch, 1 of 3 clinics (why)" in text and "| a switch | 9 | 5.0 | 50 % | 50 % |" in text

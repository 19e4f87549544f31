"""What past plans say of a step: counted, compared with its like, shrunk, and worded with care."""

from statistics import NormalDist

import pytest

from midcourse.plans.learning import PastPlan, in_learned_order, learn
from midcourse.plans.shrink import SPREAD, shrink
from midcourse.plans.step import every_step
from midcourse.plans.suggest import Offer
from midcourse.signals.state import State


def past(count, bent, steps, start=0, reason="homework-barriers", state=State.OFF_COURSE, **more):
    """Plans of `count` clients with these steps, the first `bent` of them bent."""
    return [
        PastPlan(
            client_id=f"c{start + i:04d}",
            agreed_on=10.0,
            steps=frozenset(steps),
            reason=reason,
            state=state,
            **{"verdict": "bent" if i < bent else "no clear change", "consented": True} | more,
        )
        for i in range(count)
    ]


def of(step, records):
    return next(one for one in records if one.step == step)


def test_it_counts_bent_of_checked_and_those_who_left_or_had_no_scores():
    plans = past(20, 8, "S") + past(3, 0, "S", 100, verdict=None) + past(2, 0, "S", 200, verdict="too early")
    (found,) = learn(plans, placebo=0.1)
    assert (found.bent, found.checked, found.left, found.placebo) == (8, 20, 5, 0.1)
    assert (
        "8 were followed by a course better than expected. In 5 more, people left or had no scores"
        in found.in_words()
    )
    assert "With no plan at all, 10 of 100 look" in found.in_words()


def test_nobody_to_compare_with_is_said_and_no_difference_is_given():
    (found,) = learn(past(20, 8, "S"))
    assert found.difference is None and "nothing can be compared" in found.in_words()
    assert "with no plan at all is not known here" in found.in_words()


def test_like_is_compared_with_like():
    """The other plans do well, but in other situations."""
    elsewhere = past(50, 50, "T", 300, state=State.DRIFTING) + past(50, 50, "T", 400, reason="stigma")
    found = of("S", learn(past(20, 8, "S") + past(20, 2, "T", 100) + elsewhere))
    assert (found.other_bent, found.other_checked) == (2, 20)
    assert found.low is not None and 0 < found.difference < 0.3 and found.low < found.difference < found.high
    assert "at much the same point: 2 of 20. The difference is +" in found.in_words()


def test_a_situation_that_only_one_side_was_in_says_nothing():
    lone = past(12, 0, "S", 500, verdict=None, reason="stigma") + past(12, 12, "T", 600, reason="stigma")
    found = of("S", learn(past(12, 6, "S") + lone))
    assert found.other_checked == 12 and found.difference is None


def test_situations_are_weighed_and_never_pooled():
    """Within each situation the step does nothing; pooled it would look harmful (Simpson)."""
    bad = past(80, 8, "S", 0) + past(20, 2, "T", 100)
    good = past(20, 12, "S", 200, state=State.DRIFTING) + past(80, 48, "T", 300, state=State.DRIFTING)
    found = of("S", learn(bad + good))
    assert found.bent / found.checked < found.other_bent / found.other_checked - 0.2
    assert found.difference == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("count", "said"), [(9, False), (10, True)])
def test_nothing_is_said_under_ten_plans(count, said):
    records = learn(past(count, 3, "S") + past(30, 3, "T", 100))
    assert ("S" in [one.step for one in records]) is said


@pytest.mark.parametrize(("others", "compared"), [(9, False), (10, True)])
def test_nothing_rests_on_fewer_than_ten_people_to_compare_with(others, compared):
    found = of("S", learn(past(30, 3, "S") + past(others, 3, "T", 100)))
    assert (found.difference is not None) is compared


def test_each_client_counts_once_with_the_first_plan():
    again = [PastPlan("c0000", 50.0, frozenset("S"), "homework-barriers", State.OFF_COURSE, "worse", True)]
    assert learn([*again * 9, *past(12, 4, "S")]) == learn(past(12, 4, "S"))


def test_only_consented_plans_enter():
    assert learn(past(30, 3, "S", consented=False)) == ()
    assert learn(past(12, 3, "S") + past(30, 30, "S", 100, consented=False)) == learn(past(12, 3, "S"))


def test_led_to_is_kept_for_lots():
    lots = {"lots": frozenset("ST")}
    drawn = past(12, 9, "S", **lots) + past(12, 1, "T", 100, **lots)
    found = learn(drawn + past(40, 0, "S", 200))
    assert of("S", found).by_lot and of("S", found).checked == 12
    assert "it led to a course better than expected in 9" in of("S", found).in_words()
    few = learn(past(9, 9, "S", **lots) + past(12, 1, "T", 100, **lots) + past(40, 0, "S", 200))
    assert not of("S", few).by_lot and "were followed by" in of("S", few).in_words()
    assert of("S", few).checked == 49


def test_differences_are_shrunk_to_zero_the_more_the_less_is_known():
    (sure, *_), (unsure, *_) = shrink([(0.2, 0.001), (0.2, 0.02)])
    assert 0 < unsure < sure < 0.2


def test_steps_share_one_variance():
    """A difference beside steps that do not differ is believed less than beside steps that do."""
    alone = shrink([(0.2, 0.004), *[(0.0, 0.001)] * 8])[0][0]
    among = shrink([(0.2, 0.004), *[(0.3, 0.001)] * 4, *[(-0.3, 0.001)] * 4])[0][0]
    assert alone < among - 0.05


def test_the_variance_is_integrated_over_and_not_plugged_in():
    """Against a plain sum over tau; any one tau plugged in gives another answer."""
    estimates = [(0.15, 0.01), (-0.02, 0.02), (0.05, 0.005)]
    taus = [0.001 * i for i in range(1, 500)]
    weights = []
    for tau in taus:
        weight = NormalDist(0, SPREAD).pdf(tau)
        for d, v in estimates:
            weight *= NormalDist(0, (v + tau**2) ** 0.5).pdf(d)
        weights.append(weight)
    total = sum(weights)
    for (d, v), (mean, low, high) in zip(estimates, shrink(estimates), strict=True):
        wanted = sum(w * d * t * t / (v + t * t) for w, t in zip(weights, taus, strict=True)) / total
        assert mean == pytest.approx(wanted, abs=0.002)
        assert low < mean < high
    assert shrink([(0.0, 0.01)])[0][2] > 0.02  # agreeing steps do not make tau 0


def test_shrinking_nothing_is_nothing():
    assert shrink([]) == []


def test_a_clinic_may_put_first_what_was_followed_by_more_bent_courses_but_never_before_safety():
    steps = every_step()
    offers = tuple(
        Offer(steps[name], because)
        for name, because in (
            ("A-C-CRISIS", "risk"), ("A-C-TALK", "alliance-rupture"), ("A-C-WRITE-DOWN", "alliance-rupture"),
            ("A-C-TRACK", "early"),
        )
    )  # fmt: skip
    records = learn(past(20, 1, ["A-C-TALK"]) + past(20, 15, ["A-C-WRITE-DOWN"], 100))
    assert [one.step.id for one in in_learned_order(offers, records)] == [
        "A-C-CRISIS", "A-C-WRITE-DOWN", "A-C-TRACK", "A-C-TALK"
    ]  # fmt: skip
    assert in_learned_order(offers, ()) == offers

"""Reference courses: complete or refused, and courses in their own right (ST5)."""

from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.forecast import forecast, intake_only, seen
from midcourse.course.lend import TwoMoments, assumed_end, fitted_numbers, implied_last
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.pattern_sums import sums_of_patterns
from midcourse.course.reference import (
    PARTS,
    Ends,
    Reference,
    read_reference,
    reference_course,
    references_for,
)
from midcourse.simulate import PLAIN, given_intake
from tests.clinics import PHQ_9, clinic

PUBLISHED = {part: {"kind": "published", "source": "a paper"} for part in PARTS}
ASSUMED = {"kind": "assumed", "value": 9.0, "range": [6.0, 12.0], "why": "judgement"}
END = Ends(np.array([[14.0, -2.0], [0.7, -0.1]]), np.array([[8.0, -1.0], [-1.0, 3.0]]), 9.0)


def reference(**changes: object) -> Reference:
    one = Reference(
        name="made-up",
        measure="phq-9",
        measure_version="1",
        basis=Basis("ln", "session"),
        centre=13.0,
        intake_mean=14.0,
        intake_sd=5.0,
        patterns=(((2.0, 3.0), 0.4), ((2.0, 3.0, 5.0, 9.0), 0.8)),
        ends=(END,),
        age_range=(18.0, 120.0),
        language="en",
        setting="nowhere",
        tags=PUBLISHED,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "tag",
    [
        {},
        {"kind": "guessed", "source": "x"},
        {"kind": "published"},
        {"kind": "fitted", "source": "x", "command": "y"},
        {"kind": "assumed", "value": 3, "range": [1, 5]},
    ],
)
def test_a_number_without_a_complete_tag_is_refused(part: str, tag: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"made-up: {part} must be tagged"):
        reference(tags=PUBLISHED | {part: tag})


def test_a_part_without_any_tag_is_refused() -> None:
    with pytest.raises(ValueError, match="beta must be tagged"):
        reference(tags={})


def test_an_assumed_number_needs_a_low_and_a_high_end_and_a_published_course_only_one() -> None:
    with pytest.raises(ValueError, match="a low and a high"):
        reference(tags=PUBLISHED | {"residual": ASSUMED})
    with pytest.raises(ValueError, match="a low and a high"):
        reference(ends=(END, END))
    both = reference(tags=PUBLISHED | {"residual": ASSUMED}, ends=(END, replace(END, residual=12.0)))
    assert both.assumed
    assert not reference().assumed


def simulated_sums(one: Reference, n: int) -> Array:
    """Mean of each client's ww', wb' and yy over simulated clients of the second pattern."""
    random = np.random.RandomState(8)
    times = one.patterns[1][0]
    f = np.array([one.basis.columns(t) for t in times])
    c = one.intake_mean - one.centre + one.intake_sd * random.standard_normal(n)
    w = np.column_stack([np.ones(n), c])
    u = random.standard_normal((n, 2)) @ np.linalg.cholesky(END.random_cov).T
    y = (w @ END.beta + u) @ f.T + 3.0 * random.standard_normal((n, len(times)))
    b = y @ f
    return np.r_[(w.T @ w).ravel(), (w.T @ b).ravel(), (b.T @ b).ravel(), (y**2).sum()] / n


def test_pseudo_clients_are_what_clients_of_that_course_are_on_average() -> None:
    one = reference()
    pattern = one._pattern(one.patterns[1][0], 1.0, END)
    expected = np.r_[pattern.ww.ravel(), pattern.wb.ravel(), pattern.yy.ravel(), pattern.y2]
    np.testing.assert_allclose(simulated_sums(one, 200_000), expected, rtol=0.02, atol=0.5)


def test_shares_of_patterns_count_whatever_they_sum_to() -> None:
    one = reference()
    assert list(one.expected_sums(90).count) == pytest.approx([30.0, 60.0])
    assert one.expected_sums().clients == pytest.approx(1.0)


def test_no_pattern_is_no_client() -> None:
    with pytest.raises(ValueError, match="no clients"):
        sums_of_patterns([], Basis("ln", "session"))


def test_a_reference_alone_is_a_course_all_of_it_borrowed() -> None:
    course = reference_course(reference())
    person = Observed("a", (1.0, 2.0, 3.0), (16.0, 15.0, 17.0))
    found = forecast(course, PHQ_9, seen(course, person), 6.0)
    assert found.borrowed_share == pytest.approx(1.0)
    assert found.own_share > 0
    assert (course.horizon, course.assumed_range, course.age_range) == (9.0, False, (18.0, 120.0))
    assert course.history["reference"] == "made-up"
    assert course.history["tags"] == PUBLISHED


def test_a_reference_is_as_sure_of_its_course_as_its_pseudo_clients_make_it() -> None:
    few, many = (reference_course(reference(), m).parts[0][1] for m in (10, 1000))
    np.testing.assert_allclose(np.array(few.beta_cov), 100 * np.array(many.beta_cov), rtol=1e-9)
    assert few.beta == many.beta == ((14.0, -2.0), (0.7, -0.1))


def test_both_ends_of_an_assumed_range_are_kept_apart() -> None:
    one = read_reference("gad-7-nhs-session")
    course = reference_course(one)
    assert course.assumed_range
    assert [p.residual for _, p in course.parts] == [end.residual for end in one.ends]
    assert [weight for weight, _ in course.parts] == [0.5, 0.5]
    person = Observed("a", (1.0,), (15.0,))
    low, high = (
        forecast(replace(course, parts=((1.0, part),)), PHQ_9, intake_only(person, course), 8.0)
        for _, part in course.parts
    )
    assert low.mean < high.mean - 1
    assert low.sd != high.sd


def test_fitted_references_come_before_assumed_ones_and_only_for_their_measure_and_clock() -> None:
    assert [r.name for r in references_for("phq-9", "week")] == ["phq-9-reframed"]
    assert [r.name for r in references_for("phq-9", "session")] == ["phq-9-nhs-session"]
    assert [r.name for r in references_for("gad-7", "session")] == ["gad-7-nhs-session"]
    assert [r.name for r in references_for("gad-7", "week")] == ["gad-7-nhs-week"]
    assert references_for("bdi", "week") == ()


def test_a_fitted_reference_goes_before_an_assumed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assumed = reference(name="a", tags=PUBLISHED | {"residual": ASSUMED}, ends=(END, END))
    known = {"a": assumed, "b": reference(name="b")}
    monkeypatch.setattr("midcourse.course.reference.names", lambda kind: tuple(known))
    monkeypatch.setattr("midcourse.course.reference.read_reference", known.__getitem__)
    assert [r.name for r in references_for("phq-9", "session")] == ["b", "a"]


def test_a_fingerprint_names_the_data_a_reference_was_fitted_to() -> None:
    assert len(read_reference("phq-9-reframed").fingerprints) == 1
    assert len(read_reference("gad-7-nhs-week").fingerprints) == 0


def test_an_unknown_reference_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="phq-9-reframed"):
        read_reference("phq-10")


# How assumed ends and fitted numbers come about.

FIRST, LAST = TwoMoments(14.2, 6.1), TwoMoments(9.5, 6.6)
LN = Basis("ln", "session")


def test_an_assumed_end_is_the_plain_clinic_given_its_intake() -> None:
    """The invented clinic's own conditioning, from the same starts, slopes and errors."""
    f = np.log(9.0)
    t00, cross = (
        PLAIN.intercept_sd**2,
        PLAIN.intercept_slope_correlation * PLAIN.intercept_sd * PLAIN.slope_sd,
    )
    last_sd = (t00 + 2 * f * cross + f * f * PLAIN.slope_sd**2 + PLAIN.residual_sd**2) ** 0.5
    made = assumed_end(
        TwoMoments(PLAIN.intake_mean, PLAIN.intake_sd),
        TwoMoments(PLAIN.intake_mean + PLAIN.slope_mean * f, last_sd),
        LN,
        last_time=9.0,
        correlation=(t00 + f * cross) / (PLAIN.intake_sd * last_sd),
        residual=PLAIN.residual_sd**2,
    )
    given = given_intake(PLAIN)
    beta = [[given.intercept, given.slope], [given.by_intake, given.slope_by_intake]]
    cov = [[given.intercept_variance, given.covariance], [given.covariance, given.slope_variance]]
    np.testing.assert_allclose(made.beta, beta)
    np.testing.assert_allclose(made.random_cov, cov)


def test_an_assumed_end_has_the_moments_it_was_made_from() -> None:
    end = assumed_end(FIRST, LAST, LN, last_time=8.0, correlation=0.4, residual=8.0)
    found = implied_last(end, LN, FIRST, 8.0)
    assert (found.mean, found.sd) == pytest.approx((9.5, 6.6))


@pytest.mark.parametrize(
    ("basis", "last_time", "correlation", "residual", "why"),
    [
        (Basis("quadratic", "session", 2), 8.0, 0.4, 8.0, "two time columns"),
        (Basis("ln", "session", 1), 8.0, 0.4, 8.0, "two time columns"),
        (LN, 1.0, 0.4, 8.0, "must come after"),
        (LN, 8.0, 0.4, -1.0, "No course has these ends"),
        (LN, 8.0, 1.2, 8.0, "No course has these ends"),
        (LN, 8.0, 0.4, 40.0, "No course has these ends"),
    ],
)
def test_ends_that_no_course_can_have_are_refused(
    basis: Basis, last_time: float, correlation: float, residual: float, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        assumed_end(FIRST, LAST, basis, last_time=last_time, correlation=correlation, residual=residual)


@pytest.mark.parametrize("sd", [0.0, -1.0, float("nan")])
def test_a_spread_that_is_none_is_refused(sd: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        TwoMoments(14.0, sd)


def test_fitted_numbers_are_those_of_the_fit_with_intake_used_once() -> None:
    people = [*clinic(80, 3), Observed("one", (1.0,), (9.0,))]
    found = fitted_numbers(people, "phq-9", LN)
    intakes = [person.intake for person in people]
    assert found["intake"] == pytest.approx({"mean": np.mean(intakes), "sd": np.std(intakes, ddof=1)})
    assert found["centre"] == pytest.approx(np.mean(intakes))
    assert (found["clients"], found["outcome_scores"]) == (80, 400)
    assert np.array(found["beta"]).shape == np.array(found["random_cov"]).shape == (2, 2)

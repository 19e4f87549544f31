"""Rule ST5: a reference course is a complete, tagged parameter set. Each test is a sentence of the rule.

Each shipped file is held by tests/content/test_references.py.
"""

from dataclasses import replace

import numpy as np
import pytest

from midcourse.content import names, read
from midcourse.course.fit import fit_sums
from midcourse.course.forecast import forecast, intake_only
from midcourse.course.likelihood import evaluate
from midcourse.course.reference import PARTS, TAGS, Reference, read_reference, reference_course
from midcourse.review.one_course import review_course
from midcourse.signals.state import State
from tests.clinics import PHQ_9, clinic


@pytest.fixture(params=names("references"))
def reference(request: pytest.FixtureRequest) -> Reference:
    return read_reference(request.param)


def test_a_reference_has_beta_random_covariance_residual_basis_sessions_and_intake(
    reference: Reference,
) -> None:
    assert reference.basis.q == reference.basis.width == 2
    assert reference.patterns and reference.intake_sd > 0
    for end in reference.ends:
        assert end.beta.shape == end.random_cov.shape == (2, 2)
        assert end.residual > 0


def test_every_number_is_tagged_published_fitted_or_assumed_with_all_that_each_kind_must_say() -> None:
    assert TAGS == {
        "published": ("source",),
        "fitted": ("source", "command", "fingerprint"),
        "assumed": ("value", "range", "why"),
    }
    for name in names("references"):
        tags = read_reference(name).tags
        assert set(tags) == set(PARTS)


def test_it_states_age_range_language_setting_and_measure_version(reference: Reference) -> None:
    raw = read("references", reference.name)
    assert all(raw[key] for key in ("age_range", "language", "setting", "measure_version"))


@pytest.mark.parametrize("age", [12.0, 17.9])
def test_below_18_there_is_no_band_and_no_forecast_and_the_sentence_says_why(
    reference: Reference, age: float
) -> None:
    person = clinic(1, 4)[0]
    scale = replace(PHQ_9, measure=reference.measure)
    found = review_course(person, "1", reference_course(reference), scale, reference.basis.axis, age=age)
    assert found.expected == found.ahead == ()
    assert found.outlook is None
    assert any(f"aged 18 to 120, and this person is {age:g}" in note for note in found.notes)


def test_pseudo_clients_are_expected_pattern_sums(reference: Reference) -> None:
    """Beta, Psi and sigma2 are where the expected sums are most likely: the gradient there is nil."""
    for number, end in enumerate(reference.ends):
        sums = reference.expected_sums(100, number)
        low = np.linalg.cholesky(end.random_cov / end.residual)
        at = evaluate(sums, low.T[np.triu_indices(2)], "ML")
        np.testing.assert_allclose(at.gradient, 0.0, atol=1e-6 * abs(at.criterion))
        np.testing.assert_allclose(at.beta, end.beta.reshape(-1), rtol=1e-9)
        assert at.sigma2 == pytest.approx(end.residual, rel=1e-9)


@pytest.mark.parametrize("weight", [3.7, 50.0, 200.0])
def test_fitting_them_alone_by_ml_gives_the_parameters_back_at_any_weight(
    reference: Reference, weight: float
) -> None:
    fit = fit_sums(reference.expected_sums(weight), "ML")
    np.testing.assert_allclose(fit.random_cov, reference.ends[0].random_cov, rtol=1e-6, atol=1e-6)
    assert fit.sigma2 == pytest.approx(reference.ends[0].residual, rel=1e-6)


def test_published_first_and_last_means_and_sds_fix_only_the_two_ends() -> None:
    for name in names("references"):
        reference = read_reference(name)
        if "published" in read("references", name):
            kinds = {part: reference.tags[part]["kind"] for part in PARTS}
            assert kinds == dict.fromkeys(PARTS, "assumed") | {"intake": "published"}


def test_phq_9_by_week_comes_from_a_named_client_level_fit_and_says_whom_it_describes() -> None:
    reference = read_reference("phq-9-reframed")
    assert {tag["kind"] for tag in reference.tags.values()} == {"fitted"}
    assert "REFRAMED" in reference.tags["beta"]["source"]
    assert "treatment-resistant depression" in reference.setting


@pytest.mark.parametrize("name", ["phq-9-nhs-session", "gad-7-nhs-session", "gad-7-nhs-week"])
def test_assumed_forecasts_are_made_at_both_ends_and_the_wider_interval_is_shown(name: str) -> None:
    reference = read_reference(name)
    course = reference_course(reference)
    scale = replace(PHQ_9, measure=reference.measure)
    start = 1.0 if reference.basis.axis == "session" else 0.0
    person = replace(clinic(1, 4)[0], times=tuple(start + i for i in range(6)))
    found = review_course(person, "1", course, scale, reference.basis.axis)
    for point in found.expected:
        ends = [
            forecast(replace(course, parts=((1.0, part),)), scale, intake_only(person, course), point.time)
            for _, part in course.parts
        ]
        bounds = [end.predictive.interval(0.80) for end in ends]
        assert point.low80 == min(low for low, _ in bounds)
        assert point.high80 == max(high for _, high in bounds)
    assert len(found.expected) > 5


def test_gad_7_shows_the_expected_curve_and_gives_no_firm_signal() -> None:
    course = reference_course(read_reference("gad-7-nhs-session"))
    gad_7 = replace(PHQ_9, measure="gad-7", maximum=21)
    bad = replace(clinic(1, 4)[0], scores=(8.0, 9.0, 10.0, 11.0, 12.0, 12.0))
    found = review_course(bad, "1", course, gad_7, "session")
    assert found.expected
    assert found.state != State.OFF_COURSE
    assert found.outlook is not None
    assert found.outlook.p_improvement is None

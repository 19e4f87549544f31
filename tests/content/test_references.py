"""The reference courses that ship: every number tagged, and each made as its tag says (ST5)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from midcourse.content import names, read
from midcourse.course.basis import Basis, parse_basis
from midcourse.course.fit import fit_sums
from midcourse.course.lend import TwoMoments, assumed_end, fitted_numbers, implied_last
from midcourse.course.moments import weighted_sums
from midcourse.course.observed import observe
from midcourse.course.reference import PARTS, TAGS, Reference, read_reference
from midcourse.tables import read_table

ASSUMED = ("phq-9-nhs-session", "gad-7-nhs-session", "gad-7-nhs-week")


@pytest.fixture(params=names("references"))
def reference(request: pytest.FixtureRequest) -> Reference:
    return read_reference(request.param)


def test_there_is_a_reference_for_each_measure_and_clock() -> None:
    assert set(names("references")) == {"phq-9-reframed", *ASSUMED}


def test_every_number_of_a_reference_is_tagged_with_where_it_comes_from(reference: Reference) -> None:
    for part in PARTS:
        tag = reference.tags[part]
        assert all(tag[word] not in ("", [], {}) for word in TAGS[tag["kind"]])


def test_a_reference_says_whom_it_describes(reference: Reference) -> None:
    instrument = read("instruments", reference.measure)
    assert reference.age_range[0] == 18
    assert reference.language == instrument["language"] == "en"
    assert reference.measure_version == instrument["version"]
    assert len(reference.setting) > 20


def test_shares_of_patterns_sum_to_one_and_times_rise_after_the_first_score(reference: Reference) -> None:
    assert sum(share for _, share in reference.patterns) == pytest.approx(1.0, abs=2e-4)
    start = 1.0 if reference.basis.axis == "session" else 0.0
    for times, _ in reference.patterns:
        assert all(a < b for a, b in zip((start, *times), times, strict=False))


def test_every_end_is_a_possible_course(reference: Reference) -> None:
    for end in reference.ends:
        assert end.residual > 0
        assert np.linalg.eigvalsh(end.random_cov)[0] >= 0
        assert np.array_equal(end.random_cov, end.random_cov.T)


def test_fitting_its_expected_sums_alone_by_ml_gives_a_reference_back_to_one_in_a_million(
    reference: Reference,
) -> None:
    for number, end in enumerate(reference.ends):
        fit = fit_sums(reference.expected_sums(200, number), "ML")
        np.testing.assert_allclose(fit.beta, end.beta.reshape(-1), rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(fit.random_cov, end.random_cov, rtol=1e-6, atol=1e-6)
        assert fit.sigma2 == pytest.approx(end.residual, rel=1e-6)


def test_a_whole_weight_equals_that_many_copies_of_the_pseudo_clients(reference: Reference) -> None:
    once, thrice = reference.expected_sums(40.0), reference.expected_sums(120.0)
    copied = weighted_sums(once, 3)
    np.testing.assert_allclose(thrice.count, copied.count, rtol=1e-13)
    np.testing.assert_allclose(thrice.total, copied.total, rtol=1e-12)
    k = np.ones((len(once.g), once.q, once.q))
    np.testing.assert_allclose(thrice.products.cross(k), copied.products.cross(k), rtol=1e-12)
    assert (thrice.n, thrice.clients) == pytest.approx((copied.n, copied.clients))


@pytest.mark.parametrize("name", ASSUMED)
def test_both_ends_of_an_assumed_course_have_the_published_first_and_last_moments(name: str) -> None:
    raw, reference = read("references", name), read_reference(name)
    first, last = (TwoMoments(**raw["published"][key]) for key in ("first", "last"))
    assert (reference.intake_mean, reference.intake_sd) == (first.mean, first.sd)
    for number, end in enumerate(reference.ends):
        assumed = {key: values[number] for key, values in raw["assumed"].items()}
        made = assumed_end(first, last, reference.basis, **assumed)
        np.testing.assert_allclose(end.beta, made.beta, atol=1e-6)
        np.testing.assert_allclose(end.random_cov, made.random_cov, atol=1e-6)
        assert end.residual == made.residual
        implied = implied_last(end, reference.basis, first, assumed["last_time"])
        assert (implied.mean, implied.sd) == pytest.approx((last.mean, last.sd), abs=1e-4)


@pytest.mark.parametrize("name", ASSUMED)
def test_nothing_but_intake_is_called_published_where_only_totals_were_published(name: str) -> None:
    kinds = {part: read_reference(name).tags[part]["kind"] for part in PARTS}
    assert kinds.pop("intake") == "published"
    assert set(kinds.values()) == {"assumed"}


def test_an_assumed_number_names_the_client_level_fit_or_the_judgement_it_rests_on() -> None:
    for name in ASSUMED:
        tags = read_reference(name).tags
        for part in PARTS:
            if tags[part]["kind"] == "assumed":
                assert "judgement" in tags[part]["why"].lower()
        assert "treatment-resistant depression" in tags["residual"]["why"]


def nhs_totals(path: Path) -> dict[str, dict[str, float]]:
    """Return England's CBT first and last moments of 2024-25, by measure and time."""
    out: dict[str, dict[str, float]] = {}
    for line in path.read_text("utf-8").splitlines():
        cells = line.split(",")
        if cells[0] == "2024-25" and cells[7] == "Total" and cells[8] == "Cognitive Behaviour Therapy (CBT)":
            out.setdefault(f"{cells[9]} {cells[11]}", {})[cells[10]] = float(cells[12])
    return out


@pytest.mark.parametrize("name", ASSUMED)
def test_the_published_moments_are_those_of_nhs_talking_therapies_2024_25(
    name: str, real_data: Callable[[str], Path]
) -> None:
    totals = nhs_totals(real_data("nhstt_annual_england_proms.csv"))
    raw = read("references", name)
    short = {"phq-9": "phq", "gad-7": "gad"}[raw["measure"]]
    assert raw["published"]["first"] == totals[f"{short} start"]
    assert raw["published"]["last"] == totals[f"{short} end"]


@pytest.fixture
def reframed(real_data: Callable[[str], Path]) -> dict[str, Any]:
    episodes = read_table(real_data("reframed_phq9_half.csv")).episodes
    people = [person for e in episodes if (person := observe(e, "phq-9", "week")) is not None]
    return fitted_numbers(people, "phq-9", Basis("ln", "week", 2)) | {"people": people}


def test_the_phq_9_course_by_week_is_what_the_reframed_half_gives(reframed: dict[str, Any]) -> None:
    reference = read_reference("phq-9-reframed")
    end = reference.ends[0]
    np.testing.assert_allclose(end.beta, reframed["beta"], atol=1e-5)
    np.testing.assert_allclose(end.random_cov, reframed["random_cov"], atol=1e-5)
    assert end.residual == pytest.approx(reframed["residual"], abs=1e-5)
    assert reference.centre == pytest.approx(reframed["centre"], abs=1e-6)
    assert reference.intake_mean == pytest.approx(reframed["intake"]["mean"], abs=1e-6)
    assert reference.intake_sd == pytest.approx(reframed["intake"]["sd"], abs=1e-6)
    assert {reference.tags[part]["fingerprint"] for part in PARTS} == {reframed["fingerprint"]}


def test_the_shares_of_the_phq_9_course_by_week_are_those_of_the_last_months(
    reframed: dict[str, Any],
) -> None:
    months = [round(p.times[-1] * 7 / 30.4375) for p in reframed["people"] if len(p.scores) > 1]
    groups = np.histogram(months, bins=[1, 5, 9, 13, 19])[0] / len(months)
    shares = [share for _, share in read_reference("phq-9-reframed").patterns]
    np.testing.assert_allclose(shares, groups, atol=1e-4)


def test_the_basis_named_in_each_file_is_one_there_is(reference: Reference) -> None:
    assert parse_basis(reference.basis.name) == reference.basis

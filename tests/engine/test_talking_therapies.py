"""Outcomes of English talking-therapy services: the boundaries, the pair, the denominators."""

import pytest

from midcourse.measures import find
from midcourse.measures.scale import Cutoff, ReliableChange, Scale
from midcourse.measures.talking_therapies import (
    GAD7,
    PHQ9,
    ScorePair,
    ServiceCounts,
    at_caseness,
    course_outcome,
    has_finished,
    service_counts,
)

STEADY = ScorePair(12, 12)


def outcome(phq9: tuple, gad7: tuple):
    return course_outcome(ScorePair(*phq9), ScorePair(*gad7))


@pytest.mark.parametrize(("last", "improved"), [(15, False), (14, True), (14.5, False)])
def test_a_fall_of_6_on_phq_9_is_reliable_and_a_fall_of_5_is_not(last, improved):
    assert outcome((20, last), (12, 12)).improved is improved


@pytest.mark.parametrize(("last", "improved"), [(9, False), (8, True)])
def test_a_fall_of_4_on_gad_7_is_reliable_and_a_fall_of_3_is_not(last, improved):
    assert outcome((20, 20), (12, last)).improved is improved


@pytest.mark.parametrize(("last", "deteriorated"), [(15, False), (16, True)])
def test_a_rise_of_6_on_phq_9_is_reliable_and_a_rise_of_5_is_not(last, deteriorated):
    assert outcome((10, last), (5, 5)).deteriorated is deteriorated


@pytest.mark.parametrize(("last", "deteriorated"), [(8, False), (9, True)])
def test_a_rise_of_4_on_gad_7_is_reliable_and_a_rise_of_3_is_not(last, deteriorated):
    assert outcome((10, 10), (5, last)).deteriorated is deteriorated


@pytest.mark.parametrize(
    ("phq9", "gad7", "case"),
    [(9, 7, False), (10, 7, True), (9, 8, True), (None, 8, True), (10, None, True), (9, None, None)],
)
def test_caseness_is_10_on_phq_9_or_8_on_gad_7(phq9, gad7, case):
    assert at_caseness(phq9, gad7, scales=(PHQ9, GAD7)) is case


@pytest.mark.parametrize("ours", [PHQ9, GAD7])
def test_the_thresholds_are_those_of_the_instrument_files(ours):
    shipped = find(ours.measure).scale
    assert (ours.minimum, ours.maximum) == (shipped.minimum, shipped.maximum)
    assert ours.caseness.value == shipped.caseness.value
    assert ours.reliable_change.points == shipped.reliable_change.points


def test_recovery_takes_both_measures_below_caseness():
    assert outcome((12, 9), (7, 7)).recovered is True
    assert outcome((12, 9), (8, 8)).recovered is False
    assert outcome((9, 3), (7, 3)).recovered is False


def test_recovery_without_reliable_improvement_is_not_reliable_recovery():
    found = outcome((10, 9), (7, 7))
    assert (found.recovered, found.improved, found.reliably_recovered) == (True, False, False)
    assert outcome((15, 9), (7, 7)).reliably_recovered is True


def test_recovery_with_one_measure_reliably_worse_is_not_reliable_recovery():
    found = outcome((16, 9), (3, 7))
    assert (found.recovered, found.mixed, found.reliably_recovered) == (True, True, False)
    assert (found.improved, found.deteriorated, found.no_reliable_change) == (False, False, False)


def test_who_did_not_change_reliably_on_either_is_counted_as_such():
    assert outcome((12, 10), (9, 8)).no_reliable_change is True


def test_without_a_last_score_nothing_but_the_start_is_known():
    found = outcome((12, None), (9, 8))
    assert found.at_caseness is True
    assert found.recovered is None
    assert found.improved is None


def test_a_pair_with_a_missing_score_has_no_change():
    with pytest.raises(ValueError, match="a first and a last"):
        ScorePair(None, 3).both()


def test_another_anxiety_measure_brings_its_own_thresholds():
    wellbeing = Scale(
        measure="calm",
        title="Calm",
        minimum=0,
        maximum=100,
        higher_is_better=True,
        reliable_change=ReliableChange(points=10, source="invented for this test"),
        caseness=Cutoff(value=50, source="invented for this test"),
    )
    found = course_outcome(ScorePair(5, 5), ScorePair(50, 60), anxiety_scale=wellbeing)
    assert (found.at_caseness, found.reliably_recovered) == (True, True)


@pytest.mark.parametrize("missing", ["caseness", "reliable_change"])
def test_a_measure_without_its_numbers_in_force_is_refused(missing):
    numbers = {"caseness": GAD7.caseness, "reliable_change": GAD7.reliable_change}
    numbers[missing] = None
    bare = Scale(measure="x", title="Bare", minimum=0, maximum=10, **numbers)
    with pytest.raises(ValueError, match="Bare has no cut-off or no reliable change"):
        course_outcome(STEADY, STEADY, anxiety_scale=bare)


@pytest.mark.parametrize(("ended", "n", "finished"), [(True, 2, True), (True, 1, False), (False, 5, False)])
def test_a_finished_course_has_ended_after_two_attended_treatments(ended, n, finished):
    assert has_finished(ended=ended, treatment_appointments_attended=n) is finished


def test_appointments_cannot_be_fewer_than_none():
    with pytest.raises(ValueError, match="fewer than none"):
        has_finished(ended=True, treatment_appointments_attended=-1)


def test_recovery_is_of_cases_and_improvement_of_everybody():
    found = service_counts(
        [
            outcome((18, 5), (12, 4)),
            outcome((18, 17), (12, 12)),
            outcome((8, 2), (5, 4)),
            outcome((12, 20), (9, 9)),
            outcome((12, None), (9, None)),
        ]
    )
    assert found == ServiceCounts(
        finished=5,
        not_at_caseness=1,
        recovered=1,
        improved=2,
        reliably_recovered=1,
        deteriorated=1,
        no_reliable_change=1,
    )
    assert found.recovery_percent == 25
    assert found.reliable_recovery_percent == 25
    assert found.improvement_percent == 40
    assert found.deterioration_percent == 20
    assert found.no_reliable_change_percent == 20


def test_a_course_whose_start_is_unknown_stays_in_every_denominator():
    unknown = service_counts([outcome((9, None), (None, None)), outcome((9, 9), (7, 7))])
    assert (unknown.finished, unknown.not_at_caseness, unknown.cases) == (2, 1, 1)
    assert unknown.recovery_percent == 0


def test_a_service_that_saw_nobody_has_no_percentages():
    nobody = service_counts([])
    assert nobody.recovery_percent is None
    assert nobody.improvement_percent is None


@pytest.mark.parametrize("wrong", [(-1, 0, 0, 0), (10, 11, 0, 0), (10, 5, 6, 0), (10, 0, 0, 11)])
def test_counts_that_cannot_be_are_refused(wrong):
    finished, below, recovered, improved = wrong
    with pytest.raises(ValueError):
        ServiceCounts(finished, below, recovered, improved, 0, 0, 0)

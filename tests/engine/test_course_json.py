"""A course saves to readable JSON and comes back unchanged."""

import json
from dataclasses import replace

import pytest

from midcourse.course.basis import Basis
from midcourse.course.course import Course, Limits, Parameters, course_from_json
from midcourse.course.expect import expected_course
from midcourse.course.odds import Odds
from midcourse.course.recalibration import FEATURES, Recalibration
from midcourse.course.reference import read_reference, reference_course
from tests.clinics import clinic

PARAMETERS = Parameters(
    ((14.0, -2.1), (0.7, 1 / 3)), ((0.1,) * 4,) * 4, ((8.0, -1.0), (-1.0, 3.0)), 9.0, ((0.05,) * 4,) * 4
)
RECALIBRATION = Recalibration(
    (0.1,) * FEATURES,
    (0.2,) * FEATURES,
    11.0,
    8.0,
    (0.0, 0.5, 1.0),
    (0.0, 0.4, 1.0),
    (0.0, 0.6, 1.0),
    (5.0, 9.0),
    120,
)
FULL = Course(
    "phq-9",
    Basis("quadratic", "week", 3),
    "intake once",
    14.25,
    ((0.5, PARAMETERS), (0.5, replace(PARAMETERS, borrowed_cov=None))),
    12.0,
    RECALIBRATION,
    True,
    (18.0, 120.0),
    {"clients": 120, "versions": {"numpy": "2"}},
    Odds(0.1, 0.8, 6.0, 120, (0.2, 0.1, -0.3, 0.05)),
    Limits(0.4, 0.6, 7.0, 5.0, 6.0, "two-stage-3", 120),
)


@pytest.mark.parametrize(
    "course", [FULL, replace(FULL, recalibration=None, age_range=None, odds=None, limits=None)]
)
def test_a_saved_course_is_read_back_unchanged(course: Course) -> None:
    assert course_from_json(course.to_json()) == course


def test_fitted_and_reference_courses_are_read_back_unchanged() -> None:
    fitted = expected_course(clinic(20, 1), "phq-9", "session")
    lent = reference_course(read_reference("gad-7-nhs-week"))
    for course in (fitted, lent):
        assert course_from_json(course.to_json()) == course


def test_a_course_saved_before_limits_were_learned_is_read_without_them() -> None:
    assert course_from_json(without("limits")) == replace(FULL, limits=None)


def test_a_course_saved_before_odds_were_corrected_is_read_without_them() -> None:
    assert course_from_json(without("odds")) == replace(FULL, odds=None)


def test_a_course_whose_correction_is_of_an_older_kind_has_to_be_fitted_again() -> None:
    raw = json.loads(FULL.to_json())
    raw["recalibration"]["shift"] = raw["recalibration"]["shift"][:6]
    with pytest.raises(ValueError, match="saved by an older version: fit it again"):
        course_from_json(json.dumps(raw))


def test_a_saved_course_can_be_read_by_a_person() -> None:
    text = FULL.to_json()
    assert json.loads(text)["parts"][0][1]["residual"] == 9.0
    assert '"measure": "phq-9"' in text


def without(key: str) -> str:
    raw = json.loads(FULL.to_json())
    del raw[key]
    return json.dumps(raw)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "3", '{"parts": 3}', without("basis"), without("parts"), without("measure")],
)
def test_a_text_that_is_no_saved_course_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        course_from_json(text)

"""A client's scores on the course's own clock."""

import pytest

from midcourse.course.observed import Observed, choose_axis, observe
from midcourse.record import Episode, Score


def episode(*scores: tuple[float | None, float | None, float], ended: float | None = None) -> Episode:
    """An episode of (session, day, value) on one measure, and one score on another."""
    given = tuple(Score("phq-9", value, session=session, day=day) for session, day, value in scores)
    return Episode("a", (*given, Score("gad-7", 9.0, session=1.0)), therapist_id="t", ended=ended)


def test_time_starts_with_the_first_score_whatever_its_number_or_date() -> None:
    one = episode((3, 738000, 14), (4, 738007, 12), (6, 738028, 9))
    assert observe(one, "phq-9", "session") == Observed("a", (1.0, 2.0, 4.0), (14, 12, 9), "t")
    assert observe(one, "phq-9", "week") == Observed("a", (0.0, 1.0, 4.0), (14, 12, 9), "t")


def test_scores_are_put_in_order_of_time() -> None:
    one = episode((2, None, 12), (1, None, 14))
    assert observe(one, "phq-9", "session") == Observed("a", (1.0, 2.0), (14, 12), "t")


def test_scores_without_a_time_on_the_clock_are_left_out() -> None:
    one = episode((1, 0, 14), (None, 7, 12), (3, None, 9))
    assert observe(one, "phq-9", "session") == Observed("a", (1.0, 3.0), (14, 9), "t")
    assert observe(one, "phq-9", "week") == Observed("a", (0.0, 1.0), (14, 12), "t")


def test_where_no_score_has_a_time_there_is_nothing_to_observe() -> None:
    assert observe(episode((None, None, 14)), "phq-9", "session") is None
    assert observe(episode(), "phq-9", "week") is None


def test_follow_up_after_therapy_has_ended_is_left_out() -> None:
    one = episode((1, 0, 14), (2, 7, 12), (3, 8, 10), (4, 90, 3), ended=8)
    assert observe(one, "phq-9", "week") == Observed("a", (0.0, 1.0, 8 / 7), (14, 12, 10), "t")
    assert observe(one, "phq-9", "session") == Observed("a", (1.0, 2.0, 3.0), (14, 12, 10), "t")


def test_whole_weeks_round_weeks_and_never_sessions() -> None:
    one = episode((1, 0, 14), (2, 10, 12), (3.5, 12, 9))
    assert observe(one, "phq-9", "week", whole_weeks=True) == Observed("a", (0.0, 1.0, 2.0), (14, 12, 9), "t")
    assert observe(one, "phq-9", "session", whole_weeks=True) == Observed(
        "a", (1.0, 2.0, 3.5), (14, 12, 9), "t"
    )


def test_only_the_first_scores_may_be_shown() -> None:
    person = Observed("a", (0.0, 1.0, 2.0), (14.0, 12.0, 9.0), "t")
    assert person.up_to(2) == Observed("a", (0.0, 1.0), (14.0, 12.0), "t")
    assert person.intake == person.up_to(1).intake == 14.0


@pytest.mark.parametrize(("with_session", "axis"), [(95, "session"), (94, "week")])
def test_session_numbers_are_used_when_present_on_95_percent_of_scores(with_session: int, axis: str) -> None:
    scores = [(float(i) if i < with_session else None, float(i), 10.0) for i in range(100)]
    assert choose_axis([episode(*scores)], "phq-9") == axis


def test_without_enough_sessions_or_days_there_is_no_clock() -> None:
    assert choose_axis([episode(*[(None, None, 10.0)] * 6, (1, 1, 9.0))], "phq-9") is None
    assert choose_axis([episode()], "phq-9") is None
    assert choose_axis([], "phq-9") is None

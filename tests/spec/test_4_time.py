"""Time: where on the clock a score stands

A course counts attended sessions where nearly every score has a session number, and weeks otherwise.
Sessions count from 1 and weeks from 0, each from the client's own first score.
"""

from tests.spec.spec import Asking


def test_the_session_of_the_first_score_counts_as_one(review: Asking) -> None:
    """Sessions missed between scores keep their distance."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 4       | 14
        a      | phq-9   | 5       | 13
        a      | phq-9   | 9       | 12
        b      | phq-9   | 0       | 11
        b      | phq-9   | 2       | 10
        """
    ).gives(
        """
        client | times | scores
        a      | 1 2 6 | 14 13 12
        b      | 1 3   | 11 10
        """
    )


def test_dates_are_counted_in_weeks_from_the_first_score(review: Asking) -> None:
    """Seven days are a week, and a day is a seventh of one."""
    review(
        """
        client | measure | date       | score
        a      | phq-9   | 2024-02-26 | 14
        a      | phq-9   | 2024-03-04 | 13
        a      | phq-9   | 2024-03-05 | 12
        """
    ).gives(
        """
        client | times         | scores
        a      | 0 1 1.1428571 | 14 13 12
        """
    )


def test_days_are_counted_in_weeks_too(review: Asking) -> None:
    """Where the count starts does not matter."""
    review(
        """
        client | measure | day   | score
        a      | phq-9   | -7    | 14
        a      | phq-9   | 0     | 13
        a      | phq-9   | 10.5  | 12
        """
    ).gives(
        """
        client | times | scores
        a      | 0 1 2.5 | 14 13 12
        """
    )


def test_times_may_come_with_their_unit(review: Asking) -> None:
    """A month is a twelfth of 365.25 days, a year all of them."""
    review(
        """
        client | measure | time | unit   | score
        a      | phq-9   | 0    | weeks  | 14
        a      | phq-9   | 2    | weeks  | 13
        a      | phq-9   | 1    | month  | 12
        a      | phq-9   | 1    | year   | 11
        a      | phq-9   | 7    | days   | 10
        """
    ).gives(
        """
        client | times                    | scores
        a      | 0 1 2 4.3482143 52.178571 | 14 10 13 12 11
        """
    )


def test_a_column_called_week_or_month_says_its_unit(review: Asking) -> None:
    """Its numbers are read as weeks or months."""
    review(
        """
        client | measure | week | score
        a      | phq-9   | 0    | 14
        a      | phq-9   | 6    | 13
        """
    ).gives(
        """
        client | times | scores
        a      | 0 6   | 14 13
        """
    )


def test_words_for_occasions_are_sessions_in_order(review: Asking) -> None:
    """Follow-up is a word too, and lies after therapy."""
    review(
        """
        client | measure | time      | score
        a      | phq-9   | post      | 9
        a      | phq-9   | pre       | 14
        a      | phq-9   | mid       | 12
        a      | phq-9   | follow-up | 8
        """
    ).gives(
        """
        client | times | scores
        a      | 1 2 3 | 14 12 9
        """,
        follow_up=1,
    )


def test_sessions_are_used_where_nineteen_scores_in_twenty_have_one(review: Asking) -> None:
    """The twentieth has a date only, has no place among sessions, and is set aside."""
    rows = "\n".join(f"c{i:02} | phq-9 | {1 + i % 3} | 2024-03-{1 + i:02} | 12" for i in range(19))
    expected = "\n".join(f"c{i:02} | 1 | 12" for i in range(19))
    review(
        f"""
        client | measure | session | date | score
        {rows}
        c18 | phq-9 | | 2024-03-27 | 11
        """
    ).gives(
        f"""
        client | times | scores
        {expected}
        """,
        set_aside=1,
        by_kind={"no-time": 1},
    )


def test_below_that_share_dates_are_used_for_everyone(review: Asking) -> None:
    """Here three scores in four have a session."""
    review(
        """
        client | measure | session | date       | score
        a      | phq-9   | 1       | 2024-03-01 | 14
        a      | phq-9   | 2       | 2024-03-08 | 13
        a      | phq-9   |         | 2024-03-15 | 12
        a      | phq-9   | 4       | 2024-03-29 | 11
        """
    ).gives(
        """
        client | times   | scores
        a      | 0 1 2 4 | 14 13 12 11
        """
    )


def test_each_measure_has_its_own_clock(review: Asking) -> None:
    """The PHQ-9 has a session every time and counts sessions; the GAD-7 has none and counts weeks."""
    review(
        """
        client | measure | session | date       | score
        a      | phq-9   | 1       | 2024-03-01 | 14
        a      | phq-9   | 2       | 2024-03-15 | 13
        a      | gad-7   |         | 2024-03-01 | 9
        a      | gad-7   |         | 2024-03-15 | 8
        """
    ).gives(
        """
        client | measure | times | scores
        a      | gad-7   | 0 2   | 9 8
        a      | phq-9   | 1 2   | 14 13
        """
    )


def test_two_dates_with_one_session_number_stay_in_order_of_their_dates(review: Asking) -> None:
    """The earlier is the first score; the later counts as an outcome at the same session."""
    review(
        """
        client | measure | session | date       | score
        a      | phq-9   | 1       | 2024-03-08 | 13
        a      | phq-9   | 1       | 2024-03-01 | 14
        a      | phq-9   | 2       | 2024-03-15 | 12
        a      | phq-9   | 2       | 2024-03-22 | 11
        b      | gad-7   |         | 2024-03-01 | 5
        """
    ).gives(
        """
        client | measure | times   | scores
        b      | gad-7   | 0       | 5
        a      | phq-9   | 1 1 2 2 | 14 13 12 11
        """
    )


def test_who_has_no_place_on_the_measures_clock_is_numbered_in_order(review: Asking) -> None:
    """Twenty-nine scores count sessions; one client has only a date, and there is no course for her."""
    rows = "\n".join(f"c{i:02} | phq-9 | {1 + i % 3} | 2024-03-{1 + i:02} | 12" for i in range(29))
    expected = "\n".join(f"c{i:02} | 1 | 12 | too early" for i in range(29))
    gad = "\n".join(f"g{i} | gad-7 | | 2024-03-{1 + i:02} | 12" for i in range(2))
    review(
        f"""
        client | measure | session | date | score
        {rows}
        z | phq-9 |   | 2024-03-27 | 11
        {gad}
        """
    ).gives(
        f"""
        client | times | scores | state
        {expected}
        g0 | 0 | 12 | too early
        g1 | 0 | 12 | too early
        z | 1 | 11 | too early
        """,
        set_aside=0,
    )


def test_whole_weeks_are_rounded_with_halves_to_the_even_week(review: Asking) -> None:
    """Days 3, 4, 10, 17 and 18 of a client; half weeks here lie at 3.5 and 10.5 days."""
    review(
        """
        client | measure | day  | score
        a      | phq-9   | 0    | 14
        a      | phq-9   | 3    | 13
        a      | phq-9   | 3.5  | 12
        a      | phq-9   | 4    | 11
        a      | phq-9   | 10.5 | 10
        a      | phq-9   | 17.5 | 9
        """,
        whole_weeks=True,
    ).gives(
        """
        client | times       | scores
        a      | 0 0 0 1 2 2 | 14 13 12 11 10 9
        """
    )


def test_whole_weeks_leave_sessions_alone(review: Asking) -> None:
    """Only weeks are rounded."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | phq-9   | 1.5     | 13
        """,
        whole_weeks=True,
    ).gives(
        """
        client | times | scores
        a      | 1 1.5 | 14 13
        """
    )


def test_a_time_that_cannot_be_read_sets_the_score_aside(review: Asking) -> None:
    """A word nobody knows, a date that does not exist, no time at all."""
    review(
        """
        client | measure | date       | score
        a      | phq-9   | 2024-03-01 | 14
        a      | phq-9   | 2024-02-30 | 13
        a      | phq-9   | someday    | 12
        a      | phq-9   |            | 11
        a      | phq-9   | 2024-03-08 | 10
        """
    ).gives(
        """
        client | times | scores
        a      | 0 1   | 14 10
        """,
        set_aside=3,
        by_kind={"not-a-date": 2, "no-time": 1},
    )


def test_a_session_that_is_no_number_sets_the_score_aside(review: Asking) -> None:
    """Labels such as S3 or Session 4 are numbers."""
    review(
        """
        client | measure | session   | score
        a      | phq-9   | 1         | 14
        a      | phq-9   | S3        | 13
        a      | phq-9   | Session 4 | 12
        a      | phq-9   | the last  | 11
        """
    ).gives(
        """
        client | times | scores
        a      | 1 3 4 | 14 13 12
        """,
        set_aside=1,
        by_kind={"not-a-time": 1},
    )


def test_of_repeats_at_one_session_the_first_row_says_the_day(review: Asking) -> None:
    """The score counts once; the later date in the earlier row is the one that is kept."""
    review(
        """
        client | measure | session | date       | score
        a      | phq-9   | 1       | 2024-03-20 | 14
        a      | phq-9   | 1       | 2024-03-01 | 14
        """,
        as_of=738977.0,
    ).gives(
        """
        client | times | scores | state
        a      | 1     | 14     | too early
        """,
        exact_repeats=1,
    )

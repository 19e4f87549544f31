"""Order, and what can be asked for

Most in need of attention first. `allow` keeps what the model can use.
"""

from tests.spec.known import KNOWN, LOW
from tests.spec.spec import Asking


def test_states_stand_in_order_of_need(review: Asking) -> None:
    """Reliably worse, off course, drifting, no recent data, too early, on course, reached goal."""
    review(
        """
        client | measure | day | session | score
        a      | low     | 100 | 1       | 15
        a      | low     | 107 | 2       | 9
        b      | low     | 100 | 1       | 20
        b      | low     | 107 | 2       | 11
        c      | low     | 107 | 1       | 15
        d      | low     | 0   | 1       | 15
        d      | low     | 7   | 2       | 15
        e      | low     | 100 | 1       | 15
        e      | low     | 107 | 2       | 16
        f      | low     | 93  | 1       | 15
        f      | low     | 100 | 2       | 15
        f      | low     | 107 | 3       | 17
        g      | low     | 100 | 1       | 15
        g      | low     | 107 | 2       | 21
        """,
        scale=LOW,
        course=KNOWN,
        as_of=108.0,
    ).gives(
        """
        client | state
        g      | reliably worse
        f      | off course
        e      | drifting
        d      | no recent data
        c      | too early
        b      | on course
        a      | reached goal
        """
    )


def test_within_a_state_the_lowest_odds_of_improvement_come_first(review: Asking) -> None:
    """Then clients in order of their ids, which are text."""
    review(
        """
        client | measure | session | score
        10     | low     | 1       | 15
        10     | low     | 2       | 13
        9      | low     | 1       | 15
        9      | low     | 2       | 13
        b      | low     | 1       | 15
        b      | low     | 2       | 15
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | improvement
        b      | 0.077
        10     | 0.1366
        9      | 0.1366
        """
    )


def test_one_clients_courses_stand_by_episode_then_measure(review: Asking) -> None:
    """In whatever order the rows come; episodes are text."""
    review(
        """
        client | episode | measure | session | score
        a      | 2       | phq-9   | 1       | 15
        a      | 10      | phq-9   | 1       | 15
        a      | 2       | gad-7   | 1       | 15
        a      | 1       | phq-9   | 1       | 15
        """
    ).gives(
        """
        client | measure | episode
        a      | phq-9   | 1
        a      | phq-9   | 10
        a      | gad-7   | 2
        a      | phq-9   | 2
        """
    )


def test_a_persons_measures_stand_together_where_the_most_urgent_puts_them(review: Asking) -> None:
    """a is reliably worse on one measure and has reached the goal on the other; b is off course on one."""
    review(
        """
        client | measure | session | score
        b      | low     | 1       | 20
        b      | low     | 2       | 18
        b      | low     | 3       | 18
        a      | gad-7   | 1       | 10
        a      | gad-7   | 2       | 16
        a      | low     | 1       | 15
        a      | low     | 2       | 9
        c      | low     | 1       | 20
        c      | low     | 2       | 18
        c      | gad-7   | 1       | 10
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | measure | state
        a      | gad-7   | reliably worse
        a      | low     | reached goal
        b      | low     | off course
        c      | low     | drifting
        c      | gad-7   | too early
        """
    )


def test_allow_uses_the_mean_of_different_scores_at_one_time(review: Asking) -> None:
    """Three scores become one; the two others are counted as averaged."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 15
        a      | phq-9   | 2       | 10
        a      | phq-9   | 2       | 12
        a      | phq-9   | 2       | 12
        a      | phq-9   | 3       | 9
        a      | phq-9   | 3       | 9
        """,
        allow=True,
    ).gives(
        """
        client | scores
        a      | 15 11.3333333 9
        """,
        used=3,
        repeated_days=2,
        averaged=2,
        exact_repeats=1,
        set_aside=0,
        kept={"repeated": 1},
        by_kind={},
    )


def test_allow_does_not_make_a_number_of_what_is_none(review: Asking) -> None:
    """Nor a time of what is none."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 15
        a      | phq-9   | 2       | ten
        a      | phq-9   | soon    | 10
        """,
        allow=True,
    ).gives(
        """
        client | scores
        a      | 15
        """,
        set_aside=2,
        by_kind={"not-a-number": 1, "not-a-time": 1},
    )


def test_a_young_clinic_borrows_the_same_course_on_both_paths(review: Asking) -> None:
    """Three clients and the reference course of the PHQ-9 by session."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 16
        a      | phq-9   | 2       | 15
        b      | phq-9   | 1       | 12
        b      | phq-9   | 2       | 11
        b      | phq-9   | 3       | 9
        c      | phq-9   | 1       | 14
        """,
        references=True,
    ).gives(
        """
        client | state
        c      | too early
        a      | on course
        b      | on course
        """
    )

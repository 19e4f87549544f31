"""States: a course held against the one expected

The known course expects of everyone, at any time, mean 12 + (first score - 15) / 2 and SD 3 on Low, with
horizon session 12. Of people who start at 15, the central 80 % then lies from 8 to 16, and the central
68 % from 9 to 15.
"""

from tests.spec.known import ASSUMED, BARE, BY_WEEK, FOR_ADULTS, HIGH, KNOWN, LOW, MIRRORED, UNCUT
from tests.spec.spec import Asking


def test_a_score_inside_the_band_is_on_course(review: Asking) -> None:
    """The inner bound itself, 15, is on course; better than expected is on course too."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 16
        a      | low     | 3       | 15
        b      | low     | 1       | 15
        b      | low     | 2       | 12
        b      | low     | 3       | 10
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        a      | on course
        b      | on course
        """
    )


def test_a_score_past_the_inner_bound_is_drifting(review: Asking) -> None:
    """16 lies past the inner bound of 15 and at the outer bound."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 14
        a      | low     | 3       | 16
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        a      | drifting
        """
    )


def test_a_score_past_the_outer_bound_is_off_course_from_the_third_on(review: Asking) -> None:
    """At the second score it is only drifting: soft early, firm later."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 14
        a      | low     | 3       | 17
        b      | low     | 1       | 15
        b      | low     | 3       | 17
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        a      | off course
        b      | drifting
        """
    )


def test_where_higher_is_better_the_band_is_mirrored(review: Asking) -> None:
    """The scores of the three tests before, taken from 27, and the mirrored course."""
    review(
        """
        client | measure | session | score
        a      | high    | 1       | 12
        a      | high    | 2       | 13
        a      | high    | 3       | 10
        b      | high    | 1       | 12
        b      | high    | 2       | 13
        b      | high    | 3       | 11
        c      | high    | 1       | 12
        c      | high    | 2       | 11
        c      | high    | 3       | 12
        d      | high    | 1       | 12
        d      | high    | 2       | 10
        """,
        scale=HIGH,
        course=MIRRORED,
    ).gives(
        """
        client | state
        a      | off course
        d      | drifting
        b      | drifting
        c      | on course
        """
    )


def test_plain_change_goes_before_the_band(review: Asking) -> None:
    """Reliably worse and the goal are said whatever was expected."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        a      | low     | 3       | 21
        b      | low     | 1       | 15
        b      | low     | 2       | 15
        b      | low     | 3       | 9
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        a      | reliably worse
        b      | reached goal
        """
    )


def test_a_course_by_week_holds_dates_to_it(review: Asking) -> None:
    """The same bounds, on the clock of weeks."""
    review(
        """
        client | measure | date       | score
        a      | low     | 2024-03-01 | 15
        a      | low     | 2024-03-08 | 15
        a      | low     | 2024-03-15 | 17
        """,
        scale=LOW,
        course=BY_WEEK,
    ).gives(
        """
        client | times | state
        a      | 0 1 2 | off course
        """
    )


def test_a_course_on_another_clock_is_not_used(review: Asking) -> None:
    """Sessions are never held against a course that counts weeks."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        a      | low     | 3       | 17
        """,
        scale=LOW,
        course=BY_WEEK,
    ).gives(
        """
        client | state        | improvement
        a      | not computed | -
        """
    )


def test_an_assumed_course_gives_no_firm_signal_and_no_odds(review: Asking) -> None:
    """It may say drifting at most; what plain change says stays said."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        a      | low     | 3       | 20
        b      | low     | 1       | 15
        b      | low     | 2       | 15
        b      | low     | 3       | 21
        """,
        scale=LOW,
        course=ASSUMED,
    ).gives(
        """
        client | state          | improvement | deterioration | left
        b      | reliably worse | -           | -             | -
        a      | drifting       | -           | -             | -
        """
    )


def test_the_bounds_of_an_assumed_course_are_the_wider_of_two(review: Asking) -> None:
    """From one score of 15 one end expects 12 and the other 8; the mean lies between."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        """,
        scale=LOW,
        course=ASSUMED,
    ).gives(
        """
        client | state     | time | mean | low80 | high80
        a      | too early | 12   | 10.0 | 4     | 16
        """
    )


def test_who_is_outside_the_ages_a_course_describes_has_none(review: Asking) -> None:
    """The ends belong to it, and so does who has not said an age; plain change is said all the same."""
    review(
        """
        client | measure | session | age   | score
        a      | low     | 1       | 17.9  | 15
        a      | low     | 2       | 17.9  | 15
        b      | low     | 1       | 18    | 15
        b      | low     | 2       | 18    | 15
        c      | low     | 1       | 65    | 15
        c      | low     | 2       | 65    | 15
        d      | low     | 1       | 66    | 15
        d      | low     | 2       | 66    | 21
        e      | low     | 1       |       | 15
        e      | low     | 2       | adult | 15
        """,
        scale=LOW,
        course=FOR_ADULTS,
    ).gives(
        """
        client | state          | improvement
        d      | reliably worse | -
        b      | on course      | 0.08
        c      | on course      | 0.08
        e      | on course      | 0.08
        a      | not computed   | -
        """
    )


def test_without_a_reliable_change_nothing_is_called_reliable(review: Asking) -> None:
    """Only the band speaks, and no odds are given."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        a      | low     | 3       | 27
        b      | low     | 1       | 15
        b      | low     | 2       | 15
        b      | low     | 3       | 0
        """,
        scale=BARE,
        course=KNOWN,
    ).gives(
        """
        client | state      | improvement | deterioration | left
        a      | off course | -           | -             | -
        b      | on course  | -           | -             | -
        """
    )


def test_without_a_cut_off_there_is_no_goal(review: Asking) -> None:
    """A reliable change for the worse is still one."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 21
        b      | low     | 1       | 15
        b      | low     | 2       | 0
        """,
        scale=UNCUT,
        course=KNOWN,
    ).gives(
        """
        client | state          | left
        a      | reliably worse | -
        b      | on course      | -
        """
    )

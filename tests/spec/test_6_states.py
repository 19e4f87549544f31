"""States: the chance of ending without reliable improvement, soft once and firm when seen twice

The known course expects of everyone, at any time, mean 12 + (first score - 15) / 2 and SD 3 on Low, with
horizon session 12. After n later scores that sum to S from a first score of 20, the last is expected at
14.5 + 4 (S - 14.5 n) / (5 + 4 n) with variance 5 + 20 / (5 + 4 n); 15 or more is no reliable improvement. Where
no limits were learned, soft signals start at .5 and firm ones at .65.
"""

from tests.spec.known import ASSUMED, BARE, BY_WEEK, FOR_ADULTS, HIGH, KNOWN, LOW, MIRRORED, UNCUT
from tests.spec.spec import Asking


def test_a_low_chance_of_ending_without_reliable_improvement_is_on_course(review: Asking) -> None:
    """From 20, a score of 11 leaves a chance of .28, one of 14 a chance of .47; soft signals start at .5."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 20
        a      | low     | 2       | 14
        b      | low     | 1       | 20
        b      | low     | 2       | 11
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


def test_a_high_chance_is_soft_when_seen_once(review: Asking) -> None:
    """15 leaves a chance of .53; 18 one of .72, which is past the firm limit of .65 and seen once only."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 20
        a      | low     | 2       | 15
        b      | low     | 1       | 20
        b      | low     | 2       | 18
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        b      | drifting
        a      | drifting
        """
    )


def test_a_high_chance_seen_twice_is_firm_and_one_bad_week_is_not(review: Asking) -> None:
    """Both end at a chance of .80; a was at .72 the score before, b at .28."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 20
        a      | low     | 2       | 18
        a      | low     | 3       | 18
        b      | low     | 1       | 20
        b      | low     | 2       | 11
        b      | low     | 3       | 25
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


def test_where_higher_is_better_the_chances_are_mirrored(review: Asking) -> None:
    """The scores of the three tests before, taken from 27, and the mirrored course."""
    review(
        """
        client | measure | session | score
        a      | high    | 1       | 7
        a      | high    | 2       | 9
        a      | high    | 3       | 9
        b      | high    | 1       | 7
        b      | high    | 2       | 16
        b      | high    | 3       | 2
        c      | high    | 1       | 7
        c      | high    | 2       | 12
        d      | high    | 1       | 7
        d      | high    | 2       | 13
        """,
        scale=HIGH,
        course=MIRRORED,
    ).gives(
        """
        client | state
        a      | off course
        b      | drifting
        c      | drifting
        d      | on course
        """
    )


def test_a_first_score_without_room_for_reliable_improvement_gets_no_chance(review: Asking) -> None:
    """From 5 nobody can fall by 6; from 6 one can. Getting reliably worse is said all the same."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 5
        a      | low     | 2       | 6
        b      | low     | 1       | 6
        b      | low     | 2       | 7
        c      | low     | 1       | 5
        c      | low     | 2       | 11
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        c      | reliably worse
        b      | drifting
        a      | not computed
        """
    )


def test_plain_change_goes_before_any_chance(review: Asking) -> None:
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
    """The same chances, on the clock of weeks."""
    review(
        """
        client | measure | date       | score
        a      | low     | 2024-03-01 | 20
        a      | low     | 2024-03-08 | 18
        a      | low     | 2024-03-15 | 18
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
        b      | drifting       | 0.08
        c      | drifting       | 0.08
        e      | drifting       | 0.08
        a      | not computed   | -
        """
    )


def test_without_a_reliable_change_nothing_is_called_reliable(review: Asking) -> None:
    """And no chance can be said, so no state is computed."""
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
        client | state        | improvement | deterioration | left
        a      | not computed | -           | -             | -
        b      | not computed | -           | -             | -
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

"""Reading: which cells count

One row is one score of one client. A cell is used, or counted under the one heading that says why not;
single rows with a fault are set aside and the rest is read.
"""

from tests.spec.spec import Asking


def test_every_score_of_a_client_stands_in_order_of_time(review: Asking) -> None:
    """Rows may come in any order; a client's scores are put in the order of their times."""
    review(
        """
        client | measure | session | score
        b      | phq-9   | 2       | 11
        a      | phq-9   | 3       | 9
        a      | phq-9   | 1       | 14
        b      | phq-9   | 1       | 12
        a      | phq-9   | 2       | 13
        """
    ).gives(
        """
        client | times | scores
        a      | 1 2 3 | 14 13 9
        b      | 1 2   | 12 11
        """,
        rows=5,
        used=5,
    )


def test_an_empty_cell_is_a_missing_score_and_no_problem(review: Asking) -> None:
    """What people write for missing counts as an empty cell."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | phq-9   | 2       |
        a      | phq-9   | 3       | NA
        a      | phq-9   | 4       | "n/a "
        a      | phq-9   | 5       | -
        a      | phq-9   | 6       | 9
        """
    ).gives(
        """
        client | times | scores
        a      | 1 6   | 14 9
        """,
        used=2,
        missing=4,
        set_aside=0,
    )


def test_a_row_without_anything_in_it_is_no_row(review: Asking) -> None:
    """Blank rows, which spreadsheets leave behind, are not counted at all."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
               |         |         |
        a      | phq-9   | 2       | 13
               |         |         |
        """
    ).gives(
        """
        client | times | scores
        a      | 1 2   | 14 13
        """,
        rows=2,
        missing=0,
    )


def test_a_number_may_be_written_in_several_ways(review: Asking) -> None:
    """Spaces, a decimal point or an exponent do not make another score; what is equal is equal."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | " 14 "
        a      | phq-9   | 2       | 14.0
        a      | phq-9   | 3       | 1.4e1
        a      | phq-9   | 4       | +14
        a      | phq-9   | 5.0     | 014
        """
    ).gives(
        """
        client | times     | scores
        a      | 1 2 3 4 5 | 14 14 14 14 14
        """,
        used=5,
    )


def test_the_same_score_twice_at_one_time_counts_once(review: Asking) -> None:
    """An exact repeat of client, measure, time and score is counted and not a problem."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | phq-9   | 1       | 14.0
        a      | phq-9   | 2       | 9
        """
    ).gives(
        """
        client | times | scores
        a      | 1 2   | 14 9
        """,
        used=2,
        repeated_days=1,
        exact_repeats=1,
        set_aside=0,
    )


def test_different_scores_at_one_time_are_all_left_out(review: Asking) -> None:
    """Nobody can know which is right, so none is used, and the client is asked about."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | phq-9   | 2       | 12
        a      | phq-9   | 2       | 9
        a      | phq-9   | 2       | 9
        """
    ).gives(
        """
        client | times | scores
        a      | 1     | 14
        """,
        used=1,
        repeated_days=1,
        exact_repeats=0,
        set_aside=3,
        by_kind={"repeated": 1},
    )


def test_a_repeat_has_to_be_of_the_same_client_episode_and_measure(review: Asking) -> None:
    """Other clients, other episodes and other measures have their own scores at the same time."""
    review(
        """
        client | episode | measure | session | score
        a      | 1       | phq-9   | 1       | 14
        a      | 1       | gad-7   | 1       | 12
        a      | 2       | phq-9   | 1       | 10
        b      | 1       | phq-9   | 1       | 9
        """
    ).gives(
        """
        client | episode | measure | scores
        a      | 1       | gad-7   | 12
        a      | 1       | phq-9   | 14
        a      | 2       | phq-9   | 10
        b      | 1       | phq-9   | 9
        """,
        repeated_days=0,
    )


def test_a_score_outside_the_measures_range_is_set_aside(review: Asking) -> None:
    """The ends themselves are scores."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 27
        a      | phq-9   | 2       | 28
        a      | phq-9   | 3       | -1
        a      | phq-9   | 4       | 0
        """
    ).gives(
        """
        client | times | scores
        a      | 1 4   | 27 0
        """,
        set_aside=2,
        by_kind={"out-of-range": 2},
    )


def test_a_fraction_of_a_point_is_set_aside_where_scores_are_whole(review: Asking) -> None:
    """A score can have two faults and is still one score set aside."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | phq-9   | 2       | 12.5
        a      | phq-9   | 3       | 30.5
        """
    ).gives(
        """
        client | times | scores
        a      | 1     | 14
        """,
        set_aside=2,
        by_kind={"not-whole": 2, "out-of-range": 1},
    )


def test_a_score_that_is_no_number_is_set_aside(review: Asking) -> None:
    """Words, two numbers, and a comma for a point in a file separated by commas."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | phq-9   | 2       | twelve
        a      | phq-9   | 3       | 12/27
        a      | phq-9   | 4       | 12,0
        """
    ).gives(
        """
        client | times | scores
        a      | 1     | 14
        """,
        set_aside=3,
        by_kind={"not-a-number": 3},
    )


def test_a_follow_up_phase_lies_after_therapy(review: Asking) -> None:
    """Its scores are kept out of the course, good or bad."""
    review(
        """
        client | measure | session | phase     | score
        a      | phq-9   | 1       | treatment | 14
        a      | phq-9   | 2       | treatment | 12
        a      | phq-9   | 3       | Follow-up | 9
        a      | phq-9   | 4       | 6m FU     | 99
        a      | phq-9   | 5       | follow up |
        """
    ).gives(
        """
        client | times | scores
        a      | 1 2   | 14 12
        """,
        follow_up=2,
        missing=1,
        set_aside=0,
    )


def test_scores_after_the_end_of_therapy_are_follow_up(review: Asking) -> None:
    """A score on the day therapy ended still belongs to it."""
    review(
        """
        client | measure | date       | ended      | score
        a      | phq-9   | 2024-03-01 | 2024-03-15 | 14
        a      | phq-9   | 2024-03-15 | 2024-03-15 | 12
        a      | phq-9   | 2024-03-16 | 2024-03-15 | 9
        b      | phq-9   | 2024-03-01 |            | 11
        b      | phq-9   | 2024-03-29 |            | 10
        """
    ).gives(
        """
        client | times | scores
        a      | 0 2   | 14 12
        b      | 0 4   | 11 10
        """,
        follow_up=1,
    )


def test_what_is_told_twice_of_a_client_counts_as_it_was_told_first(review: Asking) -> None:
    """In the order of the rows, from rows with a usable score; the end of therapy here."""
    review(
        """
        client | measure | day | ended | score
        a      | phq-9   | 0   |       | 14
        a      | phq-9   | 7   | 3     |
        a      | phq-9   | 14  | 20    | 12
        a      | phq-9   | 21  | 30    | 9
        a      | phq-9   | 28  | 10    | 8
        """
    ).gives(
        """
        client | times | scores
        a      | 0 2   | 14 12
        """,
        follow_up=2,
        missing=1,
    )


def test_an_end_that_is_no_day_is_named_and_left_out(review: Asking) -> None:
    """The client's scores are read as if no end were known."""
    review(
        """
        client | measure | day | ended | score
        a      | phq-9   | 0   | soon  | 14
        a      | phq-9   | 14  | soon  | 12
        """
    ).gives(
        """
        client | times | scores
        a      | 0 2   | 14 12
        """,
        by_kind={"not-a-date": 1},
        set_aside=0,
    )

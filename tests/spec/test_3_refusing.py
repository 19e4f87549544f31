"""Refusing: what makes a whole file unclear

A file whose meaning is unclear is not answered at all, and everything wrong with it is said at once.
"""

from tests.spec.spec import Asking


def test_what_makes_the_file_unclear_is_refused_all_at_once(review: Asking) -> None:
    """An unknown measure, a score without an id and dates that can be read in two ways."""
    review(
        """
        client | measure | date     | score
        a      | phq-9   | 3/4/2024 | 14
        a      | nothing | 4/4/2024 | 13
        NA     | phq-9   | 5/4/2024 | 12
        """
    ).is_refused("unknown-measure", "missing-id", "ambiguous-dates")


def test_the_date_of_a_score_without_an_id_says_nothing(review: Asking) -> None:
    """The row is refused for its id alone; the other dates are clear."""
    review(
        """
        client | measure | date      | score
        a      | phq-9   | 13/4/2024 | 14
        b      | phq-9   | 5/5/2024  | 13
               | phq-9   | 4/13/2024 | 12
        """
    ).is_refused("missing-id")


def test_a_row_without_an_id_matters_only_where_it_has_a_usable_score(review: Asking) -> None:
    """Here its score is missing, out of range, or of the time after therapy."""
    review(
        """
        client | measure | session | phase     | score
        a      | phq-9   | 1       |           | 14
               | phq-9   | 2       |           |
               | phq-9   | 3       |           | 99
               | phq-9   | 4       | follow-up | 12
        """
    ).gives(
        """
        client | scores
        a      | 14
        """,
        used=1,
        missing=1,
        set_aside=1,
        follow_up=1,
    )


def test_one_date_that_can_be_read_in_one_way_settles_all_of_them(review: Asking) -> None:
    """Also the date of a score that is set aside."""
    review(
        """
        client | measure | date      | score
        a      | phq-9   | 3/4/2024  | 14
        a      | phq-9   | 10/4/2024 | 13
        a      | phq-9   | 17/4/2024 | 99
        """
    ).gives(
        """
        client | times | scores
        a      | 0 1   | 14 13
        """,
        by_kind={"out-of-range": 1},
    )


def test_a_unit_of_time_nobody_knows_is_refused(review: Asking) -> None:
    """Its rows could mean anything."""
    review(
        """
        client | measure | time | unit  | score
        a      | phq-9   | 1    | moons | 14
        a      | phq-9   | 2    | moons | 13
        """
    ).is_refused("unknown-time-unit")


def test_a_file_of_which_nothing_is_left_is_refused(review: Asking) -> None:
    """An answer about nobody would look like an answer."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 99
        a      | phq-9   | 2       |
        """
    ).is_refused("nothing-usable")


def test_a_file_with_column_names_and_no_row_is_refused(review: Asking) -> None:
    """There must be something to read."""
    review("client | measure | session | score").is_refused("empty-file")


def test_columns_that_are_not_there_are_refused_all_at_once(review: Asking) -> None:
    """Whose score it is, and when it was given, cannot be guessed."""
    review(
        """
        measure | score
        phq-9   | 14
        """
    ).is_refused("no-client-column", "no-time-column")


def test_a_measure_asked_for_that_nobody_knows_is_refused(review: Asking) -> None:
    """Beside the file as in it."""
    review(
        """
        client | session | score
        a      | 1       | 14
        """,
        measures=("phq-99",),
    ).is_refused("unknown-measure", "no-measure")

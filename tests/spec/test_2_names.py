"""Names: whose score it is, and on what

Ids stay as they are given. Measures are known by several names; columns are known by theirs or mapped.
"""

from tests.spec.spec import Asking


def test_ids_are_text_and_stay_as_they_are_given(review: Asking) -> None:
    """No zero is dropped and no number is made of them; only spaces around them are."""
    review(
        """
        client   | measure | session | score
        007      | phq-9   | 1       | 7
        7        | phq-9   | 1       | 8
        1.0      | phq-9   | 1       | 9
        "  Zoë " | phq-9   | 1       | 10
        Zoë      | phq-9   | 2       | 11
        zoë      | phq-9   | 1       | 12
        """
    ).gives(
        """
        client | scores
        007    | 7
        1.0    | 9
        7      | 8
        zoë    | 12
        Zoë    | 10 11
        """
    )


def test_an_episode_without_a_name_is_the_first(review: Asking) -> None:
    """An empty episode cell and the episode 1 are one."""
    review(
        """
        client | episode | measure | session | score
        a      |         | phq-9   | 1       | 14
        a      | 1       | phq-9   | 2       | 12
        a      | 2       | phq-9   | 1       | 10
        """
    ).gives(
        """
        client | episode | scores
        a      | 2       | 10
        a      | 1       | 14 12
        """
    )


def test_a_measure_is_known_by_its_names(review: Asking) -> None:
    """Case, spaces and hyphens do not matter."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | PHQ9    | 2       | 13
        a      | "Phq 9" | 3       | 12
        """
    ).gives(
        """
        client | measure | scores
        a      | phq-9   | 14 13 12
        """
    )


def test_measures_that_are_not_asked_for_are_counted_and_not_read(review: Asking) -> None:
    """Then a name nobody knows is no problem either."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      | gad-7   | 1       | 13
        a      | height  | 1       | 180
        """,
        measures=("phq-9",),
    ).gives(
        """
        client | measure | scores
        a      | phq-9   | 14
        """,
        used=1,
        other=2,
    )


def test_a_score_without_a_measure_is_set_aside(review: Asking) -> None:
    """Without a score either, the cell is missing."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 14
        a      |         | 2       | 13
        a      | NA      | 3       | 12
        a      |         | 4       |
        """
    ).gives(
        """
        client | scores
        a      | 14
        """,
        set_aside=2,
        missing=1,
        by_kind={"row-without-measure": 2},
    )


def test_a_bare_score_column_needs_the_measure_asked_for(review: Asking) -> None:
    """One measure named beside the file is the measure of every row."""
    review(
        """
        client | session | score
        a      | 1       | 14
        a      | 2       | 13
        """,
        measures=("phq-9",),
    ).gives(
        """
        client | measure | scores
        a      | phq-9   | 14 13
        """
    )


def test_columns_can_be_mapped(review: Asking) -> None:
    """A column that is named for a role is read, whatever it is called."""
    review(
        """
        kode | measure | visit | result | score
        a    | phq-9   | 1     | 14     | x
        a    | phq-9   | 2     | 13     | y
        """,
        mapping={"client_id": "kode", "score": "result", "session": "visit"},
    ).gives(
        """
        client | times | scores
        a      | 1 2   | 14 13
        """
    )

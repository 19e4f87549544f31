"""Silence: who has not been asked for long, and what a review may know

Four weeks without a score, or twice the client's usual gap where that is longer, is no recent data. With
a day asked about, nothing later is known. The known course is that of the chapter before.
"""

from tests.spec.known import KNOWN, LOW
from tests.spec.spec import Asking


def test_silence_of_more_than_four_weeks_is_no_recent_data(review: Asking) -> None:
    """Counted from the latest score to the day asked about; 28 days are not yet silence."""
    review(
        """
        client | measure | day | session | score
        a      | low     | 0   | 1       | 15
        a      | low     | 7   | 2       | 15
        a      | low     | 14  | 3       | 21
        b      | low     | 0   | 1       | 15
        b      | low     | 8   | 2       | 15
        b      | low     | 15  | 3       | 15
        c      | low     | 14  | 1       | 15
        """,
        scale=LOW,
        course=KNOWN,
        as_of=43.0,
    ).gives(
        """
        client | state
        b      | off course
        a      | no recent data
        c      | no recent data
        """
    )


def test_who_is_asked_rarely_may_be_silent_for_twice_the_usual_gap(review: Asking) -> None:
    """The usual gap is the median: 20 days here, so silence begins after 40."""
    review(
        """
        client | measure | day | session | score
        a      | low     | 0   | 1       | 15
        a      | low     | 10  | 2       | 15
        a      | low     | 30  | 3       | 15
        a      | low     | 60  | 4       | 15
        b      | low     | -1  | 1       | 15
        b      | low     | 9   | 2       | 15
        b      | low     | 29  | 3       | 15
        b      | low     | 59  | 4       | 15
        """,
        scale=LOW,
        course=KNOWN,
        as_of=100.0,
    ).gives(
        """
        client | state
        a      | off course
        b      | no recent data
        """
    )


def test_a_score_without_a_place_on_the_clock_still_ends_a_silence(review: Asking) -> None:
    """It has a day and no session: it is left out of the course, and it was given."""
    rows = "\n".join(f"c{i:02} | low | {1 + i} | 1 | 15" for i in range(40))
    early = "\n".join(f"c{i:02} | too early" for i in range(12, 40))
    silent = "\n".join(f"c{i:02} | no recent data" for i in range(12))
    review(
        f"""
        client | measure | day | session | score
        {rows}
        z | low | 0 | 1 | 15
        z | low | 7 | 2 | 15
        z | low | 30 | | 16
        q | phq-9 | 30 | | 12
        q | phq-9 | 40 | | 12
        q | phq-9 | 50 | | 12
        """,
        scale=LOW,
        course=KNOWN,
        as_of=41.0,
    ).gives(
        f"""
        client | state
        z | drifting
        {silent}
        {early}
        q | not computed
        """
    )


def test_nobody_is_silent_after_therapy_has_ended(review: Asking) -> None:
    """An end on the day asked about counts as over; an end still to come does not."""
    review(
        """
        client | measure | day | session | ended | score
        a      | low     | 0   | 1       | 50    | 15
        a      | low     | 7   | 2       | 50    | 15
        b      | low     | 0   | 1       | 51    | 15
        b      | low     | 7   | 2       | 51    | 15
        """,
        scale=LOW,
        course=KNOWN,
        as_of=50.0,
    ).gives(
        """
        client | state
        a      | drifting
        b      | no recent data
        """
    )


def test_without_a_day_asked_about_nobody_is_silent(review: Asking) -> None:
    """The same table, no `as_of`."""
    review(
        """
        client | measure | day | session | score
        a      | low     | 0   | 1       | 15
        a      | low     | 999 | 2       | 15
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | state
        a      | drifting
        """
    )


def test_where_no_score_has_a_day_nobody_is_silent(review: Asking) -> None:
    """Sessions alone do not say how long ago anything was, nor what came later."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        """,
        scale=LOW,
        course=KNOWN,
        as_of=100.0,
    ).gives(
        """
        client | scores | state
        a      | 15 15  | drifting
        """
    )


def test_a_review_knows_nothing_after_the_day_asked_about(review: Asking) -> None:
    """Later scores are not seen; that day's own scores are."""
    review(
        """
        client | measure | day  | session | score
        a      | low     | 0    | 1       | 15
        a      | low     | 7.9  | 2       | 16
        a      | low     | 8    | 3       | 21
        b      | low     | 8    | 1       | 15
        """,
        scale=LOW,
        course=KNOWN,
        as_of=7.0,
    ).gives(
        """
        client | scores | state
        a      | 15 16  | drifting
        """,
        used=4,
    )

"""Change: what two scores say without any expected course

Reliable change and caseness are read from the client's own first and latest score. These tests speak of
the measure Low (0 to 27, reliable change 6, cut-off 10, higher is worse) and its mirror image High
(cut-off 17, higher is better). No course is expected from so few clients.
"""

from tests.spec.known import HIGH, LOW
from tests.spec.spec import Asking


def test_a_rise_of_the_reliable_change_is_reliably_worse(review: Asking) -> None:
    """Exactly the threshold counts, one point less does not; only first and latest score matter."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 10
        a      | low     | 2       | 16
        b      | low     | 1       | 10
        b      | low     | 2       | 15
        c      | low     | 1       | 10
        c      | low     | 2       | 20
        c      | low     | 3       | 12
        """,
        scale=LOW,
    ).gives(
        """
        client | state
        a      | reliably worse
        b      | not computed
        c      | not computed
        """
    )


def test_where_higher_is_better_a_fall_is_reliably_worse(review: Asking) -> None:
    """The same clients, each score taken from 27."""
    review(
        """
        client | measure | session | score
        a      | high    | 1       | 17
        a      | high    | 2       | 11
        b      | high    | 1       | 17
        b      | high    | 2       | 12
        """,
        scale=HIGH,
    ).gives(
        """
        client | state
        a      | reliably worse
        b      | not computed
        """
    )


def test_the_goal_is_a_reliable_improvement_across_the_cut_off(review: Asking) -> None:
    """From a score at caseness (the cut-off itself is) to one that is not, by at least 6 points."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 9
        b      | low     | 1       | 10
        b      | low     | 2       | 4
        c      | low     | 1       | 16
        c      | low     | 2       | 10
        d      | low     | 1       | 14
        d      | low     | 2       | 9
        e      | low     | 1       | 9
        e      | low     | 2       | 3
        """,
        scale=LOW,
    ).gives(
        """
        client | state
        a      | reached goal
        b      | reached goal
        c      | not computed
        d      | not computed
        e      | not computed
        """
    )


def test_where_higher_is_better_the_goal_lies_above_the_cut_off(review: Asking) -> None:
    """A score at the cut-off is still at caseness."""
    review(
        """
        client | measure | session | score
        a      | high    | 1       | 12
        a      | high    | 2       | 18
        b      | high    | 1       | 17
        b      | high    | 2       | 23
        c      | high    | 1       | 11
        c      | high    | 2       | 17
        d      | high    | 1       | 18
        d      | high    | 2       | 24
        """,
        scale=HIGH,
    ).gives(
        """
        client | state
        a      | reached goal
        b      | reached goal
        c      | not computed
        d      | not computed
        """
    )


def test_one_score_is_too_early(review: Asking) -> None:
    """Whatever it is."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 27
        b      | low     | 1       | 0
        """,
        scale=LOW,
    ).gives(
        """
        client | state
        a      | too early
        b      | too early
        """
    )


def test_measures_have_their_own_thresholds(review: Asking) -> None:
    """PHQ-9: reliable change 6, cut-off 10. GAD-7: 4 and 8."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 10
        a      | phq-9   | 2       | 15
        a      | gad-7   | 1       | 10
        a      | gad-7   | 2       | 14
        b      | phq-9   | 1       | 14
        b      | phq-9   | 2       | 9
        b      | gad-7   | 1       | 11
        b      | gad-7   | 2       | 7
        """
    ).gives(
        """
        client | measure | state
        a      | gad-7   | reliably worse
        a      | phq-9   | not computed
        b      | gad-7   | reached goal
        b      | phq-9   | not computed
        """
    )


def test_each_episode_has_its_own_first_score(review: Asking) -> None:
    """What came before in another episode is not looked at."""
    review(
        """
        client | episode | measure | session | score
        a      | 1       | low     | 1       | 20
        a      | 1       | low     | 2       | 5
        a      | 2       | low     | 1       | 5
        a      | 2       | low     | 2       | 20
        """,
        scale=LOW,
    ).gives(
        """
        client | episode | state
        a      | 2       | reliably worse
        a      | 1       | reached goal
        """
    )

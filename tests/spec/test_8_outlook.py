"""Outlook: what is likely at the horizon

From one distribution come mean, bounds and odds of the score at the horizon. With the known course
(random variance 4, residual 5) they can be worked out on paper.
"""

from tests.spec.known import BENDING, HIGH, KNOWN, LOW, MIRRORED, SHY, SMALL
from tests.spec.spec import Asking


def test_from_one_score_the_outlook_is_the_course_itself(review: Asking) -> None:
    """First score 15: mean 12, SD 3. Improvement is a score of 9 or below, Phi((9.5 - 12) / 3) = 0.2023."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | time | mean | low80 | high80 | improvement | deterioration | left   | own
        a      | 12   | 12.0 | 8     | 16     | 0.2023      | 0.0023        | 0.2023 | 0.0
        """
    )


def test_own_scores_draw_the_outlook_towards_them_and_narrow_it(review: Asking) -> None:
    """One later score y: mean 12 + 4/9 (y - 12), variance 5 + 20/9; 15 gives 13.33 and 2.687."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | mean  | low80 | high80 | improvement | deterioration | own
        a      | 13.33 | 10    | 17     | 0.077       | 0.0038        | 0.1975
        """
    )


def test_the_horizon_is_the_usual_end_or_a_little_later(review: Asking) -> None:
    """Session 12 here, and the session after the latest score for who is past it."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 11      | 13
        b      | low     | 1       | 15
        b      | low     | 12      | 13
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | time | improvement
        a      | 12   | 0.1366
        b      | 13   | 0.1366
        """
    )


def test_improvement_is_measured_from_the_first_score_as_it_was(review: Asking) -> None:
    """Who starts at 4 cannot improve by 6; who starts at 6 only by reaching 0."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 4
        b      | low     | 1       | 6
        c      | low     | 1       | 24
        """,
        scale=LOW,
        course=KNOWN,
    ).gives(
        """
        client | mean | improvement | deterioration
        a      | 6.5  | 0.0         | 0.1587
        b      | 7.5  | 0.0098      | 0.0912
        c      | 16.5 | 0.7475      | 0.0
        """
    )


def test_where_higher_is_better_the_odds_are_mirrored(review: Asking) -> None:
    """The first two tests, each score taken from 27."""
    review(
        """
        client | measure | session | score
        a      | high    | 1       | 12
        b      | high    | 1       | 12
        b      | high    | 2       | 12
        """,
        scale=HIGH,
        course=MIRRORED,
    ).gives(
        """
        client | mean  | low80 | high80 | improvement | deterioration | left
        b      | 13.67 | 10    | 17     | 0.077       | 0.0038        | 0.077
        a      | 15.0  | 11    | 19     | 0.2023      | 0.0023        | 0.2023
        """
    )


def test_odds_are_corrected_as_held_out_clients_showed(review: Asking) -> None:
    """The odds of 0.077 are 1 to 12; with log odds halved they are 1 to 3.46, a chance of 0.224."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        """,
        scale=LOW,
        course=SHY,
    ).gives(
        """
        client | state       | mean  | improvement | deterioration
        a      | drifting    | 13.33 | 0.224       | 0.0038
        """
    )


def test_in_a_small_clinic_rates_by_change_have_half_a_share(review: Asking) -> None:
    """Unchanged, the rate is 1/2: (0.0769 + 0.5) / 2. Three points worse, 1 / (1 + exp(-0.3)) do not improve."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 15
        b      | low     | 1       | 15
        b      | low     | 2       | 15
        b      | low     | 3       | 18
        """,
        scale=LOW,
        course=SMALL,
    ).gives(
        """
        client | state      | improvement
        b      | off course | 0.2226
        a      | drifting   | 0.2884
        """
    )


def test_a_random_slope_makes_distant_scores_say_less(review: Asking) -> None:
    """The later of two scores says more about the horizon: 15.63 and 13.88, not the same."""
    review(
        """
        client | measure | session | score
        a      | low     | 1       | 15
        a      | low     | 2       | 18
        a      | low     | 8       | 12
        b      | low     | 1       | 15
        b      | low     | 2       | 12
        b      | low     | 8       | 18
        """,
        scale=LOW,
        course=BENDING,
    ).gives(
        """
        client | state      | mean  | own
        b      | off course | 15.63 | 0.5215
        a      | off course | 13.88 | 0.5215
        """
    )


def test_scores_between_the_steps_are_kept_for_the_course_and_rounded_for_the_odds(review: Asking) -> None:
    """With `allow`, 12.5 stands in the course; improvement from 12.5 is a score of 6 or below."""
    review(
        """
        client | measure | session | score
        a      | phq-9   | 1       | 12.5
        a      | phq-9   | 2       | 30
        """,
        allow=True,
    ).gives(
        """
        client | scores  | state
        a      | 12.5 30 | reliably worse
        """,
        kept={"not-whole": 1, "out-of-range": 1},
        set_aside=0,
    )

"""The three criteria that make a jump between two neighbouring sessions sudden."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, sqrt

from midcourse.measures.change.group import mean_and_sd
from midcourse.measures.sudden_gains.student_t import critical_t

# Tang and DeRubeis (1999): 25 % of the score before, three sessions on either side, at least two of
# them present, a two-sided t at 5 %.
SHARE = 0.25
WINDOW = 3
ALPHA = 0.05


class Kind(StrEnum):
    """Which way a sudden jump goes."""

    GAIN = "gain"
    """For the better."""
    LOSS = "loss"
    """For the worse."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What makes a jump sudden: points, share of the score before, and the level of the t value.

    `points` is usually the measure's reliable change. Raises ValueError unless points are above 0,
    the share is at least 0 and alpha lies between 0 and 1.
    Source: Tang and DeRubeis (1999), doi 10.1037/0022-006X.67.6.894.
    """

    points: float
    share: float = SHARE
    alpha: float = ALPHA

    def __post_init__(self) -> None:
        if not (isfinite(self.points) and self.points > 0):
            raise ValueError(f"The points a sudden change takes must be above 0, not {self.points!r}.")
        if not self.share >= 0:
            raise ValueError(f"The share of the score before cannot be {self.share!r}.")
        if not 0 < self.alpha < 1:
            raise ValueError(f"Alpha lies between 0 and 1, not at {self.alpha!r}.")


def is_sudden(
    scores: Sequence[float | None],
    before: int,
    criteria: Criteria,
    *,
    higher_is_better: bool,
    kind: Kind = Kind.GAIN,
) -> bool | None:
    """Say whether the jump from position `before` to the next is sudden, or None if too few scores.

    `scores` are one person's, session by session, None where missed. None is returned where either
    score of the jump is missing or fewer than two of the (up to) three on a side are there.
    With better counted as down: (1) x_n - x_n+1 >= points; (2) x_n - x_n+1 >= share * |x_n|;
    (3) M_pre - M_post > t(alpha / 2, n_pre + n_post - 2) * sqrt(((n_pre - 1) SD_pre^2 +
    (n_post - 1) SD_post^2) / (n_pre + n_post - 2)), without the factor sqrt(1 / n_pre + 1 / n_post).
    A loss is the same the other way, and its rise, too, is held against share * |x_n|.
    Raises IndexError where there is no such pair of positions.
    Source: Tang and DeRubeis (1999), doi 10.1037/0022-006X.67.6.894; missed sessions: Wiedemann et
    al. (2020), doi 10.1371/journal.pone.0230276.
    """
    if not 0 <= before < len(scores) - 1:
        raise IndexError(f"There is no session after position {before}.")
    x, y = scores[before], scores[before + 1]
    pre = present(scores[max(0, before + 1 - WINDOW) : before + 1])
    post = present(scores[before + 1 : before + 1 + WINDOW])
    if x is None or y is None or len(pre) < 2 or len(post) < 2:
        return None
    down = higher_is_better is (kind is Kind.LOSS)
    jump = x - y if down else y - x
    if jump < criteria.points or jump < criteria.share * abs(x):
        return False
    return _stands_out(pre, post, criteria.alpha, down=down)


def _stands_out(pre: Sequence[float], post: Sequence[float], alpha: float, *, down: bool) -> bool:
    """Say whether the means on the two sides differ by more than the critical t times the scatter."""
    (mean_pre, sd_pre), (mean_post, sd_post) = mean_and_sd(pre), mean_and_sd(post)
    df = len(pre) + len(post) - 2
    scatter = sqrt(((len(pre) - 1) * sd_pre**2 + (len(post) - 1) * sd_post**2) / df)
    drop = mean_pre - mean_post if down else mean_post - mean_pre
    return drop > critical_t(alpha, df) * scatter


def present(scores: Sequence[float | None]) -> list[float]:
    """Return the scores that are there, in points and in order."""
    return [score for score in scores if score is not None]

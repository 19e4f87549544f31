"""Expected treatment response as a cubic in the session by intake: the PCOMS form, fitted to these clients."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.chances import clipped_gaussian, forecast_said
from midcourse.evaluation.methods.points import points_asked, turned
from midcourse.measures.scale import Scale

FLAT_FROM = (9.0, 22.0)  # sessions (weeks) after which the short and the long form no longer change
FEWEST = 12  # clients with a second score: eight coefficients are to be carried
TINY_RIDGE = 1e-6  # of a standardised column, so that clients who all share two or three times can be fitted


@dataclass(frozen=True)
class PcomsCubic:
    """Risk is how many points worse the latest score is than a cubic through all clients expects.

        E[score at m | intake x] = sum over k = 0..3 of (a_k + b_k (x - centre)) min(m, F)^k

    m is sessions after the first, or weeks since it, from the second score on; F is 9 or 22, whichever
    leaves the smaller residual sum of squares. Ordinary least squares on these clients, never the
    published coefficients. The published form has no band: here the alert is a score worse than the
    curve, and chances use the residual SD.
    """

    name: str = "cubic by intake"
    source: str = "form of the PCOMS expected treatment response; coefficients fitted anew"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "_LearnedCubic":
        """Fit the curve.

        Raises ValueError where under 12 clients have a second score.
        """
        usable = [person for person in people if len(person.scores) > 1]
        if len(usable) < FEWEST:
            raise ValueError(f"{len(usable)} clients have a second score; at least {FEWEST} are needed.")
        counts = [len(person.scores) - 1 for person in usable]
        intake = np.repeat(turned(scale, np.array([person.intake for person in usable])), counts)
        y = turned(scale, np.array([score for person in usable for score in person.scores[1:]]))
        time = np.array([t - p.times[0] for p in usable for t in p.times[1:]])
        curves = [_fitted(scale, intake, time, y, flat) for flat in FLAT_FROM]
        return min(curves, key=lambda curve: curve.sd)


def _fitted(scale: Scale, intake: Array, time: Array, y: Array, flat: float) -> "_LearnedCubic":
    centre = float(intake.mean())
    x = _columns(intake - centre, time, flat)
    width = np.sqrt((x**2).mean(axis=0)) + 1e-9
    x = x / width
    beta = np.linalg.solve(x.T @ x + TINY_RIDGE * len(y) * np.eye(x.shape[1]), x.T @ y)
    left = y - x @ beta
    sd = float(np.sqrt(left @ left / max(len(y) - x.shape[1], 1)))
    return _LearnedCubic(scale, centre, flat, beta / width, max(sd, scale.step / 2))


def _columns(intake: Array, time: Array, flat: float) -> Array:
    powers = np.minimum(time, flat)[:, None] ** np.arange(4)
    return np.column_stack([powers, powers * intake[:, None]])


@dataclass(frozen=True)
class _LearnedCubic:
    scale: Scale
    centre: float
    flat: float
    beta: Array
    sd: float

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        points = points_asked(asked, self.scale)
        start = np.array([one.seen.times[0] for one in asked])
        sd = np.full(len(asked), self.sd)
        now, following, last = (
            _columns(points.intake - self.centre, time - start, self.flat) @ self.beta
            for time in (points.now, points.next_time, points.horizon)
        )
        off = points.latest - now
        cdfs = (clipped_gaussian(self.scale, mean, sd) for mean in (following, last))
        return forecast_said(self.scale, points, *cdfs, risk=off, alert=off > 0)

"""Fits and forecasts of a drifting course on a stretch of the scale, held out where asked for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Basis
from midcourse.course.drifting import DriftingFit, Series, fit_drifting, forecast_drifting
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.stretch import STRETCHES, Stretch, log_jacobian, stretched
from midcourse.evaluation.methods.correction import Forecasts
from midcourse.evaluation.methods.points import Points, turned
from midcourse.measures.scale import Scale


def series_of(person: Observed, scale: Scale, stretch: Stretch) -> Series:
    """Return a client's rows after intake, stretched."""
    steps = (turned(scale, np.array(person.scores)) - scale.minimum) / scale.step
    y = stretched(steps, stretch)
    return Series(float(y[0]), np.array(person.times[1:], dtype=float), y[1:])


def forecasts(
    fit: DriftingFit,
    scale: Scale,
    stretch: Stretch,
    points: Points,
    seen: Sequence[Observed],
    time: Array,
) -> Forecasts:
    """Return uncorrected forecasts of the records seen at the times asked for."""
    series = [series_of(one, scale, stretch) for one in seen]
    mean, sd = forecast_drifting(fit, series, time)
    latest = np.array([one.y[-1] if len(one.y) else one.intake for one in series])
    count = round((scale.maximum - scale.minimum) / scale.step) + 1
    edges = stretched(np.arange(count + 1, dtype=np.float64) - 0.5, stretch)
    edges[0], edges[-1] = -np.inf, np.inf
    return Forecasts(
        mean=mean,
        sd=sd,
        intake=np.array([one.intake for one in series]),
        latest=latest,
        ahead=np.log1p(np.maximum(time - points.now, 0.0)),
        seen=np.log1p(points.k),
        edges=edges,
    )


def fit_stretched(
    people: Sequence[Observed],
    scale: Scale,
    stretch: Stretch,
    basis: Basis,
    start: Sequence[float] | None = None,
) -> DriftingFit:
    """Fit a drifting course to stretched scores; raises as `fit_drifting` does."""
    series = [series_of(person, scale, stretch) for person in people]
    centre = float(np.mean([one.intake for one in series]))
    return fit_drifting(series, basis, centre, *([start] if start is not None else []))


def favoured_stretch(people: Sequence[Observed], scale: Scale, basis: Basis) -> Stretch:
    """Return the stretch with the highest training likelihood of the scores as they are."""
    scores = np.concatenate([np.array(person.scores[1:]) for person in people])
    steps = np.maximum((turned(scale, scores) - scale.minimum) / scale.step, 0.0)
    # The restricted criterion would not do: intake is stretched too, and its unit would decide along.
    found = {
        stretch: fit_stretched(people, scale, stretch, basis).deviance(len(steps))
        - 2.0 * log_jacobian(steps, stretch)
        for stretch in STRETCHES
    }
    return min(STRETCHES, key=lambda stretch: found[stretch])


def held_out_forecasts(
    people: Sequence[Observed],
    scale: Scale,
    stretch: Stretch,
    points: Points,
    fold: NDArray[np.intp],
    whole: DriftingFit,
) -> tuple[Forecasts, Forecasts]:
    """Return forecasts of the next and the last score at each point, by fits on the other folds' people.

    `points` are those of `people`, `fold` numbers the people; each search starts at the `whole` fit.
    """
    at = fold[points.person]
    parts: tuple[list[Forecasts], list[Forecasts]] = ([], [])
    for number in np.unique(fold):
        inside = [person for person, f in zip(people, fold, strict=True) if f != number]
        fit = fit_stretched(inside, scale, stretch, whole.basis, start=list(whole.theta))
        some = points.where(at == number)
        seen = [people[i].up_to(int(k) + 1) for i, k in zip(some.person, some.k, strict=True)]
        for part, time in zip(parts, (some.next_time, some.horizon), strict=True):
            part.append(forecasts(fit, scale, stretch, some, seen, time))
    back = np.argsort(np.argsort(at, kind="stable"), kind="stable")
    return _joined(parts[0], back), _joined(parts[1], back)


def _joined(parts: list[Forecasts], back: NDArray[np.intp]) -> Forecasts:
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])[back]
        for name in ("mean", "sd", "intake", "latest", "ahead", "seen")
    }
    return Forecasts(**columns, edges=parts[0].edges)

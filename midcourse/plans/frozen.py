"""The forecast that is frozen when a plan is agreed: small, plain, and readable without the fit (ST9)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import floor, sqrt
from typing import Any

from midcourse.course.basis import Axis, Basis
from midcourse.course.course import Course, Matrix, tuples
from midcourse.course.forecast import own_of, seen
from midcourse.course.observed import Observed, observe
from midcourse.course.own_line import own_line
from midcourse.course.predictive import Predictive
from midcourse.course.recalibration import Own, Recalibration
from midcourse.measures.scale import Scale
from midcourse.record import Episode, Score

LEAST_SD = 0.1  # steps of the scale: at its ends a forecast can be surer than any score is


@dataclass(frozen=True, slots=True)
class Line:
    """One parameter set's view of the client's own line, given the scores seen.

    `mean` and `cov` are of the coefficients on the basis's columns, `residual` is one score's variance
    (points squared); `weight` is the parameter set's.
    """

    weight: float
    mean: tuple[float, ...]
    cov: Matrix
    residual: float


@dataclass(frozen=True, slots=True)
class Expected:
    """The joint forecast of several scores: the mean of each (points) and the covariance of all."""

    means: tuple[float, ...]
    covariance: Matrix

    @property
    def mean(self) -> float:
        """Return the expected mean of the scores."""
        return sum(self.means) / len(self.means)

    @property
    def sd(self) -> float:
        """Return the SD of the mean of the scores; they share the client, so variances do not just add."""
        return sqrt(sum(map(sum, self.covariance))) / len(self.means)


@dataclass(frozen=True, slots=True)
class FrozenForecast:
    """Everything needed to say later what was expected when a plan was agreed.

    `origin` is the clock of the first score (its session, or its day / 7), `last` the time of the last
    score seen, on the course's clock; `scores_seen` counts them all; `own` is what the correction knows of
    them. `course` is the fingerprint of the
    clients the course was fitted on. Nothing in it changes afterwards.
    """

    scale: Scale
    basis: Basis
    origin: float
    last: float
    scores_seen: int
    lines: tuple[Line, ...]
    own: Own
    recalibration: Recalibration | None
    assumed_range: bool
    course: str

    def expected(self, times: Sequence[float]) -> tuple[Expected, ...]:
        """Return the joint forecast of scores at these times (on the course's clock).

            Cov(y_s, y_t) = f_s' Sigma f_t (+ sigma2 where s = t), Sigma that of the client's own line

        Means and SDs are those of the corrected distribution on the scale, correlations the line's. One
        answer, or one for each end of an assumed range (ST5).
        """
        if self.assumed_range:
            return tuple(self._joint((line,), times) for line in self.lines)
        return (self._joint(self.lines, times),)

    def _joint(self, lines: Sequence[Line], times: Sequence[float]) -> Expected:
        found = [self._marginal(lines, time) for time in times]
        total = sum(line.weight for line in lines)
        rows = [[0.0] * len(times) for _ in times]
        columns = [self.basis.columns(time) for time in times]
        centre = [sum(one.weight * _dot(one.mean, f) for one in lines) / total for f in columns]
        for line in lines:
            off = [_dot(line.mean, f) - mean for f, mean in zip(columns, centre, strict=True)]
            for i, f in enumerate(columns):
                reach = [_dot(row, f) for row in line.cov]
                for j, g in enumerate(columns):
                    own = line.residual if i == j else 0.0
                    rows[i][j] += line.weight / total * (_dot(reach, g) + own + off[i] * off[j])
        ratio = [sd / sqrt(rows[i][i]) for i, (_, sd) in enumerate(found)]
        scaled = tuple(
            tuple(rows[i][j] * ratio[i] * ratio[j] for j in range(len(times))) for i in range(len(times))
        )
        return Expected(tuple(mean for mean, _ in found), scaled)

    def _marginal(self, lines: Sequence[Line], time: float) -> tuple[float, float]:
        """Mean and SD of one score, from the one distribution every statement is made of (ST3)."""
        f = self.basis.columns(time)
        total = sum(line.weight for line in lines)
        parts = []
        for line in lines:
            mean = _dot(line.mean, f)
            sd = sqrt(sum(x * _dot(row, f) for x, row in zip(f, line.cov, strict=True)) + line.residual)
            if self.recalibration is not None:
                mean, sd = self.recalibration.corrected(mean, sd, time - self.last, self.own)
            parts.append((line.weight / total, mean, sd))
        mean, sd = Predictive(self.scale, tuple(parts), self.recalibration).mean_and_sd()
        return mean, max(sd, LEAST_SD * self.scale.step)

    def time_of(self, score: Score) -> float | None:
        """Return a later score's time on the course's clock, None where it has none."""
        week = self.basis.axis == "week"
        clock = (None if score.day is None else score.day / 7.0) if week else score.session
        return None if clock is None else clock - self.origin + (0.0 if week else 1.0)

    def to_json(self) -> str:
        """Return the forecast as one line of JSON; `frozen_from_json` reads it back unchanged."""
        scale = {name: getattr(self.scale, name) for name in SCALE}
        return json.dumps(asdict(self) | {"scale": scale})


SCALE = ("measure", "title", "minimum", "maximum", "higher_is_better", "step", "version")


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(left, right, strict=True))


def frozen_from_json(text: str) -> FrozenForecast:
    """Return the forecast saved by `FrozenForecast.to_json`.

    Raises ValueError where the text is not one.
    """
    try:
        raw: dict[str, Any] = json.loads(text)
        corrected = raw.pop("recalibration")
        return FrozenForecast(
            scale=Scale(**raw.pop("scale")),
            basis=Basis(**raw.pop("basis")),
            lines=tuple(Line(**{key: tuples(one[key]) for key in one}) for one in raw.pop("lines")),
            own=Own(**raw.pop("own")),
            recalibration=None if corrected is None else Recalibration(**_each(corrected)),
            **raw,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ValueError(f"This is not a frozen forecast: {problem}.") from problem


def _each(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: tuples(value) for key, value in raw.items()}


def freeze(course: Course, scale: Scale, observed: Observed, origin: float = 0.0) -> FrozenForecast:
    """Return the forecast as it stands after the scores in `observed`, which end on the day of the plan.

    The course must not have seen a later score of this client: freeze on the day, or with a course that
    was fitted without her. `origin` is the clock of her first score.
    """
    so_far = seen(course, observed)
    lines = [(weight, *own_line(course, parameters, so_far)) for weight, parameters in course.parts]
    return FrozenForecast(
        scale=Scale(**{name: getattr(scale, name) for name in SCALE}),
        basis=course.basis,
        origin=origin,
        last=observed.times[-1],
        scores_seen=len(observed.scores),
        lines=tuple(Line(*one) for one in lines),
        own=own_of(course, so_far, observed.intake),
        recalibration=course.recalibration,
        assumed_range=course.assumed_range,
        course=str(course.history.get("fingerprint", "")),
    )


def freeze_on_the_day(course: Course, scale: Scale, episode: Episode, agreed_on: float) -> FrozenForecast:
    """Return the forecast for a plan agreed on a day (same count as `Score.day`), that day's score included.

    Raises ValueError where the record holds a later score, since the course may have seen it, and where
    no score has a time on the course's clock.
    """
    given = episode.of(scale.measure)
    if any(score.day is not None and floor(score.day) > floor(agreed_on) for score in given):
        raise ValueError("A forecast is frozen on the day of the plan; this record holds later scores.")
    axis: Axis = course.basis.axis
    observed = observe(episode, scale.measure, axis)
    if observed is None:
        raise ValueError("No score has a time on the course's clock, so there is nothing to forecast from.")
    clocks = [one.session if axis == "session" else one.day for one in given]
    first = min(clock for clock in clocks if clock is not None)
    return freeze(course, scale, observed, first if axis == "session" else first / 7.0)

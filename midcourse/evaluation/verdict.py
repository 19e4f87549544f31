"""What an evaluation says of each method: frozen, and ready for JSON."""

import json
from dataclasses import asdict, dataclass, field

from midcourse.evaluation.alerts import AlertFigures
from midcourse.evaluation.bootstrap import Figure
from midcourse.evaluation.calibration import CurvePoint
from midcourse.evaluation.forecasts import ForecastFigures

SMALLER_IS_BETTER = ("brier", "log_loss", "log_score", "crps", "never")


@dataclass(frozen=True, slots=True)
class AtPoint:
    """One fixed point: `k` scores after intake seen; `events` counts clients without reliable improvement."""

    k: int
    clients: int
    events: int
    auc: Figure
    brier: Figure
    log_loss: Figure
    crps_last: Figure


@dataclass(frozen=True)
class Verdict:
    """Everything said of one method; `failed` says why nothing could be.

    `figures` are by name: auc (pairs within the fold), auc_pooled, auc_deterioration (within the fold),
    slope, intercept, brier, log_loss, brier_deterioration, log_loss_deterioration, log_score_next,
    crps_next, log_score_last, crps_last. `published` alerts are the method's own rule, `same_rate` those
    of the risk at about the same number of alerts per 100 sessions for all methods.
    """

    name: str
    source: str
    failed: str | None = None
    points: int = 0
    silent: int = 0
    figures: dict[str, Figure] = field(default_factory=dict)
    by_point: tuple[AtPoint, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    roc: tuple[tuple[float, float], ...] = ()
    published: AlertFigures | None = None
    same_rate: AlertFigures | None = None
    next_score: ForecastFigures | None = None
    last_score: ForecastFigures | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of `method` minus the same of `other`, on the rows both speak of, in the same draws.

    Alert figures have `published_` or `same_rate_` before their name. `clear` says that the interval
    leaves out 0 and `method` is the better one.
    """

    figure: str
    method: str
    other: str
    difference: Figure
    smaller_is_better: bool

    @property
    def clear(self) -> bool:
        """Say whether `method` is clearly better than `other`."""
        low, high = self.difference.low, self.difference.high
        if low is None or high is None:
            return False
        return high < 0 if self.smaller_is_better else low > 0


@dataclass(frozen=True)
class Judgement:
    """The whole evaluation of one data set.

    `clients` were judged, of them `events` ended without reliable improvement and `deteriorated`
    reliably worse; `too_short` and `repeated` were left out (see `TaskSet`). `points` are the fixed ones.
    """

    measure: str
    axis: str
    unit: str | None
    clients: int
    too_short: int
    repeated: int
    events: int
    deteriorated: int
    points: int
    folds: int
    draws: int
    seed: int
    budget: float
    notes: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    differences: tuple[Difference, ...]

    def of(self, name: str) -> Verdict:
        """Return the verdict on one method. Raises KeyError for a name that was not judged."""
        return {verdict.name: verdict for verdict in self.verdicts}[name]

    def difference(self, figure: str, method: str, other: str) -> Difference:
        """Return one difference. Raises KeyError where it could not be made."""
        return {(d.figure, d.method, d.other): d for d in self.differences}[figure, method, other]

    def to_json(self) -> str:
        """Return everything as JSON, without NaN or infinity."""
        return json.dumps(asdict(self), indent=1, allow_nan=False)

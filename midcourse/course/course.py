"""A fitted expected course: everything a forecast needs, in plain numbers that save to readable JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from midcourse.course.basis import Basis
from midcourse.course.odds import Odds
from midcourse.course.recalibration import Recalibration

Form = Literal["intake once", "all scores"]
Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """One complete parameter set of a course, in points.

    `beta` has a row per client covariate (1, then intake minus its centre) and a column per time
    column. `beta_cov` is the covariance of beta read row by row. `random_cov` (q x q) and `residual`
    are variances in points squared. `borrowed_cov` is vcov C_ref vcov / sigma2: how much of beta's
    covariance rests on a reference (ST6).
    """

    beta: Matrix
    beta_cov: Matrix
    random_cov: Matrix
    residual: float
    borrowed_cov: Matrix | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Chances (0 to 1) from which signals are soft and firm, and the budgets per 100 sessions they keep to.

    They hold for the reliable change (points) and the rule they were learned with, on so many clients.
    """

    soft: float
    firm: float
    soft_budget: float
    alert_budget: float
    reliable_change: float
    rule: str
    clients: int


@dataclass(frozen=True, slots=True)
class Course:
    """The course expected on one measure, with the history of how it came about.

    `form` says whether intake is a covariate and never an outcome ("intake once", ST1) or every score
    is an outcome ("all scores"). `parts` are (weight, parameters): one, or several draws where theta
    is integrated over (ST4), or the two ends of an assumed range (`assumed_range`, ST5). `odds` correct
    the chance of no reliable improvement and `limits` are what signals go by, where they were learned
    with this course.
    """

    measure: str
    basis: Basis
    form: Form
    centre: float
    parts: tuple[tuple[float, Parameters], ...]
    horizon: float
    recalibration: Recalibration | None = None
    assumed_range: bool = False
    age_range: tuple[float, float] | None = None
    history: Mapping[str, Any] = field(default_factory=dict)
    odds: Odds | None = None
    limits: Limits | None = None

    def to_json(self) -> str:
        """Return the course as readable JSON; `course_from_json` reads it back unchanged."""
        return json.dumps(asdict(self), indent=1, sort_keys=False)


def tuples(value: Any) -> Any:
    """Return lists, and lists in them, as tuples; anything else as it is."""
    return tuple(tuples(v) for v in value) if isinstance(value, list) else value


def course_from_json(text: str) -> Course:
    """Return the course saved by `Course.to_json`.

    Raises ValueError where the text is not a saved course.
    """
    try:
        raw = json.loads(text)
        parts = tuple((w, Parameters(**{k: tuples(v) for k, v in p.items()})) for w, p in raw.pop("parts"))
        basis = Basis(**raw.pop("basis"))
        saved = raw.pop("recalibration")
        recalibration = None
        if saved is not None:
            recalibration = Recalibration(**{k: tuples(v) for k, v in saved.items()})
        ages = tuples(raw.pop("age_range"))
        # Courses saved before limits or odds were learned have none.
        limits = raw.pop("limits", None)
        raw["limits"] = None if limits is None else Limits(**limits)
        odds = raw.pop("odds", None)
        raw["odds"] = None if odds is None else Odds(**{k: tuples(v) for k, v in odds.items()})
        return Course(basis=basis, parts=parts, recalibration=recalibration, age_range=ages, **raw)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"This is not a saved course: {problem}.") from problem

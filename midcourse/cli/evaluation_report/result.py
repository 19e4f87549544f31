"""One evaluation with what a reader needs beside its figures."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from midcourse import __version__
from midcourse.evaluation.methods import BAR, OURS
from midcourse.evaluation.verdict import Judgement, Verdict
from midcourse.measures import Scale
from midcourse.signals.predictive_values import PredictiveValues


@dataclass(frozen=True)
class Evaluated:
    """A judgement with the table it is about.

    `file` and `sha256` are the table's; `scores` were used; `untimed` counts courses that the clock
    could not place, `set_aside` scores left out because of a problem; `split` says in words who made
    the folds; `points` says whether the prediction points came from outside. `right` counts how often
    each state of our own policy was right, None where it was not judged.
    """

    file: str
    sha256: str
    scale: Scale
    scores: int
    set_aside: int
    untimed: int
    split: str
    points: str
    judgement: Judgement
    right: PredictiveValues | None = None

    @property
    def able(self) -> tuple[Verdict, ...]:
        """Return the verdicts on methods that did not fail."""
        return tuple(verdict for verdict in self.judgement.verdicts if verdict.failed is None)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """Return the verdicts on methods that failed."""
        return tuple(verdict for verdict in self.judgement.verdicts if verdict.failed is not None)

    @property
    def bar(self) -> Verdict | None:
        """Return the verdict on the plain change so far, or None where it was not judged."""
        return next((verdict for verdict in self.able if verdict.name == BAR), None)

    @property
    def shown(self) -> Verdict | None:
        """Return the method that stands for all: the policy, else that with the smallest log loss."""
        ours = [verdict for verdict in self.able if verdict.name == OURS]
        losses = [(verdict.figures["log_loss"].value, verdict) for verdict in self.able]
        known = [(loss, verdict) for loss, verdict in losses if loss is not None]
        if ours or not known:
            return next(iter((*ours, *self.able)), None)
        return min(known, key=lambda pair: pair[0])[1]

    def to_json(self) -> str:
        """Return everything as JSON, without NaN or infinity."""
        about: dict[str, Any] = {
            "midcourse": __version__,
            "file": self.file,
            "sha256": self.sha256,
            "reliable_change": None
            if self.scale.reliable_change is None
            else {"points": self.scale.reliable_change.points, "source": self.scale.reliable_change.source},
            "scores": self.scores,
            "set_aside": self.set_aside,
            "untimed": self.untimed,
            "split": self.split,
            "prediction_points": self.points,
            "predictive_values": None if self.right is None else asdict(self.right),
        }
        return json.dumps({**about, **json.loads(self.judgement.to_json())}, indent=1, allow_nan=False)

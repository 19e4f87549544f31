"""Who leaves an invented clinic before the plan says so, when, and why."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.streams import Flags, Floats, Whole, stream

# Where two reasons fall on one session, the earlier in this list is the one recorded.
REASONS = ("good score", "bad score", "unseen score", "other reason", "planned end")


@dataclass(frozen=True, slots=True, eq=False)
class Leaving:
    """One entry per client: how many sessions were attended, and why no more."""

    sessions_attended: Whole
    reason: npt.NDArray[np.str_]


def leaving(design: ClinicDesign, seed: int, scores: Floats, seen: Flags) -> Leaving:
    """Decide after each session, from the last seen score or the next unseen one, who leaves.

    `scores` are what would be observed if everyone stayed, clients x sessions; `seen` says at which
    sessions the questionnaire was filled in.
    """
    last = _last_seen(scores, seen)[:, :-1]
    wishes = np.stack(
        [
            _drawn(seed, "after good scores", design.leave_after_good, _good(design, last)),
            _drawn(seed, "after bad scores", design.leave_after_bad, _bad(design, last)),
            # Missing not at random: the score that decides is the one that is then never given.
            _drawn(seed, "by the unseen score", design.leave_by_unseen_score, _bad(design, scores[:, 1:])),
            _drawn(seed, "for other reasons", design.leave_for_other_reasons, last == last),
            np.zeros_like(last, dtype=np.bool_),
        ]
    )
    # The planned end stands as one more session after which everybody goes.
    end = np.zeros((len(REASONS), len(scores), 1), dtype=np.bool_)
    end[-1] = True
    wishes = np.concatenate([wishes, end], axis=2)
    place = wishes.any(axis=0).argmax(axis=1)
    reason = wishes[:, np.arange(len(scores)), place].argmax(axis=0)
    return Leaving(place.astype(np.int64) + 1, np.array(REASONS)[reason])


def _drawn(seed: int, why: str, rate: float, tempted: Flags) -> Flags:
    return tempted & (stream(seed, f"leaving {why}").uniform(size=tempted.shape) < rate)


def _good(design: ClinicDesign, scores: Floats) -> Flags:
    good = design.good_score
    return scores >= good if design.higher_is_better else scores <= good


def _bad(design: ClinicDesign, scores: Floats) -> Flags:
    bad = design.bad_score
    return scores <= bad if design.higher_is_better else scores >= bad


def _last_seen(scores: Floats, seen: Flags) -> Floats:
    """Carry the last seen score forward; the first is always seen."""
    place = np.where(seen, np.arange(scores.shape[1]), 0)
    return np.take_along_axis(scores, np.maximum.accumulate(place, axis=1), axis=1)

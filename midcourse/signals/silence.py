"""How long nothing has been heard, and when that is too long to speak for today."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

NO_RECENT_DAYS = 28.0  # four weeks without a score, for someone usually asked more often
USUAL_GAPS = 2.0  # monthly measures may be silent for two months


@dataclass(frozen=True, slots=True)
class Silence:
    """How long ago the latest score was given, and the client's usual gap between scores, in days."""

    days: float
    usual_gap: float | None = None

    @property
    def limit(self) -> float:
        """Return after how many days without a score nothing recent is known."""
        return max(NO_RECENT_DAYS, USUAL_GAPS * (self.usual_gap or 0.0))

    @property
    def too_long(self) -> bool:
        """Say whether the latest score is too old to speak for today."""
        return self.days > self.limit


def silence_of(days: Sequence[float], as_of: float | None, ended: float | None = None) -> Silence | None:
    """Return how long a client has been silent on a measure by the day `as_of`, None where it is not known.

    `days` are the days of the scores, `ended` that of the end of therapy: after it nobody is asked, so
    nobody is silent. The usual gap is the median of the gaps so far.
    """
    if as_of is None or not days or (ended is not None and ended <= as_of):
        return None
    days = sorted(days)
    gaps = [later - earlier for earlier, later in zip(days, days[1:], strict=False)]
    return Silence(as_of - days[-1], median(gaps) if gaps else None)

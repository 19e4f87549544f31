"""How a therapist's own clients went, with its uncertainty; no comparison with anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from midcourse.measures.instrument import UnknownInstrument, find

FEWEST = 10  # people; fewer say more about chance than about work, and could be recognised
Z = 1.959964  # 95 %


@dataclass(frozen=True)
class OwnFigure:
    """One measure: how many people, how many reliably better and worse by their last score, with 95 % intervals.

    `enough` is False below ten people; the shares are then None. All shares run 0 to 100.
    """

    title: str
    people: int
    enough: bool
    better: tuple[int, int, int] | None = None
    worse: tuple[int, int, int] | None = None


def own_work(courses: Mapping[str, Sequence[Sequence[float]]]) -> tuple[OwnFigure, ...]:
    """Return one figure a measure, from courses with two scores or more; measures without a rule are left out.

    Shares by Wilson's interval (Wilson 1927, doi:10.1080/01621459.1927.10502953). The past resembles no
    promise: clients differ, and nothing is adjusted for how they began.
    """
    found = []
    for name, all_courses in sorted(courses.items()):
        try:
            scale = find(name).scale
        except (UnknownInstrument, ValueError):
            continue
        kept = [one for one in all_courses if len(one) > 1]
        if scale.reliable_change is None or not kept:
            continue
        sign = 1.0 if scale.higher_is_better else -1.0
        gains = [sign * (one[-1] - one[0]) for one in kept]
        found.append(_figure(scale.title, gains, scale.reliable_change.points))
    return tuple(found)


def _figure(title: str, gains: Sequence[float], least: float) -> OwnFigure:
    if len(gains) < FEWEST:
        return OwnFigure(title, len(gains), False)
    better, worse = (sum(sign * gain >= least for gain in gains) for sign in (1, -1))
    return OwnFigure(title, len(gains), True, wilson(better, len(gains)), wilson(worse, len(gains)))


def wilson(count: int, people: int) -> tuple[int, int, int]:
    """Return a share in percent with the ends of its 95 % interval: (share, low, high)."""
    share = count / people
    middle = (share + Z * Z / (2 * people)) / (1 + Z * Z / people)
    half = Z / (1 + Z * Z / people) * sqrt(share * (1 - share) / people + Z * Z / (4 * people * people))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return round(100 * share), round(100 * low), round(100 * high)

"""Small numbers are not shown, and cannot be worked out from the others (complementary suppression)."""

from collections.abc import Mapping

FEWEST = 5


def shown(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Return the parts of a whole with None for what must not be shown.

    A part below five is hidden. So that it cannot be found by taking the others from the whole, the
    next smallest parts are hidden with it until at least two are hidden and together they are five or
    more; where that is not possible, all are.
    """
    order = sorted(parts, key=lambda name: parts[name])
    hidden = [name for name in order if parts[name] < FEWEST]
    if not hidden:
        return dict(parts)
    for name in order[len(hidden) :]:
        if len(hidden) > 1 and sum(parts[one] for one in hidden) >= FEWEST:
            break
        hidden.append(name)
    if len(hidden) < 2 or sum(parts[one] for one in hidden) < FEWEST:
        hidden = list(parts)
    return {name: None if name in hidden else count for name, count in parts.items()}


def count(number: int) -> int | None:
    """Return a single count, None below five."""
    return number if number >= FEWEST else None


def percent(some: int, whole: int) -> float | None:
    """Return a share in percent; None where the part or the rest of the whole is below five."""
    if some < FEWEST or whole - some < FEWEST:
        return None
    return 100 * some / whole


def per_hundred(events: int, whole: int) -> float | None:
    """Return events per hundred; None where there are fewer than five of either."""
    return 100 * events / whole if events >= FEWEST and whole >= FEWEST else None

"""Answers that come to a wanted total."""

HIGHEST = 3


def _spread(names: list[str], total: int) -> dict[str, int | None]:
    """Spread a total evenly over items of 0 to 3."""
    low, more = divmod(min(total, HIGHEST * len(names)), len(names))
    return {name: low + (i < more) for i, name in enumerate(names)}


def phq9(total: int, item_9: int = 0) -> dict[str, int | None]:
    """Return a PHQ-9 with this total, its ninth item as given, as far as the other eight can make it up."""
    answers = _spread([f"phq9-{number}" for number in range(1, 9)], total - item_9)
    return answers | {"phq9-9": item_9, "phq9-10": min(HIGHEST, total // 7)}


def gad7(total: int) -> dict[str, int | None]:
    """Return a GAD-7 about as worried as a PHQ-9 total is low."""
    return _spread([f"gad7-{number}" for number in range(1, 8)], round(total * 21 / 27))


def alliance(value: int) -> dict[str, int | None]:
    """Return the session check-in, every question but the last answered alike; she still plans to come."""
    names = ("bond", "heard", "goals", "tasks", "voice")
    return {f"check-in-{name}": value for name in names} | {"check-in-intent": max(value, 2)}

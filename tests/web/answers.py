"""Answer sheets as a browser would post them."""


def phq9(*values: int) -> dict[str, str]:
    """Return the ten answers of the PHQ-9 as posted; missing ones are 0."""
    given = [*values, *[0] * (10 - len(values))]
    return {f"phq9-{number}": str(value) for number, value in enumerate(given, start=1)}


QUIET = phq9(1, 1, 1, 1, 1, 0, 0, 0, 0, 1)
WORRYING = phq9(2, 2, 2, 2, 2, 1, 1, 0, 2, 1)

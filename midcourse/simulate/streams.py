"""Random numbers that stay as they are: one frozen stream per ingredient of a clinic."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]

# The place in this list seeds the stream, so names are added at the end and never moved:
# figures quoted in the docs depend on it.
INGREDIENTS = (
    "people",
    "errors",
    "therapists",
    "therapist of client",
    "domain of client",
    "late responders",
    "gaps",
    "missed sessions",
    "missing scores",
    "leaving after good scores",
    "leaving after bad scores",
    "leaving by the unseen score",
    "leaving for other reasons",
    "plans",
    "ages",
    "starts",
    "stories: sessions so far",
    "stories: days ago",
    "plan steps",
)


def stream(seed: int, ingredient: str) -> np.random.RandomState:
    """Return the frozen stream of one ingredient, so that one switch never moves another's draws.

    `seed` runs from 0 to 2**32 - 1. Raises ValueError for another seed or an unknown ingredient.
    """
    if type(seed) is not int or not 0 <= seed < 2**32:
        raise ValueError(f"A seed must be a whole number from 0 to 4294967295, not {seed!r}.")
    return np.random.RandomState([seed, INGREDIENTS.index(ingredient)])

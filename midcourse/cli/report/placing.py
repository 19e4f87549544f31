"""Where words stand in a chart: where the line of scores leaves them room."""

from collections.abc import Sequence
from itertools import pairwise

from midcourse.cli.report.frame import HEIGHT, WIDTH

Place = tuple[float, float]
LETTER = 22
"""Width of a letter in the drawing's units on a plot some 380 pixels wide, between a phone's and a desk's."""
WORD = 20
"""Height of a word with a little room, in pixels."""
SIDES = ((True, False), (True, True), (False, False), (False, True))
"""To the right or not, below or not: the order in which places are tried."""


def word_side(places: Sequence[Place], word: str) -> tuple[bool, bool]:
    """Whether the word goes to the right of the last place, and whether below it: where it hides least."""
    return min(SIDES, key=lambda side: _cost(places, len(word) * LETTER, *side))


def line_side(places: Sequence[Place], label: str, top: float) -> str:
    """The end of a horizontal line, "left" or "right", at which its label meets fewer scores on a narrow page."""
    width = len(label) * LETTER
    at_left, at_right = (_met(places, left, width, top) for left in (0, WIDTH - width))
    return "right" if at_right < at_left else "left"


def _cost(places: Sequence[Place], width: float, right: bool, below: bool) -> float:
    """How often the line of scores runs through the word, with a large surcharge for leaving the plot."""
    x, y = places[-1]
    left, top = (x if right else x - width), (y + 6 if below else y - 26)
    outside = (left < 0) + (left + width > 1.05 * WIDTH) + (top < 0) + (top + WORD > HEIGHT + 6)
    return _met(places, left, width, top) + 1000 * outside


def _met(places: Sequence[Place], left: float, width: float, top: float) -> int:
    """How many of eight places on each piece of the line lie in a word's box; its end, under the mark, not counted."""
    steps = [step / 8 for step in range(8)]
    along = (
        (x + part * (u - x), y + part * (v - y)) for (x, y), (u, v) in pairwise(places) for part in steps
    )
    return sum(left <= x <= left + width and top <= y <= top + WORD for x, y in along)

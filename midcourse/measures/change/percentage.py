"""The percentage-change approach: change as a share of the first score."""

from midcourse.measures.change.result import Direction


def percentage_change(
    first: float,
    last: float,
    *,
    higher_is_better: bool,
    improvement: float = 0.5,
    deterioration: float | None = None,
) -> Direction:
    """Return the direction of a change of at least a given share of one's own first score.

    `improvement` and `deterioration` are shares (0.5 = 50 %; deterioration is the same share where
    it is not given), and a change of exactly that share counts: |last - first| >= share * |first|.
    Says nothing about measurement error, so it is for tables, not for a signal.
    Raises ValueError where the first score is 0 or a share is not above 0.
    Source: Hiller, Schindler and Lambert (2012), Psychotherapy Research 22, 1-11, PMID 21943215.
    """
    worse_share = improvement if deterioration is None else deterioration
    if first == 0:
        raise ValueError("A percentage of a first score of 0 says nothing.")
    if not (improvement > 0 and worse_share > 0):
        raise ValueError("The shares that count as change must be above 0.")
    gain = (last - first if higher_is_better else first - last) / abs(first)
    if gain >= improvement:
        return Direction.IMPROVED
    return Direction.DETERIORATED if -gain >= worse_share else Direction.UNCHANGED

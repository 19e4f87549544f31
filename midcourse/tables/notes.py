"""Plain sentences on what was counted, kept out or kept in, beside the list of problems."""

from collections.abc import Sequence

from midcourse.record import Episode
from midcourse.tables.problem import LISTED_PER_KIND
from midcourse.tables.reading import Counts

_KEPT = {
    "out-of-range": "out of range: kept",
    "not-whole": "not whole: kept",
    "repeated": "different at one time: their mean is used",
}


def single_scores_note(column: str, episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Return a sentence where no client has two scores on any measure: is it the right column?"""
    if len(episodes) < 10 or any(len(e.scores) > len(e.measures()) for e in episodes):
        return ()
    sentence = f"No client has two scores on one measure; does the column {column} hold the clients' ids?"
    return (f"{sentence} --map client_id=COLUMN says else.",)


def notes_on(counts: Counts, bad_ages: int) -> tuple[str, ...]:
    """Return the sentences that a file's counts call for, none where there is nothing to say."""
    said = (
        (counts.missing, "Empty score cells, counted as missing: {}."),
        (counts.follow_up, "Scores after the end of therapy, kept out of the course: {}."),
        (counts.other, "Scores on measures that were not asked for: {}."),
        (counts.exact_repeats, "Exact repeats of another score at the same time, counted once: {}."),
        (bad_ages, "Ages that are not numbers, left out: {}."),
        *((n, f"Scores {_KEPT[kind]}, as asked: {{}}.") for kind, n in counts.kept.items()),
        *(
            (_unlisted(n), f"More problems of kind {kind}, not listed: {{}}.")
            for kind, n in counts.by_kind.items()
        ),
    )
    return tuple(sentence.format(n) for n, sentence in said if n)


def _unlisted(n: int) -> int:
    return max(0, n - LISTED_PER_KIND)

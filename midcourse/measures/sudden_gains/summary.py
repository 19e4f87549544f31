"""What a group's sudden gains or losses add up to, by jump and by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from midcourse.measures.change.group import mean_and_sd
from midcourse.measures.sudden_gains.find import SuddenChange


@dataclass(frozen=True, slots=True)
class SuddenChangeSummary:
    """What a group's sudden gains (or losses) add up to, by jump and by person.

    Shares run from 0 to 1; magnitudes are in points and None where there are too few jumps for a
    mean (1) or a standard deviation (2). "First" figures take each person's first jump only.
    """

    n_people: int
    n_changes: int
    n_people_with: int
    n_people_with_several: int
    n_reversed: int
    n_first_reversed: int
    share_from_people_with_several: float | None
    magnitude: tuple[float | None, float | None]
    first_magnitude: tuple[float | None, float | None]

    @property
    def share_of_people(self) -> float | None:
        """People with at least one jump, of all people."""
        return _share(self.n_people_with, self.n_people)

    @property
    def share_of_people_with_several(self) -> float | None:
        """People with more than one jump, of all people."""
        return _share(self.n_people_with_several, self.n_people)

    @property
    def share_reversed(self) -> float | None:
        """Reversed jumps, of all jumps."""
        return _share(self.n_reversed, self.n_changes)

    @property
    def share_first_reversed(self) -> float | None:
        """Reversed first jumps, of people with a jump."""
        return _share(self.n_first_reversed, self.n_people_with)


def summarise(people: Mapping[str, Sequence[SuddenChange]]) -> SuddenChangeSummary:
    """Return the summary of a group's jumps, given everybody's by client id (none is an empty list).

    Raises nothing. Source: Wiedemann et al. (2020), doi 10.1371/journal.pone.0230276.
    """
    every = [change for changes in people.values() for change in changes]
    first = [changes[0] for changes in people.values() if changes]
    several = [changes for changes in people.values() if len(changes) > 1]
    return SuddenChangeSummary(
        n_people=len(people),
        n_changes=len(every),
        n_people_with=len(first),
        n_people_with_several=len(several),
        n_reversed=sum(change.reversed for change in every),
        n_first_reversed=sum(change.reversed for change in first),
        share_from_people_with_several=_share(sum(map(len, several)), len(every)),
        magnitude=_mean_and_sd([change.magnitude for change in every]),
        first_magnitude=_mean_and_sd([change.magnitude for change in first]),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean_and_sd(sizes: Sequence[float]) -> tuple[float | None, float | None]:
    if len(sizes) > 1:
        return mean_and_sd(sizes)
    return (fsum(sizes), None) if sizes else (None, None)

"""One course of therapy of one client with a therapist."""

from dataclasses import dataclass

from midcourse.record.score import Score


@dataclass(frozen=True, slots=True)
class Episode:
    """One course of therapy of one client with a therapist.

    `scores` stand in the order in which they were given, all measures together. `age` is in years
    at the first score; `ended` is the day therapy ended, on the same count as `Score.day`.

    Raises ValueError where the client has no id.
    """

    client_id: str
    scores: tuple[Score, ...]
    episode_id: str = "1"
    therapist_id: str | None = None
    age: float | None = None
    ended: float | None = None

    def __post_init__(self) -> None:
        if not self.client_id:
            raise ValueError("An episode needs the client's id.")

    def measures(self) -> tuple[str, ...]:
        """Return the measures that have a score, in order of first appearance."""
        return tuple(dict.fromkeys(score.measure for score in self.scores))

    def of(self, measure: str) -> tuple[Score, ...]:
        """Return the scores of one measure, in the order in which they were given."""
        return tuple(score for score in self.scores if score.measure == measure)

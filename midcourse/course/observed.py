"""One client's scores on one measure, on the course's own clock."""

from dataclasses import dataclass

from midcourse.course.basis import Axis
from midcourse.record import Episode, Score

SESSION_SHARE = 0.95  # session numbers are used when present on this share of scores, else days (ST2)


@dataclass(frozen=True, slots=True)
class Observed:
    """One client's scores on one measure on the course's clock.

    `times` start at session 1 or week 0 with the first score and do not fall; `scores` stand beside
    them, in points. `intake` is the first score.
    """

    client_id: str
    times: tuple[float, ...]
    scores: tuple[float, ...]
    therapist_id: str | None = None

    @property
    def intake(self) -> float:
        """Return the first score."""
        return self.scores[0]

    def up_to(self, count: int) -> "Observed":
        """Return the same client with only the first `count` scores seen."""
        return Observed(self.client_id, self.times[:count], self.scores[:count], self.therapist_id)


def choose_axis(episodes: list[Episode], measure: str) -> Axis | None:
    """Return the clock that the scores allow: sessions where present on 95 % of them, else weeks.

    None means that too few scores have either.
    """
    scores = [score for episode in episodes for score in episode.of(measure)]
    if not scores:
        return None
    if sum(score.session is not None for score in scores) >= SESSION_SHARE * len(scores):
        return "session"
    dated = sum(score.day is not None for score in scores)
    return "week" if dated >= SESSION_SHARE * len(scores) else None


def _clock(score: Score, axis: Axis) -> float | None:
    if axis == "session":
        return score.session
    return None if score.day is None else score.day / 7.0


def observe(episode: Episode, measure: str, axis: Axis, *, whole_weeks: bool = False) -> Observed | None:
    """Return the client's scores on the course's clock, or None where there is none with a time.

    Scores without a time on this axis and scores after therapy ended are left out. `whole_weeks`
    rounds weeks to whole ones so that more clients share a pattern.
    """
    kept = [
        (clock, score.value)
        for score in episode.of(measure)
        if (clock := _clock(score, axis)) is not None and not _after_end(episode, score)
    ]
    if not kept:
        return None
    kept.sort(key=lambda pair: pair[0])
    first = kept[0][0]
    origin = 1.0 if axis == "session" else 0.0
    times = [clock - first + origin for clock, _ in kept]
    if whole_weeks and axis == "week":
        times = [float(round(time)) for time in times]
    return Observed(episode.client_id, tuple(times), tuple(value for _, value in kept), episode.therapist_id)


def _after_end(episode: Episode, score: Score) -> bool:
    return episode.ended is not None and score.day is not None and score.day > episode.ended

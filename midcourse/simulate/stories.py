"""A small clinic for the demonstration, in which some clients have a story that is known."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from midcourse.simulate.clinic import SimulatedClinic, read_out
from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.drawn import Drawn, draw
from midcourse.simulate.people import People
from midcourse.simulate.streams import Whole, stream

AS_OF = date(2026, 6, 26)
"""The day on which the demonstration looks at its clinic: the date of the newest score in it."""


@dataclass(frozen=True, slots=True)
class Story:
    """One scripted client: her PHQ-9 scores session by session, and how many days ago the last was."""

    title: str
    scores: tuple[int, ...]
    days_ago: int = 0


STORIES = (
    Story("on course", (17, 15, 14, 14, 13, 12, 12)),
    Story("drifting", (16, 15, 16, 15, 15), days_ago=2),
    Story("off course after a good start", (18, 14, 11, 10, 13, 16, 17, 18, 18, 19)),
    Story("reliably worse", (12, 13, 15, 16, 18, 19, 20), days_ago=1),
    Story("reached her goal", (17, 13, 11, 8, 6, 5, 4, 4), days_ago=3),
    Story("silent for five weeks", (15, 14, 13, 12), days_ago=36),
    Story("late responder", (19, 19, 18, 19, 18, 19, 16, 14, 12, 11), days_ago=2),
    Story("one score only", (14,), days_ago=4),
)

DEMO = ClinicDesign(
    n_clients=60,
    n_therapists=6,
    intake_mean=16.0,
    intake_sd=4.2,
    slope_mean=-3.2,
    slope_sd=1.0,
    residual_sd=2.0,
    gap_jitter_days=1,
    start_date=AS_OF,
    missed_session_rate=0.1,
    missing_score_rate=0.05,
    clip_to_scale=True,
    whole_numbers=True,
)
"""The unscripted clients of the demonstration; how far each has come is drawn for each."""


def stories(seed: int) -> SimulatedClinic:
    """Return a clinic of 60 clients in therapy on AS_OF; C001 to C008 live through STORIES in order.

    The others come from the model, with a last score up to a week before AS_OF. The truth names each
    story. Raises ValueError for a seed outside 0 to 2**32 - 1.
    """
    return read_out(_on_the_calendar(_scripted(_in_therapy(draw(DEMO, seed)))))


def _in_therapy(drawn: Drawn) -> Drawn:
    """Let every client be somewhere between the second and the last planned session."""
    n, sessions = drawn.scores.shape
    attended = stream(drawn.seed, "stories: sessions so far").randint(2, sessions + 1, n, dtype=np.int64)
    return replace(
        drawn,
        sessions_attended=attended,
        seen=drawn.seen & (np.arange(sessions) < attended[:, None]),
        reason=np.where(attended < sessions, "still in therapy", "planned end"),
    )


def _scripted(drawn: Drawn) -> Drawn:
    """Put the scripts in place of the first clients; for them the script is the true course."""
    scores, courses, seen = drawn.scores.copy(), drawn.courses.copy(), drawn.seen.copy()
    attended, titles, day = drawn.sessions_attended.copy(), drawn.story.copy(), drawn.day.copy()
    for i, story in enumerate(STORIES):
        told = len(story.scores)
        scores[i, :told] = story.scores
        # Nothing is known of what would have come after the script: it stays at its last score.
        courses[i] = np.append(story.scores, np.full(scores.shape[1] - told, story.scores[-1]))
        seen[i] = np.arange(scores.shape[1]) < told
        attended[i], titles[i] = told, story.title
        day[i] = 7 * np.arange(scores.shape[1])
    return replace(
        drawn,
        who=_without_effects(drawn.who),
        day=day,
        scores=scores,
        courses=courses,
        seen=seen,
        sessions_attended=attended,
        reason=np.where(titles == "", drawn.reason, "still in therapy"),
        story=titles,
    )


def _without_effects(who: People) -> People:
    scripted = np.arange(len(who.slope)) < len(STORIES)
    late = np.array([story.title == "late responder" for story in STORIES])
    return replace(
        who,
        intercept=np.where(scripted, np.nan, who.intercept),
        slope=np.where(scripted, np.nan, who.slope),
        late_responder=np.append(late, who.late_responder[len(STORIES) :]),
    )


def _on_the_calendar(drawn: Drawn) -> Drawn:
    """Shift every client so that the last score lies the right number of days before AS_OF."""
    ago = stream(drawn.seed, "stories: days ago").randint(0, 7, len(drawn.day), dtype=np.int64)
    ago[: len(STORIES)] = [story.days_ago for story in STORIES]
    last: Whole = np.where(drawn.seen, drawn.day, 0).max(axis=1)
    return replace(drawn, who=replace(drawn.who, start_day=-last - ago))

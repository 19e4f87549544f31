"""The situation of one episode: its history, and the state of each course now and one score before."""

from dataclasses import replace

from midcourse.measures.scale import Scale
from midcourse.reasons.situation import CourseSeen, Situation
from midcourse.record import Episode, History
from midcourse.review.caseload import review_caseload
from midcourse.signals.state import State


def situation_of(episode: Episode, scales: dict[str, Scale], history: History) -> Situation:
    """Return what findings are computed from; a measure without a scale keeps its scores alone."""
    courses = tuple(_course(episode, measure, scales.get(measure)) for measure in episode.measures())
    return Situation(history, courses)


def _course(episode: Episode, measure: str, scale: Scale | None) -> CourseSeen:
    given = episode.of(measure)
    values = tuple(score.value for score in given)
    if scale is None:
        return CourseSeen(measure, values)
    states = []
    for count in (len(given) - 1, len(given)):
        if count > 0:
            part = replace(episode, scores=given[:count])
            states += [one.state for one in review_caseload([part], {measure: scale}, bands=False).courses]
    known = tuple(state for state in states if state is not State.NOT_COMPUTED)
    return CourseSeen(measure, values, scale, known)

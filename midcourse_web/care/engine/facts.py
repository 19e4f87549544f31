"""One episode's record as plain facts, and as the engine's own types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from midcourse.measures.instrument import UnknownInstrument, find
from midcourse.measures.scale import Scale
from midcourse.reasons.situation import Situation
from midcourse.record import (
    AnswerSheet,
    Attendance,
    Ending,
    Episode,
    GoalAgreement,
    History,
    Homework,
    MedicationNote,
    Preference,
    Score,
    Session,
    calendar_of,
)
from midcourse.review.situation import situation_of
from midcourse_web.care.engine.course import Point

SCREENS = ("pc-ptsd-5", "pcl-5", "audit-c")
RECENT_TASKS = 4


@dataclass(frozen=True)
class RecordFacts:
    """What is on record of one episode, already cut to one audience. Unknown is never evidence.

    `sessions` are (day, attendance) of settled ones; `check_ins` the session check-in's answers, oldest
    first; `goals` are (client's, therapist's agreement 0 to 10); `homework` are "done", "partly", "not",
    newest last; `wishes` are (about, strong, met).
    """

    episode: str
    as_of: date
    points: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    sessions: tuple[tuple[date, str], ...] = ()
    check_ins: tuple[Mapping[str, int | None], ...] = ()
    goals: tuple[tuple[int | None, int | None], ...] | None = None
    homework: tuple[str, ...] = ()
    treatment: str = ""
    concern: str = ""
    domains: tuple[str, ...] | None = None
    wishes: tuple[tuple[str, bool, bool | None], ...] = ()
    life_events: tuple[str, ...] = ()
    taking_medicine: bool | None = None
    side_effects: int | None = None
    skipped_medicine: bool | None = None
    medicine_review: bool | None = None
    first_therapy: bool | None = None
    bad_past_therapy: bool | None = None
    readiness: int | None = None
    screens: tuple[tuple[str, float], ...] = ()
    support_lowest: bool | None = None
    sleep: tuple[float, ...] = ()
    orientation_done: bool | None = None
    therapist_changes: int = 0
    ended_by_therapist: bool = False
    referred: bool | None = None


def situation(facts: RecordFacts) -> Situation:
    """Return the engine's view of a record: its history, and each course's state now and one score before."""
    scores = tuple(
        Score(measure, point.value, session=point.session, day=float(point.at.date().toordinal()))
        for measure, points in facts.points.items()
        for point in points
    )
    episode = Episode(facts.episode, scores)
    return situation_of(episode, _scales(episode), history(facts))


def _scales(episode: Episode) -> dict[str, Scale]:
    found: dict[str, Scale] = {}
    for measure in episode.measures():
        try:
            found[measure] = find(measure).scale
        except (UnknownInstrument, ValueError):
            continue
    return found


def history(facts: RecordFacts) -> History:
    """Return what is on record beside scores, as the engine reads it."""
    sessions = tuple(
        Session(float(day.toordinal()), cast(Attendance, attendance)) for day, attendance in facts.sessions
    )
    totals = {name: points[-1].value for name, points in facts.points.items() if name in SCREENS and points}
    return History(
        calendar=calendar_of(sessions, float(facts.as_of.toordinal())) if sessions else None,
        check_ins=tuple(AnswerSheet("midcourse-check-in", dict(one)) for one in facts.check_ins),
        goals=_goals(facts),
        homework=_homework(facts),
        treatment=facts.treatment,
        main_concern=facts.concern,
        therapist_domains=facts.domains,
        preferences=tuple(Preference(*wish) for wish in facts.wishes),
        readiness=facts.readiness,
        screens=totals | dict(facts.screens),
        support_lowest=facts.support_lowest,
        sleep=facts.sleep,
        orientation_done=facts.orientation_done,
        medication=_medication(facts),
        life_events=facts.life_events,
        first_therapy=facts.first_therapy,
        bad_past_therapy=facts.bad_past_therapy,
        ending=Ending(True, facts.referred) if facts.ended_by_therapist else None,
    )


def _goals(facts: RecordFacts) -> GoalAgreement | None:
    if facts.goals is None:
        return None
    client = [one for one, _ in facts.goals if one is not None]
    therapist = [one for _, one in facts.goals if one is not None]
    return GoalAgreement(
        client=min(client, default=None), therapist=min(therapist, default=None), on_record=len(facts.goals)
    )


def _homework(facts: RecordFacts) -> Homework | None:
    recent = facts.homework[-RECENT_TASKS:]
    return Homework(len(recent), sum(one == "done" for one in recent)) if recent else None


def _medication(facts: RecordFacts) -> MedicationNote | None:
    if facts.taking_medicine is None:
        return None
    return MedicationNote(
        taking=facts.taking_medicine,
        review_on_record=facts.medicine_review,
        side_effects=facts.side_effects,
        skipped_or_stopped=facts.skipped_medicine,
    )

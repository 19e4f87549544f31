"""Gathering one episode's record for the engine, cut to one audience before anything is computed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from midcourse_web.care.engine.course import Point
from midcourse_web.care.engine.facts import RecordFacts
from midcourse_web.care.engine.instruments import SESSION_CHECK_IN
from midcourse_web.care.engine.tools import evidence_of
from midcourse_web.care.models import IN_FORCE, AnswerSheet, Episode, Intake, SharedEntry

CLIENT = "client"


def facts_of(
    episode: Episode, audience: str = CLIENT, entries: Sequence[tuple[str, Mapping[str, Any]]] | None = None
) -> RecordFacts:
    """Return what is on record of an episode for one audience: client, therapist or shared.

    `entries` are what the client entered with tools, for her own review; others get what she shared.

    Others than the client get it without private items of check-ins, and without life events, medicine
    and intake answers that she has not shared: those look like never said.
    """
    intake = Intake.objects.filter(episode=episode).first()
    own = audience == CLIENT
    homework = episode.homework.exclude(done="").order_by("made_at")
    goals = tuple(episode.goals.filter(state="open").values_list("client_agrees", "therapist_agrees"))
    return RecordFacts(
        episode=str(episode.pk),
        as_of=timezone.localdate(),
        points=_points(episode),
        sessions=tuple(
            (timezone.localtime(at).date(), attendance)
            for at, attendance in episode.sessions.exclude(attendance="").values_list(
                "starts_at", "attendance"
            )
        ),
        check_ins=_check_ins(episode, own),
        goals=goals if episode.sessions.filter(attendance="attended").count() else (goals or None),
        homework=tuple(homework.values_list("done", flat=True)),
        treatment=episode.treatment,
        concern=episode.concern,
        domains=_domains(episode),
        life_events=_life_events(episode, own),
        ended_by_therapist=episode.ended_by == "therapist",
        referred=episode.referred,
        **_of_tools(_shared_entries(episode) if entries is None or not own else entries),
        **_of_intake(intake),
        **_medicine(episode, own),
    )


def _shared_entries(episode: Episode) -> list[tuple[str, dict[str, Any]]]:
    shared = SharedEntry.objects.filter(episode=episode, withdrawn_at__isnull=True).order_by("made_at")
    return [(one.tool, one.values) for one in shared]


def _of_tools(entries: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    said = evidence_of(entries)
    return {
        "readiness": said.readiness,
        "wishes": said.wishes,
        "screens": said.screens,
        "support_lowest": said.support_lowest,
        "sleep": () if said.sleep is None else (said.sleep,),
        "orientation_done": said.orientation_done,
    }


def _points(episode: Episode) -> dict[str, tuple[Point, ...]]:
    found: dict[str, list[Point]] = {}
    rows = episode.scores.filter(IN_FORCE, part="total", value__isnull=False).order_by("answered_at")
    for row in rows:
        if row.value is not None:
            found.setdefault(row.measure, []).append(Point(row.value, row.answered_at, row.session_number))
    return {name: tuple(points) for name, points in found.items()}


def _check_ins(episode: Episode, own: bool) -> tuple[dict[str, int | None], ...]:
    sheets = AnswerSheet.objects.filter(
        episode=episode, instrument=SESSION_CHECK_IN, replaced_by__isnull=True
    ).order_by("answered_at")
    return tuple(
        {name: None if not own and name in sheet.private else value for name, value in sheet.answers.items()}
        for sheet in sheets
    )


def _domains(episode: Episode) -> tuple[str, ...] | None:
    profile = getattr(episode.therapist, "profile", None) if episode.therapist else None
    return tuple(profile.domains) if profile is not None and profile.domains else None


def _life_events(episode: Episode, own: bool) -> tuple[str, ...]:
    events = episode.client.life_events.filter(on__gte=episode.opened_on)
    return tuple((events if own else events.filter(shared=True)).values_list("words", flat=True))


def _of_intake(intake: Intake | None) -> dict[str, Any]:
    if intake is None:
        return {}
    return {"first_therapy": intake.first_time, "bad_past_therapy": intake.bad_experience}


def _medicine(episode: Episode, own: bool) -> dict[str, Any]:
    notes = list(episode.client.medication.filter(ended_on__isnull=True))
    seen = notes if own else [one for one in notes if one.shared]
    if not seen:
        return {}
    effects = [one.side_effects for one in seen if one.side_effects is not None]
    return {
        "taking_medicine": True,
        "side_effects": max(effects, default=None),
        "skipped_medicine": any(one.skipped for one in seen) or None,
        "medicine_review": any(one.reviewed_on for one in seen),
    }

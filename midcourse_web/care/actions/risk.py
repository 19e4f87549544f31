"""Risk alerts: raise, make more pressing, acknowledge, move up the chain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import AnswerSheet, Episode, RiskStep, RiskTask
from midcourse_web.care.policies.duty import OnDuty, next_in_chain, on_duty, somebody_else
from midcourse_web.care.policies.hours import after_open_minutes
from midcourse_web.care.policies.levels import due_for_known, level_of, minutes_to_answer
from midcourse_web.outbox.actions.put import put
from midcourse_web.people.models import User


@transaction.atomic
def raise_risk(
    *, by: User | None, episode: Episode, said: Sequence[dict[str, Any]], sheet: AnswerSheet | None = None
) -> RiskTask:
    """Make one alert for a named person, with its message and audit row, in one transaction.

    `sheet` holds the answers it rests on; without one she told it herself in a check-up.
    """
    duty = on_duty(episode)
    level = level_of(episode, said)
    due_by = _before_session(sheet, duty.due_by) if sheet else duty.due_by
    if level == RiskTask.Level.KNOWN:
        # Unchanged, talked about, and with a plan: beside the signal until the next session, no bell (SR6).
        due_by = due_for_known(episode, timezone.now())
    return _raise(by, episode, duty, level, said, sheet, due_by=due_by)


@transaction.atomic
def raise_privately(*, by: User, episode: Episode, tell: User | None, now: bool = False) -> RiskTask:
    """Make an alert of what was said on the private page, for whom she chose there, never for the therapist.

    `tell` None takes the duty person. Where nobody but the therapist is there to tell, ValueError is
    raised and she must be shown the numbers to call instead (SR3).
    """
    person = tell if tell is not None else somebody_else(episode)
    if person is None or person.pk == episode.therapist_id:
        raise ValueError(_("There is nobody else here who could be told. Please use these numbers."))
    duty = replace(on_duty(episode), person=person)
    level = RiskTask.Level.NOW if now else RiskTask.Level.NEW
    return _raise(by, episode, duty, level, (), None, due_by=duty.due_by, hidden=True)


def _raise(
    by: User | None,
    episode: Episode,
    duty: OnDuty,
    level: str,
    said: Sequence[dict[str, Any]],
    sheet: AnswerSheet | None,
    *,
    due_by: datetime,
    hidden: bool = False,
) -> RiskTask:
    hide = (hidden or episode.client.risk_to_duty) and duty.person.pk != episode.therapist_id
    task = RiskTask.objects.create(
        episode=episode,
        sheet=sheet,
        level=level,
        said=list(said),
        for_person=duty.person,
        hidden_from=episode.therapist if hide else None,
        due_by=due_by,
    )
    if level != RiskTask.Level.KNOWN:
        _tell(task)
    record("risk raised", by=by, subject=task, client=episode.client, clinic=episode.clinic)
    return task


def _before_session(sheet: AnswerSheet, due_by: datetime) -> datetime:
    """Answered in the waiting room, it must be seen before the session begins."""
    session = sheet.check_in.session if sheet.check_in else None
    if session is not None and timezone.now() < session.starts_at < due_by:
        return session.starts_at
    return due_by


@transaction.atomic
def not_safe_now(*, by: User | None, task: RiskTask) -> RiskTask:
    """Raise an alert to the highest level, after "I am not safe right now", and tell people again.

    Said again it changes nothing. An alert that was answered before is opened again.
    """
    task = RiskTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.level == RiskTask.Level.NOW and task.acknowledged_at is None:
        return task
    task.level = RiskTask.Level.NOW
    task.acknowledged_at, task.acknowledged_by = None, None
    minutes = minutes_to_answer(task.level, task.episode.clinic) or 0
    task.due_by = min(task.due_by, timezone.now() + timedelta(minutes=minutes))
    task.save()
    _tell(task)
    record("risk: not safe now", by=by, subject=task, client=task.episode.client, clinic=task.episode.clinic)
    return task


@transaction.atomic
def acknowledge(
    *, by: User, task: RiskTask, what: str, note: str = "", next_try_at: datetime | None = None
) -> RiskStep:
    """Say what was done about an alert. "Could not reach her" keeps it open until the next try.

    Raises ValueError where a next try is needed and has no time.
    """
    task = RiskTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    reached = what != RiskStep.What.NOT_REACHED
    if not reached and next_try_at is None:
        raise ValueError(_("Say when you will try again."))
    now = timezone.now()
    step = RiskStep.objects.create(task=task, what=what, by=by, note=note, next_try_at=next_try_at)
    task.seen_at = task.seen_at or now
    task.next_try_at = None if reached else next_try_at
    if reached:
        task.acknowledged_at, task.acknowledged_by = now, by
    elif next_try_at is not None:
        task.due_by, task.for_person = next_try_at, by
    task.save()
    record(f"risk: {what}", by=by, subject=task, client=task.episode.client, clinic=task.episode.clinic)
    return step


@transaction.atomic
def pass_on(*, by: User | None, task: RiskTask, to: User) -> RiskTask:
    """Give an open alert to somebody else who takes over; its time does not start anew."""
    task = RiskTask.objects.select_for_update().get(pk=task.pk)
    task.for_person = to
    task.save()
    _tell(task)
    record("risk passed on", by=by, subject=task, client=task.episode.client, clinic=task.episode.clinic)
    return task


@transaction.atomic
def move_up(*, task: RiskTask) -> bool:
    """Move an alert that nobody acknowledged in time to the next named person; False where none is left."""
    task = RiskTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.acknowledged_at is not None or task.due_by > timezone.now():
        return False
    episode, now = task.episode, timezone.now()
    asked = {task.for_person, *(step.by for step in task.steps.select_related("by") if step.by)}
    person = next_in_chain(episode, asked, now)
    RiskStep.objects.create(task=task, what=RiskStep.What.MOVED_UP, by=task.for_person)
    task.moved_up += 1
    task.for_person = person or task.for_person
    quick = minutes_to_answer(task.level, episode.clinic)
    task.due_by = (
        now + timedelta(minutes=quick)
        if quick
        else after_open_minutes(episode.clinic, now, episode.clinic.acknowledge_minutes)
    )
    task.save()
    # Where everybody was asked, everybody is told again.
    for one in {task.for_person} if person else asked:
        _tell(task, one)
    record("risk moved up", subject=task, client=episode.client, clinic=episode.clinic)
    return person is not None


def _tell(task: RiskTask, person: User | None = None) -> None:
    """Tell the named person, and the clinic's address for alerts; nothing about anybody is in it."""
    clinic, person = task.episode.clinic, person or task.for_person
    for address in dict.fromkeys((person.email, clinic.alert_email)):
        with translation.override(person.language):
            put(
                kind="risk",
                address=address,
                subject=_("Please sign in now"),
                body=_("Something in %(clinic)s needs you today. Please sign in to see it.")
                % {"clinic": clinic.name},
                urgent=True,
                about=task.pk,
                clinic=clinic.pk,
            )

"""Risk alerts: raise, make more pressing, acknowledge, move up the chain."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import AnswerSheet, Episode, RiskStep, RiskTask
from midcourse_web.care.policies.duty import next_in_chain, on_duty
from midcourse_web.care.policies.hours import after_open_minutes
from midcourse_web.care.policies.levels import level_of
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
    task = RiskTask.objects.create(
        episode=episode,
        sheet=sheet,
        level=level_of(episode, said),
        said=list(said),
        for_person=duty.person,
        hidden_from=episode.therapist if episode.client.risk_to_duty else None,
        due_by=duty.due_by,
    )
    _tell(task)
    record("risk raised", by=by, subject=task, client=episode.client, clinic=episode.clinic)
    return task


@transaction.atomic
def not_safe_now(*, by: User | None, task: RiskTask) -> RiskTask:
    """Raise an alert to the highest level, after "I am not safe right now", and tell people again."""
    task = RiskTask.objects.select_for_update().get(pk=task.pk)
    task.level, task.due_by = RiskTask.Level.NOW, timezone.now()
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
    task = RiskTask.objects.select_for_update().get(pk=task.pk)
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
def move_up(*, task: RiskTask) -> bool:
    """Move an alert that nobody acknowledged in time to the next named person; False where none is left."""
    task = RiskTask.objects.select_for_update().get(pk=task.pk)
    if task.acknowledged_at is not None or task.due_by > timezone.now():
        return False
    episode, now = task.episode, timezone.now()
    asked = {task.for_person, *(step.by for step in task.steps.select_related("by") if step.by)}
    person = next_in_chain(episode, asked, now)
    RiskStep.objects.create(task=task, what=RiskStep.What.MOVED_UP, by=task.for_person)
    task.moved_up += 1
    task.for_person = person or task.for_person
    task.due_by = after_open_minutes(episode.clinic, now, episode.clinic.acknowledge_minutes)
    task.save()
    _tell(task)
    record("risk moved up", subject=task, client=episode.client, clinic=episode.clinic)
    return person is not None


def _tell(task: RiskTask) -> None:
    """Tell the named person, and the clinic's address for alerts; nothing about anybody is in it."""
    clinic = task.episode.clinic
    for address in dict.fromkeys((task.for_person.email, clinic.alert_email)):
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

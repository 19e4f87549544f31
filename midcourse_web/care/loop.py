"""The record's parts of the tick loop: check-ins that open and close, reminders, alerts that move up, courses."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from midcourse_web.care.actions.away import begin_leave
from midcourse_web.care.actions.check_in import second_step
from midcourse_web.care.actions.course import signal_now
from midcourse_web.care.actions.plan import check
from midcourse_web.care.actions.remind import MOST, remind
from midcourse_web.care.actions.risk import move_up
from midcourse_web.care.actions.schedule import close_old, open_due
from midcourse_web.care.engine.course import NOT_COMPUTED, has_total
from midcourse_web.care.models import AnswerSheet, CheckIn, Episode, RiskTask, SharedPlan, Signal
from midcourse_web.outbox.tick import part
from midcourse_web.people.models import Leave

LEFT_BEHIND = timedelta(minutes=1)  # a sheet without a state after so long was left by a process that died
TRIES = 10  # an engine that fails ten times on the same answers needs a person, not another try


@part("schedule")
def schedule() -> int:
    """Close check-ins whose time is over, and open those that are due."""
    over = CheckIn.objects.filter(state=CheckIn.State.OPEN, closes_at__lte=timezone.now())
    closed = sum(close_old(check_in=one) for one in over)
    asked = Episode.objects.filter(state=Episode.State.OPEN, schedules__stopped_on__isnull=True)
    return closed + sum(open_due(episode=one) for one in asked.filter(schedules__isnull=False).distinct())


@part("remind")
def remind_all() -> int:
    """Put the reminders that are due into the outbox; those who opted out get none."""
    now = timezone.now()
    waiting = CheckIn.objects.filter(
        state=CheckIn.State.OPEN, due_at__lte=now, closes_at__gt=now, reminded__lt=MOST
    ).filter(episode__client__reminders=True)
    return sum(remind(check_in=one) for one in waiting)


@part("escalate")
def escalate() -> int:
    """Move every alert that nobody acknowledged in time to the next named person."""
    late = RiskTask.objects.filter(acknowledged_at__isnull=True, due_by__lte=timezone.now())
    return sum(move_up(task=task) for task in late)


@part("away")
def away() -> int:
    """On the first day of a leave the therapist's open alerts go to the cover."""
    today = timezone.localdate()
    rows = Leave.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), begins__lte=today)
    return sum(begin_leave(leave=leave) for leave in rows.select_related("therapist", "clinic", "cover"))


@part("courses")
def courses_again() -> int:
    """Try again what the engine could not compute (SR1)."""
    done = _left_behind()
    waiting = Signal.objects.filter(state=NOT_COMPUTED, attempts__lt=TRIES).select_related("episode", "sheet")
    for signal in waiting:
        newest = Signal.objects.filter(episode=signal.episode, measure=signal.measure).first()
        if newest is None or newest.pk != signal.pk:
            continue
        try:
            signal_now(episode=signal.episode, measure=signal.measure, sheet=signal.sheet)
            done += 1
        except Exception:  # it is stored as not computed, and tried again next time
            continue
    return done


@part("plans")
def plans_due() -> int:
    """Hold every plan whose day has come against its frozen forecast (ST9)."""
    due = SharedPlan.objects.filter(state=SharedPlan.State.AGREED, check_on__lte=timezone.localdate())
    return len([check(plan=plan) for plan in due.select_related("episode")])


def _left_behind() -> int:
    """Take the second step for answers whose process died between the first and the second."""
    before = timezone.now() - LEFT_BEHIND
    alone = AnswerSheet.objects.filter(
        scores__isnull=True, signal__isnull=True, replaced_by__isnull=True, made_at__lt=before
    )
    found = [sheet for sheet in alone.select_related("episode") if has_total(sheet.instrument)]
    second_step(tuple(found))
    return len(found)

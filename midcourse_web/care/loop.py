"""The record's parts of the tick loop: alerts that move up, and courses that are tried again."""

from django.utils import timezone

from midcourse_web.care.actions.course import signal_now
from midcourse_web.care.actions.plan import check
from midcourse_web.care.actions.risk import move_up
from midcourse_web.care.engine.course import NOT_COMPUTED
from midcourse_web.care.models import RiskTask, SharedPlan, Signal
from midcourse_web.outbox.tick import part

TRIES = 10  # an engine that fails ten times on the same answers needs a person, not another try


@part("escalate")
def escalate() -> int:
    """Move every alert that nobody acknowledged in time to the next named person."""
    late = RiskTask.objects.filter(acknowledged_at__isnull=True, due_by__lte=timezone.now())
    return sum(move_up(task=task) for task in late)


@part("courses")
def courses_again() -> int:
    """Try again what the engine could not compute (SR1)."""
    done = 0
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

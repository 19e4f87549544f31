"""The shared plan: drafted on one screen, agreed by both, checked on its day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.engine.course import Point
from midcourse_web.care.engine.plan import StepAgreed, agreed_plan, check_steps, outcome
from midcourse_web.care.models import Episode, ExpectedCourse, SharedPlan, Signal
from midcourse_web.care.reading import newest_signals
from midcourse_web.people.models import User

State = SharedPlan.State
MOST = 4


class SomebodyElseSaved(Exception):
    """Two people edited one plan; the words say so, and nothing of either is lost."""


@transaction.atomic
def draft(
    *,
    by: User,
    episode: Episode,
    steps: Sequence[dict[str, Any]],
    check_on: date,
    reason: str = "",
    version: int = 0,
) -> SharedPlan:
    """Save the plan that is being made. A change after one side agreed asks both again.

    `steps` are dicts of step, words, owner, goal, by (ISO day), expected; `version` is the one the page
    was drawn from. Raises SomebodyElseSaved, or ValueError saying what is missing.
    """
    if not 1 <= len(steps) <= MOST:
        raise ValueError(_("Choose one to four steps."))
    check_steps([_agreed(one) for one in steps])
    plan = _open_draft(episode)
    is_new = plan._state.adding
    if not is_new and plan.version != version:
        raise SomebodyElseSaved(_("Somebody else has just changed this plan. Please look at it again."))
    worst = _worst(episode)
    plan.steps, plan.check_on, plan.reason = list(steps), check_on, reason
    plan.client_agreed_at = plan.therapist_agreed_at = None
    plan.course_state, plan.measure = (worst.state, worst.measure) if worst else ("", "")
    plan.version = 1 if is_new else plan.version + 1
    plan._history_user = by
    plan.save()
    record("plan drafted", by=by, subject=plan, client=episode.client, clinic=episode.clinic)
    return plan


@transaction.atomic
def agree(*, by: User, plan: SharedPlan, side: str, version: int) -> SharedPlan:
    """Say yes to the plan for one side; when both have, it holds and its forecast is frozen.

    Raises SomebodyElseSaved where the plan is no longer the one that was on the page.
    """
    plan = SharedPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.version != version or plan.state != State.DRAFT:
        raise SomebodyElseSaved(_("This plan has changed meanwhile. Please look at it again."))
    now = timezone.now()
    if side == "client":
        plan.client_agreed_at = plan.client_agreed_at or now
    else:
        plan.therapist_agreed_at = plan.therapist_agreed_at or now
    if plan.client_agreed_at and plan.therapist_agreed_at:
        _hold(plan)
    plan._history_user = by
    plan.save()
    record(
        f"plan agreed by {side}", by=by, subject=plan, client=plan.episode.client, clinic=plan.episode.clinic
    )
    return plan


def _hold(plan: SharedPlan) -> None:
    """Freeze the forecast and let the plan hold; the one before is replaced."""
    plan.saved = agreed_plan(
        [_agreed(one) for one in plan.steps],
        client_agreed=_day(plan.client_agreed_at),
        therapist_agreed=_day(plan.therapist_agreed_at),
        check_on=plan.check_on or timezone.localdate() + timedelta(days=28),
        state=plan.course_state,
        reason=plan.reason,
        measure=plan.measure,
        points=_points(plan),
        saved_course=_course(plan),
    )
    SharedPlan.objects.filter(episode=plan.episode, state=State.AGREED).exclude(pk=plan.pk).update(
        state=State.REPLACED
    )
    plan.state = State.AGREED


@transaction.atomic
def check(*, plan: SharedPlan, by: User | None = None) -> SharedPlan:
    """Hold the course against the frozen forecast, and keep what became of it."""
    found = outcome(plan.saved, str(plan.episode_id), plan.measure, _points(plan)) if plan.saved else None
    plan.state, plan.checked_at = State.CHECKED, timezone.now()
    plan.outcome = found.verdict if found else ""
    plan.outcome_words = f"{found.sentence} {found.label}" if found else ""
    plan._history_user = by
    plan.save()
    record("plan checked", by=by, subject=plan, client=plan.episode.client, clinic=plan.episode.clinic)
    return plan


def _open_draft(episode: Episode) -> SharedPlan:
    there = SharedPlan.objects.select_for_update().filter(episode=episode, state=State.DRAFT).first()
    if there is not None:
        return there
    last = (
        SharedPlan.objects.filter(episode=episode)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )
    return SharedPlan(episode=episode, number=last + 1)


def _agreed(raw: dict[str, Any]) -> StepAgreed:
    try:
        by = date.fromisoformat(raw["by"])
    except (KeyError, TypeError, ValueError):
        raise ValueError(_("Every step needs a day.")) from None
    names = ("step", "words", "owner", "goal", "expected")
    return StepAgreed(by=by, **{name: str(raw.get(name, "")) for name in names})


def _worst(episode: Episode) -> Signal | None:
    order = ("reliably worse", "off course", "drifting")
    found = newest_signals([episode.pk]).values()
    ranked = sorted(found, key=lambda one: order.index(one.state) if one.state in order else len(order))
    return next(iter(ranked), None)


def _points(plan: SharedPlan) -> list[Point]:
    rows = plan.episode.scores.filter(measure=plan.measure, part="total", value__isnull=False)
    return [
        Point(row.value, row.answered_at, row.session_number)
        for row in rows.order_by("answered_at")
        if row.value is not None
    ]


def _course(plan: SharedPlan) -> str | None:
    found = ExpectedCourse.objects.filter(clinic=plan.episode.clinic, measure=plan.measure).first()
    return found.saved if found else None


def _day(at: Any) -> date:
    return timezone.localtime(at).date()

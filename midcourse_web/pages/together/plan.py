"""Choosing steps, saying who does what by when, agreeing, and the check on the day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.plan import SomebodyElseSaved, agree, check, draft
from midcourse_web.care.actions.together import finish
from midcourse_web.care.models import Episode, JointReview, SharedPlan
from midcourse_web.pages.together.room import review_of, shared_episode

MOST = 4
CHECK_AFTER = timedelta(days=28)
STEP_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One step on the form: chosen or not, with what was written about it."""

    key: str
    step: str
    text: str
    chosen: bool
    owner: str
    goal: str
    by: str
    expected: str


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Choose up to four steps from both sides' options or in own words, and save the draft."""
    episode, side = shared_episode(request, episode_id)
    going = _draft(episode)
    if request.method == "POST":
        return _saved(request, episode, side)
    return render(request, "together/plan.html", _page(episode, side, going))


def _page(episode: Episode, side: str, going: SharedPlan | None, kept: Any = None) -> dict[str, Any]:
    review, _released, _therapist = review_of(episode)
    today = timezone.localdate()
    by = (today + STEP_AFTER).isoformat()
    there = {one["step"] or one["words"]: one for one in (going.steps if going else [])}
    groups = []
    for reason in review.reasons:
        rows = [_row(step, there, by, kept) for step in (*reason.client_steps, *reason.therapist_steps)]
        groups.append((reason, rows))
    more = [_row(step, there, by, kept) for step in review.may_be_planned]
    own = [one for one in (going.steps if going else []) if not one["step"]]
    return {
        "episode": episode,
        "side": side,
        "groups": groups,
        "more": more,
        "own": own[0] if own else {},
        "goals": list(episode.goals.filter(state="open").values_list("words", flat=True)),
        "check_on": (going.check_on if going and going.check_on else today + CHECK_AFTER).isoformat(),
        "today": today.isoformat(),
        "version": going.version if going else 0,
        "by": by,
    }


def _row(step: Any, there: dict[str, Any], by: str, kept: Any) -> Row:
    old = there.get(step.id, {})
    get = kept.get if kept else lambda name, default="": default
    return Row(
        key=step.id,
        step=step.id,
        text=step.text,
        chosen=step.id in kept.getlist("steps") if kept else bool(old),
        owner=get(f"owner-{step.id}") or old.get("owner") or step.who,
        goal=get(f"goal-{step.id}") or old.get("goal", ""),
        by=get(f"by-{step.id}") or old.get("by", by),
        expected=get(f"expected-{step.id}") or old.get("expected", ""),
    )


def _saved(request: HttpRequest, episode: Episode, side: str) -> HttpResponse:
    given = request.POST
    steps = [_step(given, step) for step in given.getlist("steps")]
    if given.get("own-words", "").strip():
        steps.append(_step(given, "") | {"words": given["own-words"].strip()})
    review, _released, _therapist = review_of(episode)
    first = review.reasons[0].id if review.reasons else ""
    try:
        check_on = date.fromisoformat(given.get("check_on", ""))
        draft(
            by=request.user,
            episode=episode,
            steps=steps,
            check_on=check_on,
            reason=first,
            version=int(given.get("version") or 0),
        )
    except SomebodyElseSaved as why:
        messages.warning(request, str(why))
        return redirect("together:room", episode.pk)
    except ValueError as why:
        page = _page(episode, side, _draft(episode), kept=given) | {"wrong": str(why)}
        return render(request, "together/plan.html", page, status=422)
    messages.info(request, _("The plan is written down. It holds when both of you have agreed."))
    return redirect("together:room", episode.pk)


def _step(given: Any, step: str) -> dict[str, str]:
    key = step or "own"
    return {
        "step": step,
        "words": given.get(f"words-{key}", "").strip(),
        "owner": given.get(f"owner-{key}", ""),
        "goal": given.get(f"goal-{key}", "").strip(),
        "by": given.get(f"by-{key}", ""),
        "expected": given.get(f"expected-{key}", "").strip(),
    }


def _draft(episode: Episode) -> SharedPlan | None:
    return episode.plans.filter(state=SharedPlan.State.DRAFT).first()


@login_required
@require_POST
def agree_to(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Say yes. The therapist may also note the client's yes, said in the room; she can take it back."""
    episode, side = shared_episode(request, episode_id)
    going = _draft(episode)
    if going is None:
        return redirect("together:room", episode.pk)
    sides = [side, "client"] if side == "therapist" and "both" in request.POST else [side]
    try:
        for one in sides:
            going = agree(
                by=request.user, plan=going, side=one, version=int(request.POST.get("version") or 0)
            )
    except SomebodyElseSaved as why:
        messages.warning(request, str(why))
        return redirect("together:room", episode.pk)
    if going.state == SharedPlan.State.AGREED:
        joint = episode.joint_reviews.exclude(state=JointReview.State.DONE).first()
        if joint is not None:
            finish(by=request.user, review=joint)
        messages.info(request, _("The plan holds. On the day of the plan check you look at it again."))
    return redirect("together:room", episode.pk)


@login_required
@require_POST
def check_now(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Hold the plan in force against its forecast now, when its day has come or both want to."""
    episode, _side = shared_episode(request, episode_id)
    plan = episode.plans.filter(state=SharedPlan.State.AGREED).first()
    if plan is not None:
        check(by=request.user, plan=plan)
    return redirect("together:room", episode.pk)


@login_required
@require_GET
def printed(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the newest plan on a page to print."""
    episode, side = shared_episode(request, episode_id)
    plan = episode.plans.exclude(state=SharedPlan.State.DRAFT).first()
    return render(request, "together/printed.html", {"episode": episode, "side": side, "plan": plan})

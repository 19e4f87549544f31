"""The client's first page, her course at her own pace, and her switches."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.choices import show_scores
from midcourse_web.care.models import CheckIn, Episode
from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.pages.client.tools import newest_sheets
from midcourse_web.pages.parts.course import CourseShown, shown
from midcourse_web.people.models import Client


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next, how I am doing, what we agreed."""
    client = own(request)
    episode = current_episode(client)
    return render(request, "client/home.html", {"client": client, **_page(client, episode)})


def _page(client: Client, episode: Episode | None) -> dict[str, Any]:
    if episode is None:
        return {"episode": None}
    now = timezone.now()
    due = list(episode.check_ins.filter(state=CheckIn.State.OPEN, due_at__lte=now, closes_at__gt=now))
    courses = courses_of(episode) if client.sees_scores else []
    return {
        "episode": episode,
        "due": due,
        "next_session": episode.sessions.filter(starts_at__gte=now, attendance="").first(),
        "courses": [shown(one, with_band=False) for one in courses],
        "plan": episode.plans.filter(state__in=("agreed", "draft")).first(),
        "invited": episode.joint_reviews.filter(state="asked").exclude(asked_by=client.user).first(),
        "sheets": newest_sheets(client),
        "goals": list(episode.goals.filter(state="open")),
    }


@login_required
@require_GET
def course(request: HttpRequest) -> HttpResponse:
    """Show the course; band, forecast and odds open only when she asks (SD1)."""
    client = own(request)
    episode = current_episode(client)
    with_band = request.GET.get("band") == "yes"
    parts: list[CourseShown] = []
    if episode is not None and client.sees_scores:
        parts = [shown(one, with_band=with_band) for one in courses_of(episode)]
    return render(request, "client/course.html", {"client": client, "courses": parts, "with_band": with_band})


@login_required
@require_POST
def scores(request: HttpRequest) -> HttpResponse:
    """Switch her scores on or off, without anybody's leave."""
    client = own(request)
    show_scores(by=request.user, client=client, shown=request.POST.get("show") == "yes")
    return redirect(request.POST.get("back") == "course" and "client:course" or "client:home")

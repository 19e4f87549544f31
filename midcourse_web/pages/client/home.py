"""The client's first page: what is next, how I am doing, what we agreed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from midcourse_web.care.agreed import agreed_of
from midcourse_web.care.models import Episode
from midcourse_web.care.reading import courses_of
from midcourse_web.pages.client.own import own_episode
from midcourse_web.pages.client.tools import newest_sheets
from midcourse_web.pages.parts.course import shown
from midcourse_web.people.models import Client


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next, how I am doing, what we agreed."""
    client, episode = own_episode(request)
    return render(request, "client/home.html", {"client": client, **_page(client, episode)})


def _page(client: Client, episode: Episode | None) -> dict[str, Any]:
    if episode is None:
        return {"episode": None}
    courses = courses_of(episode, own=True) if client.sees_scores else []
    return {
        "episode": episode,
        "left": episode.state == Episode.State.ENDED,
        "waiting": episode.state == Episode.State.WAITING,
        "courses": [shown(one, with_band=False) for one in courses],
        "agreed": agreed_of(episode),
        "plan": episode.plans.filter(state__in=("agreed", "draft")).first(),
        "sheets": newest_sheets(client),
    }

"""Preparing the next session: what the client has shared for it, and what is open from the last."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.engine.tools import lines, tool
from midcourse_web.care.models import SharedEntry
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.parts.check_up import language
from midcourse_web.pages.therapist.prepared import what_was_asked
from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


@login_required
@require_GET
def prepare(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show what was shared, goals, practice and the plan, on one page to read in six minutes or print."""
    client = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "care.edit_record", client)
    episode = current_episode(client)
    if episode is None:
        return redirect("therapist:client", client.pk)
    looked_at(by=request.user, client=client)
    shared = SharedEntry.objects.filter(episode=episode, withdrawn_at__isnull=True)
    page = {
        "client": client,
        "episode": episode,
        "shared": [
            (tool(one.tool, language()), lines(one.tool, one.values, language()), one) for one in shared
        ],
        "view": episode.released_views.filter(withdrawn_at__isnull=True).first(),
        "goals": episode.goals.filter(state="open"),
        "homework": episode.homework.order_by("-made_at")[:5],
        "plan": episode.plans.filter(state__in=("agreed", "draft")).first(),
        "next": episode.sessions.filter(starts_at__gte=timezone.now(), attendance="").first(),
    }
    return render(request, "therapist/prepare.html", page | what_was_asked(request, episode))

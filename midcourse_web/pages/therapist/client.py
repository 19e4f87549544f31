"""One client's page for those who treat her."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.signal import see_signals
from midcourse_web.care.engine.safety import asks_about_suicide
from midcourse_web.care.models import SignalStep
from midcourse_web.care.reading import courses_of, current_episode, risk_beside
from midcourse_web.pages.parts.course import shown
from midcourse_web.pages.parts.risk import waiting_risk
from midcourse_web.people.models import Client
from midcourse_web.people.rules import allowed, permit


@login_required
@require_GET
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show one client: risk first, then her courses with numbers."""
    one = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "care.see_record", one)
    looked_at(by=request.user, client=one)
    episode = current_episode(one)
    edits = allowed(request.user, "care.edit_record", one)
    if edits and episode:
        see_signals(by=request.user, episode=episode)
    courses = [shown(each, with_band=True) for each in courses_of(episode)] if episode else []
    page: dict[str, Any] = {
        "client": one,
        "episode": episode,
        "courses": courses,
        "risk": [task for task in waiting_risk(request) if task.episode.client_id == one.pk],
        "beside": risk_beside([episode], request.user)[episode.pk] if episode else None,
        "edits": edits,
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "steps": list(SignalStep.objects.filter(signal__episode=episode).select_related("by", "signal")[:30])
        if episode
        else [],
        "blind": episode is not None and not asks_about_suicide(episode.measures),
    }
    return render(request, "therapist/client.html", page)

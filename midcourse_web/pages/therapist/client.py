"""One client's page for those who treat her."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.engine.safety import asks_about_suicide
from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.pages.parts.course import shown
from midcourse_web.pages.therapist.caseload import open_risk
from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


@login_required
@require_GET
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show one client: risk first, then her courses with numbers."""
    one = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "care.see_record", one)
    looked_at(by=request.user, client=one)
    episode = current_episode(one)
    courses = [shown(each, with_band=True) for each in courses_of(episode)] if episode else []
    page = {
        "client": one,
        "episode": episode,
        "courses": courses,
        "risk": open_risk(request, [episode] if episode else []),
        "blind": episode is not None and not asks_about_suicide(episode.measures),
    }
    return render(request, "therapist/client.html", page)

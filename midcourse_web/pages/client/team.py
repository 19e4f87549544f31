"""Who is there for me: her therapist with their profile, who stands in, and when somebody is away."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.care.reading import current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.people.models import Leave, TherapistProfile


@login_required
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Show who treats her, who stands in, and what the therapist writes about themselves."""
    client = own(request)
    episode = current_episode(client)
    therapist = episode.therapist if episode else None
    page = {"client": client, "episode": episode, "therapist": therapist}
    if therapist is not None:
        today = timezone.localdate()
        page["profile"] = TherapistProfile.objects.filter(user=therapist).first()
        rows = Leave.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), therapist=therapist)
        leaves = list(rows.select_related("cover").order_by("begins"))
        page["away"] = next((one for one in leaves if one.begins <= today), None)
        page["ahead"] = next((one for one in leaves if one.begins > today), None)
    return render(request, "client/team.html", page)

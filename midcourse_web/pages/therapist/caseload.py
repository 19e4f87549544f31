"""The therapist's first page: who needs attention and why, then what is due today."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from midcourse_web.care.beside import asked_part, beside_from
from midcourse_web.care.models import Episode
from midcourse_web.care.one_query import fetch
from midcourse_web.care.reading import newest_signals
from midcourse_web.care.today import today_from, today_parts
from midcourse_web.pages.parts.lines import lines_of, pressing
from midcourse_web.pages.parts.risk import waiting_risk
from midcourse_web.people.rules import permit
from midcourse_web.people.standing import standing


@login_required
@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """Show who needs attention and why, then what is due today."""
    permit(request.user, "care.caseload")
    where = standing(request.user)
    clients = where.therapist_of | where.cover_of
    episodes = list(
        Episode.objects.filter(client__in=clients)
        .exclude(state=Episode.State.ENDED)
        .select_related("client", "therapist")
    )
    here = [one.pk for one in episodes]
    risk = pressing(waiting_risk(request), here, request.user.pk)
    rows = fetch(*today_parts(request.user, here), asked_part(episodes))
    beside = beside_from(episodes, rows["asked"], request.user)
    lines = lines_of(episodes, newest_signals(here), risk, beside)
    page: dict[str, Any] = {
        "needs": [one for one in lines if one.needs],
        "fine": [one for one in lines if not one.needs],
        "risk": risk,
        "today": today_from(rows),
    }
    return render(request, "therapist/caseload.html", page)

"""The supervisor's page: cases that need a second pair of eyes, and unanswered risk."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from midcourse_web.care.beside import asked_part, beside_from
from midcourse_web.care.items import together_part, trends_from
from midcourse_web.care.models import Episode
from midcourse_web.care.one_query import fetch
from midcourse_web.care.reading import newest_signals
from midcourse_web.pages.parts.lines import Line, lines_of, pressing
from midcourse_web.pages.parts.risk import waiting_risk
from midcourse_web.people.rules import permit
from midcourse_web.people.standing import standing

SECOND_LOOK = ("reliably worse", "off course")


@dataclass(frozen=True)
class Case:
    """One supervised client: her line, and the trend of the work together, never an answer of it."""

    line: Line
    trend: str

    @property
    def needs(self) -> bool:
        """Whether a second pair of eyes is due: risk, a course that is off, or falling work together."""
        return bool(self.line.risk) or self.line.state in SECOND_LOOK or self.trend == "falling"


@login_required
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Show supervised cases, those in need first."""
    permit(request.user, "care.supervision")
    where = standing(request.user)
    episodes = list(
        Episode.objects.filter(client__in=where.supervises)
        .exclude(state=Episode.State.ENDED)
        .select_related("client", "therapist")
    )
    here = [one.pk for one in episodes]
    risk = pressing(waiting_risk(request), here, request.user.pk)
    rows = fetch(asked_part(episodes), together_part(episodes))
    trends = trends_from(episodes, rows["together"], request.user)
    beside = beside_from(episodes, rows["asked"], request.user)
    lines = lines_of(episodes, newest_signals(here), risk, beside)
    found = [Case(line, trends.get(line.episode.pk, "")) for line in lines]
    page = {
        "risk": risk,
        "needs": [one for one in found if one.needs],
        "others": [one for one in found if not one.needs],
    }
    return render(request, "supervisor/cases.html", page)

"""The library: what therapy is, sheets to print, books, groups and services, and questions people ask."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.care.engine.check_up import titles
from midcourse_web.care.engine.course import Point
from midcourse_web.care.engine.faq import Answered, answered
from midcourse_web.care.engine.guidance import card, guide, guides, search, suggested
from midcourse_web.care.engine.places import contacts_for
from midcourse_web.care.models import ExpectedCourse, RiskTask
from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.check_up import language
from midcourse_web.people.models import Client

NOT_HERE = ("faq", "decisions", "words")  # which have pages of their own


@login_required
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Show what there is, and what holds the words searched for."""
    client = own(request)
    asked = request.GET.get("q", "").strip()[:80]
    page = {
        "q": asked,
        "found": search(asked, "client", language()),
        "guides": [one for one in guides("client", language()) if one.id not in NOT_HERE],
        "services": contacts_for(client.clinic.place, ("find-therapist", "self-help"), language()),
    }
    return render(request, "client/library.html", page)


@login_required
@require_GET
def shelf(request: HttpRequest, name: str) -> HttpResponse:
    """Show one guide, all its cards."""
    own(request)
    if name not in {one.id for one in guides("client", language())} - set(NOT_HERE):
        raise Http404
    return render(request, "client/shelf.html", {"guide": guide(name, language())})


@login_required
@require_GET
def one_card(request: HttpRequest, name: str) -> HttpResponse:
    """Show one card by itself; a sheet can be printed and filled in."""
    own(request)
    if name not in {each.id for one in guides("client", language()) for each in one.cards}:
        raise Http404
    return render(request, "client/card.html", {"card": card(name, language())})


@login_required
@require_GET
def for_reason(request: HttpRequest, reason: str) -> HttpResponse:
    """Show what goes with one reason of the check-up."""
    own(request)
    names = titles(language()) | {"too-early-to-tell": ""}
    if reason not in names:
        raise Http404
    cards = [one for one in suggested([reason], "client", language()) if not one.id.startswith("faq-")]
    return render(request, "client/for_reason.html", {"title": names[reason], "cards": cards})


@login_required
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Answer what people ask from her own course where its numbers are known; odds only when she asks."""
    client = own(request)
    odds = request.GET.get("odds") == "yes"
    found, held_back = _answers(client, odds)
    page = {"answers": found, "odds": odds, "held_back": held_back, "first": found[0]}
    return render(request, "client/questions.html", page)


def _answers(client: Client, odds: bool) -> tuple[tuple[Answered, ...], bool]:
    """The answers, and whether odds are held back after a risk answer (SD1)."""
    episode = current_episode(client)
    courses = courses_of(episode) if episode is not None and client.sees_scores else []
    if not courses:
        return answered("", (), None, timezone.localdate(), odds=False, language=language()), False
    one = courses[0]
    points = [
        Point(row.value, row.answered_at, row.session_number) for row in one.scores if row.value is not None
    ]
    saved = ExpectedCourse.objects.filter(clinic=client.clinic_id, measure=one.measure).first()
    risk = RiskTask.objects.filter(episode=episode, acknowledged_at__isnull=True).exists()
    text = saved.saved if saved else None
    today = timezone.localdate()
    return answered(one.measure, points, text, today, odds=odds and not risk, language=language()), risk

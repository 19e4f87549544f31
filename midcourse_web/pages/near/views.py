"""Shared with me: what a client lets a guardian or a trusted person see, part by part."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.engine.places import notice
from midcourse_web.care.models import Session
from midcourse_web.care.reading import courses_of, current_episode, scores_only
from midcourse_web.pages.parts.course import shown
from midcourse_web.people.actions.near import stop_sharing
from midcourse_web.people.models import Client, Relationship
from midcourse_web.people.rules import allowed, permit
from midcourse_web.people.standing import current, standing

NEAR = (Relationship.Kind.GUARDIAN, Relationship.Kind.TRUSTED)


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """List those who share something with this person."""
    permit(request.user, "near.pages")
    clients = Client.objects.filter(pk__in=list(standing(request.user).shares)).order_by("name")
    return render(request, "near/home.html", {"clients": clients})


@login_required
@require_GET
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the parts that one client shares now, and no other."""
    one = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "near.see", one)
    looked_at(by=request.user, client=one, what="looked at what is shared")
    guardian = _ties(request, one).filter(kind=Relationship.Kind.GUARDIAN).exists()
    rule = notice(one.clinic.place, "guardians") if guardian else None
    return render(request, "near/client.html", {"client": one, "rule": rule, **_parts(request, one)})


def _parts(request: HttpRequest, one: Client) -> dict[str, Any]:
    episode = current_episode(one)
    may = {part: allowed(request.user, f"near.{part}", one) for part in ("progress", "appointments", "plan")}
    page: dict[str, Any] = {"may": may, "any": any(may.values()), "episode": episode}
    if episode is None:
        return page
    if may["progress"]:
        # Missed sessions are no part of how it is going.
        courses = [scores_only(each) for each in courses_of(episode)]
        page["courses"] = [shown(each, with_band=False) for each in courses]
    if may["appointments"]:
        ahead = Session.objects.filter(episode=episode, starts_at__gte=timezone.now(), attendance="")
        page["sessions"] = ahead.order_by("starts_at")[:10]
    if may["plan"]:
        page["goals"] = episode.goals.filter(state="open")
        page["homework"] = episode.homework.filter(done="")
    return page


@login_required
@require_POST
def stop(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Stop seeing anything: the one it is shared with may end it too."""
    one = get_object_or_404(Client, pk=client_id)
    permit(request.user, "near.see", one)
    for tie in _ties(request, one):
        stop_sharing(by=request.user, relationship=tie)
    return redirect("home")


def _ties(request: HttpRequest, one: Client) -> Any:
    rows = Relationship.objects.filter(person=request.user, client=one, kind__in=NEAR)
    return current(rows, timezone.now())

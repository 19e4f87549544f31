"""Shared with me: what a client lets a guardian or a trusted person see, part by part."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.engine.places import notice
from midcourse_web.care.models import Episode, Session
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
    """Show which parts one client shares now."""
    one = _seen(request, client_id)
    guardian = _ties(request, one).filter(kind=Relationship.Kind.GUARDIAN).exists()
    parts = [(name, PARTS[name]) for name in PARTS if allowed(request.user, f"near.{name}", one)]
    rule = notice(one.clinic.place, "guardians") if guardian else None
    return render(request, "near/client.html", {"client": one, "parts": parts, "rule": rule})


def _seen(request: HttpRequest, client_id: UUID) -> Client:
    one = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "near.see", one)
    looked_at(by=request.user, client=one, what="looked at what is shared")
    return one


@login_required
@require_GET
def part(request: HttpRequest, client_id: UUID, name: str) -> HttpResponse:
    """Show one part, while it is shared."""
    if name not in PARTS:
        raise Http404
    one = _seen(request, client_id)
    permit(request.user, f"near.{name}", one)
    episode = current_episode(one)
    page = SHOWN[name](episode) if episode is not None else {}
    return render(request, "near/part.html", {"client": one, "part": name, "title": PARTS[name], **page})


def _progress(episode: Episode) -> dict[str, Any]:
    # Missed sessions are no part of how it is going.
    courses = [scores_only(one) for one in courses_of(episode)]
    return {"courses": [shown(one, with_band=False) for one in courses]}


def _appointments(episode: Episode) -> dict[str, Any]:
    ahead = Session.objects.filter(episode=episode, starts_at__gte=timezone.now(), attendance="")
    return {"sessions": ahead.order_by("starts_at")[:10]}


def _plan(episode: Episode) -> dict[str, Any]:
    return {"goals": episode.goals.filter(state="open"), "homework": episode.homework.filter(done="")}


PARTS = {
    "appointments": gettext_lazy("Next sessions"),
    "progress": gettext_lazy("How it is going"),
    "plan": gettext_lazy("What was agreed"),
}
SHOWN = {"appointments": _appointments, "progress": _progress, "plan": _plan}


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

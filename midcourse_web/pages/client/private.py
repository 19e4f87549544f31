"""The client's private page: what is okay, her own record, and ways that are open. Staff find nothing here."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.engine.conduct import questions, ways
from midcourse_web.care.engine.places import contacts_for, help_for, notice
from midcourse_web.people.models import Client, User
from midcourse_web.people.receivers import keeps_nothing, receivers
from midcourse_web.people.standing import standing
from midcourse_web.private.actions import concern as act
from midcourse_web.private.models import Concern, PrivateNote

View = Callable[..., HttpResponse]
OUTSIDE = ("regulator", "professional-body", "complaint", "advocacy", "police", "privacy")


def for_clients(view: View) -> View:
    """Open a page to clients alone; to everybody else it is an address where nothing is (SP1)."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if standing(request.user).client is None:
            raise Http404
        return view(request, request.user.client, *args, **kwargs)

    return checked


def _language() -> str:
    return (get_language() or "en")[:2]


@for_clients
@require_GET
def home(request: HttpRequest, client: Client) -> HttpResponse:
    """Show what is and is not okay, her notes and record, and where they are kept."""
    page = {
        "client": client,
        "nothing_kept": keeps_nothing(client),
        "notes": PrivateNote.objects.filter(client=client.pk).order_by("-made_at"),
        "concerns": Concern.objects.filter(client=client.pk).order_by("-made_at"),
        "place": client.clinic.place,
    }
    return render(request, "private/home.html", page)


@for_clients
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, client: Client) -> HttpResponse:
    """Ask what happened and show ways; the answers are kept nowhere."""
    asked = questions(_language())
    page: dict[str, Any] = {
        "asked": asked,
        "duties": notice(client.clinic.place, "staff-duties", _language()),
    }
    if request.method == "POST":
        given = {one.id: request.POST.get(one.id, "") for one in asked}
        page |= {"answered": True, "found": ways(given, _language()), **_outside(client)}
    return render(request, "private/look.html", page)


def _outside(client: Client) -> dict[str, Any]:
    place = client.clinic.place
    return {
        "outside": contacts_for(place, OUTSIDE, _language()),
        "places": help_for((place,), _language()),
        "receivers": receivers(client),
    }


@for_clients
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, client: Client) -> HttpResponse:
    """Write a dated record; before a word is typed it says what happens with it, and what staff must do."""
    page = {
        "client": client,
        "nothing_kept": keeps_nothing(client),
        "duties": notice(client.clinic.place, "staff-duties", _language()),
    }
    if request.method == "POST":
        given = request.POST
        try:
            act.keep_concern(
                by=request.user,
                client=client,
                text=given.get("text", ""),
                happened_on=given.get("happened_on", ""),
                who_to_tell=given.get("who_to_tell", ""),
            )
        except (ValueError, act.KeptNowhere) as why:
            return render(request, "private/write.html", page | {"wrong": str(why)}, status=422)
        return redirect("private:home")
    return render(request, "private/write.html", page)


@for_clients
@require_POST
def note(request: HttpRequest, client: Client) -> HttpResponse:
    """Keep a private note."""
    text = request.POST.get("text", "").strip()
    if text:
        try:
            act.write_note(by=request.user, client=client, text=text)
        except act.KeptNowhere as why:
            messages.warning(request, str(why))
    return redirect("private:home")


@for_clients
@require_POST
def delete_note(request: HttpRequest, client: Client, note_id: UUID) -> HttpResponse:
    """Delete a note for good."""
    act.delete_note(by=request.user, note=get_object_or_404(PrivateNote, pk=note_id, client=client.pk))
    return redirect("private:home")


def _mine(client: Client, concern_id: UUID) -> Concern:
    return get_object_or_404(Concern, pk=concern_id, client=client.pk)


@for_clients
@require_GET
def concern(request: HttpRequest, client: Client, concern_id: UUID) -> HttpResponse:
    """Show one record of hers: whom it could go to, and what was done about it."""
    one = _mine(client, concern_id)
    to = User.objects.filter(pk=one.receiver).first() if one.receiver else None
    page = {"one": one, "to": to, "steps": one.steps.all(), "client": client, **_outside(client)}
    page["duties"] = notice(client.clinic.place, "staff-duties", _language())
    return render(request, "private/concern.html", page)


@for_clients
@require_POST
def send(request: HttpRequest, client: Client, concern_id: UUID) -> HttpResponse:
    """Send it to the receiver she chose, and to nobody else."""
    one = _mine(client, concern_id)
    to = receivers(client).filter(pk=request.POST.get("to") or None).first()
    if to is None:
        messages.warning(request, _("Choose who should read it."))
    else:
        act.send(by=request.user, client=client, concern=one, to=to)
        messages.info(request, _("Sent. You see here when it is read, and what is done."))
    return redirect("private:concern", one.pk)


@for_clients
@require_POST
def withdraw(request: HttpRequest, client: Client, concern_id: UUID) -> HttpResponse:
    """Take it back while it is unread."""
    one = _mine(client, concern_id)
    try:
        act.withdraw(by=request.user, concern=one)
    except ValueError as why:
        messages.warning(request, str(why))
    return redirect("private:concern", one.pk)


@for_clients
@require_POST
def may_tell(request: HttpRequest, client: Client, concern_id: UUID) -> HttpResponse:
    """Say whether the therapist may be told."""
    one = _mine(client, concern_id)
    act.let_therapist_know(by=request.user, concern=one, may=request.POST.get("may") == "yes")
    return redirect("private:concern", one.pk)


@for_clients
@require_POST
def delete(request: HttpRequest, client: Client, concern_id: UUID) -> HttpResponse:
    """Delete it for good."""
    act.delete_concern(by=request.user, concern=_mine(client, concern_id))
    return redirect("private:home")

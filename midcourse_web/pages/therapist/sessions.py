"""A client's sessions for those who treat her: book, move, settle who came."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.episode import end
from midcourse_web.care.actions.session import book, move, settle
from midcourse_web.care.models import Session
from midcourse_web.care.policies.versions import ChangedMeanwhile
from midcourse_web.pages.parts.forms import Form, Moment
from midcourse_web.pages.therapist.client import around, seen_client
from midcourse_web.people.rules import permit

SHOWN = 60
WHERE = Session._meta.get_field("where").choices


class Booking(Form):
    """A session to book."""

    starts_at = forms.DateTimeField(label=gettext_lazy("When"), widget=Moment())
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), initial=50, min_value=10, max_value=240)
    where = forms.ChoiceField(label=gettext_lazy("Where"), choices=WHERE)


@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show sessions, and book one."""
    one, episode = seen_client(request, client_id)
    form = Booking(request.POST or None)
    wrong = ""
    if request.method == "POST":
        permit(request.user, "care.edit_record", one)
        if episode is not None and form.is_valid():
            try:
                book(by=request.user, episode=episode, **form.cleaned_data)
                return redirect("therapist:sessions", one.pk)
            except ValueError as why:
                wrong = str(why)
    rows = list(episode.sessions.order_by("-starts_at")[:SHOWN]) if episode else []
    page = around(request, one, episode, "sessions") | {"form": form, "wrong": wrong, "sessions": rows}
    page |= {"now": timezone.now(), "kinds": Session.Attendance.choices}
    return render(request, "therapist/sessions.html", page)


@login_required
@require_POST
def settled(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Settle who came or cancelled, or move the session."""
    session = get_object_or_404(Session.objects.select_related("episode__client"), pk=session_id)
    permit(request.user, "care.edit_record", session.episode.client)
    try:
        _change(request, session)
    except (ChangedMeanwhile, ValueError) as why:
        messages.error(request, str(why))
    back = request.POST.get("back") == "caseload"
    return (
        redirect("therapist:caseload") if back else redirect("therapist:sessions", session.episode.client_id)
    )


def _change(request: HttpRequest, session: Session) -> None:
    given: Any = request.POST
    seen = int(given.get("version", "0") or 0)
    if given.get("do") != "move":
        settle(by=request.user, session=session, seen=seen, attendance=given.get("attendance", ""))
        return
    to = forms.DateTimeField(required=False).clean(given.get("starts_at"))
    if to is None:
        raise ValueError(_("Say when the session will be."))
    move(by=request.user, session=session, seen=seen, starts_at=to)


@login_required
@require_POST
def ended(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """End the therapy: by the therapist, or agreed by both."""
    one, episode = seen_client(request, client_id, "care.edit_record")
    if episode is not None and request.POST.get("by") in ("therapist", "both"):
        end(
            by=request.user,
            episode=episode,
            ended_by=request.POST["by"],
            referred=request.POST.get("referred") == "yes",
        )
        messages.info(request, _("It is written down."))
    return redirect("therapist:client", one.pk)

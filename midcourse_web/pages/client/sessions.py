"""Her sessions: the next ones, asking to move or cancel, the calendar file, those that were."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.session import ask, take_back
from midcourse_web.care.models import Session
from midcourse_web.pages.client.own import own_episode
from midcourse_web.pages.parts.calendar import calendar
from midcourse_web.people.rules import permit

SHOWN = 30  # past sessions on the page


@login_required
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Show what is ahead and what was."""
    client, episode = own_episode(request)
    now = timezone.now()
    rows = list(episode.sessions.order_by("-starts_at")[: SHOWN * 2]) if episode else []
    page = {
        "client": client,
        "episode": episode,
        "ahead": sorted(
            (r for r in rows if r.starts_at >= now and not r.attendance), key=lambda r: r.starts_at
        ),
        "past": [row for row in rows if row.starts_at < now or row.attendance][:SHOWN],
    }
    return render(request, "client/sessions.html", page)


@login_required
@require_POST
def asked(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Ask to move a session, say that she cannot come, or take that back."""
    session = _own(request, session_id)
    what = request.POST.get("what")
    try:
        if what in ("move", "cancel"):
            ask(by=request.user, session=session, what=what, words=request.POST.get("words", ""))
            messages.info(request, _("Your therapist has been asked. You will see the answer here."))
        else:
            take_back(by=request.user, session=session)
            messages.info(request, _("Taken back. The session stands as it was."))
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("client:sessions")


@login_required
@require_GET
def calendar_file(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Return one session as a calendar file with a neutral title."""
    session = _own(request, session_id)
    response = HttpResponse(
        calendar(session.pk, session.starts_at, session.minutes), content_type="text/calendar"
    )
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


def _own(request: HttpRequest, session_id: UUID) -> Session:
    session = get_object_or_404(Session.objects.select_related("episode__client"), pk=session_id)
    permit(request.user, "own.record", session.episode.client)
    return session

"""What people did about a signal, by a button: seen, talked about, acted on, resolved, or asleep for a while."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from midcourse_web.care.actions.signal import move_signal, snooze
from midcourse_web.care.models import Signal
from midcourse_web.pages.therapist.clients import client_for


@login_required
@require_POST
def move(request: HttpRequest, client_id: UUID, signal_id: UUID) -> HttpResponse:
    """Move a signal on, or let it rest with a reason."""
    client = client_for(request, client_id, "care.edit_record")
    signal = get_object_or_404(Signal, pk=signal_id, episode__client=client)
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("stage") == "snooze":
            until = _day(request.POST.get("until", ""))
            snooze(by=request.user, signal=signal, until=until, reason=reason)
        else:
            stage = request.POST.get("stage", "")
            move_signal(by=request.user, signal=signal, stage=stage, reason=reason)
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("therapist:client", client_id)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("Choose a day within the next six weeks.")) from None

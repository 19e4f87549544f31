"""What was sent to this receiver, and what the client reads about what is done (SP4)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from midcourse_web.people.models import Client
from midcourse_web.people.receivers import receivers
from midcourse_web.people.rules import permit
from midcourse_web.private.actions.concern import answer, read
from midcourse_web.private.models import Concern


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """List what was sent to this person, unanswered first."""
    permit(request.user, "concern.receive")
    rows = Concern.objects.filter(receiver=request.user.pk).order_by("closed_at", "answer_due")
    names = {one.pk: one.name for one in Client.objects.filter(pk__in=[row.client for row in rows])}
    today = timezone.localdate()
    lines = [(row, names.get(row.client, ""), row.answer_due and row.answer_due < today) for row in rows]
    return render(request, "receiver/inbox.html", {"lines": lines})


@login_required
@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Open one, which its sender sees, and tell her what is done."""
    permit(request.user, "concern.receive")
    one = get_object_or_404(Concern, pk=concern_id, receiver=request.user.pk)
    client = get_object_or_404(Client.objects.select_related("clinic"), pk=one.client)
    if not receivers(client).filter(pk=request.user.pk).exists():
        # Somebody who treats her now can no longer read it, whatever was sent before.
        raise Http404
    if request.method == "POST":
        try:
            answer(
                by=request.user,
                concern=one,
                text=request.POST.get("text", ""),
                close="close" in request.POST,
            )
        except ValueError as why:
            messages.warning(request, str(why))
        return redirect("receiver:concern", one.pk)
    read(by=request.user, concern=one)
    return render(request, "receiver/concern.html", {"one": one, "client": client, "steps": one.steps.all()})

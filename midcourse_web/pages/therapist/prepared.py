"""What a client has prepared or asked for before the next session, and the therapist's answer to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from midcourse_web.care.actions.request import THERAPISTS, answer_request, words_seen
from midcourse_web.care.models import Episode, PreparedNote, Task
from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


def treated(request: HttpRequest, client_id: UUID) -> Client:
    """Return a client for those who treat her, or refuse."""
    client = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "care.edit_record", client)
    return client


def what_was_asked(request: HttpRequest, episode: Episode) -> dict[str, Any]:
    """Return exactly what she chose to share, and what she asks for; she sees that it was read."""
    notes = list(PreparedNote.objects.filter(episode=episode, withdrawn_at__isnull=True))
    if any(one.seen_at is None for one in notes):
        words_seen(by=request.user, episode=episode)
    asked = Task.objects.filter(client=episode.client_id, kind__in=THERAPISTS, done_at__isnull=True)
    return {"notes": notes, "asked": asked}


@login_required
@require_POST
def answer(request: HttpRequest, client_id: UUID, task_id: UUID) -> HttpResponse:
    """Answer what she asked for; she reads the words."""
    client = treated(request, client_id)
    task = get_object_or_404(Task, pk=task_id, client=client, kind__in=THERAPISTS, done_at__isnull=True)
    try:
        answer_request(by=request.user, task=task, words=request.POST.get("words", ""))
    except ValueError as why:
        messages.warning(request, str(why))
    return redirect("therapist:prepare", client.pk)

"""The client a page of the therapist is about, permitted."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from midcourse_web.care.models import Episode
from midcourse_web.care.reading import current_episode
from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


def client_for(request: HttpRequest, client_id: UUID, permission: str) -> Client:
    """Return a client this person may do something for, or refuse."""
    one = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, permission, one)
    return one


def episode_for(request: HttpRequest, client_id: UUID, permission: str) -> Episode:
    """Return the current episode of such a client. Raises Http404 where there is none."""
    episode = current_episode(client_for(request, client_id, permission))
    if episode is None:
        raise Http404
    return episode

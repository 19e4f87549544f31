"""What every page of the shared record needs: the episode, who looks, and the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from midcourse_web.care.models import Episode
from midcourse_web.people.models import Client
from midcourse_web.people.rules import allowed, permit


def shared_episode(request: HttpRequest, episode_id: UUID, permission: str = "care.shared") -> Episode:
    """Return an episode for the client or those who treat her, or refuse."""
    rows = Episode.objects.select_related("client__clinic", "clinic", "therapist")
    episode = get_object_or_404(rows, pk=episode_id)
    permit(request.user, permission, episode.client)
    return episode


def around(request: HttpRequest, episode: Episode, here: str) -> dict[str, Any]:
    """Return what stands around a page of the shared record: whose it is, and the way back."""
    own = episode.client.user_id == request.user.pk
    back = reverse("client:home") if own else reverse("therapist:client", args=[episode.client_id])
    return {
        "episode": episode,
        "client": episode.client,
        "own": own,
        "back": back,
        **tabs(request, episode.client, here),
    }


def tabs(request: HttpRequest, client: Client, here: str) -> dict[str, Any]:
    """Return which of the client's pages this person has as tabs, and which one is open."""
    return {
        "here": here,
        "treats": allowed(request.user, "care.edit_record", client),
        "sees_record": allowed(request.user, "care.see_record", client),
    }

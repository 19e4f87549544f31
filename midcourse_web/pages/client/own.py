"""Whose pages these are."""

from django.http import HttpRequest

from midcourse_web.care.models import Episode
from midcourse_web.care.reading import episode_of_user
from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


def own(request: HttpRequest) -> Client:
    """Return the client who is signed in, or refuse."""
    permit(request.user, "own.pages")
    return request.user.client


def own_episode(request: HttpRequest) -> tuple[Client, Episode | None]:
    """Return the client who is signed in and her current episode, in one query where there is one."""
    permit(request.user, "own.pages")
    episode = episode_of_user(request.user.pk)
    return (episode.client if episode else request.user.client), episode

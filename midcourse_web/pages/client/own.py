"""Whose pages these are."""

from django.http import HttpRequest

from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


def own(request: HttpRequest) -> Client:
    """Return the client who is signed in, or refuse."""
    permit(request.user, "own.pages")
    return request.user.client

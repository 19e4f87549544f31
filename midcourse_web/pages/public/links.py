"""The full address of an invitation."""

from django.http import HttpRequest
from django.urls import reverse


def link_to(request: HttpRequest, secret: str) -> str:
    """Return the full address behind an invitation's secret."""
    return request.build_absolute_uri(reverse("invitation", args=[secret]))

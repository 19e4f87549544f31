"""Leaving is free: two taps, no reason, and back the same way (SD3)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.episode import come_back
from midcourse_web.care.actions.episode import leave as leave_now
from midcourse_web.pages.client.own import own_episode


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Say what leaving means; the second tap does it."""
    client, episode = own_episode(request)
    if request.method == "POST" and episode is not None:
        leave_now(by=request.user, episode=episode)
        return redirect("client:home")
    return render(request, "client/leave.html", {"client": client, "episode": episode})


@login_required
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Go on where she left."""
    _client, episode = own_episode(request)
    if episode is not None:
        come_back(by=request.user, episode=episode)
    return redirect("client:home")

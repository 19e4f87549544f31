"""Her own check-ins, signed in."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.schedule import not_this_time
from midcourse_web.care.models import AnswerSheet, CheckIn
from midcourse_web.pages.check_in.answering import Way, answering, risk_of, safe
from midcourse_web.pages.check_in.crisis import crisis
from midcourse_web.people.rules import permit


def own_check_in(request: HttpRequest, check_in_id: UUID) -> CheckIn:
    """Return a check-in of the client who is signed in, or refuse."""
    rows = CheckIn.objects.select_related("episode__client", "episode__clinic", "episode__therapist")
    check_in = get_object_or_404(rows.select_related("episode__cover", "session"), pk=check_in_id)
    permit(request.user, "own.record", check_in.episode.client)
    return check_in


def way_of(check_in: CheckIn) -> Way:
    """Return the way of a client who is signed in."""
    return Way(
        mode=AnswerSheet.Mode.SIGNED_IN,
        questions="client/check_in.html",
        help="client/crisis.html",
        post_to=reverse("client:check_in", args=[check_in.pk]),
        safe_to=reverse("client:safe_now", args=[check_in.pk]),
        thanks=reverse("client:thanks", args=[check_in.pk]),
        own=True,
    )


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Ask the questions, and record the answers once."""
    check_in = own_check_in(request, check_in_id)
    if request.method == "GET" and check_in.state == CheckIn.State.DONE:
        return redirect("client:thanks", check_in.pk)
    return answering(request, check_in, way_of(check_in))


@login_required
@require_GET
def thanks(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Thank, and say what happens next; after a risk answer help stays first."""
    check_in = own_check_in(request, check_in_id)
    if (task := risk_of(check_in)) is not None:
        return render(request, "client/crisis.html", crisis(check_in, task, way_of(check_in)))
    return render(request, "client/thanks.html", {"check_in": check_in})


@login_required
@require_POST
def safe_now(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Take the answer to "Are you safe right now?"."""
    check_in = own_check_in(request, check_in_id)
    return safe(request, check_in, way_of(check_in))


@login_required
@require_POST
def decline(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Let this check-in pass: no reason, no consequence."""
    check_in = own_check_in(request, check_in_id)
    if check_in.state == CheckIn.State.OPEN:
        not_this_time(by=request.user, check_in=check_in)
    return redirect("client:home")

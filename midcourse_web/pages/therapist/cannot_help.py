""" "I can't help with this": an ending that is kind, and hands over."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.episode import end, hand_on
from midcourse_web.care.engine.guidance import card
from midcourse_web.care.engine.places import contacts_for
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.parts.check_up import language
from midcourse_web.pages.therapist.prepared import treated
from midcourse_web.people.receivers import coordinators
from midcourse_web.people.rules import allowed


@login_required
@require_http_methods(["GET", "POST"])
def cannot_help(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show how to end well, and ask for somebody here who can, or end with a place to go to."""
    client = treated(request, client_id)
    episode = current_episode(client)
    if episode is None:
        return redirect("therapist:client", client.pk)
    if request.method == "POST":
        told = "told" in request.POST
        if not told:
            messages.warning(request, _("Tell your client yourself first, in a session."))
        elif request.POST.get("how") == "here":
            hand_on(by=request.user, episode=episode)
            messages.info(request, _("Sent. You stay until somebody else begins."))
        elif request.POST.get("how") == "elsewhere":
            end(by=request.user, episode=episode, ended_by="therapist", referred=True)
            messages.info(request, _("Ended. Somebody will reach your client with a choice of next steps."))
        return redirect("therapist:cannot_help", client.pk)
    page = {
        "client": client,
        "episode": episode,
        "guide": card("guide-end-well", language()),
        "may_give": allowed(request.user, "care.hand_over", client),
        "goes_to": coordinators(client).first(),
        "outside": contacts_for(client.clinic.place, ("find-therapist",), language()),
    }
    return render(request, "therapist/cannot_help.html", page)

"""The therapist's short set for one client, and what of it is put into words for her (SD2)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.together import keep_therapist_view
from midcourse_web.care.engine.check_up import Side, for_therapist, therapist_questions
from midcourse_web.care.facts import facts_of
from midcourse_web.care.models import Episode, TherapistView
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.parts.check_up import SCALE, language
from midcourse_web.people.models import Client
from midcourse_web.people.rules import permit


@login_required
@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask the therapist's side, weigh it with what the client has shared, and show reasons and steps."""
    client = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "care.edit_record", client)
    episode = current_episode(client)
    if episode is None:
        return redirect("therapist:client", client.pk)
    if request.method == "POST":
        return _kept(request, episode)
    looked_at(by=request.user, client=client)
    own = TherapistView.objects.filter(episode=episode).first()
    questions = [
        (one, own.answers.get(one.id) if own else None, own.released.get(one.id, "") if own else "")
        for one in therapist_questions(language())
    ]
    page = {
        "client": client,
        "episode": episode,
        "questions": questions,
        "scale": SCALE,
        "review": for_therapist(facts_of(episode, "therapist"), _side(episode, own), language()),
        "answered": own is not None,
    }
    return render(request, "therapist/view.html", page)


def _side(episode: Episode, own: TherapistView | None) -> Side:
    released = episode.released_views.filter(withdrawn_at__isnull=True).first()
    return Side(
        client=dict(released.answers) if released else {},
        picks=tuple(released.picks) if released else (),
        therapist=dict(own.answers) if own else {},
        not_working=released is not None and released.felt is not None and released.felt <= 1,
    )


def _kept(request: HttpRequest, episode: Episode) -> HttpResponse:
    known = {one.id for one in therapist_questions("en")}
    answers = {
        name: int(request.POST[name])
        for name in known
        if request.POST.get(name, "") in {str(value) for value, _words in SCALE}
    }
    released = {name: request.POST.get(f"words-{name}", "") for name in known}
    keep_therapist_view(by=request.user, episode=episode, answers=answers, released=released)
    messages.info(request, _("Kept. Only the sentences you worded are shown to your client."))
    return redirect("therapist:view", episode.client_id)

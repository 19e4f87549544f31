"""A question to a supervisor about a case, with a sheet that names nobody."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.own_work import ask_supervisor
from midcourse_web.care.engine.check_up import Side, for_therapist
from midcourse_web.care.engine.guidance import card
from midcourse_web.care.facts import facts_of
from midcourse_web.care.models import Consultation, Episode, TherapistView
from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.pages.parts.check_up import language
from midcourse_web.pages.therapist.prepared import treated
from midcourse_web.people.models import Client, User
from midcourse_web.people.related import supervisors_of


@login_required
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the sheet as it would go out, to be cut and changed, and send it with a question."""
    client = treated(request, client_id)
    episode = current_episode(client)
    if episode is None:
        return redirect("therapist:client", client.pk)
    to = supervisors_of(request.user, client.clinic)
    if request.method == "POST":
        return _sent(request, client, to)
    looked_at(by=request.user, client=client)
    page = {
        "client": client,
        "to": to,
        "sheet": case_sheet(episode),
        "guide": card("guide-consult", language()),
        "asked": Consultation.objects.filter(by=request.user).select_related("to")[:10],
    }
    return render(request, "therapist/consult.html", page)


def case_sheet(episode: Episode) -> str:
    """Return the case without name, birth date, place or day: what is followed, how it goes, reasons, steps."""
    own = TherapistView.objects.filter(episode=episode).first()
    released = episode.released_views.filter(withdrawn_at__isnull=True).first()
    side = Side(
        client=dict(released.answers) if released else {},
        picks=tuple(released.picks) if released else (),
        therapist=dict(own.answers) if own else {},
    )
    page = {
        "episode": episode,
        "attended": episode.sessions.filter(attendance="attended").count(),
        "courses": courses_of(episode),
        "review": for_therapist(facts_of(episode, "therapist"), side, language()),
        "plan": episode.plans.first(),
    }
    text = render_to_string("therapist/case_sheet.txt", page)
    return without_names(text, episode)


def without_names(text: str, episode: Episode) -> str:
    """Take the names of client and therapist out of a text, whole and in parts."""
    for person, stands_for in (
        (episode.client.name, _("the client")),
        (str(episode.therapist), _("the therapist")),
    ):
        for part in sorted({person, *person.split()}, key=len, reverse=True):
            if len(part) > 1:
                text = text.replace(part, stands_for)
    return text


def _sent(request: HttpRequest, client: Client, to: list[User]) -> HttpResponse:
    chosen = next((one for one in to if str(one.pk) == request.POST.get("to")), None)
    if chosen is None:
        messages.warning(request, _("Choose whom to ask."))
        return redirect("therapist:consult", client.pk)
    episode = current_episode(client)
    sheet = request.POST.get("sheet", "")
    clean = without_names(sheet, episode) if episode else sheet
    question = request.POST.get("question", "")
    if episode is not None:
        question = without_names(question, episode)
    try:
        ask_supervisor(by=request.user, to=chosen, clinic=client.clinic, question=question, sheet=clean)
        messages.info(request, _("Sent, without a name."))
    except ValueError as why:
        messages.warning(request, str(why))
    return redirect("therapist:consult", client.pk)

"""Confidentiality: what holds here, who can see what about her today by name, and her rights."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.request import ask_for_right
from midcourse_web.care.engine.places import notices
from midcourse_web.care.models import Task
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.check_up import language
from midcourse_web.people.models import Client
from midcourse_web.people.receivers import receivers
from midcourse_web.people.related import others_here, related
from midcourse_web.people.rules import allowed

# What the rules let somebody see, in words; each is asked of the rules at this moment.
WHAT = (
    ("care.see_course", lazy("how you are doing: scores and their course")),
    ("care.see_answers", lazy("your single answers, but none you marked as private")),
    ("care.see_record", lazy("your record: what was agreed, sessions, notes you shared")),
    ("care.see_appointments", lazy("your appointments")),
)
HERE = ("confidentiality", "limits", "young-people", "guardians", "keep-records", "staff-duties")
RIGHTS = ("see-records", "correct-records", "erase-records")


@login_required
@require_GET
def who_sees(request: HttpRequest) -> HttpResponse:
    """Show who can see what today, by name, from the same rules that open the pages."""
    client = own(request)
    place = client.clinic.place
    page = {
        "client": client,
        "rows": who_can(client),
        "others": others_here(client),
        "receivers": receivers(client),
        "here": notices(place, HERE, language()),
        "rights": notices(place, RIGHTS, language()),
        "asked": Task.objects.filter(client=client, kind=Task.Kind.RIGHTS).order_by("-made_at")[:5],
    }
    return render(request, "client/who_sees.html", page)


def who_can(client: Client) -> list[tuple[str, list[str]]]:
    """Return each thing with the names of those whom the rules let see it now, the client left out."""
    near = related(client)
    return [(str(words), [str(one) for one in near if allowed(one, rule, client)]) for rule, words in WHAT]


@login_required
@require_POST
def ask_right(request: HttpRequest) -> HttpResponse:
    """Ask to correct or erase something."""
    client = own(request)
    what = {"correct": _("correct"), "erase": _("erase")}.get(request.POST.get("what", ""))
    words = request.POST.get("words", "").strip()[:250]
    if what is None or not words:
        messages.warning(request, _("Choose what you want, and write what it is about."))
    else:
        ask_for_right(by=request.user, client=client, words=f"{what}: {words}")
        messages.info(request, _("Sent. You get an answer within a month, and see it here."))
    return redirect("client:who_sees")

"""Who looked at my record: the client's own view of the audit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from midcourse_web.audit.models import Entry
from midcourse_web.pages.client.own import own
from midcourse_web.people.models import BreakGlass, Client, User

ON_A_PAGE = 50
LOOKED = {
    "looked at the record": _("looked at your record"),
    "looked at a risk alert": _("looked at an alert about you"),
    "looked at what is shared": _("looked at what you share"),
    "opened in an emergency": _("opened your record in an emergency"),
}
DID = _("wrote something in your record")


@dataclass(frozen=True)
class Look:
    """One line: when, who, what, and the reason where one was asked for."""

    when: datetime
    who: str
    what: Any
    why: str = ""


@login_required
@require_GET
def looked(request: HttpRequest) -> HttpResponse:
    """Show who looked at her record or wrote in it, newest first; her own doings are left out."""
    client = own(request)
    rows = Entry.objects.filter(client=client.pk, actor__isnull=False).exclude(actor=request.user.pk)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "client/looked.html", {"page": page, "looks": looks(client, list(page))})


def looks(client: Client, rows: list[Entry]) -> list[Look]:
    """Return the lines of some audit rows, in two more queries."""
    names = dict(User.objects.filter(pk__in={row.actor for row in rows}).values_list("pk", "name"))
    why = dict(BreakGlass.objects.filter(client=client).values_list("pk", "reason"))
    return [
        Look(
            row.at,
            names.get(row.actor, str(_("somebody who is not here any more"))),
            LOOKED.get(row.verb, DID),
            why.get(row.subject, "") if row.verb == "opened in an emergency" else "",
        )
        for row in rows
    ]

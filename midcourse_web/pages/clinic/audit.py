"""The manager's view of the audit: who did what kind of thing when, and nothing about anybody's care."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from midcourse_web.audit.models import Entry
from midcourse_web.pages.clinic.where import clinic_for
from midcourse_web.people.models import Clinic, Membership, User

ON_A_PAGE = 50
# What may be named; every other verb could say something about care and is a change like any other.
NAMED = {
    "looked at the record": _("looked at a record"),
    "opened in an emergency": _("opened a record in an emergency"),
    "role ended": _("ended a role"),
    "invited": _("invited somebody"),
    "invitation withdrawn": _("took an invitation back"),
    "second step reset": _("reset a second step"),
    "sign-in closed": _("closed a sign-in"),
    "sign-in opened again": _("opened a sign-in again"),
    "address changed": _("changed an address"),
    "licence checked": _("checked a licence"),
    "days away entered": _("entered days away"),
    "days away ended": _("ended days away"),
    "handed over": _("handed a client over"),
    "left the clinic": _("let a therapist leave"),
    "supervision begins": _("began a supervision"),
    "supervision ends": _("ended a supervision"),
}
CHANGED = _("worked in a record")


@dataclass(frozen=True)
class Line:
    """When, who, and what kind of thing."""

    when: datetime
    who: str
    what: Any


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show what staff did in the clinic, newest first, without naming a client."""
    clinic = clinic_for(request, "clinic.audit", Membership.Role.MANAGER)
    page = Paginator(_of_staff(clinic), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    names = dict(User.objects.filter(pk__in={row.actor for row in rows}).values_list("pk", "name"))
    lines = [Line(row.at, names.get(row.actor, ""), named(row.verb)) for row in rows]
    return render(request, "clinic/audit.html", {"page": page, "lines": lines})


def named(verb: str) -> Any:
    """Return the words for a verb; a risk alert is looked at like any other part of a record."""
    if verb.startswith("looked at"):
        return NAMED["looked at the record"]
    return NAMED.get(verb.split(":")[0], CHANGED)


def _of_staff(clinic: Clinic) -> QuerySet[Entry]:
    staff = list(Membership.objects.filter(clinic=clinic).values_list("user", flat=True))
    return Entry.objects.filter(clinic=clinic.pk, actor__in=staff)

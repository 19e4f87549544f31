"""Days away and leaving: who stands in, and what moves with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.away import CLINICAL, come_back, episodes_of, go_away
from midcourse_web.care.actions.hand_over import depart
from midcourse_web.pages.clinic.where import clinic_for
from midcourse_web.people.models import Clinic, Leave, Membership, User
from midcourse_web.people.rules import allowed
from midcourse_web.people.standing import current

Role = Membership.Role
WHO = (Role.THERAPIST, Role.COVER, Role.MANAGER)


class Day(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"


class LeaveForm(forms.Form):
    """Whose days, which, and who stands in."""

    therapist = forms.TypedChoiceField(label=gettext_lazy("Who is away"))
    begins = forms.DateField(label=gettext_lazy("First day"), widget=Day())
    ends = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Leave it empty when nobody knows yet."),
        required=False,
        widget=Day(),
    )
    cover = forms.TypedChoiceField(label=gettext_lazy("Who stands in"))
    planned = forms.BooleanField(label=gettext_lazy("This was planned"), required=False, initial=True)

    def __init__(self, *args: Any, therapists: list[User], covers: list[User], **kwargs: Any) -> None:
        """Offer those who can be away and those who can stand in."""
        super().__init__(*args, **kwargs)
        for name, persons in (("therapist", therapists), ("cover", covers)):
            by_id = {str(one.pk): one for one in persons}
            empty = [] if len(persons) == 1 and name == "therapist" else [("", "")]
            self.fields[name].choices = empty + [(key, one.name) for key, one in by_id.items()]
            self.fields[name].coerce = by_id.__getitem__


def people_with(clinic: Clinic, *roles: str) -> QuerySet[User]:
    """Return those who have one of the roles in the clinic today."""
    rows = current(Membership.objects.filter(clinic=clinic, role__in=roles), timezone.localdate())
    return User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("name")


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Show the days away from now on, and take new ones; a therapist enters their own, a manager anybody's."""
    clinic = clinic_for(request, "clinic.leave", *WHO)
    manages = allowed(request.user, "clinic.counts", clinic)
    clinicians, therapists = _clinicians(clinic)
    if not manages:
        therapists = [one for one in therapists if one.pk == request.user.pk]
    form = LeaveForm(request.POST or None, therapists=therapists, covers=clinicians)
    if request.method == "POST" and form.is_valid():
        try:
            go_away(by=request.user, clinic=clinic, **form.cleaned_data)
            messages.info(
                request, _("Saved. The cover has a task for each client, and the clients are told.")
            )
            return redirect("clinic:leave")
        except ValueError as why:
            form.add_error(None, str(why))
    page = {"form": form, "leaves": _ahead(clinic), "manages": manages, "therapists": therapists}
    return render(request, "clinic/leave.html", page, status=422 if form.errors else 200)


def _clinicians(clinic: Clinic) -> tuple[list[User], list[User]]:
    """Everybody who may stand in, and the therapists among them, in one query."""
    rows = current(Membership.objects.filter(clinic=clinic, role__in=CLINICAL), timezone.localdate())
    found = list(rows.filter(user__is_active=True).select_related("user").order_by("user__name"))
    everybody = list({row.user_id: row.user for row in found}.values())
    return everybody, [row.user for row in found if row.role == Role.THERAPIST]


def _ahead(clinic: Clinic) -> QuerySet[Leave]:
    today = timezone.localdate()
    rows = clinic.leaves.filter(Q(ends__isnull=True) | Q(ends__gte=today))
    return rows.select_related("therapist", "cover")


@login_required
@require_POST
def back(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Be there again, before the last day or where none was named."""
    clinic = clinic_for(request, "clinic.leave", *WHO)
    rows = _ahead(clinic)
    if not allowed(request.user, "clinic.counts", clinic):
        rows = rows.filter(therapist=request.user)
    come_back(by=request.user, leave=get_object_or_404(rows, pk=leave_id))
    return redirect("clinic:leave")


@login_required
@require_http_methods(["GET", "POST"])
def departure(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let a therapist leave: say for each client who goes on, and who stands in for those who wait."""
    clinic = clinic_for(request, "clinic.departure", Role.MANAGER)
    person = get_object_or_404(people_with(clinic, Role.THERAPIST), pk=person_id)
    episodes = episodes_of(therapist=person, clinic=clinic)
    others = people_with(clinic, Role.THERAPIST).exclude(pk=person.pk)
    covers = people_with(clinic, *CLINICAL).exclude(pk=person.pk)
    page = {"person": person, "episodes": episodes, "others": others, "covers": covers}
    if request.method == "POST":
        try:
            return _departed(request, clinic, page)
        except ValueError as why:
            return render(request, "clinic/departure.html", page | {"wrong": str(why)}, status=422)
    return render(request, "clinic/departure.html", page)


def _departed(request: HttpRequest, clinic: Clinic, page: dict[str, Any]) -> HttpResponse:
    by_id = {str(one.pk): one for one in page["others"]}
    to = {one.pk: by_id.get(request.POST.get(f"to-{one.pk}", "")) for one in page["episodes"]}
    cover = page["covers"].filter(pk=_uuid(request.POST.get("cover", ""))).first()
    if cover is None:
        raise ValueError(_("Name somebody who stands in: a therapist, cover or supervisor of this clinic."))
    depart(by=request.user, therapist=page["person"], clinic=clinic, cover=cover, to=to)
    messages.info(request, _("Done. The clients are told, and each has a named person."))
    return redirect("clinic:leave")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

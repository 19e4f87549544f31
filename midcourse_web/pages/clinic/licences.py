"""Licences: looked up by somebody else, with the day; nothing clinical is here."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.pages.clinic.leave import Day, people_with
from midcourse_web.pages.clinic.where import clinic_for
from midcourse_web.people.actions.profile import check_licence
from midcourse_web.people.models import Clinic, Membership, TherapistProfile

Role = Membership.Role
WHO = (Role.MANAGER, Role.ADMINISTRATOR)


class CheckForm(forms.Form):
    """The day on which it was looked up."""

    on = forms.DateField(widget=Day())


def _profiles(clinic: Clinic) -> QuerySet[TherapistProfile]:
    here = people_with(clinic, Role.THERAPIST)
    return TherapistProfile.objects.filter(user__in=here).select_related("user").order_by("user__name")


@login_required
@require_GET
def licences(request: HttpRequest) -> HttpResponse:
    """Show each therapist's licence and when it was checked."""
    clinic = clinic_for(request, "clinic.settings", *WHO)
    profiles = list(_profiles(clinic))
    without = people_with(clinic, Role.THERAPIST).exclude(pk__in=[one.user_id for one in profiles])
    page = {"profiles": profiles, "without": without, "today": timezone.localdate().isoformat()}
    return render(request, "clinic/licences.html", page)


@login_required
@require_POST
def check(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """Note that one was looked up."""
    clinic = clinic_for(request, "clinic.settings", *WHO)
    one = get_object_or_404(_profiles(clinic), pk=profile_id)
    form = CheckForm(request.POST)
    try:
        if form.is_valid():
            check_licence(by=request.user, profile=one, clinic=clinic, on=form.cleaned_data["on"])
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("clinic:licences")

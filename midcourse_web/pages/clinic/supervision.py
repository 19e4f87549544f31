"""Who supervises whom: the manager's page."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.pages.clinic.leave import people_with
from midcourse_web.pages.clinic.where import clinic_for
from midcourse_web.people.actions.supervise import end_supervision, supervise
from midcourse_web.people.models import Clinic, Membership, Supervision, User
from midcourse_web.people.standing import current

Role = Membership.Role


class SupervisionForm(forms.Form):
    """A supervisor and a therapist."""

    supervisor = forms.ModelChoiceField(label=_("Supervisor"), queryset=User.objects.none())
    therapist = forms.ModelChoiceField(label=_("Therapist"), queryset=User.objects.none())

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        """Offer those of this clinic."""
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = people_with(clinic, Role.SUPERVISOR)
        self.fields["therapist"].queryset = people_with(clinic, Role.THERAPIST)


def _now(clinic: Clinic) -> QuerySet[Supervision]:
    here = people_with(clinic, Role.THERAPIST)
    rows = current(Supervision.objects.filter(therapist__in=here), timezone.localdate())
    return rows.select_related("supervisor", "therapist").order_by("therapist__name")


@login_required
@require_http_methods(["GET", "POST"])
def supervision(request: HttpRequest) -> HttpResponse:
    """Show who supervises whom, and add to it."""
    clinic = clinic_for(request, "clinic.departure", Role.MANAGER)
    form = SupervisionForm(request.POST or None, clinic=clinic)
    if request.method == "POST" and form.is_valid():
        try:
            supervise(by=request.user, clinic=clinic, **form.cleaned_data)
            return redirect("clinic:supervision")
        except ValueError as why:
            messages.error(request, str(why))
    return render(request, "clinic/supervision.html", {"form": form, "rows": _now(clinic)})


@login_required
@require_POST
def end(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """End one supervision today."""
    clinic = clinic_for(request, "clinic.departure", Role.MANAGER)
    one = get_object_or_404(_now(clinic), pk=supervision_id)
    end_supervision(by=request.user, supervision=one, clinic=clinic)
    return redirect("clinic:supervision")

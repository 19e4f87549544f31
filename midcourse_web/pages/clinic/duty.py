"""Opening hours, how long an alert may wait, and whose turn of duty it is: the clinic's policy on risk (SR2)."""

from collections.abc import Iterator
from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.pages.clinic.where import clinic_for
from midcourse_web.people.actions.duty import CLINICAL, put_on_duty, set_hours, take_off_duty
from midcourse_web.people.models import Clinic, DutyTurn, Membership, User

WHO = (Membership.Role.MANAGER, Membership.Role.ADMINISTRATOR)


class HoursForm(forms.Form):
    """When somebody is here, day by day, and the limits of an alert."""

    minutes = forms.IntegerField(
        label=_("Minutes of opening time an alert may wait before it moves to the next person"), min_value=1
    )
    alert_email = forms.EmailField(label=_("An address that gets every alert too"), required=False)

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        """Add two times for each day."""
        super().__init__(*args, **kwargs)
        self.initial |= {"minutes": clinic.acknowledge_minutes, "alert_email": clinic.alert_email}
        for day, name in WEEKDAYS.items():
            begin, end = clinic.hours.get(str(day), ("", ""))
            for part, words, at in (("from", _("%(day)s from"), begin), ("to", _("%(day)s until"), end)):
                self.fields[f"{part}{day}"] = forms.TimeField(
                    label=words % {"day": name},
                    required=False,
                    initial=at[:5],
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "--:--"}),
                )

    def days(self) -> Iterator[tuple[int, tuple[time, time]]]:
        """Return each day that has both times."""
        for day in WEEKDAYS:
            begin, end = self.cleaned_data.get(f"from{day}"), self.cleaned_data.get(f"to{day}")
            if begin and end:
                yield day, (begin, end)


class TurnForm(forms.Form):
    """Somebody's turn of duty, by the clinic's clock."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    begins = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends = forms.DateTimeField(label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    order = forms.IntegerField(label=_("Order: 1 is asked first"), min_value=1, max_value=9, initial=1)

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        """Offer the clinicians of this clinic."""
        super().__init__(*args, **kwargs)
        rows = Membership.objects.filter(clinic=clinic, role__in=CLINICAL, ends__isnull=True)
        self.fields["person"].queryset = User.objects.filter(memberships__in=rows).distinct().order_by("name")


@login_required
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Show and change the clinic's policy on risk alerts."""
    clinic = clinic_for(request, "clinic.settings", *WHO)
    is_hours = request.POST.get("what") == "hours"
    with timezone.override(ZoneInfo(clinic.timezone)):
        hours = HoursForm(request.POST if is_hours else None, clinic=clinic)
        turn = TurnForm(request.POST if request.POST and not is_hours else None, clinic=clinic)
        try:
            if hours.is_valid():
                set_hours(
                    by=request.user, clinic=clinic, hours=dict(hours.days()),
                    minutes=hours.cleaned_data["minutes"], alert_email=hours.cleaned_data["alert_email"],
                )  # fmt: skip
                return redirect("clinic:duty")
            if turn.is_valid():
                put_on_duty(by=request.user, clinic=clinic, **turn.cleaned_data)
                return redirect("clinic:duty")
        except ValueError as why:
            messages.error(request, str(why))
        turns = DutyTurn.objects.filter(clinic=clinic, ends__gt=timezone.now()).select_related("person")
        page = {"hours": hours, "turn": turn, "turns": turns, "clinic": clinic}
        return render(request, "clinic/duty.html", page)


@login_required
@require_POST
def off(request: HttpRequest, turn_id: UUID) -> HttpResponse:
    """Take a turn of duty back."""
    clinic = clinic_for(request, "clinic.settings", *WHO)
    take_off_duty(by=request.user, turn=get_object_or_404(DutyTurn, clinic=clinic, pk=turn_id))
    return redirect("clinic:duty")

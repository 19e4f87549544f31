"""Notes she holds herself: medicine and side effects, and what happened in life; shared or not."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.own import drop_event, drop_medicine, keep_event, keep_medicine, share_event
from midcourse_web.care.models import LifeEvent, MedicationNote
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.forms import Day, Form, said, yes_no

SIDE_EFFECTS = [
    ("", _("rather not say")),
    (0, _("none")),
    (1, _("a little")),
    (2, _("some")),
    (3, _("a lot")),
    (4, _("very much")),
]
SHARE = _("My therapist may see this")


class Medicine(Form):
    """A note on a medicine, for a talk with a prescriber."""

    name = forms.CharField(label=_("Medicine"), max_length=120)
    since = forms.DateField(label=_("Since"), widget=Day(), required=False)
    side_effects = forms.TypedChoiceField(
        label=_("Side effects"), choices=SIDE_EFFECTS, coerce=int, empty_value=None, required=False
    )
    words = forms.CharField(label=_("In your own words"), max_length=300, required=False)
    skipped = yes_no(_("Have you skipped or stopped some?"))
    reviewed_on = forms.DateField(label=_("Last talked over with a prescriber"), widget=Day(), required=False)
    ended_on = forms.DateField(label=_("Until"), widget=Day(), required=False)
    shared = forms.BooleanField(label=SHARE, required=False)


class Event(Form):
    """Something that happened."""

    words = forms.CharField(label=_("What happened?"), max_length=200)
    on = forms.DateField(label=_("When?"), widget=Day())
    shared = forms.BooleanField(label=SHARE, required=False, initial=True)


@login_required
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """Show her notes, and keep a new event."""
    client = own(request)
    form = Event(request.POST or None)
    if form.is_valid():
        keep_event(by=request.user, client=client, **form.cleaned_data)
        return redirect("client:notes")
    page = {
        "client": client,
        "form": form,
        "medicines": client.medication.order_by("-made_at"),
        "events": client.life_events.order_by("-on"),
    }
    return render(request, "client/notes.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def new_medicine(request: HttpRequest) -> HttpResponse:
    """Keep a note on a medicine."""
    return _medicine(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def medicine(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change a note on a medicine."""
    return _medicine(request, get_object_or_404(MedicationNote, pk=note_id, client=own(request)))


def _medicine(request: HttpRequest, note: MedicationNote | None) -> HttpResponse:
    client = own(request)
    form = Medicine(request.POST or None, initial=_initial(note))
    if form.is_valid():
        keep_medicine(by=request.user, client=client, note=note, **form.cleaned_data)
        return redirect("client:notes")
    return render(request, "client/medicine.html", {"client": client, "form": form, "note": note})


def _initial(note: MedicationNote | None) -> dict[str, Any]:
    if note is None:
        return {}
    found = {name: getattr(note, name) for name in Medicine.base_fields}
    return found | {"skipped": said(note.skipped)}


@login_required
@require_POST
def medicine_gone(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Take a note on a medicine away."""
    drop_medicine(by=request.user, note=get_object_or_404(MedicationNote, pk=note_id, client=own(request)))
    return redirect("client:notes")


@login_required
@require_POST
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Share an event, keep it to herself, or take it away."""
    one = get_object_or_404(LifeEvent, pk=event_id, client=own(request))
    if request.POST.get("do") == "drop":
        drop_event(by=request.user, event=one)
    else:
        share_event(by=request.user, event=one, shared=request.POST.get("do") == "share")
    return redirect("client:notes")

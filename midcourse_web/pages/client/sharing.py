"""What she agrees to, part by part (SP6), and what she shares with whom until when."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.release import give_release, withdraw_release
from midcourse_web.care.models import Release
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.forms import Day, Form
from midcourse_web.people.actions.consent import give_consent, withdraw_consent
from midcourse_web.people.models import Client, Consent

SCOPES = (
    ("progress", _("how I am doing: scores and their course")),
    ("attendance", _("which sessions took place")),
    ("plan", _("goals and practice")),
    ("summary", _("the one-page summary")),
)
PARTS = {
    "care": (
        _("My care here"),
        _("My answers and what we agree are kept, so that my therapist and I can use them."),
    ),
    "learning": (
        _("This clinic's learning"),
        _(
            "My scores, without my name, help this clinic learn what usually helps. My care is the same without it."
        ),
    ),
    "pooled": (
        _("A shared pool without names"),
        _(
            "Sums that nobody can be found in may be joined with other clinics. My care is the same without it."
        ),
    ),
}


class NewRelease(Form):
    """Consent to share, with a scope and an end."""

    to = forms.CharField(
        label=_("Who may see it?"), help_text=_("A person, a service or an office."), max_length=200
    )
    scope = forms.MultipleChoiceField(
        label=_("What may they see?"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(label=_("What for?"), max_length=200, required=False)
    ends = forms.DateField(
        label=_("Last day"), help_text=_("Within a year. It ends by itself."), widget=Day()
    )


@login_required
@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest) -> HttpResponse:
    """Show what she agrees to and shares; take a new release."""
    client = own(request)
    form = NewRelease(request.POST or None)
    wrong = ""
    if form.is_valid():
        try:
            give_release(by=request.user, client=client, **form.cleaned_data)
            return redirect("client:sharing")
        except ValueError as why:
            wrong = str(why)
    return render(request, "client/sharing.html", _page(client, form) | {"wrong": wrong})


def _page(client: Client, form: NewRelease) -> dict[str, object]:
    given = {one.part: one for one in client.consents.filter(withdrawn_at__isnull=True)}
    today = timezone.localdate()
    labels = dict(SCOPES)
    releases = [
        {
            "release": one,
            "scope": [labels[name] for name in one.scope if name in labels],
            "on": one.withdrawn_at is None and one.ends >= today,
        }
        for one in client.releases.order_by("-made_at")
    ]
    parts = [
        {"part": part, "title": title, "words": words, "given": given.get(part)}
        for part, (title, words) in PARTS.items()
    ]
    return {"client": client, "form": form, "parts": parts, "releases": releases}


@login_required
@require_POST
def consent(request: HttpRequest, part: str) -> HttpResponse:
    """Give or take back one part of consent, by itself."""
    client = own(request)
    if part not in Consent.Part.values:
        return redirect("client:sharing")
    if request.POST.get("do") == "give":
        give_consent(by=request.user, client=client, part=part)
        messages.info(request, _("Kept. You can take it back at any time."))
    else:
        withdraw_consent(by=request.user, client=client, part=part)
        messages.info(request, _("Taken back. Nothing else about your care changes."))
    return redirect("client:sharing")


@login_required
@require_POST
def withdraw(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """End a release now."""
    withdraw_release(by=request.user, release=get_object_or_404(Release, pk=release_id, client=own(request)))
    messages.info(request, _("It has ended."))
    return redirect("client:sharing")

"""Whom she lets see what: her guardian, people she trusts, part by part, ended at any time."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.engine.places import notice
from midcourse_web.outbox.actions.invite import invite_by_mail
from midcourse_web.pages.client.own import own
from midcourse_web.pages.public.links import link_to
from midcourse_web.people.actions.invite import withdraw
from midcourse_web.people.actions.near import share, stop_sharing
from midcourse_web.people.models import Client, Relationship
from midcourse_web.people.near import SHARES
from midcourse_web.people.standing import current

Kind = Relationship.Kind
NEAR = (Kind.GUARDIAN, Kind.TRUSTED)
GROWN_UP = 18  # years; the place's notice says what holds before


class InviteForm(forms.Form):
    """Somebody near her, and what they may see."""

    name = forms.CharField(label=gettext_lazy("Their name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Their e-mail address"))
    role = forms.ChoiceField(
        label=gettext_lazy("Who are they to you?"),
        choices=[
            (Kind.TRUSTED, gettext_lazy("somebody I trust")),
            (Kind.GUARDIAN, gettext_lazy("my parent or guardian")),
        ],
        widget=forms.RadioSelect,
    )
    shares = forms.MultipleChoiceField(
        label=gettext_lazy("What may they see?"),
        choices=list(SHARES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@login_required
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Show with whom she shares what, and invite somebody."""
    client = own(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"client": client, "clinic": client.clinic, **form.cleaned_data}
        invite_by_mail(by=request.user, link=lambda secret: link_to(request, secret), **given)
        messages.info(request, _("The link is on its way."))
        return redirect("client:people")
    return render(request, "client/people.html", _page(client, form), status=422 if form.errors else 200)


def _page(client: Client, form: InviteForm) -> dict[str, Any]:
    now = timezone.now()
    young = client.born is not None and _age(client.born, timezone.localdate()) < GROWN_UP
    ties = current(client.relationships.filter(kind__in=NEAR), now).select_related("person")
    guardian = any(one.kind == Kind.GUARDIAN for one in ties)
    return {
        "client": client,
        "form": form,
        "ties": ties,
        "parts": SHARES.items(),
        "invited": client.invitation_set.filter(role__in=NEAR, accepted_at__isnull=True, expires_at__gt=now),
        "rule": notice(client.clinic.place, "guardians") if young or guardian else None,
    }


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _tie(client: Client, tie_id: UUID) -> Relationship:
    rows = Relationship.objects.select_related("person", "client")
    return get_object_or_404(rows, pk=tie_id, client=client, kind__in=NEAR, ends__isnull=True)


@login_required
@require_POST
def shares(request: HttpRequest, tie_id: UUID) -> HttpResponse:
    """Change what one person may see, or end it."""
    tie = _tie(own(request), tie_id)
    if request.POST.get("what") == "stop":
        stop_sharing(by=request.user, relationship=tie)
    else:
        share(by=request.user, relationship=tie, parts=request.POST.getlist("shares"))
    messages.info(request, _("Saved. It holds from now on."))
    return redirect("client:people")


@login_required
@require_POST
def uninvite(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back before it is accepted."""
    client = own(request)
    withdraw(by=request.user, invitation=get_object_or_404(client.invitation_set, pk=invitation_id))
    return redirect("client:people")

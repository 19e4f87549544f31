"""Who waits, and who could treat them: for the intake coordinator."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from midcourse_web.care.actions.episode import CLINICAL, begin, put_on_list
from midcourse_web.care.engine.concerns import concerns, therapies
from midcourse_web.care.models import Episode
from midcourse_web.care.policies.choosing import who_could
from midcourse_web.pages.clinic.where import my_clinic
from midcourse_web.pages.parts.forms import Form
from midcourse_web.people.models import Client, Clinic, User
from midcourse_web.people.rules import permit

COVER_HINT = _("Somebody who answers risk alerts when the therapist is away. Needed from the first day.")


class NewEpisode(Form):
    """Somebody to put on the list."""

    client = forms.ModelChoiceField(label=_("Client"), queryset=Client.objects.none())
    cover = forms.ModelChoiceField(label=_("Cover"), help_text=COVER_HINT, queryset=User.objects.none())
    concern = forms.ChoiceField(label=_("Main concern"), required=False)

    def __init__(self, clinic: Clinic, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        going = Episode.objects.exclude(state=Episode.State.ENDED).values("client")
        self.fields["client"].queryset = (
            clinic.clients.filter(erased_at=None).exclude(pk__in=going).order_by("name")
        )
        self.fields["cover"].queryset = clinicians(clinic)
        self.fields["concern"].choices = [("", _("not said yet")), *concerns()]


class Opening(Form):
    """With whom she begins, and who stands in."""

    therapist = forms.ModelChoiceField(label=_("Therapist"), queryset=User.objects.none())
    cover = forms.ModelChoiceField(label=_("Cover"), help_text=COVER_HINT, queryset=User.objects.none())
    treatment = forms.ChoiceField(label=_("Kind of therapy"), required=False)

    def __init__(self, clinic: Clinic, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["therapist"].queryset = clinicians(clinic, "therapist")
        self.fields["cover"].queryset = clinicians(clinic)
        self.fields["treatment"].choices = [("", _("not said yet")), *[(one, one) for one in therapies()]]


def clinicians(clinic: Clinic, *roles: str) -> Any:
    """Return who works in a clinic today in these roles, by name."""
    ends = timezone.localdate()
    here = clinic.memberships.filter(role__in=roles or CLINICAL).exclude(ends__lte=ends)
    return User.objects.filter(pk__in=here.values("user"), is_active=True).order_by("name")


@login_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show who waits, the longest first."""
    clinic = my_clinic(request, "clinic.intake")
    rows = Episode.objects.filter(clinic=clinic, state=Episode.State.WAITING).select_related(
        "client", "intake"
    )
    page = {"clinic": clinic, "rows": rows.order_by("opened_on"), "plain": dict(concerns())}
    return render(request, "clinic/waiting.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Put somebody on the list, with a named cover."""
    clinic = my_clinic(request, "clinic.intake")
    form, wrong = NewEpisode(clinic, request.POST or None), ""
    if form.is_valid():
        try:
            episode = put_on_list(by=request.user, **form.cleaned_data)
            return redirect("clinic:choose", episode.pk)
        except ValueError as why:
            wrong = str(why)
    return render(request, "clinic/add.html", {"clinic": clinic, "form": form, "wrong": wrong})


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show who could treat her by area, language and room, and open the episode."""
    episode = get_object_or_404(Episode.objects.select_related("client", "clinic", "cover"), pk=episode_id)
    permit(request.user, "clinic.intake", episode.clinic)
    form, wrong = Opening(episode.clinic, request.POST or None, initial={"cover": episode.cover_id}), ""
    if form.is_valid():
        try:
            begin(by=request.user, episode=episode, **form.cleaned_data)
            messages.info(request, _("The episode is open."))
            return redirect("clinic:waiting")
        except ValueError as why:
            wrong = str(why)
    page = {
        "episode": episode,
        "client": episode.client,
        "could": who_could(episode),
        "form": form,
        "wrong": wrong,
    }
    return render(request, "clinic/choose.html", page | {"plain": dict(concerns())})

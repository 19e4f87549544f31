"""Who has to do with one client, for those who treat her: her sign-in, her cover, handing over."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.hand_over import CLINICAL, hand_over
from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.reading import current_episode
from midcourse_web.outbox.actions.invite import invite_by_mail
from midcourse_web.pages.public.links import link_to
from midcourse_web.people.models import Client, Clinic, Membership, Relationship, User
from midcourse_web.people.rules import allowed, permit
from midcourse_web.people.standing import current

Role = Membership.Role


class EmailForm(forms.Form):
    """The address her link goes to."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))


def _client(client_id: UUID) -> Client:
    return get_object_or_404(Client.objects.select_related("clinic", "user"), pk=client_id)


def _with(clinic: Clinic, *roles: str) -> list[User]:
    rows = current(Membership.objects.filter(clinic=clinic, role__in=roles), timezone.localdate())
    return list(User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("name"))


@login_required
@require_GET
def people(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show who has to do with one client."""
    one = _client(client_id)
    permit(request.user, "care.see_record", one)
    looked_at(by=request.user, client=one)
    episode = current_episode(one)
    # Whom she trusts is hers to tell.
    ties = one.relationships.exclude(kind=Relationship.Kind.TRUSTED).select_related("person")
    ties = current(ties, timezone.now()).order_by("kind")
    page = {"client": one, "episode": episode, "ties": ties, "form": EmailForm(initial={"email": one.email})}
    page["may_hand_over"] = allowed(request.user, "care.hand_over", one)
    page["may_edit"] = allowed(request.user, "care.edit_record", one)
    if episode is not None and page["may_hand_over"]:
        page["therapists"] = [p for p in _with(one.clinic, Role.THERAPIST) if p.pk != episode.therapist_id]
        page["covers"] = _with(one.clinic, *CLINICAL)
    page["invited"] = one.invitation_set.filter(
        role="client", accepted_at__isnull=True, expires_at__gt=timezone.now()
    ).first()
    return render(request, "therapist/people.html", page)


@login_required
@require_POST
def invite(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Send the client a link to her own page."""
    one = _client(client_id)
    permit(request.user, "care.edit_record", one)
    form = EmailForm(request.POST)
    try:
        if form.is_valid():
            invite_by_mail(
                by=request.user,
                clinic=one.clinic,
                role="client",
                name=one.name,
                client=one,
                link=lambda secret: link_to(request, secret),
                **form.cleaned_data,
            )
            messages.info(request, _("The link is on its way."))
        else:
            messages.error(request, _("Write an e-mail address."))
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("therapist:people", one.pk)


@login_required
@require_POST
def give(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Hand the client's episode over to another therapist."""
    one = _client(client_id)
    permit(request.user, "care.hand_over", one)
    episode = current_episode(one)
    by_id = {str(person.pk): person for person in _with(one.clinic, *CLINICAL)}
    to, cover = by_id.get(request.POST.get("to", "")), by_id.get(request.POST.get("cover", ""))
    try:
        if episode is None or to is None:
            raise ValueError(_("Choose a therapist of this clinic."))
        hand_over(by=request.user, episode=episode, to=to, cover=cover)
        messages.info(request, _("Handed over. The client is told."))
    except ValueError as why:
        messages.error(request, str(why))
        return redirect("therapist:people", one.pk)
    return redirect("home")

"""Who has to do with one client, for those who treat her: her sign-in, her cover, handing over."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.hand_over import CLINICAL, hand_over
from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.models import Episode
from midcourse_web.care.reading import current_episode
from midcourse_web.outbox.actions.invite import invite_by_mail
from midcourse_web.pages.public.links import link_to
from midcourse_web.people.models import Client, Invitation, Membership, Relationship, User
from midcourse_web.people.rules import allowed, permit
from midcourse_web.people.standing import current


class EmailForm(forms.Form):
    """The address her link goes to."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))


def _client(client_id: UUID) -> Client:
    return get_object_or_404(Client.objects.select_related("clinic", "user"), pk=client_id)


def _with_names(client_id: UUID) -> Client:
    """One client with the named cover and the link that waits, in one query."""
    now = timezone.now()
    waits = Invitation.objects.filter(
        client=OuterRef("pk"), role="client", accepted_at__isnull=True, expires_at__gt=now
    )
    going = Episode.objects.filter(client=OuterRef("pk")).exclude(state=Episode.State.ENDED)
    rows = Client.objects.select_related("clinic", "user").annotate(
        invited=Subquery(waits.values("email")[:1]),
        cover_name=Subquery(going.values("cover__name")[:1]),
    )
    return get_object_or_404(rows, pk=client_id)


@login_required
@require_GET
def people(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show who has to do with one client."""
    one = _with_names(client_id)
    permit(request.user, "care.see_record", one)
    looked_at(by=request.user, client=one)
    # Whom she trusts is hers to tell.
    ties = one.relationships.exclude(kind=Relationship.Kind.TRUSTED).select_related("person")
    page = {
        "client": one,
        "ties": current(ties, timezone.now()).order_by("kind"),
        "form": EmailForm(initial={"email": one.email}),
        "may_hand_over": one.cover_name and allowed(request.user, "care.hand_over", one),
        "may_edit": allowed(request.user, "care.edit_record", one),
    }
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
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Hand the client's episode over to another therapist."""
    one = _client(client_id)
    permit(request.user, "care.hand_over", one)
    episode = current_episode(one)
    here = current(one.clinic.memberships.filter(role__in=CLINICAL), timezone.localdate())
    found = list(here.filter(user__is_active=True).select_related("user").order_by("user__name"))
    page = {
        "client": one,
        "episode": episode,
        "therapists": [
            row.user
            for row in found
            if row.role == Membership.Role.THERAPIST and episode and row.user_id != episode.therapist_id
        ],
        "covers": list({row.user_id: row.user for row in found}.values()),
    }
    if request.method == "POST":
        try:
            return _given(request, episode, page["covers"])
        except ValueError as why:
            return render(request, "therapist/give.html", page | {"wrong": str(why)}, status=422)
    return render(request, "therapist/give.html", page)


def _given(request: HttpRequest, episode: Episode | None, people_here: list[User]) -> HttpResponse:
    by_id = {str(person.pk): person for person in people_here}
    to, cover = by_id.get(request.POST.get("to", "")), by_id.get(request.POST.get("cover", ""))
    if episode is None or to is None:
        raise ValueError(_("Choose a therapist of this clinic."))
    hand_over(by=request.user, episode=episode, to=to, cover=cover)
    messages.info(request, _("Handed over. The client is told."))
    return redirect("home")

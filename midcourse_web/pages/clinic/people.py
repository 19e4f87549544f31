"""The administrator's page: who can sign in, in which role, by which steps. Nothing clinical is here."""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
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

from midcourse_web.outbox.actions.address import change_address
from midcourse_web.outbox.actions.invite import invite_by_mail
from midcourse_web.pages.clinic.where import clinic_for
from midcourse_web.pages.public.links import link_to
from midcourse_web.people.actions import sign_ins
from midcourse_web.people.actions.invite import withdraw
from midcourse_web.people.models import Clinic, Invitation, Membership, User
from midcourse_web.people.standing import current

Role = Membership.Role


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


class AddressForm(forms.Form):
    """A new address to sign in with."""

    email = forms.EmailField()


@dataclass(frozen=True)
class Row:
    """One sign-in: the person, their roles here, and whether a second step is set up."""

    person: User
    roles: tuple[Membership, ...]
    second_step: bool


@login_required
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Show the clinic's sign-ins, and invite somebody."""
    clinic = clinic_for(request, "clinic.people", Role.ADMINISTRATOR)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        invite_by_mail(by=request.user, clinic=clinic, link=lambda secret: link_to(request, secret), **given)
        messages.info(request, _("The link is on its way."))
        return redirect("clinic:people")
    now = timezone.now()
    page = {
        "clinic": clinic,
        "form": form,
        "rows": rows_of(clinic),
        "found": _found(request, clinic),
        "invited": clinic.invitations.filter(
            accepted_at__isnull=True, expires_at__gt=now, client__isnull=True
        ),
    }
    return render(request, "clinic/people.html", page, status=422 if form.errors else 200)


def rows_of(clinic: Clinic, persons: QuerySet[User] | None = None) -> list[Row]:
    """Return the sign-ins of those who work here, or of some persons, in two queries."""
    kept = current(Membership.objects.filter(clinic=clinic), timezone.localdate()).select_related("user")
    by_person: dict[User, list[Membership]] = {one: [] for one in persons or ()}
    for one in kept.order_by("user__name", "role") if persons is None else kept.filter(user__in=persons):
        by_person.setdefault(one.user, []).append(one)
    steps = Authenticator.objects.filter(user__in=list(by_person))
    safe = set(steps.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user", flat=True))
    return [Row(person, tuple(roles), person.pk in safe) for person, roles in by_person.items()]


def _found(request: HttpRequest, clinic: Clinic) -> list[Row]:
    """Somebody by their whole address: no list of clients is shown to those who only keep sign-ins."""
    address = request.GET.get("email", "").strip()
    if not address:
        return []
    return rows_of(clinic, here(clinic).filter(email__iexact=address))


def here(clinic: Clinic) -> QuerySet[User]:
    """Return everybody who has to do with this clinic."""
    tied = Q(memberships__clinic=clinic) | Q(client__clinic=clinic) | Q(relationships__client__clinic=clinic)
    return User.objects.filter(tied).distinct()


@login_required
@require_POST
def end_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End one role of one person."""
    clinic = clinic_for(request, "clinic.people", Role.ADMINISTRATOR)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "clinic"), pk=membership_id, clinic=clinic
    )
    try:
        sign_ins.end_role(by=request.user, membership=membership)
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("clinic:people")


DO = {
    "reset": sign_ins.reset_second_step,
    "close": sign_ins.close,
    "open": sign_ins.open_again,
}


@login_required
@require_POST
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Reset somebody's second step, close their sign-in or open it again."""
    clinic = clinic_for(request, "clinic.people", Role.ADMINISTRATOR)
    one = get_object_or_404(here(clinic), pk=person_id)
    try:
        if request.POST.get("what") in DO:
            DO[request.POST["what"]](by=request.user, person=one, clinic=clinic)
            messages.info(request, _("Done."))
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("clinic:people")


@login_required
@require_POST
def address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change the address somebody signs in with."""
    clinic = clinic_for(request, "clinic.people", Role.ADMINISTRATOR)
    one = get_object_or_404(here(clinic), pk=person_id)
    form = AddressForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError(_("Write an e-mail address."))
        change_address(by=request.user, person=one, clinic=clinic, email=form.cleaned_data["email"])
        messages.info(request, _("Done."))
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("clinic:people")


@login_required
@require_POST
def uninvite(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    clinic = clinic_for(request, "clinic.people", Role.ADMINISTRATOR)
    withdraw(by=request.user, invitation=get_object_or_404(Invitation, pk=invitation_id, clinic=clinic))
    return redirect("clinic:people")

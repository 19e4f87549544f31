"""What an administrator does about sign-ins: end a role, reset the second step, close, open again."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.people.models import Clinic, Membership, Relationship, User
from midcourse_web.people.standing import current, forget

Role = Membership.Role


@transaction.atomic
def end_role(*, by: User, membership: Membership) -> Membership:
    """End one role from today on.

    Raises ValueError for the clinic's last administrator, and for a therapist who still has clients:
    they are handed over first.
    """
    role, clinic = membership.role, membership.clinic
    if role == Role.ADMINISTRATOR and not _others(membership).exists():
        raise ValueError(_("A clinic needs an administrator. Invite another one first."))
    if role == Role.THERAPIST and has_clients(person=membership.user, clinic=clinic):
        raise ValueError(
            _("They still have clients here. Hand these over first, under days away and leaving.")
        )
    membership.ends = timezone.localdate()
    membership.save(update_fields=["ends"])
    forget(membership.user)
    record(f"role ended: {role}", by=by, subject=membership.user, clinic=clinic)
    return membership


@transaction.atomic
def reset_second_step(*, by: User, person: User, clinic: Clinic) -> None:
    """Take away a person's app, passkeys and recovery codes, as when a phone is lost; their sessions end."""
    Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    record("second step reset", by=by, subject=person, clinic=clinic)


@transaction.atomic
def close(*, by: User, person: User, clinic: Clinic) -> User:
    """Close a sign-in: their sessions end at once. Raises ValueError for one's own."""
    if by.pk == person.pk:
        raise ValueError(_("You cannot close your own sign-in."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    forget(person)
    record("sign-in closed", by=by, subject=person, clinic=clinic)
    return person


@transaction.atomic
def open_again(*, by: User, person: User, clinic: Clinic) -> User:
    """Open a closed sign-in again."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("sign-in opened again", by=by, subject=person, clinic=clinic)
    return person


@transaction.atomic
def change_address(*, by: User, person: User, clinic: Clinic, email: str) -> User:
    """Change the address somebody signs in with; their sessions end.

    Raises ValueError where another sign-in has it.
    """
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exclude(pk=person.pk).exists():
        raise ValueError(_("Another sign-in has this address."))
    person.email = address
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()  # what the sign-in library remembers
    _end_sessions(person)
    record("address changed", by=by, subject=person, clinic=clinic)
    return person


def has_clients(*, person: User, clinic: Clinic) -> bool:
    """Say whether somebody is the therapist of a client of this clinic today, with no end set."""
    rows = Relationship.objects.filter(person=person, kind=Relationship.Kind.THERAPIST, ends__isnull=True)
    return rows.filter(client__clinic=clinic).exists()


def _others(membership: Membership) -> QuerySet[Membership]:
    rows = Membership.objects.filter(clinic=membership.clinic, role=membership.role, user__is_active=True)
    return current(rows, timezone.localdate()).exclude(pk=membership.pk)


def _end_sessions(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()

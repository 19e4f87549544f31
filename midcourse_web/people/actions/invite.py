"""Invitations by link: made with a secret that is kept hashed, accepted once by a POST, gone when they expire."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.people.models import Client, Clinic, Invitation, Membership, Relationship, User
from midcourse_web.people.near import SHARES
from midcourse_web.people.standing import current, forget

HOLDS = timedelta(days=7)
CLIENT, GUARDIAN, TRUSTED = "client", Relationship.Kind.GUARDIAN, Relationship.Kind.TRUSTED
NEAR = (GUARDIAN, TRUSTED)


def _hashed(secret: str) -> str:
    """Return what is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    by: User,
    clinic: Clinic,
    role: str,
    name: str,
    email: str,
    client: Client | None = None,
    shares: Sequence[str] = (),
) -> tuple[Invitation, str]:
    """Make an invitation and return it with its secret, which is kept nowhere; an earlier open one ends.

    `role` is a role of staff, or "client", "guardian" or "trusted" with the client it is about. Raises
    ValueError, saying why, for a role that is none or a client who has a sign-in already.
    """
    about_client = role in (CLIENT, *NEAR)
    if role not in (*Membership.Role, CLIENT, *NEAR) or about_client != (client is not None):
        raise ValueError(_("Choose what the person is to be here."))
    if role == CLIENT and client is not None and client.user_id is not None:
        raise ValueError(_("This client has a sign-in already."))
    now, address = timezone.now(), email.strip().lower()
    same = Invitation.objects.filter(clinic=clinic, client=client, role=role, email=address)
    same.filter(accepted_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        clinic=clinic,
        client=client,
        role=role,
        email=address,
        name=name.strip()[:120],
        shares=[part for part in SHARES if part in shares],
        token_hash=_hashed(secret),
        made_by=by,
        expires_at=now + HOLDS,
    )
    record(f"invited: {role}", by=by, subject=made, client=client, clinic=clinic)
    return made, secret


def open_invitation(*, secret: str) -> Invitation | None:
    """Return the invitation behind a link while it is good; looking spends nothing."""
    rows = Invitation.objects.filter(token_hash=_hashed(secret), accepted_at__isnull=True)
    return rows.filter(expires_at__gt=timezone.now()).select_related("clinic", "client").first()


@transaction.atomic
def accept(*, by: User | None, secret: str, name: str = "", password: str = "") -> User:
    """Accept an invitation, once: make the sign-in, or add to the one of the person who is signed in (`by`).

    Raises ValueError where the link is not good any more, or the address has a sign-in and `by` is not
    its person; ValidationError for a password that is too short or too common.
    """
    found = Invitation.objects.select_for_update().filter(token_hash=_hashed(secret)).first()
    if found is None or found.accepted_at is not None or found.expires_at <= timezone.now():
        raise ValueError(_("This link does not work any more. Please ask for a new one."))
    user = _person(by, found, name, password)
    _give(user, found)
    found.accepted_at = timezone.now()
    found.save(update_fields=["accepted_at"])
    forget(user)
    record(f"accepted: {found.role}", by=user, subject=found, client=found.client, clinic=found.clinic)
    return user


def withdraw(*, by: User, invitation: Invitation) -> None:
    """Take an invitation back; its link opens nothing any more."""
    with transaction.atomic():
        invitation.expires_at = timezone.now()
        invitation.save(update_fields=["expires_at"])
        record(
            "invitation withdrawn",
            by=by,
            subject=invitation,
            client=invitation.client_id,
            clinic=invitation.clinic_id,
        )


def _person(by: User | None, found: Invitation, name: str, password: str) -> User:
    there = User.objects.filter(email__iexact=found.email).first()
    if there is not None:
        if by is None or by.pk != there.pk:
            raise ValueError(
                _("This address has a sign-in already. Sign in first, then open the link again.")
            )
        return there
    new = User(email=found.email, name=name.strip()[:120] or found.name)
    validate_password(password, new)
    return User.objects.create_user(new.email, password, name=new.name, language=_spoken())


def _spoken() -> str:
    """Return the language of the page on which somebody accepts: messages to them come in it from then on."""
    return (get_language() or "en")[:2]


def _give(user: User, found: Invitation) -> None:
    if found.role == CLIENT and found.client is not None:
        client = Client.objects.select_for_update().get(pk=found.client.pk)
        if client.user_id is not None or Client.objects.filter(user=user).exists():
            raise ValueError(_("This client has a sign-in already."))
        client.user, client.language = user, _spoken()
        client.save(update_fields=["user", "language"])
    elif found.role in NEAR and found.client is not None:
        now = timezone.now()
        rows = Relationship.objects.filter(client=found.client, person=user, kind=found.role)
        if not current(rows, now).exists():
            Relationship.objects.create(
                client=found.client, person=user, kind=found.role, begins=now, shares=found.shares
            )
    else:
        today = timezone.localdate()
        mine = Membership.objects.filter(user=user, clinic=found.clinic, role=found.role)
        if not current(mine, today).exists():
            mine.filter(begins=today).delete()
            Membership.objects.create(user=user, clinic=found.clinic, role=found.role, begins=today)

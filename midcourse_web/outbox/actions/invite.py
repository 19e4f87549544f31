"""Invite somebody, and write the message with the link in the same transaction."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from midcourse_web.outbox.actions.put import put
from midcourse_web.people.actions import invite as people
from midcourse_web.people.models import Client, Clinic, Invitation, User


@transaction.atomic
def invite_by_mail(
    *,
    by: User,
    clinic: Clinic,
    role: str,
    name: str,
    email: str,
    link: Callable[[str], str],
    client: Client | None = None,
    shares: Sequence[str] = (),
) -> Invitation:
    """Make an invitation and put its message into the outbox; `link` makes an address from the secret.

    The message fits a shared phone: it names neither the clinic's work nor what the person is to be.
    Raises ValueError as `people.actions.invite.invite` does.
    """
    made, secret = people.invite(
        by=by, clinic=clinic, role=role, name=name, email=email, client=client, shares=shares
    )
    put(
        kind="invitation",
        address=made.email,
        subject=_("Your link"),
        body=_(
            "Hello %(name)s,\n\nhere is the link that you were promised. It works once, until %(day)s:\n\n"
            "%(link)s\n\nIf you do not know what this is about, you need not do anything."
        )
        % {"name": made.name, "day": f"{made.expires_at:%Y-%m-%d}", "link": link(secret)},
        about=made.pk,
        clinic=clinic.pk,
        expires_at=made.expires_at,
    )
    return made

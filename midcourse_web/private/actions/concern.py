"""Keep, send, withdraw and delete a concern or a note. No audit that staff could read knows of it (SP2)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.outbox.actions.put import put
from midcourse_web.people.models import Client, User
from midcourse_web.people.receivers import keeps_nothing, receivers
from midcourse_web.private.models import Concern, ConcernStep, PrivateNote


class KeptNowhere(Exception):
    """In so small a practice the private page keeps nothing on the server (SP3)."""


@transaction.atomic
def write_note(*, by: User, client: Client, text: str) -> PrivateNote:
    """Keep a private note."""
    _refuse_small(client)
    return PrivateNote.objects.create(client=client.pk, text=text)


@transaction.atomic
def delete_note(*, by: User, note: PrivateNote) -> None:
    """Delete a note for good."""
    note.delete()


@transaction.atomic
def keep_concern(
    *, by: User, client: Client, text: str, happened_on: str = "", who_to_tell: str = ""
) -> Concern:
    """Keep a dated record of something that is not okay. It is sent to nobody.

    `who_to_tell` is whom she wants told if she is at risk; it overrides the default (SR3).
    """
    _refuse_small(client)
    if not text.strip():
        raise ValueError(_("Write a few words first."))
    return Concern.objects.create(
        client=client.pk, text=text.strip(), happened_on=happened_on[:60], tell_if_at_risk=who_to_tell[:120]
    )


@transaction.atomic
def send(*, by: User, client: Client, concern: Concern, to: User) -> Concern:
    """Send it to the one receiver she chose, with a receipt and the day by which an answer is due (SP4).

    Raises ValueError where that person may not receive it.
    """
    if not receivers(client).filter(pk=to.pk).exists():
        raise ValueError(_("This person cannot receive it. Please choose somebody else."))
    now = timezone.now()
    concern.receiver, concern.sent_at = to.pk, now
    concern.answer_due = timezone.localdate() + timedelta(days=client.clinic.concern_answer_days)
    concern.save()
    put(
        kind="inbox",
        address=to.email,
        subject=_("Please sign in"),
        body=_("There is something in your inbox. Please sign in to see it."),
        about=concern.pk,
    )
    return concern


@transaction.atomic
def withdraw(*, by: User, concern: Concern) -> Concern:
    """Take it back while it is unread. Raises ValueError once it was read."""
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.read_at is not None:
        raise ValueError(
            _("It has been read, so it cannot be taken back. You can write that you want it closed.")
        )
    concern.receiver = concern.sent_at = concern.answer_due = None
    concern.save()
    return concern


@transaction.atomic
def delete_concern(*, by: User, concern: Concern) -> None:
    """Delete it for good, with everything that was written about it."""
    concern.delete()


@transaction.atomic
def read(*, by: User, concern: Concern) -> Concern:
    """Note that its receiver has opened it; the client sees that."""
    if concern.read_at is None:
        concern.read_at = timezone.now()
        concern.save(update_fields=["read_at"])
    return concern


@transaction.atomic
def answer(*, by: User, concern: Concern, text: str, close: bool = False) -> ConcernStep:
    """Tell the client what was done; an answer may close it."""
    if not text.strip():
        raise ValueError(_("Write a few words first."))
    step = ConcernStep.objects.create(concern=concern, by=by.pk, text=text.strip())
    if close:
        concern.closed_at = timezone.now()
        concern.save(update_fields=["closed_at"])
    return step


@transaction.atomic
def let_therapist_know(*, by: User, concern: Concern, may: bool) -> Concern:
    """Note her answer to whether the therapist may be told; nobody tells before she says yes."""
    concern.may_tell_therapist = may
    concern.save(update_fields=["may_tell_therapist"])
    return concern


def _refuse_small(client: Client) -> None:
    if keeps_nothing(client):
        raise KeptNowhere(_("In a practice this small nothing private is kept on the server."))

"""Reminders: nothing private in them, none in quiet hours, none that is not wanted."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.link import make_link
from midcourse_web.care.models import CheckIn
from midcourse_web.care.policies.quiet import may_be_reminded, may_be_sent_from
from midcourse_web.outbox.actions.put import put, withdraw
from midcourse_web.outbox.fill import NoMore, NotNow, fills
from midcourse_web.outbox.gateways import has_text_gateway
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import Client

KIND = "reminder"
MOST = 2  # reminders for one check-in
AGAIN_AFTER = timedelta(days=2)
HERE = "http://127.0.0.1:8000"  # where the application answers when nobody gave it an address


@transaction.atomic
def remind(*, check_in: CheckIn) -> bool:
    """Put one reminder of an open check-in into the outbox; False where none is due or wanted.

    The body is written when the message leaves: the link's secret waits nowhere.
    """
    rows = CheckIn.objects.select_for_update(of=("self",)).select_related("episode__client__clinic")
    mine = rows.get(pk=check_in.pk)
    client, now = mine.episode.client, timezone.now()
    due = mine.due_at + AGAIN_AFTER * mine.reminded
    if mine.state != CheckIn.State.OPEN or mine.reminded >= MOST or not due <= now < mine.closes_at:
        return False
    if not may_be_reminded(client) or (way := _way(client)) is None:
        return False
    put(
        kind=KIND,
        channel=way[0],
        address=way[1],
        subject=_subject(client),
        body="",
        about=mine.pk,
        not_before=may_be_sent_from(client, now),
        expires_at=mine.closes_at,
    )
    mine.reminded += 1
    mine.save(update_fields=["reminded"])
    record("reminder", subject=mine, client=client, clinic=client.clinic_id)
    return True


@transaction.atomic
def reminders(*, by: Any, client: Client, wanted: bool, how: str = "") -> Client:
    """Switch a client's reminders on or off; those that wait are taken back."""
    client.reminders = wanted
    client.save(update_fields=["reminders"])
    if not wanted:
        for check_in in CheckIn.objects.filter(episode__client=client, state=CheckIn.State.OPEN):
            withdraw(about=check_in.pk, kind=KIND)
    record("own choice", by=by, subject=client, client=client, clinic=client.clinic_id, how=how)
    return client


def _way(client: Client) -> tuple[str, str] | None:
    if client.reach_by == "text" and has_text_gateway():
        return Message.Channel.TEXT, client.phone
    return (Message.Channel.EMAIL, client.email) if client.email else None


def _subject(client: Client) -> str:
    with translation.override(client.language):
        return _("A short note for you")


@fills(KIND)
def _body(message: Message) -> str:
    rows = CheckIn.objects.select_related("episode__client__clinic")
    check_in = rows.filter(pk=message.about).first() if message.about else None
    now = timezone.now()
    if check_in is None or check_in.state != CheckIn.State.OPEN or check_in.closes_at <= now:
        raise NoMore
    client = check_in.episode.client
    if not may_be_reminded(client):
        raise NoMore
    # Tries that failed can push a message into the night.
    if (allowed := may_be_sent_from(client, now)) > now:
        raise NotNow(allowed)
    base = (settings.CLINIC.public_url or HERE).rstrip("/")
    link = base + reverse("go", args=[make_link(by=None, check_in=check_in)])
    with translation.override(client.language):
        if message.channel == Message.Channel.TEXT:
            return _("A few short questions are waiting for you: %(link)s") % {"link": link}
        return _(
            "Hello,\n\na few short questions are waiting for you here:\n%(link)s\n\n"
            "There is no need to sign in. On that page you can also stop these messages, "
            "or say that they are not for you.\n"
        ) % {"link": link}

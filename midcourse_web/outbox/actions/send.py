"""Send what is due: claim by a conditional UPDATE, so that two loops never send one message twice."""

from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from midcourse_web.outbox.fill import NoMore, NotNow, body_of
from midcourse_web.outbox.gateways import GATEWAYS, text_gateway
from midcourse_web.outbox.models import Message

__all__ = ["GATEWAYS", "send_due"]

AT_ONCE = 50  # messages a round, so that one round stays short
CLAIM_HOLDS = timedelta(minutes=10)  # a claim older than this was left by a loop that died
GIVE_UP_AFTER = 8  # tries
WAITS = (1, 2, 5, 15, 60, 180, 360)  # minutes between tries


def send_due() -> int:
    """Send every message that is due now and return how many left."""
    sent = 0
    for message in _due()[:AT_ONCE]:
        if _claimed(message):
            sent += _sent(message)
    return sent


def _due() -> QuerySet[Message]:
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_HOLDS)
    return Message.objects.filter(
        free, sent_at__isnull=True, given_up_at__isnull=True, not_before__lte=now
    ).order_by("-urgent", "not_before")


def _claimed(message: Message) -> bool:
    """Claim one message; False where another loop was quicker."""
    now = timezone.now()
    same = Message.objects.filter(pk=message.pk, sent_at__isnull=True, claimed_at=message.claimed_at)
    return same.update(claimed_at=now, attempts=F("attempts") + 1) == 1


def _sent(message: Message) -> int:
    mine = Message.objects.filter(pk=message.pk)
    now = timezone.now()
    if message.expires_at is not None and message.expires_at <= now:
        mine.update(given_up_at=now, last_error="expired")
        return 0
    try:
        _hand_over(message)
    except NotNow as why:
        mine.update(not_before=why.until, claimed_at=None)
        return 0
    except NoMore:
        mine.update(given_up_at=now, claimed_at=None, last_error="not wanted any more")
        return 0
    except Exception as why:  # any gateway's own kind of failure is a try that failed
        _try_again_later(message, why)
        return 0
    mine.update(sent_at=timezone.now(), claimed_at=None, last_error="")
    return 1


def _hand_over(message: Message) -> None:
    body = body_of(message)
    if message.channel == Message.Channel.EMAIL:
        EmailMessage(message.subject, body, to=[message.address]).send()
        return
    text_gateway()(message.address, body)


def _try_again_later(message: Message, why: Exception) -> None:
    tries = message.attempts + 1
    now = timezone.now()
    changes: dict[str, Any] = {"claimed_at": None, "last_error": type(why).__name__[:200]}
    if tries >= GIVE_UP_AFTER:
        changes["given_up_at"] = now
    else:
        changes["not_before"] = now + timedelta(minutes=WAITS[min(tries, len(WAITS)) - 1])
    Message.objects.filter(pk=message.pk).update(**changes)

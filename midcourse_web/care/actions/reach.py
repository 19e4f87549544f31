"""When somebody else takes over: the client is told in neutral words, and open alerts move with her."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from midcourse_web.audit.record import record
from midcourse_web.care.actions.risk import pass_on
from midcourse_web.care.models import Episode, RiskTask
from midcourse_web.care.policies.quiet import may_be_sent_from
from midcourse_web.outbox.actions.put import put
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import Client, User


def tell(*, client: Client, about: UUID) -> None:
    """Write the client a message that there is something to read; it fits a shared phone.

    It goes out even where reminders are off (it is about who is there for her), not where she wants no
    messages at all, and not in her quiet hours.
    """
    if client.reach_by == "none" or client.erased_at is not None:
        return
    by_text = client.reach_by == "text"
    with override(client.language):
        put(
            kind="news",
            channel=Message.Channel.TEXT if by_text else Message.Channel.EMAIL,
            address=client.phone if by_text else client.email,
            subject=_("There is news for you"),
            body=_("There is news about your appointments. Please sign in, or call us."),
            about=about,
            clinic=client.clinic_id,
            not_before=may_be_sent_from(client, timezone.now()),
        )


def give_alerts(*, by: User | None, episodes: Sequence[Episode], former: User, to: User) -> int:
    """Give every open risk alert that somebody has in these episodes to somebody else; return how many.

    One that the client keeps from `to` stays where it is.
    """
    rows = RiskTask.objects.filter(
        episode__in=list(episodes), for_person=former, acknowledged_at__isnull=True
    )
    count = 0
    for task in rows.exclude(hidden_from=to):
        pass_on(by=by, task=task, to=to)
        count += 1
    if count:
        record("risk alerts passed on", by=by, subject=to, clinic=episodes[0].clinic_id)
    return count

"""Opening a record in an emergency: a reason, an hour, and everybody who must know knows at once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.task import open_task
from midcourse_web.care.models import Task
from midcourse_web.outbox.actions.put import put
from midcourse_web.people.models import BreakGlass, Client, Membership, User
from midcourse_web.people.standing import current, forget

FOR = timedelta(hours=1)
REASON_AT_LEAST = 10  # characters: a reason, not a full stop


@transaction.atomic
def break_glass(*, by: User, client: Client, reason: str) -> BreakGlass:
    """Open a client's record for one hour, put it on the manager's list, tell the managers, write it down.

    The reason is kept with the record and shown to the client; the list and the message hold nothing
    about her. Raises ValueError without a reason.
    """
    if len(reason.strip()) < REASON_AT_LEAST:
        raise ValueError(_("Say in a few words why this is needed now."))
    opened = BreakGlass.objects.create(
        person=by, client=client, reason=reason.strip(), until=timezone.now() + FOR
    )
    forget(by)
    record("opened in an emergency", by=by, subject=opened, client=client, clinic=client.clinic)
    open_task(by=by, clinic=client.clinic, client=client, kind=Task.Kind.GLASS, words=by.name, within_days=1)
    for manager in _managers(client):
        put(
            kind="glass",
            address=manager,
            subject=_("Please sign in today"),
            body=_("Something in %(clinic)s needs a look from you. Please sign in to see it.")
            % {"clinic": client.clinic.name},
            about=opened.pk,
            clinic=client.clinic_id,
        )
    return opened


def _managers(client: Client) -> list[str]:
    rows = Membership.objects.filter(clinic=client.clinic_id, role=Membership.Role.MANAGER)
    return list(current(rows, timezone.localdate()).values_list("user__email", flat=True).distinct())

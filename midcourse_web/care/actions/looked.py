"""Looking at somebody's record leaves a row in the audit (SP5)."""

from midcourse_web.audit.record import record
from midcourse_web.people.models import Client, User


def looked_at(*, by: User, client: Client, what: str = "looked at the record") -> None:
    """Write that somebody looked at a client's record; the client's own looks are hers and leave none."""
    if client.user_id != by.pk:
        record(what, by=by, subject=client, client=client, clinic=client.clinic_id)


def took_everything(*, by: User, client: Client) -> None:
    """Write that the client took everything about herself with her."""
    record("took everything", by=by, subject=client, client=client, clinic=client.clinic_id)

"""The one way to write to the audit."""

from typing import Any
from uuid import UUID

from midcourse_web.audit.models import Entry


def record(
    verb: str,
    *,
    by: Any = None,
    subject: Any = None,
    client: Any = None,
    clinic: Any = None,
    how: str = "",
) -> None:
    """Write one row: who (`by`, None for the application itself) did or saw (`verb`) what.

    Pass model instances or ids; only ids are kept. Call it inside the transaction of what it tells.
    """
    Entry.objects.create(
        verb=verb,
        actor=_id(by),
        subject_kind="" if subject is None or isinstance(subject, UUID) else type(subject).__name__,
        subject=_id(subject),
        client=_id(client),
        clinic=_id(clinic),
        how=how,
    )


def _id(one: Any) -> UUID | None:
    found = one if isinstance(one, UUID) else getattr(one, "pk", None)
    return found if isinstance(found, UUID) else None

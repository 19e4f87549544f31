"""Releases: the client's consent to share something with somebody until a day, withdrawn at any time."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import Release
from midcourse_web.people.models import Client, User

SCOPES = ("progress", "attendance", "plan", "summary")
LONGEST = timedelta(days=366)


@transaction.atomic
def give_release(
    *,
    by: User,
    client: Client,
    to: str,
    scope: Sequence[str],
    ends: date,
    why: str = "",
    person: User | None = None,
) -> Release:
    """Let something be shared with somebody until a day, a year at most.

    Raises ValueError, naming the mend, for no name, nothing to share, or an end that cannot be.
    """
    today = timezone.localdate()
    what = [name for name in SCOPES if name in scope]
    if not to.strip():
        raise ValueError(_("Write who may see it."))
    if not what:
        raise ValueError(_("Choose what may be shared."))
    if not today <= ends <= today + LONGEST:
        raise ValueError(_("Choose a last day within a year from now."))
    release = Release(client=client, to=to.strip()[:200], person=person, scope=what, why=why.strip()[:200])
    release.begins, release.ends = today, ends
    return _keep(by, release, "release given")


@transaction.atomic
def withdraw_release(*, by: User, release: Release) -> Release:
    """End a release now; withdrawn twice, the first time counts."""
    now = Release.objects.select_for_update().get(pk=release.pk)
    if now.withdrawn_at is not None:
        return now
    now.withdrawn_at = timezone.now()
    return _keep(by, now, "release withdrawn")


def _keep(by: User, release: Release, verb: str) -> Release:
    row: Any = release
    row._history_user = by
    release.save()
    record(verb, by=by, subject=release, client=release.client_id, clinic=release.client.clinic_id)
    return release

"""Quiet hours: when a client may get a message, by the clinic's clock. Alerts to staff know no quiet hours."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from midcourse_web.people.models import Client


def may_be_sent_from(client: Client, at: datetime) -> datetime:
    """Return the first moment from `at` on that is outside the client's quiet hours.

    Hours may go over midnight (21:00 to 08:00). The same time twice means no quiet hours.
    """
    zone = ZoneInfo(client.clinic.timezone)
    local = at.astimezone(zone)
    begin, end = _time(client.quiet_from), _time(client.quiet_until)
    if not _within(local.time(), begin, end):
        return at
    ends = datetime.combine(local.date(), end, zone)
    if ends <= local:
        ends = datetime.combine(local.date() + timedelta(days=1), end, zone)
    return ends


def may_be_reminded(client: Client) -> bool:
    """Say whether the client wants reminders and there is a way to send one."""
    if not client.reminders or client.reach_by == "none" or client.erased_at is not None:
        return False
    return bool(client.phone if client.reach_by == "text" else client.email)


def _within(at: time, begin: time, end: time) -> bool:
    if begin <= end:
        return begin <= at < end
    return at >= begin or at < end


def _time(given: time | str) -> time:
    # A row that was just made still holds the text of its default.
    return time.fromisoformat(given) if isinstance(given, str) else given

"""Moments in words, by the clock of the clinic and not of the server."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from midcourse_web.people.models import Clinic

SOON = timedelta(days=6)


def when(clinic: Clinic, at: datetime) -> str:
    """Return a moment as "Monday 9:00", with the date where it is not within the next days."""
    local = at.astimezone(ZoneInfo(clinic.timezone))
    day = "l" if abs(at - timezone.now()) < SOON else "l j F"
    return date_format(local, f"{day} G:i")

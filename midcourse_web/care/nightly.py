"""What runs once at the start and once a night, in a process of its own: the fit of expected courses."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from midcourse_web.outbox.tick import part

AGAIN_AFTER = timedelta(hours=20)
NIGHT = range(1, 6)  # hours of the server's clock
COMMAND = [sys.executable, "-m", "midcourse_web", "fit_courses"]
running: list["subprocess.Popen[bytes]"] = []


def mark() -> Path:
    """Return the file whose time tells when courses were last fitted."""
    return Path(settings.HOME) / "courses.fitted"


def fitted_now() -> None:
    """Remember that courses were fitted just now."""
    mark().touch(mode=0o600)


def is_due(now: datetime) -> bool:
    """Say whether to fit: never done before, or long enough ago and at night, or more than a day ago."""
    try:
        last = datetime.fromtimestamp(mark().stat().st_mtime, tz=now.tzinfo)
    except FileNotFoundError:
        return True
    hour = now.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    return now - last > timedelta(days=1) or (now - last > AGAIN_AFTER and hour in NIGHT)


@part("fit")
def fit() -> int:
    """Start the fit as a process of its own where it is due; the loop goes on meanwhile."""
    running[:] = [one for one in running if one.poll() is None]
    if running or not settings.FIT_COURSES or not is_due(timezone.now()):
        return 0
    running.append(subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL))
    return 1

"""A clock that stands elsewhere for a while, so that months of therapy happen in seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def clock_at(when: datetime) -> Iterator[None]:
    """Let the application believe that it is `when`; everything it writes is dated so."""
    real = timezone.now
    timezone.now = lambda: when
    try:
        yield
    finally:
        timezone.now = real

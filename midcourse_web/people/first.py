"""The way in while nobody can sign in yet: one link, made by whoever starts the server."""

from hmac import compare_digest
from pathlib import Path

from django.conf import settings

from midcourse_web.people.models import User

FILE = "first.key"


def nobody_yet() -> bool:
    """Say whether there is no user at all."""
    return not User.objects.exists()


def is_the_link(secret: str) -> bool:
    """Say whether this is the secret of the set-up link and nobody has used it."""
    path = Path(settings.HOME) / FILE
    if not path.is_file():
        return False
    return compare_digest(path.read_text("ascii").strip().encode(), secret.encode()) and nobody_yet()

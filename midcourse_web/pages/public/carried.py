"""What a public check-up holds between two pages: sealed in the page itself, and nowhere else."""

import base64
import hashlib
import json
import os
import zlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from midcourse_web.private.held import Held, held_from

NONCE = 12  # bytes, as AES-GCM wants them
ABOUT = b"open check-up"
LONGEST = 20_000  # characters; an honest one stays far below


@dataclass(frozen=True)
class Carried:
    """A check-up of nobody in particular: place, language, sessions so far (None: not said), answers."""

    place: str
    language: str
    sessions: int | None = None
    held: Held = field(default_factory=Held)


class NotOurs(ValueError):
    """What came back was not sealed here, or was touched; the person begins again."""


def seal(one: Carried) -> str:
    """Return it as text for a hidden field: nobody can read it in the page, or change it."""
    raw = json.dumps([one.place, one.language, one.sessions, one.held.to_json()]).encode()
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, zlib.compress(raw), ABOUT)).decode()


def unseal(text: str) -> Carried:
    """Return what `seal` was given. Raises NotOurs."""
    try:
        raw = base64.urlsafe_b64decode(text[:LONGEST])
        place, language, sessions, held = json.loads(
            zlib.decompress(_cipher().decrypt(raw[:NONCE], raw[NONCE:], ABOUT))
        )
    except (InvalidTag, ValueError) as why:
        raise NotOurs from why
    return Carried(place, language, sessions, held_from(held))


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(settings.SECRET_KEY.encode() + ABOUT).digest())

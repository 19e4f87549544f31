"""Text that is ciphertext in the database, in a backup and in every command's output (SP2)."""

import base64
import hashlib
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes, as AES-GCM wants them


@cache
def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(key.encode()).digest())


def seal(text: str) -> str:
    """Return a text encrypted with the private key (AES-256-GCM), as printable characters."""
    nonce = os.urandom(NONCE)
    sealed = _cipher(settings.PRIVATE_KEY).encrypt(nonce, text.encode(), b"private")
    return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def unseal(sealed: str) -> str:
    """Return the text of `seal`. Raises ValueError where the key is another one or the text was touched."""
    raw = base64.urlsafe_b64decode(sealed)
    try:
        return _cipher(settings.PRIVATE_KEY).decrypt(raw[:NONCE], raw[NONCE:], b"private").decode()
    except InvalidTag as why:
        raise ValueError("A private text was sealed with another key; restore private.key with it.") from why


class SealedText(models.TextField):
    """A text field whose column holds ciphertext only."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database."""
        return None if value is None else seal(str(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way back."""
        return None if value is None else unseal(value)

"""Ways into one check-in without a sign-in: the link's secret and the short code, kept hashed (SP7)."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from midcourse_web.care.models import CheckIn

# Letters and digits that nobody takes for one another when read from paper: no 0 O, 1 I L, U V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 8  # 29**8 codes; the page that takes them lets nobody try many


def token_of(check_in: CheckIn) -> str:
    """Return the secret of a check-in's link, worked out from this installation's key and never stored."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"check-in link %s" % check_in.pk.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(made.digest()[:24]).decode()


def hash_of_token(token: str) -> str:
    """Return what is stored of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Return a short code that can be read from paper and typed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def hash_of_code(code: str) -> str:
    """Return what is stored of a short code: keyed, since a short code alone could be searched for."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("midcourse check-in code", plain, algorithm="sha256").hexdigest()


def by_token(token: str) -> CheckIn | None:
    """Return the open check-in of a link, or None where it is used, over, or was never ours."""
    return _open(link_hash=hash_of_token(token))


def by_code(code: str) -> CheckIn | None:
    """Return the open check-in of a short code, or None."""
    return _open(code_hash=hash_of_code(code))


def _open(**what: str) -> CheckIn | None:
    rows = CheckIn.objects.filter(state=CheckIn.State.OPEN, closes_at__gt=timezone.now(), **what)
    return rows.select_related("episode__client", "episode__clinic", "episode__therapist").first()

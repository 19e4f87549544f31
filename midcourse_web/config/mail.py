"""How messages leave: an address like smtps://user:password@mail.example.org, or the console."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Mail:
    """The parts of a mail server's address."""

    backend: str = "console"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    ssl: bool = False
    starttls: bool = False


def mail(address: str) -> Mail:
    """Return the parts of smtps:// (TLS from the start), smtp:// (STARTTLS), or "console".

    Raises ValueError naming what an address looks like.
    """
    if address == "console":
        return Mail()
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(f'email is "console", smtp://host or smtps://user:password@host, not {address!r}.')
    ssl = parts.scheme == "smtps"
    port = parts.port or (465 if ssl else 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail("smtp", parts.hostname, port, user, password, ssl, not ssl)

"""The one folder that holds a clinic's data, keys and settings, and the file of settings in it."""

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

SETTINGS_FILE = "midcourse.toml"


class BadSettings(Exception):
    """A setting cannot be used; the message names the file, the setting and the mend."""


@dataclass(frozen=True)
class ClinicSettings:
    """What a clinic may set, each with a safe default; see docs/how-to/run-a-clinic.md.

    `public_url` is the https address people use; without one the application answers on this machine
    only. `database` is "sqlite" or a postgresql:// address. `email` is an smtp:// or smtps:// address,
    "console" prints messages. `places` are the places whose crisis contacts are shown, and
    `crisis_checked_on` the day somebody of the clinic called them. `encrypted` asks for SQLCipher.
    """

    public_url: str = ""
    database: str = "sqlite"
    email: str = "console"
    email_from: str = "check-in@localhost"
    text_gateway: str = ""
    places: tuple[str, ...] = ()
    crisis_checked_on: date | None = None
    encrypted: bool = False
    retention: dict[str, int] = field(default_factory=dict)

    @property
    def production(self) -> bool:
        """Whether people reach it from elsewhere, so that nothing insecure may be left."""
        return bool(self.public_url)


def home() -> Path:
    """Return the folder of this installation: $MIDCOURSE_HOME, else one of the user's own; made if absent."""
    named = os.environ.get("MIDCOURSE_HOME")
    place = Path(named) if named else Path.home() / ".local" / "share" / "midcourse"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def key(name: str) -> str:
    """Return a secret key of this installation; made once, readable by its owner alone."""
    path = home() / name
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    made = secrets.token_urlsafe(48)
    # Another process may be making it too: the first one to create the file wins.
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made


def clinic_settings() -> ClinicSettings:
    """Return the settings of this installation.

    Raises BadSettings, naming what is wrong and the mend.
    """
    path = home() / SETTINGS_FILE
    if not path.is_file():
        return ClinicSettings()
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as why:
        raise BadSettings(f"{path} cannot be read: {why}. Mend that line, or move the file away.") from why
    known = {one.name for one in fields(ClinicSettings)}
    if unknown := sorted(set(given) - known):
        raise BadSettings(
            f"{path} has a setting {unknown[0]!r} that does not exist; there are: {', '.join(sorted(known))}."
        )
    return _checked(path, given)


def _checked(path: Path, given: dict[str, Any]) -> ClinicSettings:
    if "places" in given:
        given["places"] = tuple(given["places"])
    settings = ClinicSettings(**given)
    if settings.public_url and not settings.public_url.startswith("https://"):
        raise BadSettings(f"{path}: public_url must begin with https://, not {settings.public_url!r}.")
    if settings.database != "sqlite" and not settings.database.startswith("postgresql://"):
        raise BadSettings(f'{path}: database is "sqlite" or a postgresql:// address.')
    if settings.encrypted and settings.database != "sqlite":
        raise BadSettings(f"{path}: encrypted is for sqlite; PostgreSQL encrypts on its disk.")
    return settings

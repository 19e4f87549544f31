"""Which database, and how it is opened so that an acknowledged answer survives a power cut."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from midcourse_web.config.home import ClinicSettings

# FULL: NORMAL may lose the last commits on power loss, and costs nothing that a person would notice.
OPEN_SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
)


def databases(settings: ClinicSettings, home: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES for a clinic's settings."""
    if settings.database != "sqlite":
        return {"default": _postgresql(settings.database)}
    engine = "midcourse_web.config.sqlcipher" if settings.encrypted else "django.db.backends.sqlite3"
    return {"default": sqlite(home / "midcourse.sqlite3", engine)}


def sqlite(file: Path, engine: str = "django.db.backends.sqlite3") -> dict[str, Any]:
    """Return one SQLite database: write-ahead log, every commit on the disk before it is acknowledged."""
    return {
        "ENGINE": engine,
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": OPEN_SQLITE},
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": dict(parse_qsl(parts.query)).get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

"""A copy of everything, made in one step while people go on working, and put back only where it is whole.

A copy is one tar file: the database, uploads, the settings, on demand the keys, and a manifest with a
fingerprint of the database and how many rows each table has. Needs no Django: it is put back before the
application's settings would make new keys.
"""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from midcourse_web.config.home import SETTINGS_FILE, ClinicSettings

DATABASE, DUMP, MANIFEST = "midcourse.sqlite3", "postgresql.dump", "manifest.json"
KEYS = ("web.key", "private.key", "database.key")


class BadCopy(Exception):
    """A copy cannot be made or put back; the message says why, and the mend."""


def back_up(home: Path, settings: ClinicSettings, target: Path, *, with_keys: bool) -> dict[str, int]:
    """Write a copy of an installation to one file, readable by its owner alone; return the rows of each table.

    Raises BadCopy where the copy is not whole; an older file of that name is then still there.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".midcourse-copy-") as folder:
        if settings.database == "sqlite":
            copy, rows = _copy_sqlite(home, settings, Path(folder) / DATABASE)
        else:
            copy, rows = _dump(settings.database, Path(folder) / DUMP), {}
        manifest = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": _fingerprint(copy),
            "rows": rows,
        }
        made = Path(folder) / "copy.tar"
        with tarfile.open(made, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(manifest, indent=1))
            tar.add(copy, copy.name)
            for name in (SETTINGS_FILE, "uploads", *(KEYS if with_keys else ())):
                if (home / name).exists():
                    tar.add(home / name, name)
        made.chmod(0o600)
        os.replace(made, target)
    return rows


def put_back(home: Path, settings: ClinicSettings, source: Path) -> dict[str, Any]:
    """Put a copy back into a folder that holds no record yet, and return its manifest.

    Raises BadCopy, with nothing changed, where a record is there already, where the keys there are
    others, or where the copy is not whole.
    """
    if (home / DATABASE).exists():
        raise BadCopy(
            f"{home / DATABASE} is there already. Move it away first; nothing is ever written over."
        )
    with tempfile.TemporaryDirectory(dir=home, prefix=".restoring-") as name:
        folder = Path(name)
        manifest = _unpack(source, folder)
        copy = folder / (DATABASE if (folder / DATABASE).exists() else DUMP)
        if _fingerprint(copy) != manifest["sha256"]:
            raise BadCopy(f"{source} was changed or damaged: the database's fingerprint is another one.")
        _same_keys(home, folder)
        if copy.name == DATABASE:
            keys = folder if (folder / "database.key").exists() else home
            if counted(copy, settings, keys) != manifest["rows"]:
                raise BadCopy(f"{source} is not whole: tables have other numbers of rows than were copied.")
        elif settings.database == "sqlite":
            raise BadCopy(
                f"{source} is of a PostgreSQL database. Set `database` in {home / SETTINGS_FILE} first."
            )
        else:
            _run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", settings.database, str(copy))
            copy.unlink()
        (folder / MANIFEST).unlink()
        for path in folder.iterdir():
            if not (home / path.name).exists():
                os.replace(path, home / path.name)
    return manifest


def counted(file: Path, settings: ClinicSettings, keys: Path) -> dict[str, int]:
    """Return how many rows each table of a SQLite file has. Raises BadCopy where the file is damaged."""
    try:
        with opened(file, settings, keys) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise BadCopy(f"{file} is damaged: {verdict}")
            names = [
                name
                for (name,) in database.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
                )
            ]
            # The names come from the database itself, and a name cannot be a parameter.
            query = 'SELECT count(*) FROM "{}"'
            return {name: database.execute(query.format(name)).fetchone()[0] for name in names}
    except sqlite3.DatabaseError as why:
        raise BadCopy(f"{file} cannot be read as a database: {why}.") from why


@contextmanager
def opened(file: Path, settings: ClinicSettings, keys: Path) -> Iterator[Any]:
    """Open a SQLite file, with its key where the installation is encrypted."""
    if not settings.encrypted:
        with closing(sqlite3.connect(file)) as database:
            yield database
        return
    from midcourse_web.config.sqlcipher.opening import open_with_key

    with closing(open_with_key(file, keys / "database.key")) as database:
        yield database


def _copy_sqlite(home: Path, settings: ClinicSettings, copy: Path) -> tuple[Path, dict[str, int]]:
    if not (home / DATABASE).is_file():
        raise BadCopy(f"There is no record at {home / DATABASE}. Name the folder with --home.")
    with opened(home / DATABASE, settings, home) as source, opened(copy, settings, home) as target:
        # In one step: in several, each write of somebody else would start it over again.
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return copy, counted(copy, settings, home)


def _dump(address: str, copy: Path) -> Path:
    _run("pg_dump", "--format=custom", "--no-owner", "--file", str(copy), address)
    return copy


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as why:
        raise BadCopy(f"{command[0]} is not here. Install PostgreSQL's own client programs.") from why
    if done.returncode:
        raise BadCopy(f"{command[0]} failed: {done.stderr.strip()[-500:]}")


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, tarfile.TarError, ValueError) as why:
        raise BadCopy(f"{source} cannot be read as a copy made by `midcourse backup`: {why}.") from why
    return manifest


def _same_keys(home: Path, folder: Path) -> None:
    """Another key in the folder would make private notes unreadable, and nobody would notice for long."""
    for name in KEYS:
        there, copied = home / name, folder / name
        if there.exists() and copied.exists() and there.read_bytes() != copied.read_bytes():
            raise BadCopy(
                f"{there} is another key than the copy's. Move it away if the copy's is the right one."
            )


def _fingerprint(file: Path) -> str:
    if not file.is_file():
        raise BadCopy(f"The copy holds no {file.name}.")
    with file.open("rb") as opened_file:
        return hashlib.file_digest(opened_file, "sha256").hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text.encode()), 0o600
    tar.addfile(entry, io.BytesIO(text.encode()))

"""A PostgreSQL of the tests' own: in a temporary folder, on a Unix socket, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "midcourse"
# A test database that a power cut may take: nothing is waited for on the disk.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs, the newest there is, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True
    )
    if found:
        return found[0].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a private cluster until the block ends and give its postgresql:// address; no port is opened."""
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError("PostgreSQL is not here: sudo apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="mc-pg-"))
    as_owner: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *words: str) -> None:
        command = [*as_owner, str(bin_folder / program), *words]
        # Not through a pipe: the server would hold it open for as long as it runs.
        with (Path(tempfile.gettempdir()) / f"{folder.name}.log").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd="/")

    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' {QUICK}"
    try:
        run(
            "initdb",
            "-D",
            str(data),
            "-U",
            NAME,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        run("pg_ctl", "-D", str(data), "-w", "-o", options, "start")
        try:
            run("createdb", "-h", str(folder), "-U", NAME, NAME)
            yield f"postgresql://{NAME}@/{NAME}?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        (Path(tempfile.gettempdir()) / f"{folder.name}.log").unlink(missing_ok=True)

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
    folder = Path(tempfile.mkdtemp(prefix="mc-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, options = folder / "data", f"-k {folder} -c listen_addresses='' {QUICK}"
    trusting = ("-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    try:
        _run("initdb", "-D", str(data), *trusting)
        _run("pg_ctl", "-D", str(data), "-w", "-o", options, "start")
        try:
            _run("createdb", "-h", str(folder), "-U", NAME, NAME)
            yield f"postgresql://{NAME}@/{NAME}?host={folder}"
        finally:
            _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs as somebody else than root, which it refuses."""
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError("PostgreSQL is not here: sudo apt-get install postgresql")
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # Not through a pipe: the server would hold it open for as long as it runs.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [*as_owner, str(bin_folder / program), *words], stdout=said, stderr=said, cwd="/", check=False
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program}: {said.read().decode(errors='replace')[-2000:]}")

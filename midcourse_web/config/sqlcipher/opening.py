"""Open an encrypted SQLite file with the key of this installation."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2


def open_with_key(file: Path | str, key_file: Path, **how: Any) -> Any:
    """Return a connection to a file; a wrong key shows at the first statement, as "file is not a database"."""
    connection = dbapi2.connect(str(file), **how)
    # The key is 384 random bits already: it needs no slow stretching, only the right length.
    raw = sha256(key_file.read_bytes().strip()).hexdigest()
    connection.execute(f"PRAGMA key = \"x'{raw}'\"")
    return connection

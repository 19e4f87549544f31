"""Tell-tale phrases of questionnaires whose words we may not ship, kept as hashes and never as words."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

LENGTH = 5
HASHES = frozenset((Path(__file__).parent / "phrases.txt").read_text("ascii").split())


def phrases(text: str) -> Iterator[str]:
    """Return the hash of every run of five words, whatever the case and punctuation."""
    words = re.findall(r"[a-z0-9']+", text.casefold().replace("\u2019", "'"))
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        yield hashlib.sha256(run.encode()).hexdigest()[:16]

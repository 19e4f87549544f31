"""What breaks nothing and should be known: no reviewer, no source, from memory, due to be looked at again."""

import datetime
from collections.abc import Iterator

from midcourse.content.check.folder import Folder, Raw, tables
from midcourse.content.check.problem import Notice

SOURCED = ("reasons", "conduct", "steps", "guidance", "instruments", "check_ins")
# Rules of our own and questions to ask rest on no study.
NEEDS_NONE = ("must-nots", "step-rules")
LISTED = ("sources", "cards", "contacts", "notices")


def notices_of(folder: Folder, as_of: datetime.date) -> Iterator[Notice]:
    """Yield what has no reviewer, no source, what is from memory, and what is due on this day."""
    for file in folder.files:
        if not str(file.raw.get("reviewed_by", "")).strip() and file.kind != "literature":
            yield Notice(file.path, "no reviewer", "")
        again = file.raw.get("check_again_on")
        if isinstance(again, datetime.date) and again <= as_of:
            yield Notice(file.path, "due", f"since {again.isoformat()}")
    for file in folder.files:
        recalled = [
            str(one.get("id")) for name in LISTED for one in tables(file.raw.get(name)) if _recalled(one)
        ]
        if recalled and not file.is_side_file:
            yield Notice(file.path, "from memory", ", ".join(recalled))
    for file in folder.of(*SOURCED):
        if file.name in NEEDS_NONE:
            continue
        if file.raw.get("sources") == []:
            yield Notice(file.path, "no source", "")
        for name in ("steps", "cards", "approaches"):
            bare = [str(one.get("id")) for one in tables(file.raw.get(name)) if one.get("sources") == []]
            if bare:
                yield Notice(file.path, "no source", ", ".join(bare))


def _recalled(entry: Raw) -> bool:
    """Whether nobody has looked it up: a source, a DOI, a book, a contact, a notice of a place."""
    unseen = entry.get("seen") == "memory" or entry.get("doi_seen") is False
    return unseen or str(entry.get("how", "")).startswith("from memory")

"""Check a whole folder of content by every rule."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from midcourse.content.check.folder import Folder, read_folder
from midcourse.content.check.known import Known
from midcourse.content.check.links import link_problems
from midcourse.content.check.notices import notices_of
from midcourse.content.check.plain import plain_problems
from midcourse.content.check.problem import Checked, Problem
from midcourse.content.check.shapes import shape_of
from midcourse.content.check.side_files import side_file_notices, side_file_problems

SHIPPED = Path(__file__).resolve().parent.parent


def check_content(as_of: datetime.date, known: Known, root: Path = SHIPPED) -> Checked:
    """Return everything found in the content under a folder, by default the content that is shipped.

    `as_of` is the day that decides what is due.
    """
    folder = read_folder(root)
    problems = (
        *folder.problems,
        *_fields(folder),
        *link_problems(folder, known),
        *_contradictions(folder, known),
        *side_file_problems(folder),
        *plain_problems(folder),
    )
    notices = (*notices_of(folder, as_of), *side_file_notices(folder))
    return Checked(len(folder.files) + len(folder.problems), problems, notices)


def _fields(folder: Folder) -> Iterator[Problem]:
    for file in folder.files:
        shape = shape_of(file.kind, file.name)
        if shape is not None and not file.is_side_file:
            yield from shape.problems(file.path, file.raw)
        licence = file.raw.get("licence")
        if file.kind in ("instruments", "check_ins") and isinstance(licence, dict):
            for name in ("holder", "terms", "must_display", "may_ship_text"):
                if name not in licence:
                    yield Problem(file.path, f"licence.{name}", "the field is missing.", f"Add {name} = ...")


def _contradictions(folder: Folder, known: Known) -> Iterator[Problem]:
    """What the reader of a kind says against a file: places, instruments and reference courses have theirs."""
    for kind, read in known.readers.items():
        for file in folder.of(kind):
            try:
                read(file.name, file.raw)
            except KeyError as missing:
                yield Problem(
                    file.path, str(missing.args[0]), "it is missing or unknown.", "See a file beside it."
                )
            except (ValueError, TypeError) as against:
                yield Problem(file.path, "", f"{against}", "See a file beside it.")

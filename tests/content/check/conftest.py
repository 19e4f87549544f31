"""A small folder of content that is whole, to break one thing at a time."""

import datetime
import shutil
from pathlib import Path

import pytest

from midcourse.cli.content import _known
from midcourse.content.check import check_content
from midcourse.content.check.everything import SHIPPED

KINDS = ("reasons", "conduct", "steps", "guidance", "literature", "check_ins", "sentences")
WITH_RULES_OF_THEIR_OWN = ("places", "references", "instruments")
DAY = datetime.date(2026, 11, 30)


class Copied:
    """A copy of the shipped content in a folder that may be broken."""

    def __init__(self, root: Path, kinds: tuple[str, ...]) -> None:
        self.root = root
        for kind in kinds:
            if (SHIPPED / kind).is_dir():
                shutil.copytree(SHIPPED / kind, root / kind)

    def change(self, file: str, old: str, new: str) -> None:
        """Put other words in one file; they must have been there."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def write(self, file: str, text: str) -> None:
        """Write a file of one's own."""
        (self.root / file).write_text(text, "utf-8")

    def check(self, day: datetime.date = DAY):
        """Return what the check finds."""
        return check_content(day, _known(), self.root)

    def problems(self) -> list[str]:
        """Return every problem as it is printed."""
        return [str(one) for one in self.check().problems]


@pytest.fixture
def copied(tmp_path) -> Copied:
    return Copied(tmp_path, KINDS)


@pytest.fixture
def all_copied(tmp_path) -> Copied:
    return Copied(tmp_path, (*KINDS, *WITH_RULES_OF_THEIR_OWN))

"""What a check finds: problems that must be mended, and notices that somebody should know of."""

from dataclasses import dataclass
from typing import Literal

About = Literal["no reviewer", "no source", "from memory", "due", "not translated", "older translation"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a content file: the file, the field, what is wrong and the mend."""

    file: str
    field: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.field}" if self.field else self.file
        return f"{where}: {self.what} {self.mend}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that breaks nothing: nobody has reviewed it, it has no source, it is due."""

    file: str
    about: About
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """All that a check found in how many files."""

    files: int
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]

    def noticed(self, about: About) -> tuple[Notice, ...]:
        """Return the notices of one kind."""
        return tuple(one for one in self.notices if one.about == about)

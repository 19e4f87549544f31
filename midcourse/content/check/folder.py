"""Read a whole folder of content, file by file, without stopping at the first that is broken."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from midcourse.content.check.problem import Problem

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One content file as a plain dict. `language` is set for a side file only."""

    path: str
    kind: str
    name: str
    language: str
    raw: Raw

    @property
    def is_side_file(self) -> bool:
        """Whether the file holds the texts of another one in another language."""
        return bool(self.language)


@dataclass(frozen=True, slots=True)
class Folder:
    """Every file that could be read, and what could not."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]

    def of(self, *kinds: str) -> Iterator[File]:
        """Yield the files of some kinds, side files left out."""
        yield from (one for one in self.files if one.kind in kinds and not one.is_side_file)

    def entries(self, kind: str, name: str, of: str) -> list[Raw]:
        """Return the entries of one list of one file, none where there is no such file or list."""
        found = next((one.raw for one in self.of(kind) if one.name == name), {})
        return tables(found.get(of))


def tables(value: object) -> list[Raw]:
    """Return the tables of a list, leaving out whatever is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def read_folder(root: Path) -> Folder:
    """Read every content file under a folder; one that is not TOML becomes a problem."""
    files, problems = [], []
    for path in sorted(root.glob("*/**/*.toml")):
        shown = path.relative_to(root).as_posix()
        kind, (name, _, language) = shown.rpartition("/")[0], path.stem.partition(".")
        try:
            raw = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            mend = "Put quotes around every text, and one field on a line."
            problems.append(Problem(shown, "", f"it cannot be read: {broken}.", mend))
            continue
        files.append(File(shown, kind, name, language, raw))
    return Folder(tuple(files), tuple(problems))

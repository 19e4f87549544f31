"""Where a command writes: looked at before the work, and written wholly or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from midcourse.cli.screen import errors, refuse


def check_place(place: Path | None, table: Path) -> None:
    """End with code 2 where a file cannot or should not be written, before any work is done.

    The table that is read is never written over, and a device or a folder never replaced by a file.
    """
    if place is None:
        return
    real = Path(os.path.realpath(place))
    if real == Path(os.path.realpath(table)):
        raise refuse(f"{place} is the table itself and would be written over. Choose another name.")
    if real.exists() and not real.is_file():
        raise refuse(f"{place} is not a file. Choose a file's name.")
    if not real.parent.is_dir():
        raise refuse(f"{place} cannot be written: there is no folder {real.parent}. Make it first.")


def check_folder(folder: Path, format: str = "csv") -> None:
    """End with code 2 where an invented clinic would be written over scores that are not invented."""
    scores, truth = (folder / f"{name}.{format}" for name in ("scores", "truth"))
    if scores.exists() and not truth.exists():
        raise refuse(f"{scores} is there and was not invented here (no {truth.name}). Choose another folder.")


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Give a path beside a place to write to, and move it over at the end: nothing is ever half-written.

    The file's ending stays, since it can say of which kind it is. Links stay links.
    """
    real = Path(os.path.realpath(place))
    unfinished = real.with_name(f".{real.stem}.part{real.suffix}")
    try:
        yield unfinished
        os.replace(unfinished, real)
    finally:
        unfinished.unlink(missing_ok=True)


def write_whole(place: Path, text: str) -> None:
    """Write a text to its place, wholly or not at all."""
    try:
        with beside(place) as unfinished:
            unfinished.write_text(text, "utf-8", newline="")
    except OSError as problem:
        raise cannot_write(place, problem) from None


def cannot_write(place: Path, problem: OSError) -> Exception:
    """Print why a place cannot be written and return the exit (code 2) to raise."""
    return refuse(f"{place} cannot be written: {problem.strerror}. Choose another place.")


def say_written(words: str, place: Path) -> None:
    """Say where something was written, as a path that can be copied."""
    errors().print(f"{words}: {place.resolve()}", soft_wrap=True)

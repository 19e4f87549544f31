"""One table of an evaluation, the same on screen, on the page and in the docs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One table: what it shows in plain words, its cells, and why some of them are empty."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

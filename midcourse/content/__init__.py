"""Content that clinicians own, as data files, and one small reader that returns plain dicts."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return the names of every content file of one kind (a folder), in alphabetical order."""
    folder = resources.files("midcourse.content") / kind
    return tuple(sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml")))


def read(kind: str, name: str) -> dict[str, Any]:
    """Return one content file as a plain dict.

    Raises KeyError, naming what there is, where no such file exists.
    """
    if name not in names(kind):
        raise KeyError(f"no {kind} called {name!r}; there are: {', '.join(names(kind))}")
    text = (resources.files("midcourse.content") / kind / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)

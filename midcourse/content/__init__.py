"""Content that clinicians own, as data files, and one small reader that returns plain dicts."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

FALLBACK = "[English] "  # a text that no translator has given yet is shown in English, and says so
CLINICIANS_ONLY = ("definition", "weighing", "escalation")  # may stay in English
TRANSLATED = (
    *(
        "title",
        "short",
        "text",
        "say",
        "plain",
        "plain_title",
        "without",
        "label",
        "stem",
        "recall",
        "instructions",
    ),
    *("for_whom", "hours", "advice"),
    *CLINICIANS_ONLY,
)


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return the names of every content file of one kind (a folder), in alphabetical order.

    Side files in other languages (`alliance-rupture.es.toml`) are no files of their own.
    """
    folder = resources.files("midcourse.content") / kind
    found = (p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml"))
    return tuple(sorted(name for name in found if "." not in name))


def read(kind: str, name: str) -> dict[str, Any]:
    """Return one content file as a plain dict.

    Raises KeyError, naming what there is, where no such file exists.
    """
    if name not in names(kind):
        raise KeyError(f"no {kind} called {name!r}; there are: {', '.join(names(kind))}")
    text = (resources.files("midcourse.content") / kind / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def side_file(kind: str, name: str, language: str) -> dict[str, Any] | None:
    """Return the side file of one content file in another language, None where nobody has written it."""
    path = resources.files("midcourse.content") / kind / f"{name}.{language}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else None


def read_in(kind: str, name: str, language: str) -> dict[str, Any]:
    """Return one content file with its texts in a language; a missing text falls back visibly.

    Raises KeyError where no such file exists.
    """
    found = read(kind, name)
    if language == found.get("language", "en"):
        return found
    merged: dict[str, Any] = _merged(found, side_file(kind, name, language) or {})
    return merged


def key_of(entry: dict[str, Any]) -> Any:
    """Return what an entry is matched by: its id, or the value an option stands for."""
    return entry.get("id", entry.get("value"))


def _merged(one: Any, side: Any) -> Any:
    """Every translated text from the side file, matched by id; the rest as it is."""
    if isinstance(one, list):
        by_id = {key_of(entry): entry for entry in side or () if isinstance(entry, dict)}
        return [_merged(entry, by_id.get(key_of(entry), {})) for entry in one]
    out = dict(one)
    for key, value in one.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            out[key] = _merged(value, side.get(key))
        elif key in TRANSLATED and value:
            out[key] = side.get(key) or FALLBACK + value
    return out

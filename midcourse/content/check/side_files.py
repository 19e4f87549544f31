"""Side files: the same ids and placeholders as the English, nothing else, and what is still missing."""

import re
from collections.abc import Iterator

from midcourse.content import CLINICIANS_ONLY, TRANSLATED, key_of
from midcourse.content.check.folder import File, Folder, Raw, tables
from midcourse.content.check.problem import Notice, Problem
from midcourse.content.check.shapes import SIDE_FILE

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def side_file_problems(folder: Folder) -> Iterator[Problem]:
    """Yield what is wrong with side files."""
    for side, base in _pairs(folder):
        if base is None:
            mend = f"Name it after the file it translates, with .{side.language}.toml at its end."
            yield Problem(side.path, "", "there is no English file of this name.", mend)
            continue
        yield from SIDE_FILE.problems(side.path, side.raw)
        if side.raw.get("language") != side.language:
            mend = f'Write language = "{side.language}".'
            yield Problem(side.path, "language", f"{side.raw.get('language')!r} is not the file's own.", mend)
        yield from _compared(side.path, side.raw, base.raw, "")


def side_file_notices(folder: Folder) -> Iterator[Notice]:
    """Yield which client texts have no translation, and which translations are of an older version."""
    for side, base in _pairs(folder):
        if base is None:
            continue
        missing = [where for where, _ in _untranslated(base.raw, side.raw, "")]
        if missing:
            yield Notice(side.path, "not translated", ", ".join(missing))
        if side.raw.get("of_version") != base.raw.get("version", "1"):
            what = f"of version {side.raw.get('of_version')}, now {base.raw.get('version')}"
            yield Notice(side.path, "older translation", what)


def _pairs(folder: Folder) -> Iterator[tuple[File, File | None]]:
    bases = {(one.kind, one.name): one for one in folder.files if not one.is_side_file}
    for one in folder.files:
        if one.is_side_file and one.kind != "places":
            yield one, bases.get((one.kind, one.name))


def _compared(path: str, side: Raw, base: Raw, where: str) -> Iterator[Problem]:
    for name, value in side.items():
        if name in SIDE_FILE.must and not where:
            continue
        if isinstance(value, list) and isinstance(base.get(name), list):
            of_base = {key_of(one): one for one in tables(base[name])}
            for entry in tables(value):
                at = f"{where}{name}[{key_of(entry)}]"
                if key_of(entry) not in of_base:
                    mend = "Take the ids of the English file; leave out what it does not have."
                    yield Problem(path, at, "the English file has no such entry.", mend)
                    continue
                rest = {key: text for key, text in entry.items() if key not in ("id", "value")}
                yield from _compared(path, rest, of_base[key_of(entry)], f"{at}.")
        elif name not in TRANSLATED or not isinstance(base.get(name), str):
            mend = "Leave it out: numbers, ids and sources come from the English file."
            yield Problem(path, f"{where}{name}", "it is no text to translate.", mend)
        else:
            yield from _same_placeholders(path, f"{where}{name}", str(value), base[name])


def _same_placeholders(path: str, where: str, text: str, english: str) -> Iterator[Problem]:
    wanted, given = (sorted(set(PLACEHOLDER.findall(one))) for one in (english, text))
    if wanted != given:
        shown = ", ".join(f"{{{one}}}" for one in wanted) or "none"
        yield Problem(path, where, "its placeholders are not those of the English.", f"They are: {shown}.")


def _untranslated(base: Raw, side: Raw, where: str) -> Iterator[tuple[str, str]]:
    for name, value in base.items():
        # A title that clinicians read has plain words beside it.
        if name == "examples" or (name == "title" and "plain" in base):
            continue
        if isinstance(value, list) and tables(value):
            of_side = {key_of(one): one for one in tables(side.get(name))}
            for entry in tables(value):
                at = f"{where}{name}[{key_of(entry)}]."
                yield from _untranslated(entry, of_side.get(key_of(entry), {}), at)
        elif name in TRANSLATED and name not in CLINICIANS_ONLY and value and not side.get(name):
            yield f"{where}{name}", value

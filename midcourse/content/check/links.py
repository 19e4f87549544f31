"""What files name must be there: ids once and for all, steps, sources, findings, reasons."""

import re
from collections.abc import Iterator

from midcourse.content.check.folder import File, Folder, Raw, tables
from midcourse.content.check.known import Known
from midcourse.content.check.problem import Problem

QUESTIONS = ("client_questions", "therapist_questions")
LISTS = (*QUESTIONS, "steps", "cards", "sentences", "sources", "approaches", "rules", "fields")
DOI = re.compile(r"10\.\d{4,9}/\S+[^\s.,:;]")
OLDEST, NEWEST = 1900, 2100


def link_problems(folder: Folder, known: Known) -> Iterator[Problem]:
    """Yield everything that is named and not there, or there twice."""
    yield from _names(folder)
    yield from _twice(folder)
    steps = {
        one.get("id"): one.get("who") for file in folder.of("steps") for one in tables(file.raw.get("steps"))
    }
    sources = {one.get("id") for one in folder.entries("literature", "literature", "sources")}
    reasons = {file.raw.get("id") for file in folder.of("reasons")}
    for file in folder.of("reasons", "conduct"):
        yield from _steps(file, steps)
        yield from _named(file, "limits", file.raw.get("limits"), known.limits, "a limit that code knows")
        for name, ids in (("findings", known.findings), ("counter", known.counters)):
            given = [one.get("id") for one in tables(file.raw.get(name))]
            yield from _named(file, name, given, ids, "an id that code knows")
    for file in folder.of("reasons", "conduct", "steps", "guidance"):
        for where, entry in _cited(file.raw):
            yield from _named(
                file, f"{where}sources", entry.get("sources"), sources, "an id of literature.toml"
            )
            yield from _named(file, f"{where}reasons", entry.get("reasons"), reasons, "the id of a reason")
    for file in folder.of("tools"):
        yield from _named(file, "reasons", file.raw.get("reasons"), reasons, "the id of a reason")
    for rule in folder.entries("guidance", "step-rules", "rules"):
        file = next(one for one in folder.of("guidance") if one.name == "step-rules")
        where = f"rules[{rule.get('id')}]"
        yield from _named(file, where, [rule.get("id")], known.triggers, "a trigger that code knows")
        for name in ("add", "hold_back"):
            yield from _named(file, f"{where}.{name}", rule.get(name), steps, "the id of a step")
    yield from _literature(folder)


def _cited(raw: Raw) -> Iterator[tuple[str, Raw]]:
    yield "", raw
    for name in LISTS:
        for entry in tables(raw.get(name)):
            yield f"{name}[{entry.get('id')}].", entry


def _named(file: File, where: str, given: object, ids: object, what: str) -> Iterator[Problem]:
    if not isinstance(given, list) or not hasattr(ids, "__contains__"):
        return
    for one in given:
        if one not in ids:
            yield Problem(file.path, where, f"{one!r} is not there.", f"Name {what}.")


def _steps(file: File, steps: dict[object, object]) -> Iterator[Problem]:
    for name, allowed in (("client_steps", ("client",)), ("therapist_steps", ("therapist", "clinic"))):
        given = file.raw.get(name)
        yield from _named(file, name, given, steps, "the id of a step")
        for one in given if isinstance(given, list) else ():
            if one in steps and steps[one] not in allowed:
                mend = f"Name a step of the {' or '.join(allowed)}."
                yield Problem(file.path, name, f"{one!r} is a step of the {steps[one]}.", mend)


def _names(folder: Folder) -> Iterator[Problem]:
    for file in folder.files:
        if "id" in file.raw and file.raw["id"] != file.name and file.kind not in ("places", "references"):
            mend = f"Write id = {file.name!r}, or rename the file."
            yield Problem(file.path, "id", f"{file.raw['id']!r} is not the name of the file.", mend)


def _twice(folder: Folder) -> Iterator[Problem]:
    """One id means one thing; a question may be asked by two reasons in the same words."""
    seen: dict[object, tuple[str, object]] = {}
    for file in folder.of("reasons", "conduct", "steps", "literature", "guidance", "sentences"):
        for name in LISTS:
            for entry in tables(file.raw.get(name)):
                one, words = entry.get("id"), entry.get("text")
                key = (file.kind in ("reasons", "conduct"), name in QUESTIONS, name, one)
                first = seen.setdefault(key, (file.path, words))
                if first[0] != file.path and (name not in QUESTIONS or first[1] != words):
                    mend = "Give it an id of its own; an id is never used again."
                    what = f"{one!r} is already in {first[0]}."
                    yield Problem(file.path, f"{name}[{one}]", what, mend)
        for name in LISTS:
            ids = [entry.get("id") for entry in tables(file.raw.get(name))]
            for one in sorted({str(one) for one in ids if ids.count(one) > 1}):
                mend = "Give it an id of its own; an id is never used again."
                yield Problem(file.path, f"{name}[{one}]", f"{one!r} stands there twice.", mend)


def _literature(folder: Folder) -> Iterator[Problem]:
    path = "literature/literature.toml"
    for one in folder.entries("literature", "literature", "sources"):
        where, doi, year = f"sources[{one.get('id')}].", one.get("doi"), one.get("year")
        if isinstance(doi, str) and doi and not DOI.fullmatch(doi):
            mend = 'Write it like 10.1037/pst0000172, or "".'
            yield Problem(path, f"{where}doi", f"{doi!r} is no DOI.", mend)
        if isinstance(year, int) and year and not OLDEST <= year <= NEWEST:
            mend = "Write the year, or 0 where the source has none."
            yield Problem(path, f"{where}year", f"{year} is no year.", mend)

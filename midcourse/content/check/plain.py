"""Client texts: easy to read by the formula of their language, and free of words we never use."""

import re
from collections.abc import Iterator

from midcourse.content import CLINICIANS_ONLY, TRANSLATED
from midcourse.content.check.folder import File, Folder, Raw, tables
from midcourse.content.check.problem import Problem
from midcourse.content.readability import too_hard

CLIENT_KINDS = ("reasons", "conduct", "steps", "guidance", "sentences", "check_ins", "references", "tools")
NO_CLIENT_TEXT = ("step-rules", "must-nots")
OUR_OWN = "own"
LABELS = ("title", "short", "label", "plain_title", "first", "also", "medicine_note", "when_to_look_again")


def client_texts(file: File, base: Raw) -> Iterator[tuple[str, str]]:
    """Yield every text of a file that a client may see, with the field it stands in.

    `base` is the file itself, or the English one of a side file.
    """
    if file.kind in CLIENT_KINDS:
        seen = file.name not in NO_CLIENT_TEXT and base.get("audience") != "therapist"
    else:
        seen = file.kind == "instruments" and base.get("tier") == OUR_OWN
    if seen:
        yield from _texts(file.raw, "")


def _texts(raw: Raw, where: str) -> Iterator[tuple[str, str]]:
    for name, value in raw.items():
        # Examples of scoring are not shown, and a title that clinicians read has plain words beside it.
        if name == "examples" or (name == "title" and "plain" in raw):
            continue
        if isinstance(value, list):
            for entry in tables(value):
                yield from _texts(entry, f"{where}{name}[{entry.get('id', entry.get('value'))}].")
        elif name in TRANSLATED and name not in CLINICIANS_ONLY and isinstance(value, str) and value:
            yield f"{where}{name}", value


def plain_problems(folder: Folder) -> Iterator[Problem]:
    """Yield every client text that is too hard to read or holds words we never use."""
    rules = folder.entries("guidance", "must-nots", "rules")
    bases = {(one.kind, one.name): one.raw for one in folder.files if not one.is_side_file}
    for file in folder.files:
        language = file.language or "en"
        never = _patterns(rules, language)
        for where, text in client_texts(file, bases.get((file.kind, file.name), {})):
            # Names and headings are no sentences.
            name = where.rpartition(".")[2]
            hard = None if name in LABELS else too_hard(text, language)
            if hard is not None:
                yield Problem(file.path, where, f"{hard}.", "Use shorter sentences and shorter words.")
            for pattern, rule in never:
                found = pattern.search(text)
                if found:
                    mend = f"Say it another way: {rule.get('text')}"
                    yield Problem(file.path, where, f"{found[0]!r} is never said ({rule.get('id')}).", mend)


def _patterns(rules: list[Raw], language: str) -> list[tuple[re.Pattern[str], Raw]]:
    """One pattern for each rule that has words in a language."""
    field = "words" if language == "en" else f"words_{language}"
    said = [(rule.get(field) or (), rule) for rule in rules]
    return [(re.compile("|".join(words), re.IGNORECASE), rule) for words, rule in said if words]

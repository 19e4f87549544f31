"""`midcourse content check`: is every content file whole, and what needs somebody to look at it?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from midcourse.content.check import Checked, Known, Notice

ABOUT = {
    "no reviewer": "Nobody has reviewed",
    "no source": "Without a source",
    "from memory": "Written from memory, to be looked up",
    "due": "Due to be looked at again",
    "not translated": "Client texts not translated yet",
    "older translation": "Translations of an older version",
}
Folder = Annotated[
    Path | None, typer.Option("--folder", help="Check this folder of content, not the one that is installed.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day that decides what is due; today where not given.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: problems and notices.")]


def check(folder: Folder = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Check every content file: fields, ids, sources, translations, plain words.

    Names the file, the field and the mend of every problem, and ends with code 2 where there is one. Lists
    what nobody has reviewed, what has no source, what is from memory, and what is due to be looked at again.

    Examples:

      midcourse content check

      midcourse content check --folder my-content --json
    """
    from midcourse.cli.screen import refuse
    from midcourse.content.check import check_content

    if folder is not None and not folder.is_dir():
        raise refuse(f"There is no folder {folder}.")
    found = check_content(_day(as_of), _known(), *(() if folder is None else (folder,)))
    if not found.files:
        raise refuse(
            f"{folder} holds no content: expected folders such as reasons, with .toml files in them."
        )
    if as_json:
        import json

        print(json.dumps(_as_data(found), indent=1, ensure_ascii=False))
    else:
        _print(found)
    if found.problems:
        raise typer.Exit(2)


def _day(given: str | None) -> Any:
    import datetime

    from midcourse.cli.screen import refuse

    if given is None:
        return datetime.date.today()
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise refuse(f"{given!r} is no day. Write it as year-month-day, for example 2027-11-24.") from None


def _known() -> "Known":
    from midcourse.content.check import Known
    from midcourse.course.reference import build_reference
    from midcourse.measures.read_instrument import build
    from midcourse.places.find import entries_of
    from midcourse.plans.triggers import TRIGGERS
    from midcourse.reasons.counter import TESTS
    from midcourse.reasons.findings import EVERY
    from midcourse.reasons.reason import LIMITS

    return Known(
        frozenset(one.id for one in EVERY),
        frozenset(TESTS),
        frozenset(TRIGGERS),
        frozenset(LIMITS),
        {
            "instruments": lambda name, raw: build(raw),
            "check_ins": lambda name, raw: build(raw),
            "places": entries_of,
            "references": build_reference,
        },
    )


def _as_data(found: "Checked") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "files": found.files,
        "problems": [asdict(one) for one in found.problems],
        "notices": [asdict(one) for one in found.notices],
    }


def _print(found: "Checked") -> None:
    from midcourse.cli.screen import console, counted, say

    screen = console()
    said = counted(len(found.problems), "problem") if found.problems else "no problem"
    say(screen, f"{counted(found.files, 'file')} checked, {said}.", style="bold")
    for problem in found.problems:
        say(screen, f"- {problem}", indent=2)
    for about, words in ABOUT.items():
        notices = found.noticed(about)  # type: ignore[arg-type]
        if notices:
            say(screen, f"{words} ({len(notices)}):", style="bold")
        for line in _lines(notices):
            say(screen, f"- {line}", indent=2)


def _lines(notices: "tuple[Notice, ...]") -> list[str]:
    """Files of a folder on one line where only their names are told, else one line for each."""
    folders: dict[str, list[str]] = {}
    for one in notices:
        folder, _, name = one.file.rpartition("/")
        if not one.what:
            folders.setdefault(folder, []).append(name.removesuffix(".toml"))
    told = [f"{one.file}: {one.what}" for one in notices if one.what]
    return [*told, *(f"{folder}: {', '.join(names)}" for folder, names in folders.items())]

"""python -m midcourse_web backup FILE, and restore FILE: without Django, whose settings would make keys."""

import argparse
from pathlib import Path

from midcourse_web.config.home import clinic_settings, home
from midcourse_web.serving.copies import KEYS, BadCopy, back_up, put_back

SHOWN = ("people_client", "care_answersheet", "care_score", "care_risktask", "audit_entry")


def run(words: list[str]) -> int:
    """Run one of the two commands and return its exit code."""
    parser = argparse.ArgumentParser(prog="midcourse")
    parser.add_argument("command", choices=("backup", "restore"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--with-keys", action="store_true")
    asked = parser.parse_args(words)
    try:
        return _back_up(asked.file, asked.with_keys) if asked.command == "backup" else _restore(asked.file)
    except BadCopy as why:
        print(f"Nothing was changed: {why}")
        return 2


def _back_up(file: Path, with_keys: bool) -> int:
    rows = back_up(home(), clinic_settings(), file.resolve(), with_keys=with_keys)
    print(f"Copied to {file.resolve()} and checked{_said(rows)}.")
    if with_keys:
        print("It holds the keys too: whoever has this file can read everything.")
    else:
        print(
            f"It holds no keys. Keep {', '.join(KEYS[:2])} of {home()} somewhere else, or it cannot be used."
        )
    return 0


def _restore(file: Path) -> int:
    manifest = put_back(home(), clinic_settings(), file.resolve())
    print(f"Put back into {home()}, as it was at {manifest['made_at']}{_said(manifest['rows'])}.")
    missing = [name for name in KEYS[:2] if not (home() / name).exists()]
    if missing:
        print(
            f"Now put {' and '.join(missing)} there, before anything is started: without them a new key is made, "
            "and private notes can never be read again."
        )
    print("Then start it: midcourse serve")
    return 0


def _said(rows: dict[str, int]) -> str:
    if not rows:
        return ""
    named = ", ".join(f"{rows[name]:,} in {name}" for name in SHOWN if name in rows)
    return f": {sum(rows.values()):,} rows in {len(rows)} tables ({named})"

"""Ask one side in the terminal: safety first, then what tells most; every answer is kept as soon as it is given."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from midcourse.cli.screen import console, refuse, say

if TYPE_CHECKING:
    from midcourse.places import Place

SCALE = "0 not at all, 1 a little, 2 some, 3 a lot, 4 very much; Enter skips, q stops"
INTRO = "Answer for the last two weeks. Nothing leaves this machine. This is not a test, and not clinically validated."
SAFETY = (
    (
        "S-SAFE-1",
        "I have thought about ending my life or hurting myself (0 not at all to 3 nearly every day)",
    ),
    ("S-SAFE-2", "I feel in danger from someone (yes, no, rather not say)"),
    ("S-SAFE-3", "I have thought about hurting someone else (yes, no)"),
)
NOTICE = (
    "The next questions are about things that may not be okay. Your therapist never sees them here. If you tell "
    "somebody, local law may ask that person to pass some things on."
)


class Stop(Exception):
    """The person wants to stop; what was answered stays."""


class Sheet:
    """The answers so far, written to a file after each one where a file was named."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.raw: dict[str, Any] = {"answers": {}, "therapist": {}}
        if path is not None and path.exists():
            try:
                self.raw |= json.loads(path.read_text("utf-8"))
            except (OSError, ValueError):
                raise refuse(
                    f"{path} holds no answers to go on from. Name another file, or move it away."
                ) from None

    def put(self, part: str, name: str, value: Any) -> None:
        """Keep one answer; it is in the file before the next question is asked."""
        from midcourse.cli.place import write_whole

        self.raw[part][name] = value
        if self.path is not None:
            write_whole(self.path, json.dumps(self.raw, indent=1))


def ask_side(
    side: str,
    keep: Path | None,
    everything: bool,
    language: str,
    evidence: Callable[[dict[str, Any]], Any],
    here: "Place",
) -> dict[str, Any]:
    """Ask the client or the therapist and return the answers in the shape of an answers file.

    `evidence` turns what was answered so far into evidence, from which the next question is chosen. Whom to
    turn to, and what the law asks of people one tells, is that of the place.
    """
    sheet = Sheet(keep)
    say(console(), INTRO)
    try:
        if side == "therapist":
            _ask_therapist(sheet, language)
        else:
            _ask_safety(sheet, here)
            _ask_client(sheet, everything, language, evidence)
            _ask_private(sheet, language, here)
    except Stop:
        say(console(), "Stopped. What you answered counts.")
    return sheet.raw


def _ask_safety(sheet: Sheet, here: "Place") -> None:
    from midcourse.cli.help_page import print_for

    for name, text in SAFETY:
        if name in sheet.raw["answers"]:
            continue
        words = ("0", "1", "2", "3") if name == "S-SAFE-1" else ("yes", "no", "rather not say")
        answer = _prompt(text, words)
        if answer is not None:
            sheet.put("answers", name, int(answer) if answer.isdigit() else answer)
            if answer in ("1", "2", "3", "yes", "rather not say"):
                say(console(), "Thank you for saying so. Help comes first.", style="bold")
                print_for(here, ("danger",) if name == "S-SAFE-2" else ("crisis",))
                say(console(), "You can go on, or stop with q.", style="bold")


def _ask_client(
    sheet: Sheet, everything: bool, language: str, evidence: Callable[[dict[str, Any]], Any]
) -> None:
    from midcourse.reasons import every_reason
    from midcourse.reasons.ask import next_question

    if everything:
        for reason in every_reason(language):
            for question in reason.client_questions:
                _ask_one(sheet, "answers", question.id, question.text, "")
        return
    skipped: set[str] = set()
    while (ask := next_question(evidence(sheet.raw), frozenset(skipped))) is not None:
        if not _ask_one(sheet, "answers", ask.question.id, ask.question.text, ask.why):
            skipped.add(ask.question.id)


def _ask_therapist(sheet: Sheet, language: str) -> None:
    from midcourse.reasons import every_reason

    for reason in every_reason(language):
        for question in reason.therapist_questions:
            _ask_one(sheet, "therapist", question.id, question.text, "")


def _ask_private(sheet: Sheet, language: str, here: "Place") -> None:
    from midcourse.review.client import private_questions

    say(console(), NOTICE)
    say(console(), here.notice("staff-duties").text)
    if _prompt("Do you want to see them? (yes, no)", ("yes", "no")) != "yes":
        return
    for one in private_questions(language):
        if one["id"] not in sheet.raw["answers"]:
            words = ("yes", "no", "not sure", "rather not say")
            answer = _prompt(f"{one['text']} (yes, no, not sure, rather not say)", words)
            if answer is not None:
                sheet.put("answers", one["id"], answer)


def _ask_one(sheet: Sheet, part: str, name: str, text: str, why: str) -> bool:
    """Ask one question, unless it was answered before; say whether there is an answer now."""
    if name in sheet.raw[part]:
        return True
    if why:
        say(console(), why)
    answer = _prompt(f"{text} [{SCALE}]", ("0", "1", "2", "3", "4"))
    if answer is None:
        return False
    sheet.put(part, name, int(answer))
    return True


def _prompt(text: str, words: tuple[str, ...]) -> str | None:
    """Return one of the words, or None where the question was skipped; raises Stop."""
    while True:
        try:
            answer = str(typer.prompt(text, default="", show_default=False)).strip().lower()
        except typer.Abort:
            raise Stop from None
        if answer == "q":
            raise Stop
        if not answer or answer in words:
            return answer or None
        say(console(), f"Please answer with one of: {', '.join(words)}.")

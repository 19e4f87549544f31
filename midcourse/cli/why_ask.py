"""Ask one side in the terminal: safety first, then what tells most; every answer is kept as soon as it is given."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

import typer

from midcourse.cli.screen import console, refuse, say
from midcourse.content.say import sentence

if TYPE_CHECKING:
    from midcourse.places import Place
    from midcourse.reasons.reason import Question

SAFETY = {
    "S-SAFE-1": ("0", "1", "2", "3"),
    "S-SAFE-2": ("yes", "no", "rather not say"),
    "S-SAFE-3": ("yes", "no", "rather not say"),
}
RAISED = ("1", "2", "3", "yes", "rather not say")
WORDS = ("yes", "no", "not sure", "rather not say")
PICK, MOST = "C-PICK", 3
NUMBERS = ("0", "1", "2", "3", "4")


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
    say(console(), sentence("term-intro", language))
    say(console(), sentence("ask-scale", language), style="bold")
    before = len(sheet.raw["answers"]) + len(sheet.raw["therapist"])
    if before:
        say(console(), sentence("term-going-on", language, answers=str(before), file=str(keep)))
    try:
        if side == "therapist":
            _ask_therapist(sheet, language)
        else:
            _ask_safety(sheet, language, here)
            _ask_client(sheet, everything, language, evidence)
            _ask_pick(sheet, language)
            _ask_private(sheet, language, here)
    except Stop:
        say(console(), sentence("term-stopped", language))
    if keep is not None and any(sheet.raw.values()):
        say(console(), sentence("term-kept", language, file=str(keep)))
    say(console(), "")
    return sheet.raw


def _ask_safety(sheet: Sheet, language: str, here: "Place") -> None:
    from midcourse.cli.help_page import print_for

    for name, words in SAFETY.items():
        if name in sheet.raw["answers"]:
            continue
        given = sentence("safe-options-1", language) if name == "S-SAFE-1" else _shown(words, language)
        answer = _prompt(f"{sentence(name, language)} ({given})", words, language)
        if answer is not None:
            sheet.put("answers", name, int(answer) if answer.isdigit() else answer)
            if answer in RAISED:
                say(console(), sentence("term-thanks", language), style="bold")
                print_for(here, ("danger",) if name == "S-SAFE-2" else ("crisis",))
                say(console(), sentence("term-go-on", language), style="bold")


def _ask_client(
    sheet: Sheet, everything: bool, language: str, evidence: Callable[[dict[str, Any]], Any]
) -> None:
    from midcourse.reasons import every_reason
    from midcourse.reasons.ask import next_question

    if everything:
        for reason in every_reason(language):
            for question in reason.client_questions:
                _ask_one(sheet, "answers", question, "", language)
        return
    skipped: set[str] = set()
    while (ask := next_question(evidence(sheet.raw), frozenset(skipped))) is not None:
        if not _ask_one(sheet, "answers", ask.question, ask.why, language):
            skipped.add(ask.question.id)


def _ask_pick(sheet: Sheet, language: str) -> None:
    """Ask what gets in the way most in her own view: up to three of the reasons, by their numbers."""
    from midcourse.reasons import every_reason
    from midcourse.reasons.rank import EARLY

    if PICK in sheet.raw["answers"]:
        return
    reasons = [one for one in every_reason(language) if one.id != EARLY]
    say(console(), "")
    say(console(), sentence("term-pick", language))
    for number, one in enumerate(reasons, 1):
        say(console(), f"{number:>2}  {one.title}", indent=2)
    known = {str(number): one.id for number, one in enumerate(reasons, 1)}
    while True:
        typed = _typed(f"[1-{len(reasons)}; {sentence('term-keys', language)}]").replace(",", " ").split()
        if len(typed) <= MOST and all(one in known for one in typed):
            break
        say(console(), sentence("term-pick-please", language, last=str(len(reasons))))
    if typed:
        sheet.put("answers", PICK, list(dict.fromkeys(known[one] for one in typed)))


def _ask_therapist(sheet: Sheet, language: str) -> None:
    from midcourse.reasons import every_reason

    for reason in every_reason(language):
        for question in reason.therapist_questions:
            _ask_one(sheet, "therapist", question, "", language)


def _ask_private(sheet: Sheet, language: str, here: "Place") -> None:
    from midcourse.review.client import private_questions

    say(console(), sentence("ask-private-notice", language))
    say(console(), here.notice("staff-duties").text)
    asked = f"{sentence('term-see-them', language)} ({_shown(WORDS[:2], language)})"
    if _prompt(asked, WORDS[:2], language) != "yes":
        return
    for one in private_questions(language):
        if one["id"] not in sheet.raw["answers"]:
            answer = _prompt(f"{one['text']} ({_shown(WORDS, language)})", WORDS, language)
            if answer is not None:
                sheet.put("answers", one["id"], answer)


def _ask_one(sheet: Sheet, part: str, question: "Question", why: str, language: str) -> bool:
    """Ask one question, unless it was answered before; say whether there is an answer now."""
    if question.id in sheet.raw[part]:
        return True
    say(console(), "")
    if why:
        say(console(), why, style="dim")
    say(console(), question.text)
    answer = _prompt(f"[0-4; {sentence('term-keys', language)}]", NUMBERS, language)
    if answer is None:
        return False
    sheet.put(part, question.id, int(answer))
    return True


def _word(word: str, language: str) -> str:
    return word if word.isdigit() else sentence(f"word-{word.replace(' ', '-')}", language)


def _shown(words: tuple[str, ...], language: str) -> str:
    return ", ".join(_word(word, language) for word in words)


def _plain(typed: str) -> str:
    """What was typed without capitals and accents, so that "si" is as good as "s\u00ed"."""
    apart = normalize("NFD", typed.strip().lower())
    return "".join(letter for letter in apart if not combining(letter))


def _typed(text: str) -> str:
    """Return what was typed, plain; raises Stop for q and where there is nobody to type."""
    try:
        answer = _plain(str(typer.prompt(text, default="", show_default=False)))
    except typer.Abort:
        raise Stop from None
    if answer == "q":
        raise Stop
    return answer


def _prompt(text: str, words: tuple[str, ...], language: str) -> str | None:
    """Return one of the words, typed in English or the language, or None where it was skipped; raises Stop."""
    known = {_plain(shown): word for word in words for shown in (word, _word(word, language))}
    while True:
        answer = _typed(text)
        if not answer or answer in known:
            return known.get(answer)
        say(console(), sentence("term-please", language, words=_shown(words, language)))
        if words == NUMBERS:
            say(console(), sentence("ask-scale", language))

"""Read one person's answers and record from a JSON file: a check-up, a history and scores, or a clear error."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from midcourse.record import CheckUp, Episode, History, SafetyAnswers, Score
from midcourse.record.check_up import Word
from midcourse.tables.history_data import history_of

WORDS: dict[str, Word] = {
    "yes": "yes", "no": "no", "not sure": "not sure", "rather not say": "rather not say",
    "prefer not to say": "rather not say",
}  # fmt: skip
CONDUCT = ("C-BND-", "C-ETH-")
NOT_A_REASON = ("something else", "i do not know")


class BadAnswers(ValueError):
    """The file holds no usable answers; the message names the place and the mend."""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What one file held; `unused` names entries of its data that midcourse does not know."""

    check_up: CheckUp
    history: History
    episode: Episode
    unused: tuple[str, ...] = ()


def read_answers(
    path: Path, private: frozenset[str], known: frozenset[str], reasons: frozenset[str]
) -> AnswersFile:
    """Return the answers in a file, in the shape {"answers": ..., "therapist": ..., "data": ...}.

    `private` are questions whose answers stay with the client unless the file's "shared" names them,
    `known` every question's id, `reasons` every reason's. Raises BadAnswers.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise BadAnswers(f"{path} cannot be read: {problem.strerror}. Check the path.") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise BadAnswers(f"{path} is not JSON: {problem}. Save it as JSON in UTF-8.") from None
    return answers_of(raw, private, known, reasons)


def answers_of(
    raw: Any, private: frozenset[str], known: frozenset[str], reasons: frozenset[str]
) -> AnswersFile:
    """Return the answers in what a JSON file held; raises BadAnswers as `read_answers` does."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("answers", {}), Mapping):
        raise BadAnswers('The file must hold {"answers": {...}, "therapist": {...}, "data": {...}}.')
    data = raw.get("data", {})
    if not isinstance(data, Mapping) or not isinstance(raw.get("therapist", {}), Mapping):
        raise BadAnswers('"data" and "therapist" must each hold names and values: {"weeks": 8, ...}.')
    try:
        history, series, unused = history_of(data)
        check_up = _check_up(raw, data, private, known, reasons)
    except (TypeError, ValueError, KeyError) as problem:
        if isinstance(problem, BadAnswers):
            raise
        raise BadAnswers(f"The answers cannot be used: {problem}") from None
    scores = tuple(
        Score(measure, value, session=float(number))
        for measure, values in series.items()
        for number, value in enumerate(values, 1)
    )
    return AnswersFile(check_up, history, Episode(str(raw.get("id", "client")), scores), unused)


def _check_up(
    raw: Mapping[str, Any],
    data: Mapping[str, Any],
    private: frozenset[str],
    known: frozenset[str],
    reasons: frozenset[str],
) -> CheckUp:
    answers, therapist = raw.get("answers", {}), raw.get("therapist", {})
    client = {name: value for name, value in answers.items() if name.startswith("C-") and name != "C-PICK"}
    conduct = {name: _word(name, client.pop(name)) for name in list(client) if name.startswith(CONDUCT)}
    client = {name: value for name, value in client.items() if value is not None}
    therapist = {name: value for name, value in therapist.items() if value is not None}
    for name, value in (*client.items(), *therapist.items()):
        if name not in known:
            raise BadAnswers(f"There is no question {name}. See `midcourse why --questions` for the list.")
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadAnswers(f"{name}: answer with a whole number from 0 (not at all) to 4 (very much).")
    shared = frozenset(raw.get("shared", ()))
    return CheckUp(
        client=client,
        therapist=therapist,
        picks=_picks(answers.get("C-PICK", ()), reasons),
        dismissed=frozenset(raw.get("dismissed", ())),
        private=private - shared,
        released=frozenset(raw.get("released", ())),
        conduct=conduct,
        safety=_safety(answers, data),
        safety_to_therapist=bool(raw.get("safety_to_therapist", True)),
        asks_to_switch=bool(raw.get("asks_to_switch", False)),
        says_not_working=bool(raw.get("says_not_working", False)),
    )


def _picks(raw: Any, reasons: frozenset[str]) -> tuple[str, ...]:
    picks = [raw] if isinstance(raw, str) else list(raw or ())
    kept = [one for one in picks if one.lower() not in NOT_A_REASON]
    for one in kept:
        if one not in reasons:
            raise BadAnswers(f"C-PICK: there is no reason {one!r}.")
    return tuple(dict.fromkeys(kept))


def _safety(answers: Mapping[str, Any], data: Mapping[str, Any]) -> SafetyAnswers:
    words = {name: _word(name, answers.get(name)) for name in ("S-SAFE-2", "S-SAFE-3", "S-SAFE-4")}
    return SafetyAnswers(
        self_harm=answers.get("S-SAFE-1"),
        in_danger=words["S-SAFE-2"],
        harm_to_others=words["S-SAFE-3"],
        somebody_hurt=words["S-SAFE-4"],
        item9=data.get("phq9_item9"),
    )


def _word(name: str, value: Any) -> Any:
    if value is None:
        return None
    if str(value).strip().lower() not in WORDS:
        raise BadAnswers(f"{name}: answer yes, no, not sure or rather not say, not {value!r}.")
    return WORDS[str(value).strip().lower()]

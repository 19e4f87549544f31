"""Read one person's answers and record from a JSON file: a check-up, a history and scores, or a clear error."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from midcourse.record import CheckUp, Episode, History, SafetyAnswers, Score
from midcourse.record.check_up import Word
from midcourse.tables.entries import as_flag, as_number, as_series, as_words
from midcourse.tables.history_data import history_of

WORDS: dict[str, Word] = {
    "yes": "yes", "no": "no", "not sure": "not sure", "rather not say": "rather not say",
    "prefer not to say": "rather not say",
}  # fmt: skip
CONDUCT = ("C-BND-1", "C-BND-2", "C-BND-3", "C-ETH-1", "C-ETH-2", "C-ETH-3", "C-ETH-4")
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
    answers = {name: value for name, value in raw.get("answers", {}).items() if value is not None}
    therapist = {name: value for name, value in raw.get("therapist", {}).items() if value is not None}
    picks, safety = answers.pop("C-PICK", ()), _safety(answers, data)
    conduct = {name: _word(name, answers.pop(name)) for name in list(answers) if name in CONDUCT}
    return CheckUp(
        client=_numbers(answers, known),
        therapist=_numbers(therapist, known),
        picks=_picks(picks, reasons),
        dismissed=_names(raw, "dismissed"),
        private=private - _names(raw, "shared"),
        released=_names(raw, "released"),
        conduct=conduct,
        safety=safety,
        safety_to_therapist=as_flag(raw.get("safety_to_therapist")) is not False,
        asks_to_switch=_either(raw, data, "asks_to_switch"),
        says_not_working=_either(raw, data, "says_not_working"),
    )


def _numbers(answers: Mapping[str, Any], known: frozenset[str]) -> dict[str, int]:
    """Every answer as a whole number, under the id of a question that there is."""
    found = {}
    for name, value in answers.items():
        if name not in known:
            raise BadAnswers(f"There is no question {name}. See `midcourse why --questions` for the list.")
        number = as_number(value) if not isinstance(value, str) else None
        if number is None or not number.is_integer():
            raise BadAnswers(f"{name}: answer with a whole number from 0 (not at all) to 4 (very much).")
        found[name] = int(number)
    return found


def _names(raw: Mapping[str, Any], name: str) -> frozenset[str]:
    found = as_words(raw.get(name) or ())
    if found is None:
        raise BadAnswers(f"{name!r} must list ids: [...].")
    return frozenset(found)


def _either(raw: Mapping[str, Any], data: Mapping[str, Any], name: str) -> bool:
    """Whether one of the two places says so."""
    return True in (as_flag(raw.get(name)), as_flag(data.get(name)))


def _picks(raw: Any, reasons: frozenset[str]) -> tuple[str, ...]:
    kept = [one for one in as_words(raw) or () if one.lower() not in NOT_A_REASON]
    for one in kept:
        if one not in reasons:
            raise BadAnswers(f"C-PICK: there is no reason {one!r}.")
    return tuple(dict.fromkeys(kept))


def _safety(answers: dict[str, Any], data: Mapping[str, Any]) -> SafetyAnswers:
    """The safety answers, taken out of the others; of several ratings of item 9 the latest."""
    words = {name: _word(name, answers.pop(name, None)) for name in ("S-SAFE-2", "S-SAFE-3", "S-SAFE-4")}
    harm, rated = answers.pop("S-SAFE-1", None), data.get("phq9_item9")
    item9 = as_series(rated) if rated not in (None, []) else None
    if rated not in (None, []) and item9 is None:
        raise BadAnswers(f"phq9_item9: give the answer, 0 to 3, not {rated!r}.")
    return SafetyAnswers(
        self_harm=None if harm is None else _how_often(harm),
        in_danger=words["S-SAFE-2"],
        harm_to_others=words["S-SAFE-3"],
        somebody_hurt=words["S-SAFE-4"],
        item9=None if item9 is None else int(item9[-1]),
    )


def _how_often(value: Any) -> int | None:
    """S-SAFE-1 in numbers; a yes without a number is one, and what was not said is no answer."""
    number = as_number(value)
    if number is not None and number.is_integer():
        return int(number)
    said = WORDS.get(str(value).strip().lower())
    if said is None:
        raise BadAnswers(f"S-SAFE-1: answer 0 (not at all) to 3 (nearly every day), not {value!r}.")
    return {"yes": 1, "no": 0}.get(said)


def _word(name: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if str(value).strip().lower() not in WORDS:
        raise BadAnswers(f"{name}: answer yes, no, not sure or rather not say, not {value!r}.")
    return WORDS[str(value).strip().lower()]

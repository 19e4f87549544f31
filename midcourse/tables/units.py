"""Units of time and the words people use instead of numbers."""

import re
from collections.abc import Iterable
from typing import Final, Literal

Unit = Literal["session", "occasion", "day", "week", "month", "year"]

# A month is a twelfth of a Julian year of 365.25 days.
DAYS_IN: Final[dict[str, float]] = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}

_WORDS: Final[dict[Unit, str]] = {
    "session": "session sessions sess s appointment appointments contact",
    "occasion": (
        "assessment assessments occasion occasions timepoint timepoints wave waves t visit visits"
        " measurement prepost beforeafter"
    ),
    "day": "day days d",
    "week": "week weeks wk wks w",
    "month": "month months mo mos mth mths m",
    "year": "year years yr yrs y",
}
_UNIT_OF: Final[dict[str, Unit]] = {w: unit for unit, ws in _WORDS.items() for w in ws.split()}

# Ordered occasions: where a word stands among the others.
_RANKS: Final[dict[str, int]] = {
    **dict.fromkeys("pre before baseline intake start first initial pretest screening".split(), 1),
    **dict.fromkeys("pretreatment pretherapy admission prior".split(), 1),
    **dict.fromkeys("mid middle during midtreatment midtherapy interim halfway".split(), 2),
    **dict.fromkeys("post after end final last posttest posttreatment posttherapy".split(), 3),
    **dict.fromkeys("discharge endoftreatment endoftherapy completion exit".split(), 3),
}
_LABELLED = re.compile(r"([a-z]*)[ _.:#-]*([+-]?[0-9]+(?:[.,][0-9]+)?)[ _.-]*([a-z]*)")
_FOLLOW_UP = re.compile(
    r"(?:.*follow[ _-]*up.*|(?:.*[ _.-])?(?:[0-9]+ ?m?)?fu[ _-]?[0-9]*m?|after[ -]?care)", re.DOTALL
)


def plain(text: str) -> str:
    """Return a text's letters and digits in lower case, everything else left out."""
    return "".join(filter(str.isalnum, text.lower()))


def unit_of(text: str) -> Unit | None:
    """Return the unit of time a text names ("Weeks", "pre/post"), or None."""
    return _UNIT_OF.get(plain(text))


def labelled_number(text: str) -> tuple[float, Unit | None] | None:
    """Return the number and the unit in a text such as "7", "Week 4", "S3" or "6 months"."""
    match = _LABELLED.fullmatch(text.strip().lower())
    if match is None or (match[1] and match[3]):
        return None
    value, word = float(match[2].replace(",", ".")), match[1] or match[3]
    if not word:
        return value, None
    unit = _UNIT_OF.get(word)
    return (value, unit) if unit else None


def is_follow_up(text: str) -> bool:
    """Say whether a phase or an occasion lies after the end of therapy."""
    return _FOLLOW_UP.fullmatch(text.strip().lower()) is not None


def opens_therapy(word: str) -> bool:
    """Say whether a word names the occasion before the first session ("pre", "baseline")."""
    return _RANKS.get(plain(word)) == 1


def rank_words(words: Iterable[str]) -> dict[str, float]:
    """Return session numbers 1, 2, ... for the occasion words of a file, in the order of therapy.

    Words that are not known are left out.
    """
    known = {word: rank for word in words if (rank := _RANKS.get(plain(word)))}
    numbers = {rank: float(n) for n, rank in enumerate(sorted(set(known.values())), start=1)}
    return {word: numbers[rank] for word, rank in known.items()}

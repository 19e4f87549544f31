"""Single answers: what changed since the first and the last time, and the work together against its usual."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean, median
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from midcourse_web.care.engine.instruments import SESSION_CHECK_IN, Question, can_be_asked, questionnaire
from midcourse_web.care.models import AnswerSheet, Episode
from midcourse_web.care.one_query import loaded, part
from midcourse_web.care.reading import seen_answers
from midcourse_web.people.models import User

FALL = 2  # options below her own usual that are a clear fall, as in the engine's findings
FEWEST = 3  # answers before her usual can be spoken of
LEAN = 0.5  # options, on average over the items, that make a trend


@dataclass(frozen=True)
class Item:
    """One question: the words of its first, its last and its newest answer, "" for skipped or kept back.

    `since_first` and `since_last` say "better", "worse", "same" or "" where one of the two is not known.
    """

    text: str
    first: str
    last: str
    now: str
    since_first: str
    since_last: str


@dataclass(frozen=True)
class Answered:
    """One instrument's answers side by side, with the days of the first, the last and the newest."""

    title: str
    first_at: datetime
    last_at: datetime
    now_at: datetime
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Together:
    """One item on the work together: her newest answer against her own usual, in words."""

    text: str
    now: str
    usual: str
    against_usual: str


Seen = tuple[AnswerSheet, Mapping[str, int | None]]


def sheets_of(episode: Episode, viewer: User) -> dict[str, list[Seen]]:
    """Return the sheets of an episode by instrument, oldest first, each as one person may see it; one query."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for sheet in episode.sheets.filter(replaced_by__isnull=True).order_by("answered_at"):
        sheet.episode = episode
        found[sheet.instrument].append((sheet, seen_answers(sheet, viewer)))
    return dict(found)


def item_by_item(sheets: Mapping[str, list[Seen]]) -> list[Answered]:
    """Return each instrument's newest answers beside its first and its last; instruments asked twice or more."""
    return [
        _answered(name, rows)
        for name, rows in sheets.items()
        if len(rows) > 1 and name != SESSION_CHECK_IN and can_be_asked(name)
    ]


def _answered(name: str, rows: list[Seen]) -> Answered:
    form = questionnaire(name)
    (first, a), (last, b), (now, c) = rows[0], rows[-2], rows[-1]
    items = tuple(_item(one, a, b, c, form.higher_is_better) for one in form.questions)
    return Answered(form.title, first.answered_at, last.answered_at, now.answered_at, items)


def _item(
    question: Question,
    first: Mapping[str, int | None],
    last: Mapping[str, int | None],
    now: Mapping[str, int | None],
    higher_is_better: bool,
) -> Item:
    a, b, c = (answers.get(question.id) for answers in (first, last, now))
    return Item(
        text=question.text,
        first=_label(question, a),
        last=_label(question, b),
        now=_label(question, c),
        since_first=_way(a, c, higher_is_better),
        since_last=_way(b, c, higher_is_better),
    )


def _label(question: Question, value: int | None) -> str:
    return next((choice.label for choice in question.choices if choice.value == value), "")


def _way(before: int | None, now: int | None, higher_is_better: bool) -> str:
    if before is None or now is None:
        return ""
    if before == now:
        return "same"
    return "better" if (now > before) == higher_is_better else "worse"


def work_together(sheets: Mapping[str, list[Seen]]) -> list[Together]:
    """Return each item of the session check-in with her newest answer against her own usual (its median)."""
    rows = sheets.get(SESSION_CHECK_IN, [])
    if not rows:
        return []
    return [_together(one, _values(rows, one.id)) for one in questionnaire(SESSION_CHECK_IN).questions]


def _together(question: Question, values: list[int | None]) -> Together:
    now, before = values[-1], [value for value in values[:-1] if value is not None]
    usual = median(before) if len(before) >= FEWEST else None
    words = ""
    if usual is not None and now is not None:
        words = "below" if usual - now >= FALL else "above" if now - usual >= FALL else "as usual"
    return Together(
        question.text,
        _label(question, now),
        _label(question, round(usual)) if usual is not None else "",
        words,
    )


def trend_together(sheets: Mapping[str, list[Seen]]) -> str:
    """Return "falling", "rising", "steady" or "" (too few answers): the trend alone, for a supervisor."""
    rows = sheets.get(SESSION_CHECK_IN, [])
    moves = []
    for one in questionnaire(SESSION_CHECK_IN).questions if rows else ():
        values = _values(rows, one.id)
        before = [value for value in values[:-1] if value is not None]
        if values[-1] is not None and len(before) >= FEWEST:
            moves.append(values[-1] - median(before))
    if not moves:
        return ""
    if min(moves) <= -FALL or mean(moves) <= -LEAN:
        return "falling"
    return "rising" if mean(moves) >= LEAN else "steady"


def _values(rows: list[Seen], item: str) -> list[int | None]:
    return [answers.get(item) for _sheet, answers in rows]


def together_part(episodes: Sequence[Episode]) -> QuerySet[Any]:
    """Return the session check-ins of these episodes that are in force, to be fetched with other rows."""
    rows = AnswerSheet.objects.filter(
        episode__in=list(episodes), instrument=SESSION_CHECK_IN, replaced_by__isnull=True
    )
    return part("together", rows, "answers", "private", "answered_at", episode=F("episode_id"))


def trends_from(episodes: Sequence[Episode], rows: list[dict[str, Any]], viewer: User) -> dict[UUID, str]:
    """Return the trend of the work together by episode, from the rows of `together_part`."""
    by_id = {one.pk: one for one in episodes}
    found: dict[UUID, list[Seen]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: str(one["answered_at"])):
        sheet = AnswerSheet(
            episode=by_id[UUID(row["episode"])],
            instrument=SESSION_CHECK_IN,
            answers=loaded(row["answers"]),
            private=loaded(row["private"]),
        )
        found[sheet.episode_id].append((sheet, seen_answers(sheet, viewer)))
    return {pk: trend_together({SESSION_CHECK_IN: seen}) for pk, seen in found.items()}

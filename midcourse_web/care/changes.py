"""Every change to the shared record: what, when, by whom. One query, whatever the history holds."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from midcourse_web.care.actions.intake import MAY_BE_PRIVATE, PARTS
from midcourse_web.care.models import (
    Episode,
    Goal,
    Homework,
    Intake,
    LifeEvent,
    MedicationNote,
    Release,
    Session,
)

MOST = 300  # changes that one page looks back over
FOLLOWED: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "episode": (Episode, ("state", "ended_by", "treatment", "concern")),
    "goal": (
        Goal,
        ("words", "whose", "client_agrees", "therapist_agrees", "quality", "small_steps", "state"),
    ),
    "homework": (
        Homework,
        ("what", "why", "when_where", "barrier", "backup", "rehearsed", "due_on", "done", "got_in_the_way"),
    ),
    "session": (Session, ("starts_at", "minutes", "where", "attendance", "asked", "asked_words")),
    "intake": (Intake, tuple(sorted(PARTS - {"notice_read_at", "notice_version"}))),
    "release": (Release, ("to", "scope", "why", "ends", "withdrawn_at")),
    "event": (LifeEvent, ("words", "on")),
    "medicine": (
        MedicationNote,
        ("name", "since", "side_effects", "words", "skipped", "reviewed_on", "ended_on"),
    ),
}
BEGUN, CHANGED, GONE = "added", "changed", "taken away"


@dataclass(frozen=True)
class Part:
    """One field that changed, raw values as the record holds them."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One change: of what kind of thing, what it is called, how, when, by whom, and which parts."""

    kind: str
    name: str
    how: str
    at: datetime
    who: str
    parts: tuple[Part, ...]


def changes_of(episode: Episode, *, own: bool) -> list[Change]:
    """Return the latest changes of an episode's shared record, newest first.

    For everybody but the client, what she keeps to herself is cut before changes are looked for, so
    that a change to it leaves no trace.
    """
    by_thing: dict[tuple[str, str], list[tuple[datetime, dict[str, Any]]]] = defaultdict(list)
    for kind, at, told in _rows(episode, own):
        row = json.loads(told)
        by_thing[(kind, str(row["id"]))].append((at, row))
    found = [one for (kind, _id), rows in by_thing.items() for one in _differences(kind, rows, own)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _rows(episode: Episode, own: bool) -> QuerySet[Any]:
    client, parts = episode.client_id, []
    for kind, (model, names) in FOLLOWED.items():
        history: QuerySet[Any] = model.history.all()  # type: ignore[attr-defined]
        if kind in ("release", "event", "medicine"):
            rows = history.filter(client=client)
        else:
            rows = history.filter(**{"id" if kind == "episode" else "episode": episode.pk})
        if kind in ("event", "medicine") and not own:
            shared = model._default_manager.filter(client=client, shared=True).values("pk")
            rows = rows.filter(shared=True, id__in=shared)
        extra = ("private",) if kind == "intake" else ()
        told = JSONObject(
            **{name: F(name) for name in (*names, *extra)},
            id=F("id"),
            how_=F("history_type"),
            who_=F("history_user__name"),
        )
        named = rows.order_by().annotate(kind_=Value(kind, CharField()), told_=Cast(told, TextField()))
        parts.append(named.values_list("kind_", "history_date", "told_"))
    return parts[0].union(*parts[1:], all=True).order_by("-history_date")[:MOST]


def _differences(kind: str, rows: list[tuple[datetime, dict[str, Any]]], own: bool) -> list[Change]:
    names = FOLLOWED[kind][1]
    found: list[Change] = []
    hidden = _hidden(rows) if kind == "intake" and not own else frozenset()
    before: dict[str, Any] = {}
    for at, row in sorted(rows, key=lambda one: one[0]):
        now = {name: _value(row[name]) for name in names if name not in hidden}
        parts = tuple(
            Part(n, before.get(n), now[n]) for n in now if before.get(n) != now[n] and (before or now[n])
        )
        how = {"+": BEGUN, "-": GONE}.get(row["how_"], CHANGED)
        if parts or how == GONE:
            called = str(now.get(names[0]) or "") if kind not in ("episode", "intake", "session") else ""
            found.append(Change(kind, called, how, at, row["who_"] or "", () if how == GONE else parts))
        before = now
    return found


def _hidden(rows: list[tuple[datetime, dict[str, Any]]]) -> frozenset[str]:
    """Parts of an intake that were private at any time this page looks back over."""
    kept = (_value(row["private"]) or [] for _at, row in rows)
    return frozenset(name for one in kept for name in one) & MAY_BE_PRIVATE


def _value(value: Any) -> Any:
    """A value out of the database's JSON; SQLite holds a list or an object as its text."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value

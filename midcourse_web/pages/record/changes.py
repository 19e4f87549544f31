"""What changed in the shared record, when, by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, DateField, DateTimeField, Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_naive, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from midcourse_web.care.changes import BEGUN, CHANGED, FOLLOWED, GONE, Change, Part, changes_of
from midcourse_web.pages.record.shared import around, shared_episode

KINDS = {
    "episode": gettext_lazy("Therapy"),
    "goal": gettext_lazy("Goal"),
    "homework": gettext_lazy("Practice"),
    "session": gettext_lazy("Session"),
    "intake": gettext_lazy("Intake"),
    "release": gettext_lazy("Sharing"),
    "event": gettext_lazy("Life event"),
    "medicine": gettext_lazy("Note on medicine"),
}
HOW = {BEGUN: gettext_lazy("added"), CHANGED: gettext_lazy("changed"), GONE: gettext_lazy("taken away")}
LABELS = {
    "client_agrees": gettext_lazy("client's agreement"),
    "therapist_agrees": gettext_lazy("therapist's agreement"),
    "starts_at": gettext_lazy("when"),
    "ended_by": gettext_lazy("ended by"),
    "asked": gettext_lazy("what the client asks"),
    "asked_words": gettext_lazy("in the client's words"),
    "small_steps": gettext_lazy("small steps"),
    "quality": gettext_lazy("quick check"),
    "due_on": gettext_lazy("until"),
    "state": gettext_lazy("how it stands"),
    "withdrawn_at": gettext_lazy("withdrawn"),
    "ends": gettext_lazy("last day"),
    "done": gettext_lazy("how it went"),
}


@dataclass(frozen=True)
class Line:
    """One change in words."""

    at: datetime
    who: str
    what: str
    how: str
    parts: tuple[tuple[str, str, str], ...]


@login_required
@require_GET
def changes(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show every change to the shared record, newest first."""
    episode = shared_episode(request, episode_id)
    page = around(request, episode, "changes")
    lines = [_line(one) for one in changes_of(episode, own=page["own"])]
    return render(request, "record/changes.html", page | {"lines": lines})


def _line(change: Change) -> Line:
    what = str(KINDS[change.kind]) + (f": {change.name}" if change.name else "")
    return Line(
        change.at, change.who, what, str(HOW[change.how]), tuple(_part(change.kind, p) for p in change.parts)
    )


def _part(kind: str, part: Part) -> tuple[str, str, str]:
    field = FOLLOWED[kind][0]._meta.get_field(part.field)
    label = LABELS.get(part.field) or field.verbose_name
    return str(label), _words(field, part.before), _words(field, part.after)


def _words(field: Field, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, DateTimeField):
        at = parse_datetime(str(value))
        return date_format(localtime(_utc(at)), "DATETIME_FORMAT") if at else str(value)
    if isinstance(field, DateField):
        day = parse_date(str(value)[:10])
        return date_format(day, "DATE_FORMAT") if day else str(value)
    if isinstance(value, dict):
        return ", ".join(str(name) for name, yes in value.items() if yes)
    if isinstance(value, list):
        return ", ".join(
            str(one["about"] if isinstance(one, dict) and "about" in one else one) for one in value
        )
    return str(value)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if is_naive(at) else at

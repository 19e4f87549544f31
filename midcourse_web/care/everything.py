"""Everything the record holds about one client, as plain values: what she takes with her."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models

from midcourse_web.care import models as care
from midcourse_web.people import models as people
from midcourse_web.people.models import Client

# How each kind of row is tied to the client. A test fails for a kind that stands neither here nor in LEFT_OUT.
TIED: dict[type[models.Model], str] = {
    people.Client: "pk",
    people.Consent: "client",
    people.Relationship: "client",
    people.BreakGlass: "client",
    care.Episode: "client",
    care.Intake: "episode__client",
    care.Session: "episode__client",
    care.Schedule: "episode__client",
    care.CheckIn: "episode__client",
    care.AnswerSheet: "episode__client",
    care.PointNote: "sheet__episode__client",
    care.Score: "episode__client",
    care.Signal: "episode__client",
    care.SignalStep: "signal__episode__client",
    care.RiskTask: "episode__client",
    care.RiskStep: "task__episode__client",
    care.SafetyPlan: "client",
    care.Goal: "episode__client",
    care.GoalRating: "goal__episode__client",
    care.Homework: "episode__client",
    care.MedicationNote: "client",
    care.LifeEvent: "client",
    care.Release: "client",
    care.JointReview: "episode__client",
    care.SharedPlan: "episode__client",
    care.ReleasedView: "episode__client",
    care.SharedEntry: "episode__client",
    care.PreparedNote: "episode__client",
    care.Task: "client",
}
LEFT_OUT: dict[type[models.Model], str] = {
    people.Invitation: "a link that waits; who accepted it stands with the relationships",
    care.ExpectedCourse: "about a clinic, not about a person",
    care.TherapistView: "the therapist's own draft until it is released; what was released is here",
}
# Secrets, and what only keeps two people from overwriting each other.
NOT_SAID = frozenset(("link_hash", "code_hash", "key", "token_hash", "id", "version", "content"))


@dataclass(frozen=True)
class Part:
    """One kind of thing: its name in plain words, and its rows by field."""

    name: str
    rows: tuple[dict[str, Any], ...]


def everything_about(client: Client) -> Iterator[Part]:
    """Return every part of the record that holds something about the client."""
    for model, tie in TIED.items():
        rows = model._default_manager.filter(**{tie: client.pk})
        for field in model._meta.concrete_fields:
            if field.is_relation:
                rows = rows.select_related(field.name)
        found = tuple(_row(one) for one in rows)
        if found:
            yield Part(str(model._meta.verbose_name), found)
    views = care.TherapistView.objects.filter(episode__client=client).exclude(released={})
    if released := tuple({"released": one.released} for one in views):
        yield Part("what the therapist released", released)


def _row(one: models.Model) -> dict[str, Any]:
    fields = [field for field in one._meta.concrete_fields if field.name not in NOT_SAID]
    return {str(field.verbose_name): _value(one, field) for field in fields}


def _value(one: models.Model, field: "models.Field[Any, Any]") -> Any:
    value = getattr(one, field.name)
    if field.choices and value not in (None, ""):
        return str(getattr(one, f"get_{field.name}_display")())
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)

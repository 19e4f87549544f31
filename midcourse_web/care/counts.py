"""The clinic's counts for its manager: no client, no therapist, no small number; one query for all."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from midcourse_web.care.engine.outcomes import Pair, finished, outcomes
from midcourse_web.care.models import CheckIn, Episode, Score, Session, Signal
from midcourse_web.care.one_query import fetch, moment, part
from midcourse_web.care.policies.small import count, per_hundred, percent, shown
from midcourse_web.people.models import Clinic, TherapistProfile

TWO = ("phq-9", "gad-7")
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Counts:
    """What a manager sees of a period of twelve full months; None is a number too small to show."""

    since: date
    until: date
    now: dict[str, int | None]
    ended_by: dict[str, int | None]
    finished: int | None
    change: dict[str, int | None]
    cases: int | None
    recovery: float | None
    reliable_recovery: float | None
    improvement: float | None
    sessions: dict[str, int | None]
    check_ins: float | None
    alerts: float | None
    places: int
    taken: int | None


def period(today: date) -> tuple[date, date]:
    """Return the last twelve full months: fixed months, so that nobody is found by shifting the dates."""
    until = today.replace(day=1)
    return until.replace(year=until.year - 1), until


def counts_of(clinic: Clinic) -> Counts:
    """Return the counts of a clinic over the last twelve full months."""
    since, until = period(timezone.localdate())
    rows = _rows(clinic, since, until)
    states = Counter(one["state"] for one in rows["episode"])
    ended = [one for one in rows["episode"] if one["ended_on"] and str(since) <= one["ended_on"] < str(until)]
    attended = Counter(one["episode_id"] for one in rows["session"] if one["attendance"] == "attended")
    done = [one for one in ended if finished(ended=True, attended=attended[one["id"]])]
    found = outcomes(_pairs(done, rows["score"]))
    cases = found.cases
    change = {"improved": found.improved, "deteriorated": found.deteriorated, "no change": found.no_change}
    change["not known or mixed"] = found.finished - sum(change.values())
    held = _sessions(rows["session"], since, until)
    small = shown({"cases": cases, "not cases": found.finished - cases})
    return Counts(
        since=since,
        until=until - timedelta(days=1),
        now=shown({state: states[state] for state in ("open", "waiting", "paused")}),
        ended_by=shown(dict(Counter(one["ended_by"] or "not said" for one in ended))),
        finished=count(found.finished),
        change=shown(change),
        cases=small["cases"],
        recovery=percent(found.recovered, cases),
        reliable_recovery=_inside(found.reliably_recovered, found.recovered, cases),
        improvement=percent(found.improved, found.finished),
        sessions=shown(held),
        check_ins=_completion(rows["check-in"]),
        alerts=per_hundred(_alerts(rows["signal"], since, until), held.get("attended", 0)),
        places=sum(one["capacity"] for one in rows["profile"]),
        taken=count(states["open"]),
    )


def _rows(clinic: Clinic, since: date, until: date) -> Mapping[str, Rows]:
    inside = {"episode__clinic": clinic}
    between = {"due_at__date__gte": since, "due_at__date__lt": until}
    here = TherapistProfile.objects.filter(
        user__memberships__clinic=clinic, user__memberships__role="therapist", user__memberships__ends=None
    )
    last = Score.objects.filter(**inside, measure__in=TWO, part="total", value__isnull=False)
    return fetch(
        part("episode", Episode.objects.filter(clinic=clinic), "id", "state", "ended_on", "ended_by"),
        part("score", last, "episode_id", "measure", "value", "answered_at"),
        part(
            "session",
            Session.objects.filter(**inside).exclude(attendance=""),
            "episode_id", "attendance", "starts_at",
        ),
        part("check-in", CheckIn.objects.filter(**inside, **between).exclude(state="open"), "state"),
        part("signal", Signal.objects.filter(**inside), "episode_id", "measure", "made_at", "is_alert"),
        part("profile", here.distinct(), "id", "capacity"),
    )  # fmt: skip


def _pairs(done: Rows, scores: Rows) -> list[tuple[Pair, Pair]]:
    by: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in sorted(scores, key=lambda row: str(row["answered_at"])):
        by[(one["episode_id"], one["measure"])].append(one["value"])
    return [(_pair(by[(one["id"], TWO[0])]), _pair(by[(one["id"], TWO[1])])) for one in done]


def _pair(values: list[float]) -> Pair:
    """First and last score; one score alone is a first without a last."""
    return (values[0] if values else None, values[-1] if len(values) > 1 else None)


def _inside(some: int, recovered: int, cases: int) -> float | None:
    """Reliable recovery is part of recovery: the difference of the two must not be small either."""
    between = recovered - some
    return percent(some, cases) if count(between) is not None or between == 0 else None


def _sessions(rows: Rows, since: date, until: date) -> dict[str, int]:
    days = ((one["attendance"], localdate(moment(one["starts_at"]))) for one in rows)
    return dict(Counter(attendance for attendance, day in days if since <= day < until))


def _completion(rows: Rows) -> float | None:
    return percent(sum(one["state"] == "done" for one in rows), len(rows))


def _alerts(rows: Rows, since: date, until: date) -> int:
    """How often a course came to need people, in the period: an alert that goes on counts once."""
    found = 0
    for signals in _by_course(rows).values():
        before = False
        for one in signals:
            alert = bool(one["is_alert"])
            found += alert and not before and since <= localdate(moment(one["made_at"])) < until
            before = alert
    return found


def _by_course(rows: Rows) -> dict[tuple[str, str], Rows]:
    by: dict[tuple[str, str], Rows] = defaultdict(list)
    for one in sorted(rows, key=_when):
        by[(one["episode_id"], one["measure"])].append(one)
    return by


def _when(row: dict[str, Any]) -> str:
    return str(row["made_at"])

"""The therapist's first page: who needs attention and why, then what is due today."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.care.engine.instruments import title
from midcourse_web.care.models import Episode, RiskTask, Session, Signal
from midcourse_web.care.reading import RiskBeside, newest_signals, risk_beside
from midcourse_web.pages.parts.course import KINDS
from midcourse_web.pages.parts.risk import waiting_risk
from midcourse_web.people.rules import permit
from midcourse_web.people.standing import standing

ORDER = (
    "reliably worse", "off course", "drifting", "no recent data", "not computed", "too early",
    "on course", "reached goal",
)  # fmt: skip
NEEDS = frozenset(ORDER[:5])


@dataclass(frozen=True)
class Line:
    """One client on the list: the worst state of her measures, the sentence behind it, risk beside it."""

    episode: Episode
    state: str
    kind: str
    measure: str
    sentence: str
    risk: tuple[RiskTask, ...]
    beside: RiskBeside
    stage: str
    needs: bool


@login_required
@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """Show who needs attention and why, then what is due today."""
    permit(request.user, "care.caseload")
    where = standing(request.user)
    clients = where.therapist_of | where.cover_of
    episodes = list(
        Episode.objects.filter(client__in=clients)
        .exclude(state=Episode.State.ENDED)
        .select_related("client", "therapist")
    )
    risk = open_risk(request, episodes)
    signals = newest_signals([one.pk for one in episodes])
    beside = risk_beside(episodes, request.user)
    lines = sorted((line(one, signals, risk, beside[one.pk]) for one in episodes), key=_place)
    today = timezone.localdate()
    page: dict[str, Any] = {
        "needs": [one for one in lines if one.needs],
        "fine": [one for one in lines if not one.needs],
        "risk": risk,
        "today": Session.objects.filter(episode__in=episodes, starts_at__date=today).select_related(
            "episode__client"
        ),
    }
    return render(request, "therapist/caseload.html", page)


def open_risk(request: HttpRequest, episodes: list[Episode]) -> list[RiskTask]:
    """Return unanswered alerts of these episodes, and those given to this person by duty, most pressing first."""
    theirs = {one.pk for one in episodes}
    mine = request.user.pk
    found = [one for one in waiting_risk(request) if one.episode_id in theirs or one.for_person_id == mine]
    return sorted(found, key=lambda task: (task.level != RiskTask.Level.NOW, task.due_by))


def line(
    episode: Episode, signals: dict[tuple[object, str], Signal], risk: list[RiskTask], beside: RiskBeside
) -> Line:
    """Return one client's line: the state most in need of attention among her measures."""
    own = [signal for (whose, _name), signal in signals.items() if whose == episode.pk]
    worst = min(own, key=lambda one: ORDER.index(one.state), default=None)
    theirs = tuple(task for task in risk if task.episode_id == episode.pk)
    state = worst.state if worst else ""
    snoozed = (
        worst is not None and worst.snoozed_until is not None and worst.snoozed_until > timezone.localdate()
    )
    return Line(
        episode=episode,
        state=state,
        kind=KINDS.get(state, "quiet"),
        measure=title(worst.measure) if worst else "",
        sentence=worst.sentence if worst else "",
        risk=theirs,
        beside=beside,
        stage=worst.get_stage_display() if worst and worst.stage else "",
        needs=bool(theirs) or (state in NEEDS and not snoozed),
    )


def _place(one: Line) -> tuple[bool, int, str]:
    rank = ORDER.index(one.state) if one.state in ORDER else len(ORDER)
    return not one.risk, rank, one.episode.client.name

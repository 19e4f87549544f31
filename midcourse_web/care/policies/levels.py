"""How pressing a worrying answer is (SR6): new or higher, or unchanged since it was last talked about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from midcourse_web.care.models import Episode, RiskStep, RiskTask
from midcourse_web.people.models import Clinic

TALKED = (RiskStep.What.SPOKE, RiskStep.What.CONFIRMED)
KNOWN_WITHIN = timedelta(days=7)
AFTER_SESSION = timedelta(days=1)
NOW_MINUTES = 15  # "not safe right now" waits no longer, by the clock, before the next person is asked


def minutes_to_answer(level: str, clinic: Clinic) -> int | None:
    """Return how many minutes by the clock an alert may wait; None: the clinic's own, in opening hours."""
    return min(NOW_MINUTES, clinic.acknowledge_minutes) if level == RiskTask.Level.NOW else None


def level_of(episode: Episode, said: Sequence[dict[str, Any]]) -> str:
    """Return the level of these positive answers, each {"item", "value"}.

    Known only where every item is no higher than when it was last talked about and a safety plan is in
    place; new otherwise. "Not safe right now" is asked next and never worked out.
    """
    before = _last_talked_about(episode)
    if before is None or not episode.client.safety_plans.exists():
        return RiskTask.Level.NEW
    known = {one["item"]: one["value"] for one in before.said}
    same = all(one["item"] in known and one["value"] <= known[one["item"]] for one in said)
    return RiskTask.Level.KNOWN if same else RiskTask.Level.NEW


def due_for_known(episode: Episode, at: datetime) -> datetime:
    """Return by when an unchanged answer must be talked about: a day after the next session, within a week."""
    session = episode.sessions.filter(attendance="", starts_at__gt=at).first()
    latest = at + KNOWN_WITHIN
    return min(session.starts_at + AFTER_SESSION, latest) if session else latest


def _last_talked_about(episode: Episode) -> RiskTask | None:
    tasks = RiskTask.objects.filter(episode__client=episode.client, steps__what__in=TALKED)
    return tasks.order_by("-made_at").first()

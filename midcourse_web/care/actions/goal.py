"""Goals: in her own words, agreed by both sides, rated as they go, reached or set aside."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import Episode, Goal, GoalRating
from midcourse_web.care.policies.versions import held
from midcourse_web.people.models import User

QUALITY = ("clear", "matters", "in reach", "seen")
MOST = 10  # of a rating


@transaction.atomic
def add_goal(
    *, by: User, episode: Episode, words: str, whose: str = "client", agrees: int | None = None
) -> Goal:
    """Write down a goal. `agrees` (0 to 10) is the agreement of whoever writes it.

    Raises ValueError for no words or a number outside 0 to 10.
    """
    if not words.strip():
        raise ValueError(_("Write the goal in a few words."))
    goal = Goal(episode=episode, words=words.strip()[:300], whose=whose)
    _agree(by, goal, agrees)
    return _keep(by, goal, "goal added")


@transaction.atomic
def change_goal(
    *,
    by: User,
    goal: Goal,
    seen: int,
    words: str,
    whose: str,
    agrees: int | None = None,
    quality: dict[str, bool] | None = None,
    small_steps: list[str] | None = None,
    state: str = "open",
) -> Goal:
    """Change a goal as it was seen at version `seen`; each side can only give its own agreement.

    Raises ChangedMeanwhile where somebody else was quicker, ValueError for what cannot be.
    """
    now = held(goal, seen)
    if not words.strip():
        raise ValueError(_("Write the goal in a few words."))
    now.words, now.whose = words.strip()[:300], whose
    if state != now.state:
        now.state, now.settled_on = state, None if state == "open" else timezone.localdate()
    if quality is not None:
        now.quality = {name: bool(value) for name, value in quality.items() if name in QUALITY}
    if small_steps is not None:
        now.small_steps = [one.strip()[:200] for one in small_steps if one.strip()][:10]
    _agree(by, now, agrees)
    return _keep(by, now, f"goal changed: {state}")


@transaction.atomic
def rate_goal(*, by: User, goal: Goal, value: int, at: datetime | None = None) -> GoalRating:
    """Note how close a goal is, 0 (not at all) to 10 (reached). Raises ValueError outside that."""
    _in_range(value)
    rating = GoalRating.objects.create(goal=goal, value=value, by=by, rated_at=at or timezone.now())
    episode = goal.episode
    record("goal rated", by=by, subject=goal, client=episode.client_id, clinic=episode.clinic_id)
    return rating


def _agree(by: User, goal: Goal, agrees: int | None) -> None:
    if agrees is None:
        return
    _in_range(agrees)
    if goal.episode.client.user_id == by.pk:
        goal.client_agrees = agrees
    else:
        goal.therapist_agrees = agrees


def _in_range(value: int) -> None:
    if not 0 <= value <= MOST:
        raise ValueError(_("Choose a number from 0 to 10."))


def _keep(by: User, goal: Goal, verb: str) -> Goal:
    row: Any = goal
    row._history_user = by
    goal.save()
    episode = goal.episode
    record(verb, by=by, subject=goal, client=episode.client_id, clinic=episode.clinic_id)
    return goal

"""The page after a worrying answer: help first, then who will see it and by when (SR1, SR2, SR6)."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from midcourse_web.care.engine.places import help_for
from midcourse_web.care.models import CheckIn, RiskTask
from midcourse_web.care.policies.duty import on_duty
from midcourse_web.pages.check_in.who import who_is_told
from midcourse_web.pages.parts.when import when

if TYPE_CHECKING:
    from midcourse_web.pages.check_in.answering import Way


def crisis(check_in: CheckIn, task: RiskTask, way: "Way") -> dict[str, Any]:
    """Return what the page says. Her safety plan is shown to nobody but her, signed in."""
    episode = check_in.episode
    told = who_is_told(episode, on_duty(episode))
    return {
        "check_in": check_in,
        "task": task,
        "way": way,
        # The alert itself says whose it is and by when: it may have been given on since.
        "told": replace(told, who=task.for_person.name, by_when=when(episode.clinic, task.due_by)),
        "known": task.level == RiskTask.Level.KNOWN,
        # Looked at again later, the page still tells the truth.
        "seen_by": task.acknowledged_by.name if task.acknowledged_by else "",
        "past": task.due_by <= timezone.now(),
        "places": help_for((episode.clinic.place,)),
        "plan": episode.client.safety_plans.first() if way.own else None,
    }

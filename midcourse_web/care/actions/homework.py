"""Practice between sessions: set together, told how it went; "not done" says something about the task."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import Episode, Goal, Homework
from midcourse_web.care.policies.versions import held
from midcourse_web.people.models import User


@dataclass(frozen=True)
class Task:
    """What is set: what, what for, when and where, what could get in the way and what then, tried together."""

    what: str
    why: str = ""
    goal: Goal | None = None
    when_where: str = ""
    barrier: str = ""
    backup: str = ""
    rehearsed: bool = False
    due_on: date | None = None

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise ValueError(_("Write down what to try."))


@transaction.atomic
def set_homework(*, by: User, episode: Episode, task: Task) -> Homework:
    """Write down a task between sessions."""
    return _keep(by, _filled(Homework(episode=episode), task), "homework set")


@transaction.atomic
def change_homework(*, by: User, homework: Homework, seen: int, task: Task) -> Homework:
    """Change a task as it was seen at version `seen`. Raises ChangedMeanwhile."""
    return _keep(by, _filled(held(homework, seen), task), "homework changed")


@transaction.atomic
def tell_homework(
    *, by: User, homework: Homework, seen: int, done: str, got_in_the_way: str = ""
) -> Homework:
    """Say how a task went, and what got in the way. Raises ChangedMeanwhile, ValueError for no answer."""
    now = held(homework, seen)
    now.done = Homework.Done(done)
    now.got_in_the_way, now.told_at = got_in_the_way.strip()[:300], timezone.now()
    return _keep(by, now, f"homework: {done}")


def _filled(homework: Homework, task: Task) -> Homework:
    if task.goal is not None and task.goal.episode_id != homework.episode_id:
        raise ValueError(_("This goal belongs to somebody else."))
    homework.what, homework.why = task.what.strip()[:300], task.why.strip()[:300]
    homework.goal, homework.when_where = task.goal, task.when_where.strip()[:200]
    homework.barrier, homework.backup = task.barrier.strip()[:200], task.backup.strip()[:200]
    homework.rehearsed, homework.due_on = task.rehearsed, task.due_on
    return homework


def _keep(by: User, homework: Homework, verb: str) -> Homework:
    row: Any = homework
    row._history_user = by
    homework.save()
    episode = homework.episode
    record(verb, by=by, subject=homework, client=episode.client_id, clinic=episode.clinic_id)
    return homework

"""Unanswered alerts that one person must know of: asked once a request, for the frame and the page alike."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from midcourse_web.care.models import RiskTask
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import LATE_AFTER
from midcourse_web.people.standing import standing

KEPT = "_waiting_risk"


def waiting_risk(request: HttpRequest) -> list[RiskTask]:
    """Return unanswered alerts of this person's clinics that are theirs to act on or to watch, oldest first.

    `stuck` says that a message about the alert could not be delivered for a while (SR7). One query.
    """
    kept = getattr(request, KEPT, None)
    if kept is None:
        kept = _asked(request)
        setattr(request, KEPT, kept)
    return kept


def _asked(request: HttpRequest) -> list[RiskTask]:
    where, user = standing(request.user), request.user
    late = timezone.now() - LATE_AFTER
    stuck = Message.objects.filter(about=OuterRef("pk"), urgent=True, sent_at__isnull=True, made_at__lt=late)
    rows = RiskTask.objects.filter(episode__clinic__in=where.clinics, acknowledged_at__isnull=True)
    rows = rows.exclude(hidden_from=user.pk).annotate(stuck=Exists(stuck))
    theirs = where.therapist_of | where.cover_of | where.supervises
    found = rows.select_related("episode__client", "for_person")
    return [task for task in found if task.for_person_id == user.pk or task.episode.client_id in theirs]


def is_overdue(task: RiskTask) -> bool:
    """Say whether an alert is past its time, was moved up, or could not be delivered (SR2, SR7)."""
    moved = task.moved_up > 0 and task.next_try_at is None
    return task.due_by <= timezone.now() or moved or getattr(task, "stuck", False)

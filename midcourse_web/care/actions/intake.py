"""The intake, kept step by step so that it can be left and gone on with; and its first measures."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.engine.instruments import can_be_asked
from midcourse_web.care.models import CheckIn, Episode, Intake
from midcourse_web.care.policies.versions import held
from midcourse_web.people.models import User

PARTS = frozenset(
    (
        "words", "domains", "first_time", "help_before", "what_helped", "what_did_not", "bad_experience",
        "preferences", "expectations", "expects_sessions", "better_would_be", "notice_read_at", "notice_version",
    )
)  # fmt: skip
MAY_BE_PRIVATE = frozenset(("help_before", "what_did_not", "bad_experience"))
BASELINE_OPEN = timedelta(days=14)


def intake_of(*, episode: Episode) -> Intake:
    """Return the intake of an episode, empty and unsaved where nothing was said yet."""
    return Intake.objects.filter(episode=episode).first() or Intake(episode=episode)


@transaction.atomic
def keep_intake(
    *, by: User, episode: Episode, seen: int, given: dict[str, Any], private: frozenset[str] | None = None
) -> Intake:
    """Keep some parts of an intake; `private` (the client's alone to say) names what she keeps to herself.

    What somebody else writes into a part that she keeps private is told in the room and no longer
    private; what they leave empty stays hers. Raises ChangedMeanwhile.
    """
    now = Intake.objects.filter(episode=episode).first()
    now = held(now, seen) if now is not None else Intake(episode=episode)
    hers = episode.client.user_id == by.pk
    for name in PARTS & set(given):
        if not hers and name in now.private:
            if given[name] in (None, "", []):
                continue
            now.private = [one for one in now.private if one != name]
        setattr(now, name, given[name])
    if hers and private is not None:
        now.private = sorted(private & MAY_BE_PRIVATE)
    return _keep(by, now, "intake kept")


@transaction.atomic
def finish_intake(*, by: User, episode: Episode) -> Intake:
    """Say that the intake is complete; it can still be changed."""
    now = Intake.objects.select_for_update().filter(episode=episode).first() or Intake(episode=episode)
    now.finished_at = now.finished_at or timezone.now()
    return _keep(by, now, "intake finished")


@transaction.atomic
def open_baseline(*, by: User, episode: Episode) -> CheckIn | None:
    """Open the first measures as a check-in; the same one again where there is one already."""
    there = episode.check_ins.order_by("due_at").first()
    instruments = [name for name in episode.measures if can_be_asked(name)]
    if there is not None or not instruments:
        return there
    now = timezone.now()
    check_in = CheckIn.objects.create(
        episode=episode, instruments=instruments, due_at=now, closes_at=now + BASELINE_OPEN
    )
    record("check-in opened", by=by, subject=check_in, client=episode.client_id, clinic=episode.clinic_id)
    return check_in


def _keep(by: User, intake: Intake, verb: str) -> Intake:
    row: Any = intake
    row._history_user = by
    intake.save()
    episode = intake.episode
    record(verb, by=by, subject=intake, client=episode.client_id, clinic=episode.clinic_id)
    return intake

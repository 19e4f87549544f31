"""What people do about a signal: due, seen, talked about, acted on, resolved; or asleep for a while, and why."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import Episode, Signal, SignalStep
from midcourse_web.people.models import User

Stage = Signal.Stage
ORDER = (Stage.DUE, Stage.SEEN, Stage.DISCUSSED, Stage.ACTED, Stage.RESOLVED)
LONGEST_SNOOZE = timedelta(weeks=6)


@transaction.atomic
def move_signal(*, by: User, signal: Signal, stage: str, reason: str = "") -> SignalStep | None:
    """Move a signal on to a later stage, and note who did it; None where it is there already.

    Raises ValueError for a signal that needs nobody, or for a step backwards.
    """
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    if signal.stage not in ORDER or stage not in ORDER:
        raise ValueError(_("There is nothing to do about this signal."))
    if ORDER.index(stage) < ORDER.index(signal.stage):
        raise ValueError(_("This has gone further already. Please look at the page again."))
    if stage == signal.stage:
        return None
    signal.stage = stage
    signal.save(update_fields=["stage"])
    return _step(by, signal, stage, reason, None)


def see_signals(*, by: User, episode: Episode) -> int:
    """Note that somebody who treats her has seen what was due; return how many signals that were."""
    newest: dict[str, Signal] = {}
    for signal in episode.signals.filter(is_alert=True).order_by("made_at"):
        newest[signal.measure] = signal
    due = [signal for signal in newest.values() if signal.stage == Stage.DUE]
    return sum(move_signal(by=by, signal=signal, stage=Stage.SEEN) is not None for signal in due)


@transaction.atomic
def snooze(*, by: User, signal: Signal, until: date, reason: str) -> SignalStep:
    """Let a signal rest until a day, with a reason; risk beside it is never hidden by this.

    Raises ValueError without a reason, or for a day that is not within the next six weeks.
    """
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    today = timezone.localdate()
    if not reason.strip():
        raise ValueError(_("Say in a few words why this can wait."))
    if not today < until <= today + LONGEST_SNOOZE:
        raise ValueError(_("Choose a day within the next six weeks."))
    if not signal.is_alert:
        raise ValueError(_("There is nothing to do about this signal."))
    signal.snoozed_until = until
    signal.save(update_fields=["snoozed_until"])
    return _step(by, signal, "snoozed", reason.strip(), until)


def _step(by: User, signal: Signal, stage: str, reason: str, until: date | None) -> SignalStep:
    made = SignalStep.objects.create(signal=signal, stage=stage, by=by, reason=reason[:300], until=until)
    episode = signal.episode
    record(f"signal: {stage}", by=by, subject=signal, client=episode.client_id, clinic=episode.clinic_id)
    return made

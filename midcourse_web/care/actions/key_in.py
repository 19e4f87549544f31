"""Key in answers from paper: safety first, then score and course, in the order in which they were given."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.check_in import Answers, Recorded, raise_for, second_step
from midcourse_web.care.engine.instruments import paper_form
from midcourse_web.care.engine.kinds import about_the_work_together
from midcourse_web.care.engine.scores import check
from midcourse_web.care.models import AnswerSheet, Episode, RiskTask, Session
from midcourse_web.people.models import User

NOON = time(12, 0)


def key_in(*, by: User, episode: Episode, instrument: str, answers: Answers, on: date, key: str) -> Recorded:
    """Save what somebody answered on paper on a day, as keyed in by staff; `key` makes it count once.

    Scores and the course take it in the order of days, so a sheet keyed late changes what came after.
    Raises ValueError for ratings of the work together (hers alone to give), for a day that cannot be,
    and for an answer that cannot be.
    """
    if about_the_work_together(instrument):
        raise ValueError(_("Only the client can answer these questions. Staff never key them in."))
    if on > timezone.localdate() or on < episode.opened_on:
        raise ValueError(_("The day must lie between the start of the episode and today."))
    check(instrument, answers)
    try:
        recorded = _first_step(by, episode, instrument, answers, on, f"paper:{episode.pk}:{key}"[:100])
    except IntegrityError:
        return _already(f"paper:{episode.pk}:{key}"[:100])
    if recorded.is_new:
        second_step(recorded.sheets)
    return recorded


@transaction.atomic
def _first_step(
    by: User, episode: Episode, instrument: str, answers: Answers, on: date, key: str
) -> Recorded:
    if AnswerSheet.objects.filter(key=key).exists():
        return _already(key)
    form = paper_form(instrument)
    zone = ZoneInfo(episode.clinic.timezone)
    sheet = AnswerSheet.objects.create(
        episode=episode,
        instrument=form.id,
        version=form.version,
        language=form.language,
        answers=dict(answers),
        mode=AnswerSheet.Mode.PAPER,
        entered_by=by,
        answered_at=min(datetime.combine(on, NOON, zone), timezone.now()),
        session_number=_session_number(episode, on, zone),
        key=key,
    )
    risk = raise_for(by, (sheet,))
    record("keyed in", by=by, subject=sheet, client=episode.client_id, clinic=episode.clinic_id, how="paper")
    return Recorded((sheet,), risk, is_new=True)


def _session_number(episode: Episode, on: date, zone: ZoneInfo) -> int | None:
    came = episode.sessions.filter(attendance=Session.Attendance.ATTENDED, number__isnull=False)
    return next((one.number for one in came if one.starts_at.astimezone(zone).date() == on), None)


def _already(key: str) -> Recorded:
    sheet = AnswerSheet.objects.get(key=key)
    return Recorded((sheet,), RiskTask.objects.filter(sheet=sheet).first(), is_new=False)

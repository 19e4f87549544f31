"""What is asked when: set a schedule, open the check-ins that are due, close the old ones."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.engine.instruments import SESSION_CHECK_IN, can_be_asked
from midcourse_web.care.engine.kinds import about_the_work_together
from midcourse_web.care.models import CheckIn, Episode, Schedule, Session
from midcourse_web.outbox.actions.put import withdraw
from midcourse_web.people.models import User

BEFORE_SESSION = timedelta(hours=24)  # questionnaires of a session are asked the day before
AFTER_SESSION = timedelta(days=1)  # and close a day after it began
LOOK_BACK = timedelta(days=5)  # how long the session check-in stays open after a session
WEEKLY_STAYS = timedelta(days=6)
AT = time(9, 0)  # weekly check-ins open at this time of the clinic's day


@transaction.atomic
def ask_every(*, by: User | None, episode: Episode, instrument: str, every: str, weeks: int = 1) -> Schedule:
    """Ask an instrument in an episode each session, or every so many weeks (1 to 26).

    Raises ValueError where its words may not be shown, or for weeks that cannot be.
    """
    if not can_be_asked(instrument):
        raise ValueError(_("These questions cannot be asked here. Key the answers in from paper instead."))
    if not 1 <= weeks <= 26:
        raise ValueError(_("Choose every 1 to 26 weeks."))
    schedule, _new = Schedule.objects.update_or_create(
        episode=episode,
        instrument=instrument,
        defaults={"every": every, "weeks": weeks, "stopped_on": None},
    )
    record("schedule", by=by, subject=schedule, client=episode.client_id, clinic=episode.clinic_id)
    return schedule


def ask_as_usual(*, by: User | None, episode: Episode) -> None:
    """Ask the episode's measures each session and the session check-in after each, as far as we have the words."""
    for name in (*episode.measures, SESSION_CHECK_IN):
        if can_be_asked(name) and not episode.schedules.filter(instrument=name).exists():
            ask_every(by=by, episode=episode, instrument=name, every="session")


@transaction.atomic
def stop_asking(*, by: User, schedule: Schedule) -> Schedule:
    """Stop asking an instrument; check-ins that are open stay open until they close."""
    schedule.stopped_on = timezone.localdate()
    schedule.save()
    episode = schedule.episode
    record("schedule stopped", by=by, subject=schedule, client=episode.client_id, clinic=episode.clinic_id)
    return schedule


@transaction.atomic
def open_due(*, episode: Episode) -> int:
    """Open the check-ins of one episode that are due and not there yet; return how many."""
    mine = Episode.objects.select_for_update().select_related("clinic").get(pk=episode.pk)
    if mine.state != Episode.State.OPEN:
        return 0
    schedules = list(mine.schedules.filter(stopped_on__isnull=True))
    each = [one.instrument for one in schedules if one.every == "session"]
    before = [name for name in each if not about_the_work_together(name)]
    after = [name for name in each if about_the_work_together(name)]
    now = timezone.now()
    made = _before_sessions(mine, before, now) if before else 0
    made += _after_sessions(mine, after, now) if after else 0
    return made + _weekly(mine, [one for one in schedules if one.every == "weeks"], now)


def _before_sessions(episode: Episode, names: list[str], now: datetime) -> int:
    soon = episode.sessions.filter(attendance="", starts_at__gt=now, starts_at__lte=now + BEFORE_SESSION)
    made = 0
    for session in soon:
        if not _has(episode, session, names):
            _open(
                episode, names, session.starts_at - BEFORE_SESSION, session.starts_at + AFTER_SESSION, session
            )
            made += 1
    return made


def _after_sessions(episode: Episode, names: list[str], now: datetime) -> int:
    """The session check-in follows each attended session."""
    came = episode.sessions.filter(
        attendance=Session.Attendance.ATTENDED, starts_at__gt=now - LOOK_BACK, starts_at__lte=now
    )
    made = 0
    for session in came:
        if not _has(episode, session, names):
            ended = session.starts_at + timedelta(minutes=session.minutes)
            _open(episode, names, min(ended, now), session.starts_at + LOOK_BACK, session)
            made += 1
    return made


def _has(episode: Episode, session: Session, names: list[str]) -> bool:
    return any(set(names) & set(one.instruments) for one in episode.check_ins.filter(session=session))


def _weekly(episode: Episode, schedules: list[Schedule], now: datetime) -> int:
    """Those due by now are asked in one check-in; weeks that nobody asked in are not caught up on."""
    asked = list(episode.check_ins.filter(session__isnull=True).order_by("-due_at"))
    names = [one.instrument for one in schedules if _is_due(one, asked, now)]
    if not names:
        return 0
    zone = ZoneInfo(episode.clinic.timezone)
    today = datetime.combine(now.astimezone(zone).date(), AT, zone)
    if today > now:
        return 0
    _open(episode, names, today, today + WEEKLY_STAYS)
    return 1


def _is_due(schedule: Schedule, asked: list[CheckIn], now: datetime) -> bool:
    last = next((one.due_at for one in asked if schedule.instrument in one.instruments), None)
    # A few hours less than the weeks, so that summer time does not put a check-in off by a day.
    return last is None or now - last >= timedelta(weeks=schedule.weeks) - timedelta(hours=4)


def _open(
    episode: Episode, names: list[str], due: datetime, closes: datetime, session: Session | None = None
) -> CheckIn:
    order = {name: place for place, name in enumerate(episode.measures)}
    made = CheckIn.objects.create(
        episode=episode,
        session=session,
        instruments=sorted(names, key=lambda name: order.get(name, len(order))),
        due_at=due,
        closes_at=closes,
    )
    record("check-in opened", subject=made, client=episode.client_id, clinic=episode.clinic_id)
    return made


@transaction.atomic
def close_old(*, check_in: CheckIn) -> bool:
    """Close a check-in whose time is over: its link, code and reminders end with it."""
    mine = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    if mine.state != CheckIn.State.OPEN or mine.closes_at > timezone.now():
        return False
    mine.state, mine.link_hash, mine.code_hash = CheckIn.State.CLOSED, "", ""
    mine.save()
    withdraw(about=mine.pk, kind="reminder")
    record("check-in closed", subject=mine, client=mine.episode.client_id, clinic=mine.episode.clinic_id)
    return True


@transaction.atomic
def open_now(*, by: User | None, episode: Episode, instruments: list[str], days: int = 6) -> CheckIn:
    """Open a check-in outside the schedule, at once, for some days.

    Raises ValueError for an instrument whose words may not be shown.
    """
    for name in instruments:
        if not can_be_asked(name):
            raise ValueError(
                _("These questions cannot be asked here. Key the answers in from paper instead.")
            )
    now = timezone.now()
    made = _open(episode, instruments, now, now + timedelta(days=days))
    record("check-in asked for", by=by, subject=made, client=episode.client_id, clinic=episode.clinic_id)
    return made


@transaction.atomic
def not_this_time(*, by: User | None, check_in: CheckIn) -> CheckIn:
    """Let a check-in pass: declining has no consequence, and needs no reason (SP6)."""
    check_in.state, check_in.link_hash, check_in.code_hash = CheckIn.State.DECLINED, "", ""
    check_in.save()
    withdraw(about=check_in.pk, kind="reminder")
    episode = check_in.episode
    record("not this time", by=by, subject=check_in, client=episode.client_id, clinic=episode.clinic_id)
    return check_in

"""Who answers risk alerts when, and how long one may wait: the clinic's policy (SR2)."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.people.models import Clinic, DutyTurn, Membership, User
from midcourse_web.people.standing import current

Role = Membership.Role
CLINICAL = (Role.THERAPIST, Role.COVER, Role.SUPERVISOR)
SHORTEST, LONGEST = 10, 24 * 60  # minutes of opening hours an alert may wait before it moves up


@transaction.atomic
def set_hours(
    *, by: User, clinic: Clinic, hours: Mapping[int, tuple[time, time]], minutes: int, alert_email: str = ""
) -> Clinic:
    """Say when somebody is here (weekday 0 is Monday), and how many open minutes an alert may wait.

    Raises ValueError for a day that ends before it begins, or for minutes outside 10 to 1440.
    """
    if any(end <= begin for begin, end in hours.values()):
        raise ValueError(_("A day must end after it begins."))
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(_("An alert may wait from 10 minutes to 24 hours of opening time."))
    clinic.hours = {
        str(day): [begin.isoformat("minutes"), end.isoformat("minutes")]
        for day, (begin, end) in sorted(hours.items())
    }
    clinic.acknowledge_minutes, clinic.alert_email = minutes, alert_email
    clinic.save(update_fields=["hours", "acknowledge_minutes", "alert_email"])
    record("hours and limits", by=by, subject=clinic, clinic=clinic)
    return clinic


@transaction.atomic
def put_on_duty(
    *, by: User, clinic: Clinic, person: User, begins: datetime, ends: datetime, order: int = 1
) -> DutyTurn:
    """Put a clinician on duty for a time; `order` 1 is asked first, then 2 and so on.

    Raises ValueError where the person is no clinician of this clinic, or the time is none.
    """
    rows = Membership.objects.filter(user=person, clinic=clinic, role__in=CLINICAL)
    if not current(rows, begins.date()).exists():
        raise ValueError(_("Choose a clinician of this clinic."))
    if ends <= begins:
        raise ValueError(_("A turn must end after it begins."))
    turn, is_new = DutyTurn.objects.get_or_create(
        clinic=clinic, person=person, begins=begins, ends=ends, defaults={"order": order}
    )
    if is_new:
        record("on duty", by=by, subject=turn, clinic=clinic)
    return turn


@transaction.atomic
def take_off_duty(*, by: User, turn: DutyTurn) -> None:
    """Take a turn of duty back; alerts given to that person meanwhile stay theirs until answered."""
    record("off duty", by=by, subject=turn, clinic=turn.clinic_id)
    turn.delete()

"""Who supervises whom, from a day on and until a day."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.people.models import Clinic, Membership, Supervision, User
from midcourse_web.people.standing import current, forget

Role = Membership.Role


@transaction.atomic
def supervise(*, by: User, clinic: Clinic, supervisor: User, therapist: User) -> Supervision:
    """Let somebody supervise a therapist from today on; said twice, it stands once.

    Raises ValueError where one of them has not that role in this clinic, or both are one person.
    """
    today = timezone.localdate()
    for person, role in ((supervisor, Role.SUPERVISOR), (therapist, Role.THERAPIST)):
        if not current(Membership.objects.filter(user=person, clinic=clinic, role=role), today).exists():
            raise ValueError(_("Choose a supervisor and a therapist of this clinic."))
    if supervisor.pk == therapist.pk:
        raise ValueError(_("Nobody supervises themselves."))
    there = current(Supervision.objects.filter(supervisor=supervisor, therapist=therapist), today).first()
    if there is not None:
        return there
    made = Supervision.objects.create(supervisor=supervisor, therapist=therapist, begins=today)
    forget(supervisor)
    record("supervision begins", by=by, subject=made, clinic=clinic)
    return made


@transaction.atomic
def end_supervision(*, by: User, supervision: Supervision, clinic: Clinic) -> Supervision:
    """End a supervision today: the supervisor sees nothing new."""
    supervision.ends = timezone.localdate()
    supervision.save(update_fields=["ends"])
    forget(supervision.supervisor)
    record("supervision ends", by=by, subject=supervision, clinic=clinic)
    return supervision

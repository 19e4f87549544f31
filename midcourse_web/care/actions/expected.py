"""Keep the course a clinic expects; the newest row is in force."""

from django.db import transaction

from midcourse_web.audit.record import record
from midcourse_web.care.models import ExpectedCourse
from midcourse_web.people.models import Clinic


@transaction.atomic
def keep_course(*, clinic: Clinic, measure: str, saved: str, clients: int, why: str) -> bool:
    """Put a fitted course in force for a clinic and a measure; False where it is the one in force already.

    An empty `saved` says that none can be expected, and takes the one before out of force.
    """
    now = ExpectedCourse.objects.filter(clinic=clinic, measure=measure).first()
    if (now.saved if now else "") == saved:
        return False
    made = ExpectedCourse.objects.create(
        clinic=clinic, measure=measure, saved=saved, clients=clients, why=why
    )
    record("course fitted", subject=made, clinic=clinic)
    return True

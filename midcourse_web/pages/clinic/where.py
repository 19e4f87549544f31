"""Which of their clinics somebody's page is about."""

from django.http import HttpRequest

from midcourse_web.people.models import Clinic
from midcourse_web.people.rules import allowed, permit
from midcourse_web.people.standing import standing


def clinic_for(request: HttpRequest, permission: str, *roles: str) -> Clinic:
    """Return the clinic in which the person has one of the roles, and may do this; refuse otherwise."""
    permit(request.user, permission)
    where = standing(request.user)
    mine = [one for one in sorted(where.clinics) if any(where.has(role, one) for role in roles)]
    clinic = Clinic.objects.get(pk=mine[0])
    permit(request.user, permission, clinic)
    return clinic


def my_clinic(request: HttpRequest, permission: str) -> Clinic:
    """Return the first clinic of this person's in which they may do this, or refuse."""
    rows = Clinic.objects.filter(pk__in=standing(request.user).clinics).order_by("name")
    found = next((one for one in rows if allowed(request.user, permission, one)), None)
    permit(request.user, permission, found)
    assert found is not None
    return found

"""Everybody who has something to do with one client today, and who else works in her clinic."""

from django.db.models import QuerySet
from django.utils import timezone

from midcourse_web.people.models import (
    BreakGlass,
    Client,
    Clinic,
    Membership,
    Relationship,
    Supervision,
    User,
)
from midcourse_web.people.standing import current


def related(client: Client) -> list[User]:
    """Return whoever is tied to a client, supervises who treats her, or broke the glass, by name.

    The rules decide what each of them may see; nobody outside this list can have a tie to her.
    """
    now, today = timezone.now(), timezone.localdate()
    ties = current(Relationship.objects.filter(client=client), now)
    treat = ties.filter(kind=Relationship.Kind.THERAPIST).values("person")
    over = current(Supervision.objects.filter(therapist__in=treat), today).values("supervisor")
    glass = BreakGlass.objects.filter(client=client, until__gt=now).values("person")
    mine = User.objects.filter(pk__in=ties.values("person"))
    mine |= User.objects.filter(pk__in=over) | User.objects.filter(pk__in=glass)
    return list(mine.filter(is_active=True).distinct().order_by("name"))


def supervisors_of(therapist: User, clinic: Clinic) -> list[User]:
    """Return who supervises somebody today, else whoever supervises in the clinic, by name."""
    today = timezone.localdate()
    own = current(Supervision.objects.filter(therapist=therapist), today).values("supervisor")
    here = current(Membership.objects.filter(clinic=clinic, role=Membership.Role.SUPERVISOR), today)
    there = User.objects.filter(is_active=True).exclude(pk=therapist.pk).order_by("name")
    return list(there.filter(pk__in=own)) or list(there.filter(pk__in=here.values("user")))


def therapists_of(clinic: Clinic) -> QuerySet[User]:
    """Return who treats clients in a clinic today."""
    rows = current(
        Membership.objects.filter(clinic=clinic, role=Membership.Role.THERAPIST), timezone.localdate()
    )
    return User.objects.filter(pk__in=rows.values("user"), is_active=True)


def others_here(client: Client) -> list[tuple[str, list[str]]]:
    """Return who else works in her clinic, by role: (role, names)."""
    near = {one.pk for one in related(client)}
    rows = current(Membership.objects.filter(clinic=client.clinic_id), timezone.localdate())
    found: dict[str, set[str]] = {}
    for one in rows.exclude(user__in=near).select_related("user"):
        found.setdefault(str(one.get_role_display()), set()).add(one.user.name)
    return [(role, sorted(names)) for role, names in sorted(found.items())]

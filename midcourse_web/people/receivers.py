"""Who may receive a concern, and where a practice is so small that nothing private may be kept (SP3, SP4)."""

from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, When
from django.utils import timezone

from midcourse_web.people.models import Client, Membership, Relationship, User
from midcourse_web.people.standing import current

Role = Membership.Role
COORDINATE = (Role.INTAKE, Role.MANAGER)
RUNS_IT = (Role.ADMINISTRATOR, Role.MANAGER)


def concerned(client: Client) -> set[UUID]:
    """Return whoever treats or ever treated this client: never a receiver of her concerns."""
    kinds = (Relationship.Kind.THERAPIST, Relationship.Kind.COVER)
    return set(Relationship.objects.filter(client=client, kind__in=kinds).values_list("person", flat=True))


def receivers(client: Client) -> QuerySet[User]:
    """Return the clinic's named receivers this client can choose from."""
    named = current(Membership.objects.filter(clinic=client.clinic, role=Role.RECEIVER), timezone.localdate())
    return User.objects.filter(pk__in=named.values("user"), is_active=True).exclude(pk__in=concerned(client))


def coordinators(client: Client) -> QuerySet[User]:
    """Return who can take a request that must not go through whoever treats her: intake first, then managers."""
    rows = current(
        Membership.objects.filter(clinic=client.clinic_id, role__in=COORDINATE), timezone.localdate()
    )
    intake = rows.filter(role=Role.INTAKE).values("user")
    found = User.objects.filter(pk__in=rows.values("user"), is_active=True).exclude(pk__in=concerned(client))
    first = Case(When(pk__in=intake, then=0), default=1, output_field=IntegerField())
    return found.order_by(first, "name")


def keeps_nothing(client: Client) -> bool:
    """Say whether the private page must keep nothing on this server (SP3).

    So it is where somebody who treats her is also administrator or manager here, or where nobody else
    works here.
    """
    rows = current(Membership.objects.filter(clinic=client.clinic_id), timezone.localdate())
    treat = set(
        Relationship.objects.filter(client=client, kind=Relationship.Kind.THERAPIST).values_list(
            "person", flat=True
        )
    )
    runs = set(rows.filter(role__in=RUNS_IT).values_list("user", flat=True))
    everybody = set(rows.values_list("user", flat=True))
    return bool(treat & runs) or everybody <= treat

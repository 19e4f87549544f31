"""The cast: everybody a page may be opened by, and what they have to do with one another.

Ada is a client of Tom, whom Sue supervises. Ben is Tom's other client. Cleo is a client of Tara, in
the same clinic. Mia manages, Ida coordinates intake, Otto administers, Rea receives concerns, Cora
covers for Tom and stands in for him with Ada today. Max has two roles: he manages, and he treats (none
of these clients). Gus is Ada's guardian, Tess her trusted person. Solo is a practice of one, with every
role. Eve works in another clinic and must see nothing.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from midcourse_web.care.models import Episode
from midcourse_web.people.models import (
    Client,
    Clinic,
    Membership,
    Relationship,
    Supervision,
    User,
)

PASSWORD = "a long enough phrase"
LONG_AGO = date(2026, 1, 5)
Role = Membership.Role


@dataclass
class Cast:
    """Everybody, by first name; `clients` and `episodes` by the client's first name."""

    clinic: Clinic
    elsewhere: Clinic
    people: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    episodes: dict[str, Episode] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


STAFF = {
    "tom": (Role.THERAPIST,),
    "tara": (Role.THERAPIST,),
    "sue": (Role.SUPERVISOR,),
    "cora": (Role.COVER,),
    "mia": (Role.MANAGER,),
    "ida": (Role.INTAKE,),
    "otto": (Role.ADMINISTRATOR,),
    "rea": (Role.RECEIVER,),
    "max": (Role.MANAGER, Role.THERAPIST),
}


def the_cast() -> Cast:
    """Make everybody and their relations anew."""
    clinic = Clinic.objects.create(name="Brook House", place="gb-eng", hours=always_open())
    cast = Cast(clinic, Clinic.objects.create(name="Far Away", place="ie", hours=always_open()))
    for name, roles in STAFF.items():
        _staff(cast, name, clinic, *roles)
    _staff(cast, "eve", cast.elsewhere, *Role)
    _staff(cast, "solo", Clinic.objects.create(name="Solo", place="gb-sct"), *Role)
    Supervision.objects.create(supervisor=cast.sue, therapist=cast.tom, begins=LONG_AGO)
    for name, therapist in (("ada", "tom"), ("ben", "tom"), ("cleo", "tara")):
        _client(cast, name, therapist)
    _tie(cast.clients["ada"], cast.cora, Relationship.Kind.COVER)
    for name, kind in (("gus", Relationship.Kind.GUARDIAN), ("tess", Relationship.Kind.TRUSTED)):
        cast.people[name] = _user(name)
        _tie(cast.clients["ada"], cast.people[name], kind, shares=["progress", "appointments"])
    cast.people["nobody"] = _user("nobody")
    return cast


def always_open() -> dict[str, list[str]]:
    """Return opening hours around the clock, so that no test depends on the hour it runs at."""
    return {str(day): ["00:00", "23:59:59"] for day in range(7)}


def _user(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title())


def _staff(cast: Cast, name: str, clinic: Clinic, *roles: str) -> None:
    cast.people[name] = _user(name)
    for role in roles:
        Membership.objects.create(user=cast.people[name], clinic=clinic, role=role, begins=LONG_AGO)


def _tie(client: Client, person: User, kind: str, shares: list[str] | None = None) -> None:
    begins = timezone.now() - timedelta(days=200)
    Relationship.objects.create(client=client, person=person, kind=kind, begins=begins, shares=shares or [])


def _client(cast: Cast, name: str, therapist: str) -> None:
    cast.people[name] = _user(name)
    client = Client.objects.create(
        clinic=cast.clinic, user=cast.people[name], name=name.title(), email=f"{name}@example.org"
    )
    cast.clients[name] = client
    _tie(client, cast.people[therapist], Relationship.Kind.THERAPIST)
    cast.episodes[name] = Episode.objects.create(
        client=client,
        clinic=cast.clinic,
        therapist=cast.people[therapist],
        cover=cast.cora,
        opened_on=LONG_AGO,
        measures=["phq-9", "gad-7"],
    )

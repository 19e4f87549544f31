"""Where one person stands today: their roles, and the clients they have to do with. One query, once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from midcourse_web.people.models import BreakGlass, Client, Membership, Relationship, Supervision, User

KEPT = "_standing"
NOTHING = Value("[]")


@dataclass(frozen=True)
class Standing:
    """One person's roles by clinic, and the ids of the clients they are something to.

    `shares` holds for a guardian or trusted person what was shared, by client.
    """

    client: UUID | None = None
    roles: frozenset[tuple[UUID, str]] = frozenset()
    therapist_of: frozenset[UUID] = frozenset()
    cover_of: frozenset[UUID] = frozenset()
    supervises: frozenset[UUID] = frozenset()
    shares: dict[UUID, frozenset[str]] = field(default_factory=dict)
    broke_glass: frozenset[UUID] = frozenset()

    def has(self, role: str, clinic: UUID | None = None) -> bool:
        """Say whether the person has a role, in one clinic or in any."""
        return any(name == role and clinic in (None, where) for where, name in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether the person has any role of staff."""
        return bool(self.roles)

    @property
    def clinics(self) -> frozenset[UUID]:
        """The clinics the person works in."""
        return frozenset(where for where, _ in self.roles)


def standing(user: User) -> Standing:
    """Return where a person stands now; kept on the user object, so one request asks once."""
    if not user.is_authenticated or not user.is_active:
        return Standing()
    kept = getattr(user, KEPT, None)
    if kept is None:
        kept = _looked_up(user)
        setattr(user, KEPT, kept)
    return kept


def forget(user: User) -> None:
    """Look a person's standing up anew next time, after it was changed."""
    if hasattr(user, KEPT):
        delattr(user, KEPT)


def current(rows: QuerySet, at: object) -> QuerySet:
    """Return the rows that have begun and have not ended at a date or a time."""
    return rows.filter(Q(ends__isnull=True) | Q(ends__gt=at), begins__lte=at)


def _looked_up(user: User) -> Standing:
    """One query for everything: every page asks this first."""
    now, today = timezone.now(), timezone.localdate()
    ties = current(Relationship.objects.filter(person=user), now).order_by()
    supervised = current(Supervision.objects.filter(supervisor=user), today).values("therapist")
    treated = current(
        Relationship.objects.filter(kind=Relationship.Kind.THERAPIST, person__in=supervised), now
    ).order_by()
    rows = list(
        _rows(ties, F("kind"), "client_id", F("shares")).union(
            _rows(treated, Value("supervised"), "client_id"),
            _rows(Client.objects.filter(user=user), Value("self"), "id"),
            _rows(
                current(Membership.objects.filter(user=user), today),
                Concat(Value("role:"), F("role")),
                "clinic_id",
            ),
            _rows(BreakGlass.objects.filter(person=user, until__gt=now), Value("glass"), "client_id"),
            all=True,
        )
    )
    return _from(rows)


def _rows(query: QuerySet, what: Any, whom: str, shares: Any = NOTHING) -> QuerySet:
    named = query.annotate(
        what=Cast(what, CharField(max_length=40)), whom=F(whom), shared=Cast(shares, TextField())
    )
    return named.values_list("what", "whom", "shared")


def _from(rows: Iterable[tuple[str, UUID, str | None]]) -> Standing:
    found: dict[str, set[UUID]] = defaultdict(set)
    shares: dict[UUID, frozenset[str]] = {}
    for what, whom, shared in rows:
        found[what].add(whom)
        if what in (Relationship.Kind.GUARDIAN, Relationship.Kind.TRUSTED):
            shares[whom] = shares.get(whom, frozenset()) | frozenset(json.loads(shared or "[]"))
    roles = frozenset(
        (where, what[5:]) for what, places in found.items() if what[:5] == "role:" for where in places
    )
    return Standing(
        client=next(iter(found["self"]), None),
        roles=roles,
        therapist_of=frozenset(found[Relationship.Kind.THERAPIST]),
        cover_of=frozenset(found[Relationship.Kind.COVER]),
        # Supervising and breaking the glass are for staff; a role that ended ends them too.
        supervises=frozenset(found["supervised"])
        if any(r == "supervisor" for _, r in roles)
        else frozenset(),
        shares=shares,
        broke_glass=frozenset(found["glass"]) if roles else frozenset(),
    )

"""Who could treat somebody who waits: by what they work with, languages and room. No outcome is looked at."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from midcourse_web.care.models import Episode, Intake
from midcourse_web.people.models import Leave, Membership, User
from midcourse_web.people.standing import current


@dataclass(frozen=True)
class Could:
    """One therapist who could treat her: what fits, what does not, free places; never how well they do."""

    person: User
    fits: tuple[str, ...]
    does_not_fit: tuple[str, ...]
    languages: tuple[str, ...]
    speaks: bool
    free: int
    availability: str
    away: bool


def who_could(episode: Episode) -> list[Could]:
    """Return every therapist of the clinic: those who speak her language and have room first, then by what fits.

    People of equal fit stand in the order of their names: this is no ranking.
    """
    intake = Intake.objects.filter(episode=episode).first()
    wanted = tuple(
        dict.fromkeys([*([episode.concern] if episode.concern else []), *(intake.domains if intake else [])])
    )
    found = [_could(person, wanted, episode) for person in _therapists(episode)]
    return sorted(
        found, key=lambda one: (not one.speaks, one.free <= 0 or one.away, -len(one.fits), one.person.name)
    )


def _therapists(episode: Episode) -> list[User]:
    today = timezone.localdate()
    here = current(Membership.objects.filter(clinic=episode.clinic_id, role="therapist"), today).values(
        "user"
    )
    away = Leave.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), begins__lte=today)
    going = Count("episodes", filter=Q(episodes__state=Episode.State.OPEN), distinct=True)
    gone = Count("leaves", filter=Q(leaves__in=away), distinct=True)
    rows = User.objects.filter(pk__in=here, is_active=True).select_related("profile")
    return list(rows.annotate(going=going, gone=gone))


def _could(person: User, wanted: tuple[str, ...], episode: Episode) -> Could:
    profile = getattr(person, "profile", None)
    works_with = {str(one).lower() for one in profile.domains} if profile else set()
    languages = tuple(profile.languages) if profile else ()
    counted: dict[str, int] = vars(person)
    return Could(
        person=person,
        fits=tuple(one for one in wanted if one.lower() in works_with),
        does_not_fit=tuple(one for one in wanted if one.lower() not in works_with),
        languages=languages,
        # A profile without languages says nothing; it does not shut anybody out.
        speaks=not languages or episode.client.language in languages,
        free=(profile.capacity if profile else 0) - counted["going"],
        availability=profile.availability if profile else "",
        away=counted["gone"] > 0,
    )

"""What a clinic may learn from: scores of people who agreed to its learning and have not withdrawn (SP6)."""

from collections import defaultdict
from uuid import UUID

from midcourse_web.care.engine.course import Point, has_total
from midcourse_web.care.models import IN_FORCE, Episode, Score
from midcourse_web.people.models import Client, Clinic, Consent


def measures_of(clinic: Clinic) -> list[str]:
    """Return every measure with a total that some episode of the clinic follows, in alphabetical order."""
    named = Episode.objects.filter(clinic=clinic).values_list("measures", flat=True)
    return sorted({name for names in named for name in names if has_total(name)})


def agreed(clinic: Clinic) -> set[UUID]:
    """Return the ids of the clinic's clients who agree to its learning today."""
    consents = Consent.objects.filter(part=Consent.Part.LEARNING, withdrawn_at__isnull=True)
    clients = Client.objects.filter(clinic=clinic, erased_at__isnull=True, consents__in=consents)
    return set(clients.values_list("pk", flat=True))


def scores_by_episode(clinic: Clinic, measure: str) -> dict[Episode, list[Point]]:
    """Return the scores of each episode of those who agreed, in order of time."""
    rows = Score.objects.filter(
        IN_FORCE,
        episode__clinic=clinic,
        episode__client__in=agreed(clinic),
        measure=measure,
        part="total",
        value__isnull=False,
    ).select_related("episode")
    found: dict[Episode, list[Point]] = defaultdict(list)
    for row in rows.order_by("answered_at"):
        if row.value is not None:
            found[row.episode].append(Point(row.value, row.answered_at, row.session_number))
    return dict(found)

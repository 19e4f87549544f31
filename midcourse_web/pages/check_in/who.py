"""Who is told of a worrying answer, said before it is asked and after it is given, truthfully (SR2, SR3)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from midcourse_web.care.models import Episode
from midcourse_web.care.policies.duty import OnDuty, practice_of_one
from midcourse_web.pages.parts.when import when


@dataclass(frozen=True)
class Told:
    """Who is told, by when, why this person, and whether somebody is there now; each as words."""

    who: str
    by_when: str
    opens: str
    somebody_is_there: bool
    because: str
    alone: str


def who_is_told(episode: Episode, duty: OnDuty) -> Told:
    """Return in words who is told now. Costs one query, for a practice of one."""
    clinic = episode.clinic
    alone = practice_of_one(clinic)
    return Told(
        who=duty.person.name,
        by_when=when(clinic, duty.due_by),
        opens=when(clinic, duty.opens) if duty.opens else "",
        somebody_is_there=duty.somebody_is_there,
        because=_because(episode, duty),
        alone=_("This is a practice of one person. When %(name)s is away, nobody else here reads this.")
        % {"name": alone.name}
        if alone
        else "",
    )


def _because(episode: Episode, duty: OnDuty) -> str:
    name = episode.therapist.name if episode.therapist else ""
    if duty.because == "away" and duty.person.pk != episode.therapist_id:
        return _("%(name)s is away at the moment.") % {"name": name}
    if duty.because == "waiting":
        return _("You do not have a therapist here yet.")
    if duty.because == "ended":
        return _("Your therapy here has ended, and you are still not alone with this.")
    return ""

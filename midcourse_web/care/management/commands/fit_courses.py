"""python -m midcourse_web fit_courses: fit the course each clinic expects, in a process of its own."""

from typing import Any

from django.core.management.base import BaseCommand

from midcourse_web.care.actions.expected import keep_course
from midcourse_web.care.learning import measures_of, scores_by_episode
from midcourse_web.care.nightly import fitted_now
from midcourse_web.people.models import Clinic


class Command(BaseCommand):
    """Fits every clinic's measures from those who agreed to its learning, joined with the reference."""

    help = "Fit the course each clinic expects. `midcourse serve` does this at its start and every night."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fit and keep; says how many courses are new."""
        # Late: this loads numpy, which no other process of the application may.
        from midcourse_web.care.engine.fitting import Followed, fit_clinic

        new = 0
        for clinic in Clinic.objects.order_by("made_at"):
            given = {
                measure: [
                    Followed(str(episode.pk), points, episode.ended_on)
                    for episode, points in scores_by_episode(clinic, measure).items()
                ]
                for measure in measures_of(clinic)
            }
            for one in fit_clinic(given):
                new += keep_course(
                    clinic=clinic, measure=one.measure, saved=one.saved, clients=one.clients, why=one.why
                )
        fitted_now()
        self.stdout.write(f"{new} expected courses are new.")

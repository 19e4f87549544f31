"""python -m midcourse_web import FILE: a practice's own table onto the record; first only looked at."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from midcourse_web.care.actions.bring_in import bring_in
from midcourse_web.care.actions.course import signal_now
from midcourse_web.people.models import Clinic, Membership, User

SHOWN = 20


class Command(BaseCommand):
    """Read, say what would happen, and do it only when asked."""

    help = "Bring a practice's table of scores onto the record. Without --write nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the table, who treats these clients, and who covers."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--therapist", required=True)
        parser.add_argument("--cover", default="")
        parser.add_argument("--map", action="append", default=[])
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at the table, then bring it in where --write says so."""
        # Late: the reader loads what no other command needs.
        from midcourse_web.care.engine.tables import read

        therapist, clinic = self.clinician(options["therapist"])
        cover, _ = self.clinician(options["cover"] or options["therapist"], clinic)
        try:
            incoming = read(options["file"], dict(one.split("=", 1) for one in options["map"]))
        except (ValueError, OSError) as why:
            raise CommandError(f"{options['file']} was not brought in:\n{why}", returncode=2) from why
        self.say(incoming.notes)
        self.say(incoming.problems[:SHOWN])
        if len(incoming.problems) > SHOWN:
            self.stdout.write(f"... and {len(incoming.problems) - SHOWN} problems more.")
        if not options["write"]:
            self.stdout.write("Nothing was changed. Look at the above, then give --write to bring it in.")
            return
        done = bring_in(by=None, clinic=clinic, therapist=therapist, cover=cover, incoming=incoming.episodes)
        for episode in done.episodes:
            for measure in episode.measures:
                signal_now(episode=episode, measure=measure)
        self.stdout.write(
            f"Brought in: {len(done.episodes)} episodes with {done.scores} scores. "
            f"On the record already, and left as they are: {len(done.known)} clients."
        )

    def clinician(self, email: str, clinic: Clinic | None = None) -> tuple[User, Clinic]:
        """Return somebody who treats or covers, and their clinic, or end with the mend."""
        roles = (Membership.Role.THERAPIST, Membership.Role.COVER)
        rows = Membership.objects.filter(user__email__iexact=email, role__in=roles, ends=None)
        found = (rows.filter(clinic=clinic) if clinic else rows).select_related("user", "clinic").first()
        if found is None:
            raise CommandError(
                f"{email} is no therapist here. Invite them first, with that role.", returncode=2
            )
        return found.user, found.clinic

    def say(self, lines: tuple[str, ...]) -> None:
        """Print some lines."""
        for line in lines:
            self.stdout.write(line)

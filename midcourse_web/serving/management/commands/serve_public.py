"""python -m midcourse_web serve --public: the check-up for people without a clinic, and nothing else."""

from typing import Any

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from midcourse_web.serving.server import gunicorn, is_free
from midcourse_web.serving.together import run_together


class Command(BaseCommand):
    """Check, lay the style sheet down, say where it answers, and run the web server. There is no database."""

    help = "Run only the check-up for people without a clinic."
    requires_system_checks: list[str] = []  # its own come first, with their mends

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port and how many processes answer."""
        parser.add_argument("--port", type=int, default=8000, help="The port on this machine.")
        parser.add_argument("--workers", type=int, default=2, help="How many processes answer.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; exit code 1 where the web server ended by itself."""
        found = run_checks(include_deployment_checks=settings.CLINIC.production)
        grave = [f"{one.msg}\n    {one.hint or ''}".rstrip() for one in found if one.level >= WARNING]
        if grave:
            raise CommandError(
                "midcourse does not start, because:\n  - " + "\n  - ".join(grave), returncode=2
            )
        port = options["port"]
        if not is_free(port):
            raise CommandError(f"Port {port} is in use. Choose another one with --port.", returncode=2)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        self.stdout.write("Only the check-up for people without a clinic. There is no database.")
        self.stdout.write(f"Open http://127.0.0.1:{port}/ in a browser. Stop with Ctrl-C.")
        self.stdout.flush()
        if run_together({"web server": gunicorn(port, options["workers"])}) is not None:
            raise CommandError("The web server ended by itself.", returncode=1)
        self.stdout.write("Stopped.")

"""python -m midcourse_web serve: everything a clinic needs, in one command."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from midcourse_web.config.home import key
from midcourse_web.people.first import FILE, nobody_yet
from midcourse_web.serving.server import gunicorn, is_free
from midcourse_web.serving.together import run_together

TRIES = 20  # ports after the one asked for; only the demonstration looks further


class Command(BaseCommand):
    """Check, prepare, say where everything is, and run web server and loop until one of them cannot."""

    help = "Run the clinic: the web server and the loop beside it."
    requires_system_checks: list[str] = []  # its own come first, with their mends

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port and how many processes answer."""
        parser.add_argument("--port", type=int, default=8000, help="The port on this machine.")
        parser.add_argument("--workers", type=int, default=2, help="How many processes answer.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; exit code 1 where web server or loop ended by itself."""
        self.refuse_what_is_unsafe()
        port = self.port(options["port"])
        self.prepare()
        self.say_where(port)
        ended = run_together({"web server": gunicorn(port, options["workers"]), "loop": own("tick")})
        if ended is not None:
            raise CommandError(f"The {ended} ended by itself, so everything was stopped.", returncode=1)
        self.stdout.write("Stopped.")

    def refuse_what_is_unsafe(self) -> None:
        """End, with every mend at once, where people from elsewhere may come and something is unsafe."""
        found = run_checks(include_deployment_checks=settings.CLINIC.production)
        grave = [one for one in found if one.level >= WARNING]
        if grave:
            lines = [f"{one.msg}\n    {one.hint or ''}".rstrip() for one in grave]
            raise CommandError(
                "midcourse does not start, because:\n  - " + "\n  - ".join(lines), returncode=2
            )

    def port(self, wanted: int) -> int:
        """Return a free port, or end with the mend."""
        for port in range(wanted, wanted + (TRIES if settings.DEMO else 1)):
            if is_free(port):
                return port
        raise CommandError(f"Port {wanted} is in use. Choose another one with --port.", returncode=2)

    def prepare(self) -> None:
        """Bring the database up to date, and lay the files down that are the same for everybody."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        Path(settings.MEDIA_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.DEMO:
            call_command("invent")

    def say_where(self, port: int) -> None:
        """Say where it answers, where data, keys and uploads are, and how the first person gets in."""
        here = f"http://127.0.0.1:{port}/"
        database = settings.DATABASES["default"]
        where = database["NAME"] if "sqlite" in database["ENGINE"] or "sqlcipher" in database["ENGINE"] else (
            f"PostgreSQL, {database['NAME']} on {database['HOST'] or 'this machine'}"
        )  # fmt: skip
        say = self.stdout.write
        say(f"data:     {where}")
        say(f"keys:     {settings.HOME}/web.key, private.key (keep a copy apart from the backups)")
        say(f"uploads:  {settings.MEDIA_ROOT}")
        if settings.CLINIC.production:
            say(f"address:  {settings.CLINIC.public_url} (this machine passes it on to {here})")
        if nobody_yet() and not settings.DEMO:
            base = settings.CLINIC.public_url.rstrip("/") + "/" if settings.CLINIC.production else here
            say(
                "\nNobody can sign in yet. Open this link once to set up the clinic and its first administrator:"
            )
            say(f"    {base}{reverse('first', args=[key(FILE)]).lstrip('/')}")
        say(f"\nOpen {here}{'demo/' if settings.DEMO else ''} in a browser. Stop with Ctrl-C.")
        self.stdout.flush()


def own(command: str) -> list[str]:
    """Return the command line of one of our own commands."""
    return [sys.executable, "-m", "midcourse_web", command]

"""python -m midcourse_web tick: the one loop that sends, retries, schedules and escalates."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from midcourse_web.outbox.tick import EVERY, run


class Command(BaseCommand):
    """Run the loop until stopped; `midcourse serve` starts it beside the web server."""

    help = "Send what waits, try again what failed, move alerts up: over and over."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often, and how many rounds."""
        parser.add_argument("--every", type=float, default=EVERY, help="Seconds between rounds.")
        parser.add_argument("--rounds", type=int, default=None, help="Stop after so many rounds.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it. SIGTERM ends it between two statements: what was claimed is tried again later."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        run(options["rounds"], options["every"])

"""python -m midcourse_web invent: fill the demonstration's database; there is no such command elsewhere."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from midcourse_web.demo.engine import invent
from midcourse_web.demo.invent import make
from midcourse_web.people.models import User


class Command(BaseCommand):
    """Invent the clinic, once."""

    help = "Invent the people of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        """Invent them, unless they are there."""
        if User.objects.exists():
            return
        self.stdout.write("Inventing a clinic and living through its stories (some seconds).")
        self.stdout.flush()
        invented = invent(Path(settings.HOME) / "invented", timezone.localdate())
        with transaction.atomic():
            make(invented)

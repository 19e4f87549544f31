"""What production refuses to start without, each with its mend. Django's own checks of a deployment come on top."""

import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from midcourse_web.care.engine.places import help_for
from midcourse_web.config.home import SETTINGS_FILE, ClinicSettings

# Helplines change: somebody of the clinic calls them once a year (SR4).
CHECKED_WITHIN = timedelta(days=365)
KEYS = ("web.key", "private.key")


@register(Tags.security, deploy=True)
def fit_for_people(app_configs: Any, **_more: Any) -> list[CheckMessage]:
    """Say what must be mended before anybody may reach this installation from elsewhere."""
    clinic, file = settings.CLINIC, Path(settings.HOME) / SETTINGS_FILE
    found = [*_address(clinic), *_crisis(clinic, date.today()), *_left_open(settings)]
    if not settings.PUBLIC_ONLY:  # which sends nothing to anybody
        found += _messages(clinic)
    return [
        Error(words, hint=mend.format(file=file), id=f"midcourse.{number}") for number, words, mend in found
    ]


Found = Iterator[tuple[str, str, str]]


def _address(clinic: ClinicSettings) -> Found:
    if not clinic.production:
        yield (
            "E001",
            "No address is set at which people reach this clinic.",
            'Set public_url = "https://…" in {file}.',
        )


def _crisis(clinic: ClinicSettings, today: date) -> Found:
    """SR4: no start without the crisis contacts of the clinic's places, checked by a person not long ago."""
    if not clinic.places:
        yield (
            "E002",
            "No place is set, so nobody knows which crisis contacts to show.",
            'Set places = ["gb-eng"] (docs/reference/places.md lists them) in {file}.',
        )
    for help_here, code in zip(help_for(clinic.places), clinic.places, strict=True):
        if help_here.unknown:
            yield (
                "E003",
                f"midcourse knows no crisis contacts for the place {code!r}.",
                "Choose a place of docs/reference/places.md, or add a file for yours; then set places in {file}.",
            )
    checked = clinic.crisis_checked_on
    if checked is None or checked > today or today - checked > CHECKED_WITHIN:
        since = "never" if checked is None else f"on {checked.isoformat()}"
        yield (
            "E004",
            f"The crisis contacts were checked {since}; that must be within the last year.",
            "Call every number that `midcourse help-now` prints for your places, then set "
            f"crisis_checked_on = {today.isoformat()} in {{file}}.",
        )


def _messages(clinic: ClinicSettings) -> Found:
    if clinic.email == "console":
        yield (
            "E005",
            "E-mail goes to the console, so no alert and no reminder would reach anybody.",
            'Set email = "smtps://user:password@mail.example.org" in {file}.',
        )
    if clinic.email_from.endswith("@localhost"):
        yield (
            "E006",
            "Messages would come from an address nobody can answer.",
            'Set email_from = "check-in@your-clinic.example" in {file}.',
        )


def _left_open(given: Any) -> Found:
    if given.DEBUG or given.DEMO:
        yield (
            "E007",
            "This is a demonstration or shows its inside to visitors.",
            "Start it with `midcourse serve`, without --demo and without settings of your own.",
        )
    for name in KEYS:
        key = Path(given.HOME) / name
        if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
            yield "E008", f"Others on this machine can read {key}.", f"chmod 600 {key}"
    if stat.S_IMODE(Path(given.HOME).stat().st_mode) & 0o077:
        yield "E009", f"Others on this machine can look into {given.HOME}.", f"chmod 700 {given.HOME}"
    if not given.STAFF_NEED_SECOND_FACTOR:
        yield "E010", "Staff could sign in without a second factor.", "Set STAFF_NEED_SECOND_FACTOR to True."

"""What the client shares of the notes she holds herself; one query."""

from datetime import date
from typing import Any

from midcourse_web.care.models import LifeEvent, MedicationNote
from midcourse_web.care.one_query import fetch, part
from midcourse_web.people.models import Client

DAYS = ("since", "reviewed_on", "ended_on", "on")
MEDICINE = ("name", "since", "side_effects", "words", "skipped", "reviewed_on", "ended_on", "made_at")


def shared_by(client: Client) -> dict[str, list[dict[str, Any]]]:
    """Return shared events and shared notes on medicine, the newest first."""
    rows = fetch(
        part("events", LifeEvent.objects.filter(client=client, shared=True), "on", "words"),
        part("medicines", MedicationNote.objects.filter(client=client, shared=True), *MEDICINE),
    )
    return {
        "events": _newest_first(rows["events"], "on"),
        "medicines": _newest_first(rows["medicines"], "made_at"),
    }


def _newest_first(rows: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: str(row[by]), reverse=True)
    return [
        {name: date.fromisoformat(v) if name in DAYS and v else v for name, v in row.items()}
        for row in ordered
    ]

"""What the client keeps herself: medicine, life, notes on her chart. She decides what is shared."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import AnswerSheet, LifeEvent, MedicationNote, PointNote
from midcourse_web.people.models import Client, User

MEDICINE = frozenset(
    ("name", "since", "side_effects", "words", "skipped", "reviewed_on", "shared", "ended_on")
)


@transaction.atomic
def keep_medicine(
    *, by: User, client: Client, note: MedicationNote | None = None, **given: Any
) -> MedicationNote:
    """Note a medicine, or change a note; never what to take. Raises ValueError for no name."""
    if not str(given.get("name", "")).strip():
        raise ValueError(_("Write the name of the medicine."))
    note = note or MedicationNote(client=client)
    for name in MEDICINE & set(given):
        setattr(note, name, given[name])
    return _keep(by, client, note, "own note kept")


@transaction.atomic
def drop_medicine(*, by: User, note: MedicationNote) -> None:
    """Take a note on a medicine away, with its history: it is hers."""
    client = note.client
    MedicationNote.objects.filter(pk=note.pk).delete()
    MedicationNote.history.filter(id=note.pk).delete()
    record("own note dropped", by=by, client=client, clinic=client.clinic_id)


@transaction.atomic
def keep_event(*, by: User, client: Client, on: date, words: str, shared: bool) -> LifeEvent:
    """Note something that happened. Raises ValueError for no words."""
    if not words.strip():
        raise ValueError(_("Write in a few words what happened."))
    return _keep(
        by, client, LifeEvent(client=client, on=on, words=words.strip()[:200], shared=shared), "own note kept"
    )


@transaction.atomic
def drop_event(*, by: User, event: LifeEvent) -> None:
    """Take an event away, with its history: it is hers."""
    client = event.client
    LifeEvent.objects.filter(pk=event.pk).delete()
    LifeEvent.history.filter(id=event.pk).delete()
    record("own note dropped", by=by, client=client, clinic=client.clinic_id)


@transaction.atomic
def share_event(*, by: User, event: LifeEvent, shared: bool) -> LifeEvent:
    """Share an event with her therapist, or keep it to herself again."""
    event.shared = shared
    return _keep(by, event.client, event, "own note kept")


@transaction.atomic
def note_point(*, by: User, sheet: AnswerSheet, words: str, does_not_fit: bool) -> PointNote | None:
    """Keep her note on one point of her chart; no words and no tick take the note away (SD1)."""
    client = sheet.episode.client
    record("own note kept", by=by, subject=sheet, client=client, clinic=client.clinic_id)
    words = words.strip()[:300]
    if not words and not does_not_fit:
        PointNote.objects.filter(sheet=sheet).delete()
        return None
    note = PointNote.objects.filter(sheet=sheet).first() or PointNote(sheet=sheet)
    note.words, note.does_not_fit = words, does_not_fit
    note.save()
    return note


def _keep(by: User, client: Client, row: Any, verb: str) -> Any:
    row._history_user = by
    row.save()
    # One verb for every kind of note: the audit must not tell staff that there is an unshared one.
    record(verb, by=by, client=client, clinic=client.clinic_id)
    return row

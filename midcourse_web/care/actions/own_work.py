"""What a clinician does for their own work: a question to a supervisor, an answer, a training log."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import Consultation, TrainingEntry
from midcourse_web.outbox.actions.put import put
from midcourse_web.people.models import Clinic, User


@transaction.atomic
def ask_supervisor(*, by: User, to: User, clinic: Clinic, question: str, sheet: str) -> Consultation:
    """Put a question in a supervisor's queue, with the sheet exactly as the therapist has left it.

    Raises ValueError for no question.
    """
    if not question.strip():
        raise ValueError(_("Write your question first."))
    made = Consultation.objects.create(
        by=by, to=to, clinic=clinic, question=question.strip()[:2000], sheet=sheet.strip()[:6000]
    )
    # No client in the audit row either: the question is about a case without a name.
    record("consultation asked for", by=by, subject=made, clinic=clinic)
    put(
        kind="inbox",
        address=to.email,
        subject=_("Please sign in"),
        body=_("A colleague has a question for you. Please sign in to see it."),
        about=made.pk,
    )
    return made


@transaction.atomic
def answer_consultation(*, by: User, one: Consultation, answer: str) -> Consultation:
    """Answer a colleague's question. Raises ValueError for no words."""
    if not answer.strip():
        raise ValueError(_("Write a few words first."))
    one.answer, one.answered_at = answer.strip()[:4000], timezone.now()
    one.save(update_fields=["answer", "answered_at"])
    record("consultation answered", by=by, subject=one, clinic=one.clinic)
    return one


@transaction.atomic
def note_training(
    *, by: User, on: date, what: str, hours: Decimal | None = None, learned: str = ""
) -> TrainingEntry:
    """Note a piece of training for oneself. Raises ValueError for no words."""
    if not what.strip():
        raise ValueError(_("Write what it was."))
    return TrainingEntry.objects.create(
        person=by, on=on, what=what.strip()[:200], hours=hours, learned=learned.strip()[:1000]
    )


@transaction.atomic
def drop_training(*, by: User, entry: TrainingEntry) -> None:
    """Take an entry out of one's own log."""
    TrainingEntry.objects.filter(pk=entry.pk, person=by).delete()

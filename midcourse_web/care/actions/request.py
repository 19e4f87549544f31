"""What a client asks for: another way of working, a longer session, somebody else, her rights; with receipts."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.task import close_task, open_task
from midcourse_web.care.models import Episode, PreparedNote, Task
from midcourse_web.people.models import Client, User
from midcourse_web.people.receivers import coordinators

Kind = Task.Kind
MOST = 3000  # characters
CHANGE_WITHIN = 7  # days
SWITCH_WITHIN = 3
RIGHTS_WITHIN = 30  # GDPR and UK GDPR art. 12(3): one month; HIPAA 45 CFR 164.524 gives 30 days
THERAPISTS = (Kind.CHANGE, Kind.LONGER, Kind.REVIEW, Kind.PAUSE)  # what the therapist answers


@transaction.atomic
def share_words(
    *, by: User, episode: Episode, text: str, about: str = PreparedNote.About.WORDS
) -> PreparedNote:
    """Show the therapist exactly this text in the preparation of the next session. Raises ValueError for none."""
    if not text.strip():
        raise ValueError(_("Choose or write a few words first."))
    note = PreparedNote.objects.create(
        episode=episode, about=PreparedNote.About(about), text=text.strip()[:MOST]
    )
    record("words shared", by=by, subject=note, client=episode.client, clinic=episode.clinic)
    return note


@transaction.atomic
def take_words_back(*, by: User, note: PreparedNote) -> None:
    """Take shared words back; they are shown to nobody from then on."""
    if note.withdrawn_at is None:
        note.withdrawn_at = timezone.now()
        note.save(update_fields=["withdrawn_at"])
        record(
            "words taken back", by=by, subject=note, client=note.episode.client, clinic=note.episode.clinic
        )


@transaction.atomic
def words_seen(*, by: User, episode: Episode) -> int:
    """Note that the therapist has seen what was shared; the client sees that. Returns how many were new."""
    fresh = PreparedNote.objects.filter(episode=episode, withdrawn_at__isnull=True, seen_at__isnull=True)
    return fresh.update(seen_at=timezone.now())


@transaction.atomic
def ask_for_change(*, by: User, episode: Episode, about: str, text: str = "") -> Task:
    """Ask the therapist to work in another way; the text, if any, is shown, the task holds none of it."""
    if text.strip():
        share_words(by=by, episode=episode, text=text, about=about)
    return _ask(by, episode, Kind.CHANGE)


def ask_for_longer_session(*, by: User, episode: Episode) -> Task:
    """Ask for a longer session to talk about how it is going."""
    return _ask(by, episode, Kind.LONGER)


@transaction.atomic
def ask_for_somebody_else(*, by: User, client: Client, wishes: str = "") -> Task:
    """Ask for another therapist. It goes to whoever coordinates, never to or through the therapist.

    Raises ValueError where nobody here can take it but those who treat her.
    """
    to = coordinators(client).first()
    if to is None:
        raise ValueError(_("Nobody here but your therapist could read this, so it was not sent."))
    return open_task(
        by=by,
        clinic=client.clinic,
        client=client,
        kind=Kind.SWITCH,
        words=wishes,
        within_days=SWITCH_WITHIN,
        for_person=to,
    )


def ask_for_right(*, by: User, client: Client, words: str) -> Task:
    """Ask to correct or erase something; the clinic answers within a month."""
    return open_task(
        by=by,
        clinic=client.clinic,
        client=client,
        kind=Kind.RIGHTS,
        words=words.strip(),
        within_days=RIGHTS_WITHIN,
        for_person=coordinators(client).first(),
    )


@transaction.atomic
def take_request_back(*, by: User, task: Task) -> Task:
    """Close a request of hers that is still open."""
    return task if task.done_at else close_task(by=by, task=task, words=_("taken back"))


def answer_request(*, by: User, task: Task, words: str) -> Task:
    """Answer a request as the therapist; the client reads the words. Raises ValueError for none."""
    if task.kind not in THERAPISTS:
        raise ValueError(_("This is for somebody else to answer."))
    if not words.strip():
        raise ValueError(_("Write in a few words what you will do."))
    return close_task(by=by, task=task, words=words.strip())


def _ask(by: User, episode: Episode, kind: str) -> Task:
    return open_task(
        by=by,
        clinic=episode.clinic,
        client=episode.client,
        kind=kind,
        within_days=CHANGE_WITHIN,
        for_person=episode.therapist,
    )

"""What only the client reads: her private notes, and her record of what is not okay."""

from django.db import models

from midcourse_web.people.models.named import Dated
from midcourse_web.private.sealed import SealedText


class PrivateNote(Dated):
    """A note of the client's own, until she shares exactly what she chooses."""

    client = models.UUIDField(db_index=True)
    text = SealedText()

    def __str__(self) -> str:
        return "a private note"


class Concern(Dated):
    """Something that is not okay, as the client keeps it: dated, hers alone, gone when she deletes it.

    Sent only to a receiver she chooses; `receiver` is empty until then.
    """

    client = models.UUIDField(db_index=True)
    happened_on = SealedText(blank=True)
    text = SealedText()
    receiver = models.UUIDField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    may_tell_therapist = models.BooleanField(null=True, blank=True)
    tell_if_at_risk = SealedText(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return "a concern"


class ConcernStep(Dated):
    """What was done about a concern that was sent, as its receiver tells the client."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    by = models.UUIDField(null=True)
    text = SealedText()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "a step"


class OwnCheckUp(Dated):
    """A check-up the client began: hers alone until she shares what she chooses (SD2).

    `held` is JSON: answers, skipped questions, picks, reasons set aside, safety answers, where she is.
    """

    client = models.UUIDField(db_index=True)
    episode = models.UUIDField(null=True)
    held = SealedText()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return "a check-up"


class OwnEntry(Dated):
    """One entry the client made with a tool: hers alone until she shares it.

    `held` is JSON of field and answer.
    """

    client = models.UUIDField(db_index=True)
    tool = models.CharField(max_length=40)
    held = SealedText()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "an entry"

"""A message that waits to be sent, and the pulse of the loop that sends it."""

from django.db import models

from midcourse_web.people.models.named import Dated


class Message(Dated):
    """One message, written in the same transaction as the fact it tells of.

    Texts are neutral: sender, subject and body fit a shared phone. `urgent` ones are for staff about
    risk: no quiet hours, and one that cannot be delivered counts as unacknowledged. `about` is the id
    of the row it belongs to.
    """

    class Channel(models.TextChoices):
        """How a message travels."""

        EMAIL = "email"
        TEXT = "text"

    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    urgent = models.BooleanField(default=False)
    about = models.UUIDField(null=True, db_index=True)
    clinic = models.UUIDField(null=True)
    not_before = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["not_before"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}"


class Pulse(models.Model):
    """When a part of the tick loop last came through to its end."""

    part = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part} {self.at:%Y-%m-%d %H:%M}"

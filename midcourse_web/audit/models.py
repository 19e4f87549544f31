"""The audit: one row per write and per look at somebody's record."""

from django.db import models


class Entry(models.Model):
    """One thing that somebody did or saw (SP5).

    Actor, client and subject are ids without foreign keys, so that erasing a person and keeping the
    audit do not block each other. The database refuses UPDATE and DELETE by triggers.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    client = models.UUIDField(null=True, db_index=True)
    clinic = models.UUIDField(null=True, db_index=True)
    how = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

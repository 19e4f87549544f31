"""What a client entered with a tool and chose to share, exactly that."""

from django.db import models

from midcourse_web.care.models.episode import Episode
from midcourse_web.people.models.named import Dated


class SharedEntry(Dated):
    """A copy of one entry, shared for the next session; taken back when she deletes or withdraws it."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="shared_entries")
    entry = models.UUIDField(db_index=True)
    tool = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.tool

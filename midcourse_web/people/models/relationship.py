"""Who has to do with whom: the ground on which every permission stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models.named import Dated


class Relationship(Dated):
    """One person's relation to one client, from a day on and until a day or for good.

    `episode` is the id of the episode it belongs to (care is a later room). `shares` names what a
    guardian or a trusted person may see, part by part; empty means nothing yet.
    """

    class Kind(models.TextChoices):
        """What somebody is to a client."""

        THERAPIST = "therapist", _("therapist")
        COVER = "cover", _("cover")
        GUARDIAN = "guardian", _("guardian")
        TRUSTED = "trusted", _("trusted person")

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="relationships")
    person = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="relationships")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    episode = models.UUIDField(null=True, blank=True, db_index=True)
    shares = models.JSONField(default=list, blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "ends"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class Supervision(Dated):
    """One supervisor of one therapist."""

    supervisor = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="supervises")
    therapist = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="supervised_by")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.supervisor} supervises {self.therapist}"

"""Who works where in which role, what a therapist brings, and when they are away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models.named import Dated, Named


class Membership(Named):
    """One role of one person in one clinic, from a day on and until a day or for good."""

    class Role(models.TextChoices):
        """The roles of staff; being a client is no role but a record of one's own."""

        THERAPIST = "therapist", _("therapist")
        COVER = "cover", _("covering clinician")
        SUPERVISOR = "supervisor", _("supervisor")
        MANAGER = "manager", _("manager")
        INTAKE = "intake", _("intake coordinator")
        ADMINISTRATOR = "administrator", _("administrator")
        RECEIVER = "receiver", _("receiver")

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="memberships")
    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey("people.Team", null=True, blank=True, on_delete=models.SET_NULL)
    role = models.CharField(max_length=20, choices=Role.choices)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        unique_together = [("user", "clinic", "role", "begins")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class TherapistProfile(Dated):
    """What a therapist brings: training, licence, approaches, domains, languages, when there is room."""

    user = models.OneToOneField("people.User", on_delete=models.CASCADE, related_name="profile")
    training = models.TextField(_("training"), blank=True)
    licence_number = models.CharField(_("licence number"), max_length=60, blank=True)
    licence_body = models.CharField(_("licensed by"), max_length=120, blank=True)
    licence_checked_on = models.DateField(_("licence checked on"), null=True, blank=True)
    licence_checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    approaches = models.JSONField(_("approaches"), default=list, blank=True)
    domains = models.JSONField(_("works with"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    availability = models.TextField(_("availability"), blank=True)
    capacity = models.PositiveIntegerField(_("clients at a time"), default=20)
    about = models.TextField(_("in their own words"), blank=True)

    def __str__(self) -> str:
        return str(self.user)


class Leave(Dated):
    """Days on which a therapist is away, planned or not, and who stands in."""

    therapist = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="leaves")
    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="leaves")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    cover = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="covers")
    planned = models.BooleanField(default=True)

    class Meta:
        ordering = ["begins"]

    def __str__(self) -> str:
        return f"{self.therapist} away from {self.begins}"

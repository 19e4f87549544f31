"""Somebody who is helped, how to reach them, and what they agreed to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models.named import Dated


class Client(Dated):
    """Somebody who is helped. May have a sign-in (`user`), or answer by link and on paper only.

    `risk_to_duty`: she has chosen the duty person instead of her therapist (SR3); shown to nobody.
    `sees_scores`: her own switch (SD1). `quiet_from` and `quiet_until` are hours without messages.
    """

    clinic = models.ForeignKey("people.Clinic", on_delete=models.PROTECT, related_name="clients")
    user = models.OneToOneField(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="client"
    )
    name = models.CharField(_("name"), max_length=120)
    born = models.DateField(_("date of birth"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    reach_by = models.CharField(
        _("how to reach you"),
        max_length=10,
        default="email",
        choices=[("email", _("e-mail")), ("text", _("text message")), ("none", _("no messages"))],
    )
    reminders = models.BooleanField(_("reminders"), default=True)
    quiet_from = models.TimeField(_("no messages from"), default="21:00")
    quiet_until = models.TimeField(_("until"), default="08:00")
    risk_to_duty = models.BooleanField(default=False)
    sees_scores = models.BooleanField(_("show me my scores"), default=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Consent(Dated):
    """One part of consent, given and perhaps withdrawn (SP6). Care never depends on the other parts."""

    class Part(models.TextChoices):
        """What may be agreed to, each by itself."""

        CARE = "care", _("my care here")
        LEARNING = "learning", _("this clinic's learning")
        POOLED = "pooled", _("a pooled export without names")

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    part = models.CharField(max_length=10, choices=Part.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    wording = models.CharField(max_length=20, default="1")

    def __str__(self) -> str:
        return f"{self.client}: {self.part}"

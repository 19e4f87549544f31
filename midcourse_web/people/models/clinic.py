"""A clinic or practice, its teams, and who is on duty when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models.named import Dated, Named


def weekdays() -> dict[str, list[str]]:
    """Return ordinary opening hours: Monday to Friday, nine to five."""
    return {str(day): ["09:00", "17:00"] for day in range(5)}


class Clinic(Dated):
    """A clinic or a practice of one. `hours` maps weekday (0 is Monday) to opening and closing time.

    `acknowledge_minutes`: how long a risk alert may wait, counted in opening hours, before it moves up;
    `escalation` is how often it moves up to the next person before everybody on duty has it.
    """

    name = models.CharField(max_length=120)
    place = models.CharField(max_length=10, default="general")
    timezone = models.CharField(max_length=60, default="Europe/London")
    hours = models.JSONField(default=weekdays)
    acknowledge_minutes = models.PositiveIntegerField(default=120)
    public_check_up = models.BooleanField(default=False)
    concern_answer_days = models.PositiveIntegerField(default=5)
    silent_after_days = models.PositiveIntegerField(default=28)
    alert_email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class Team(Named):
    """A team within a clinic."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class DutyTurn(Named):
    """One person's turn on duty: the named person who answers risk alerts then (SR2)."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="duty_turns")
    person = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="duty_turns")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    order = models.PositiveSmallIntegerField(_("order in the chain, 1 is asked first"), default=1)

    class Meta:
        ordering = ["begins", "order"]

    def __str__(self) -> str:
        return f"{self.person} {self.begins:%Y-%m-%d %H:%M}"

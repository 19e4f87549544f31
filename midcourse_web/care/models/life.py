"""What the client holds herself: medicine, life, her own notes, her safety plan, what she releases."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from midcourse_web.care.models.check_in import AnswerSheet
from midcourse_web.people.models.named import Dated


class MedicationNote(Dated):
    """What the client notes on a medicine, for a talk with a prescriber; never what to take."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="medication")
    name = models.CharField(_("medicine"), max_length=120)
    since = models.DateField(_("since"), null=True, blank=True)
    side_effects = models.PositiveSmallIntegerField(_("side effects, 0 to 4"), null=True, blank=True)
    words = models.CharField(_("in your own words"), max_length=300, blank=True)
    skipped = models.BooleanField(_("skipped or stopped some"), null=True, blank=True)
    reviewed_on = models.DateField(_("last talked over with a prescriber"), null=True, blank=True)
    shared = models.BooleanField(_("my therapist may see this"), default=False)
    ended_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.name


class LifeEvent(Dated):
    """Something that happened, in the client's words; it adds context and never pauses a signal."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="life_events")
    on = models.DateField(_("when"))
    words = models.CharField(_("what happened"), max_length=200)
    shared = models.BooleanField(_("my therapist may see this"), default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return self.words


class PointNote(Dated):
    """The client's own note on one point of her chart, or "this does not fit" (SD1)."""

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="notes")
    words = models.CharField(max_length=300, blank=True)
    does_not_fit = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.words or "does not fit"


class SafetyPlan(Dated):
    """One version of a safety plan, made together; the newest one is in force (SR5)."""

    PARTS = ("warning_signs", "what_helps", "people", "professionals", "safer", "reasons")

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="safety_plans")
    number = models.PositiveIntegerField(default=1)
    warning_signs = models.TextField(_("signs that it gets harder"), blank=True)
    what_helps = models.TextField(_("what helps me by myself"), blank=True)
    people = models.TextField(_("people I can be with or call"), blank=True)
    professionals = models.TextField(_("professionals and services"), blank=True)
    safer = models.TextField(_("making my surroundings safer"), blank=True)
    reasons = models.TextField(_("my reasons to live"), blank=True)
    made_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        unique_together = [("client", "number")]

    def __str__(self) -> str:
        return f"version {self.number}"


class Release(Dated):
    """Consent to share, with a scope and an end; withdrawn at any time."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="releases")
    to = models.CharField(_("to whom"), max_length=200)
    person = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.CASCADE)
    scope = models.JSONField(_("what"), default=list)
    why = models.CharField(_("what for"), max_length=200, blank=True)
    begins = models.DateField()
    ends = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.to

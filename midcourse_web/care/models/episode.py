"""One course of therapy of one client, its sessions, and what was said at its start."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from midcourse_web.people.models.named import Dated


class Episode(Dated):
    """One course of therapy of one client with a therapist.

    `therapist` is empty only while she waits; `cover` is never empty: an episode cannot be opened with
    nobody named to answer a risk alert when the therapist is away (SR2).
    """

    class State(models.TextChoices):
        """Where an episode stands."""

        WAITING = "waiting", _("waiting")
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="episodes")
    clinic = models.ForeignKey("people.Clinic", on_delete=models.PROTECT, related_name="episodes")
    therapist = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="episodes"
    )
    cover = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(
        max_length=12,
        blank=True,
        choices=[("client", _("client")), ("therapist", _("therapist")), ("both", _("both"))],
    )
    referred = models.BooleanField(null=True, blank=True)
    concern = models.CharField(_("main concern"), max_length=60, blank=True)
    treatment = models.CharField(_("kind of therapy"), max_length=60, blank=True)
    measures = models.JSONField(default=list, help_text="ids of the instruments followed, main one first")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_on"]

    def __str__(self) -> str:
        return f"{self.client}, from {self.opened_on}"


class Intake(Dated):
    """What was said at the start, in the client's own words where there are words (CAP-INTAKE).

    `private` names the parts that she keeps to herself: to everybody else they look as if not said.
    """

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="intake")
    words = models.TextField(_("what brings you here"), blank=True)
    domains = models.JSONField(_("areas"), default=list, blank=True)
    first_time = models.BooleanField(_("first time in therapy"), null=True, blank=True)
    help_before = models.TextField(_("help you had before"), blank=True)
    what_helped = models.TextField(_("what helped"), blank=True)
    what_did_not = models.TextField(_("what did not"), blank=True)
    bad_experience = models.BooleanField(_("something went badly"), null=True, blank=True)
    preferences = models.JSONField(_("wishes"), default=list, blank=True)
    expectations = models.TextField(_("what you expect"), blank=True)
    expects_sessions = models.PositiveSmallIntegerField(_("how many sessions"), null=True, blank=True)
    better_would_be = models.TextField(_("what better would be"), blank=True)
    notice_read_at = models.DateTimeField(null=True, blank=True)
    notice_version = models.CharField(max_length=40, blank=True)
    private = models.JSONField(default=list, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"intake of {self.episode}"


class Session(Dated):
    """One booked session, and who came or who cancelled."""

    class Attendance(models.TextChoices):
        """What became of a booked session, in the words of the engine's record."""

        ATTENDED = "attended", _("attended")
        CLIENT_CANCELLED = "client cancelled", _("client cancelled")
        CLIENT_MISSED = "client missed", _("client did not come")
        THERAPIST_CANCELLED = "therapist cancelled", _("therapist cancelled")
        THERAPIST_MISSED = "therapist missed", _("therapist did not come")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField(default=50)
    where = models.CharField(
        max_length=10,
        default="room",
        choices=[("room", _("in the room")), ("video", _("by video")), ("phone", _("by phone"))],
    )
    attendance = models.CharField(max_length=20, choices=Attendance.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    asked = models.CharField(
        max_length=10, blank=True, choices=[("move", _("asks to move it")), ("cancel", _("cannot come"))]
    )
    asked_words = models.CharField(max_length=300, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="number of attended sessions")
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

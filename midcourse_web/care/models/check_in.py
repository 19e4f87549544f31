"""What is asked when, what was answered, and what it scores."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.care.models.episode import Episode, Session
from midcourse_web.people.models.named import Dated

# Scores that count: those of a sheet that was amended stay on the record and out of every sum (SP8).
IN_FORCE = models.Q(sheet__isnull=True) | models.Q(sheet__replaced_by__isnull=True)


class Schedule(Dated):
    """One instrument asked again and again: after each session, or every so many weeks."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="schedules")
    instrument = models.CharField(max_length=60)
    every = models.CharField(
        max_length=10, choices=[("session", _("each session")), ("weeks", _("every so many weeks"))]
    )
    weeks = models.PositiveSmallIntegerField(default=1)
    stopped_on = models.DateField(null=True, blank=True)

    class Meta:
        unique_together = [("episode", "instrument")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.every}"


class CheckIn(Dated):
    """One check-in: the instruments asked around a session or on a day, until it is submitted or closes.

    The link's secret and the short code are kept hashed (SP7). `draft` never holds an answer: a half
    answered page lives in the open tab alone.
    """

    class State(models.TextChoices):
        """Where a check-in stands."""

        OPEN = "open", _("open")
        DONE = "done", _("done")
        CLOSED = "closed", _("closed")
        DECLINED = "declined", _("not this time")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="check_ins")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL)
    instruments = models.JSONField(default=list)
    due_at = models.DateTimeField(db_index=True)
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_at"]

    def __str__(self) -> str:
        return f"{', '.join(self.instruments)} due {self.due_at:%Y-%m-%d}"


class AnswerSheet(Dated):
    """The answers one person gave to one instrument on one occasion.

    `answers` maps item id to the value; null means shown and skipped. `private` names items she keeps
    from the therapist. `key` makes a submission count once, however often it arrives. An amendment is a
    new sheet that `replaces` the old one; nothing is overwritten (SP8).
    """

    class Mode(models.TextChoices):
        """How the answers came in."""

        SIGNED_IN = "signed in", _("signed in")
        LINK = "link", _("by link")
        CODE = "code", _("on the clinic's device")
        PAPER = "paper", _("keyed in from paper")
        IMPORT = "import", _("imported")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="sheets")
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets"
    )
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8, default="en")
    answers = models.JSONField(default=dict)
    private = models.JSONField(default=list, blank=True)
    mode = models.CharField(max_length=12, choices=Mode.choices)
    entered_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(db_index=True)
    session_number = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.CharField(max_length=100, unique=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    amended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["answered_at"]

    def __str__(self) -> str:
        return f"{self.instrument} {self.answered_at:%Y-%m-%d}"


class Score(Dated):
    """One score of one answer sheet; `value` is empty where too many answers are missing."""

    sheet = models.ForeignKey(
        AnswerSheet, null=True, blank=True, on_delete=models.CASCADE, related_name="scores"
    )
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="scores")
    measure = models.CharField(max_length=60)
    part = models.CharField(max_length=60, default="total")
    value = models.FloatField(null=True, blank=True)
    band = models.CharField(max_length=60, blank=True)
    n_answered = models.PositiveSmallIntegerField(null=True, blank=True)
    handling = models.CharField(max_length=20, default="complete")
    reason = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(db_index=True)
    session_number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["answered_at"]
        indexes = [models.Index(fields=["episode", "measure", "answered_at"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"


class ExpectedCourse(Dated):
    """The course expected on one measure in one clinic, as the engine saved it; the newest is in force."""

    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="courses")
    measure = models.CharField(max_length=60)
    saved = models.TextField()
    clients = models.PositiveIntegerField(default=0)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.measure} in {self.clinic}"

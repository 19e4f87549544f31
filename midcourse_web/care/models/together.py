"""What each side has released, the joint review, and the plan both agreed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from midcourse_web.care.models.episode import Episode
from midcourse_web.people.models.named import Dated


class ReleasedView(Dated):
    """What the client chose to share of a check-up, exactly that; the newest one holds, until withdrawn."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="released_views")
    felt = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    picks = models.JSONField(default=list)
    words = models.CharField(_("in your own words"), max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"released {self.made_at:%Y-%m-%d}"


class TherapistView(Dated):
    """The therapist's answers for one episode; `released` holds sentences worded for the client (SD2)."""

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="therapist_view")
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    released = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"therapist's view of {self.episode}"


class JointReview(Dated):
    """Client and therapist look at it together: asked for, held, or "not now" without a reason."""

    class State(models.TextChoices):
        """Where a joint review stands."""

        ASKED = "asked", _("asked for")
        NOT_NOW = "not now", _("not now")
        OPEN = "open", _("being held")
        DONE = "done", _("done")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="joint_reviews")
    asked_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    agreed = models.JSONField(default=dict, blank=True, help_text="by reason: what each side thinks of it")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.state


class SharedPlan(Dated):
    """Steps both agreed on, with the frozen forecast and the plan check. A change is a new plan.

    `saved` is the engine's plan as JSON, from the moment both have agreed. `version` guards against two
    people saving over one another.
    """

    class State(models.TextChoices):
        """Where a plan stands."""

        DRAFT = "draft", _("being made")
        AGREED = "agreed", _("agreed")
        CHECKED = "checked", _("checked")
        REPLACED = "replaced", _("replaced")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField(default=1)
    steps = models.JSONField(default=list)
    reason = models.CharField(max_length=60, blank=True)
    course_state = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    check_on = models.DateField(null=True, blank=True)
    client_agreed_at = models.DateTimeField(null=True, blank=True)
    therapist_agreed_at = models.DateTimeField(null=True, blank=True)
    saved = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_words = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()
    _history_user: object = None  # who makes the next change; the history reads it

    class Meta:
        ordering = ["-number"]
        unique_together = [("episode", "number")]

    def __str__(self) -> str:
        return f"plan {self.number}"

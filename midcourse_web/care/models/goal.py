"""Goals in the client's own words, how they go, and practice between sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from midcourse_web.care.models.episode import Episode
from midcourse_web.people.models.named import Dated


class Goal(Dated):
    """One goal. Agreement is 0 (not at all) to 10 (fully), each side by itself.

    `quality` holds the answers of the quality check: clear, matters to me, in reach, seen in my week.
    """

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="goals")
    words = models.CharField(_("in your own words"), max_length=300)
    whose = models.CharField(
        _("whose goal is this"),
        max_length=10,
        default="client",
        choices=[
            ("client", _("mine")),
            ("therapist", _("my therapist's")),
            ("both", _("both of ours")),
            ("other", _("somebody else's")),
        ],
    )
    client_agrees = models.PositiveSmallIntegerField(null=True, blank=True)
    therapist_agrees = models.PositiveSmallIntegerField(null=True, blank=True)
    quality = models.JSONField(default=dict, blank=True)
    small_steps = models.JSONField(default=list, blank=True)
    state = models.CharField(
        max_length=10,
        default="open",
        choices=[("open", _("open")), ("reached", _("reached")), ("dropped", _("set aside"))],
    )
    settled_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.words


class GoalRating(Dated):
    """How close a goal is, 0 (not at all) to 10 (reached), on one day."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    value = models.PositiveSmallIntegerField()
    by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ["rated_at"]

    def __str__(self) -> str:
        return str(self.value)


class Homework(Dated):
    """One task between sessions: small, clear, rehearsed, and linked to a goal."""

    class Done(models.TextChoices):
        """How it went; "not done" tells something about the task."""

        DONE = "done", _("done")
        PARTLY = "partly", _("partly done")
        NOT = "not", _("not done")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="homework")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="homework")
    what = models.CharField(_("what"), max_length=300)
    why = models.CharField(_("what for"), max_length=300, blank=True)
    when_where = models.CharField(_("when and where"), max_length=200, blank=True)
    barrier = models.CharField(_("what could get in the way"), max_length=200, blank=True)
    backup = models.CharField(_("and then"), max_length=200, blank=True)
    rehearsed = models.BooleanField(_("tried together"), default=False)
    due_on = models.DateField(null=True, blank=True)
    done = models.CharField(max_length=8, choices=Done.choices, blank=True)
    got_in_the_way = models.CharField(_("what got in the way"), max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.what

"""The state of a course as it was computed, and what people did about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.care.models.check_in import AnswerSheet
from midcourse_web.care.models.episode import Episode
from midcourse_web.people.models.named import Dated


class Signal(Dated):
    """The engine's answer for one measure after one answer sheet, with everything that made it so.

    `numbers` holds the chart's band and the odds; `rule` and `content` are the versions it was made with.
    `state` is the engine's word, "not computed" where the second step failed (SR1); `stage` is where
    people are with it.
    """

    class Stage(models.TextChoices):
        """What people have done about a signal that needs them."""

        NONE = "", _("nothing to do")
        DUE = "due", _("due")
        SEEN = "seen", _("seen")
        DISCUSSED = "discussed", _("talked about")
        ACTED = "acted", _("acted on")
        RESOLVED = "resolved", _("resolved")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="signals")
    sheet = models.ForeignKey(AnswerSheet, null=True, blank=True, on_delete=models.SET_NULL)
    measure = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    sentence = models.TextField(blank=True)
    how_often_right = models.TextField(blank=True)
    numbers = models.JSONField(default=dict, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    content = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.NONE, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    is_alert = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["episode", "measure", "made_at"])]

    def __str__(self) -> str:
        return f"{self.measure}: {self.state}"


class SignalStep(Dated):
    """One move of a signal from stage to stage, or a snooze: who, when, why."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10)
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.stage} by {self.by}"

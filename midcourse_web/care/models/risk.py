"""Risk: one task per worrying answer, for a named person, until somebody says what was done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.care.models.check_in import AnswerSheet
from midcourse_web.care.models.episode import Episode
from midcourse_web.people.models.named import Dated


class RiskTask(Dated):
    """One alert, made in the same transaction as the answers (SR1), for one named person (SR2).

    `for_person` is who must act now. `hidden_from` is the therapist where she chose the duty person
    instead (SR3). `said` holds the items' ids and values. `due_by` is when it moves up the chain.
    """

    class Level(models.TextChoices):
        """How pressing it is (SR6)."""

        NOW = "now", _("not safe right now")
        NEW = "new", _("new or higher")
        KNOWN = "known", _("unchanged since it was last talked about")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="risk_tasks")
    sheet = models.ForeignKey(AnswerSheet, null=True, on_delete=models.PROTECT, related_name="risk_tasks")
    level = models.CharField(max_length=6, choices=Level.choices)
    said = models.JSONField(default=list)
    for_person = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="risk_tasks")
    hidden_from = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_by = models.DateTimeField(db_index=True)
    moved_up = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True, db_index=True)
    acknowledged_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_by"]

    def __str__(self) -> str:
        return f"{self.level}, due {self.due_by:%Y-%m-%d %H:%M}"


class RiskStep(Dated):
    """One thing done about a risk task: acknowledged, tried, moved up, talked about."""

    class What(models.TextChoices):
        """What was done."""

        SPOKE = "spoke", _("spoke with her")
        NOT_REACHED = "not reached", _("could not reach her; will try again")
        MOVED_UP = "moved up", _("nobody answered in time; moved up")
        CONFIRMED = "confirmed", _("talked about at the session; unchanged")
        AMENDED = "amended", _("the answers were corrected; the alert stands")

    task = models.ForeignKey(RiskTask, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=12, choices=What.choices)
    by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.what

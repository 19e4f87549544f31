"""What needs a person by a day: the clinic's dated list, without clinical content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models.named import Dated


class Task(Dated):
    """One dated thing a named person or a role must do for somebody; it holds no clinical content."""

    class Kind(models.TextChoices):
        """Why somebody is needed."""

        SWITCH = "switch", _("asks for another therapist")
        MOVE = "move", _("asks to move or cancel a session")
        LONGER = "longer", _("asks for a longer session to talk about how it is going")
        CHANGE = "change", _("asks to work in another way")
        PAUSE = "pause", _("is taking a break")
        REVIEW = "review", _("asks to look at it together")
        SILENT = "silent", _("no next session and no contact")
        CANCELLED = "cancelled", _("sessions cancelled by the clinic again and again")
        WAITING = "waiting", _("waiting to be seen")
        ENDED = "ended", _("the therapist ended it: reach her with a choice of next steps")
        ABSENT = "absent", _("the therapist is away: reach her with a choice of next steps")
        RIGHTS = "rights", _("asks to correct or erase something")
        ADDRESS = "address", _("a message may have reached somebody else")
        GLASS = "glass", _("a record was opened in an emergency: look whether that was right")
        PROBLEM = "problem", _("a problem with this software")

    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="tasks")
    client = models.ForeignKey("people.Client", null=True, blank=True, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    for_person = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks"
    )
    words = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_on}"

"""What a client asks for or prepares, and what a therapist asks a supervisor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from midcourse_web.care.models.episode import Episode
from midcourse_web.people.models.named import Dated


class PreparedNote(Dated):
    """What the client chose to say before the next session: exactly this text, until she takes it back."""

    class About(models.TextChoices):
        """What it belongs to."""

        WORDS = "words", _("for the next session")
        HOW = "how", _("change how we work")
        KIND = "kind", _("change the kind of therapy")
        ADD = "add", _("add something")

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="prepared_notes")
    about = models.CharField(max_length=8, choices=About.choices, default=About.WORDS)
    text = models.TextField(max_length=3000)
    seen_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.about


class Consultation(Dated):
    """A question of a therapist to a supervisor about a case, without a name or a date of birth.

    `sheet` is what the supervisor reads: what the therapist has seen and let go out. It belongs to no
    client row, so that nobody finds the client through it.
    """

    by = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="consultations")
    to = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="asked_of")
    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="consultations")
    question = models.TextField(max_length=2000)
    sheet = models.TextField(max_length=6000)
    answer = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return "a consultation"


class TrainingEntry(Dated):
    """One piece of training or practice a clinician noted for themselves; nobody else reads it."""

    person = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="training_entries")
    on = models.DateField(_("day"))
    what = models.CharField(_("what it was"), max_length=200)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=2, null=True, blank=True)
    learned = models.TextField(_("what I take from it"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.what

"""Ways in: an invitation by link, and breaking the glass in an emergency."""

from django.db import models

from midcourse_web.people.models.named import Dated


class Invitation(Dated):
    """A link by which somebody makes their sign-in. Stored hashed; good once, until it expires.

    `role` is a role of staff, "client", "guardian" or "trusted"; `shares` are the parts a client lets a
    guardian or a trusted person see.
    """

    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="invitations")
    client = models.ForeignKey("people.Client", null=True, blank=True, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    shares = models.JSONField(default=list, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("people.User", null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class BreakGlass(Dated):
    """Somebody opened a record in an emergency, said why, and could see it until a time."""

    person = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="glass_broken")
    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="glass_broken")
    reason = models.TextField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} until {self.until:%Y-%m-%d %H:%M}"

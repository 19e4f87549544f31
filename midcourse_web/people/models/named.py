"""What every row about somebody has: an id that tells nothing and cannot be counted through."""

import uuid

from django.db import models


class Named(models.Model):
    """A row with a random id, safe to stand in an address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Dated(Named):
    """A row that remembers when it was made."""

    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

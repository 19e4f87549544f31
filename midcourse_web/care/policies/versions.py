"""Two people change one thing: the second one is told, and nothing is silently lost."""

from typing import Any, TypeVar

from django.utils.translation import gettext as _

Row = TypeVar("Row")


class ChangedMeanwhile(Exception):
    """Somebody else changed it since this page was opened; `now` is what stands there, `who` changed it."""

    def __init__(self, now: Any, who: str) -> None:
        words = _("This was changed while you had it open. Look at what stands there now, then save again.")
        named = _(
            "%(who)s changed this while you had it open. Look at what stands there now, then save again."
        )
        super().__init__(named % {"who": who} if who else words)
        self.now = now
        self.who = who


def held(row: Row, seen: int) -> Row:
    """Return a row locked for this transaction and fresh, its version one further on.

    `seen` is the version the person's page showed. Raises ChangedMeanwhile where it is another by now.
    """
    known: Any = row
    now = type(known).objects.select_for_update().get(pk=known.pk)
    if now.version != seen:
        last = now.history.select_related("history_user").first()
        raise ChangedMeanwhile(now, last.history_user.name if last and last.history_user else "")
    now.version += 1
    return now

"""What a reason rests on, in words each side may read: the therapist's part only as it was worded (SD2)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from midcourse_web.care.engine.check_up import Because


def in_words(parts: tuple[Because, ...], worded: Mapping[str, str], client: str = "") -> list[str]:
    """Return one line for each part that speaks for a reason.

    `worded` are the sentences the therapist released, by question. `client` is the client's name where
    both read it, empty where she reads it alone.
    """
    lines = []
    for part in parts:
        if part.points <= 0:
            continue
        if part.source == "therapist":
            lines.append(_therapist(part, worded))
        else:
            lines.append(part.words.replace(_("The client"), client) if client else part.words)
    return list(dict.fromkeys(lines))


def _therapist(part: Because, worded: Mapping[str, str]) -> str:
    if part.id in worded:
        return _('The therapist wrote: "%(words)s"') % {"words": worded[part.id]}
    return _("The therapist's own view counts here too. It has not been shared.")

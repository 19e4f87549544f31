"""What a client may share with a guardian or a trusted person, part by part."""

from django.utils.translation import gettext_lazy as _

SHARES = {
    "progress": _("how I am doing: my scores and their line"),
    "appointments": _("when my next sessions are"),
    "plan": _("what we agreed: goals and practice"),
}

"""The parts of a safety plan as a form shows them. No queries."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from midcourse_web.care.models import SafetyPlan

ASKED = {
    "warning_signs": _("Signs that it gets harder: thoughts, feelings, situations"),
    "what_helps": _("What helps me by myself"),
    "people": _("People I can be with or call, and their numbers"),
    "professionals": _("Professionals and services, and their numbers"),
    "safer": _("Making my surroundings safer: what I keep away from, and who keeps it for me"),
    "reasons": _("My reasons to live"),
}


def parts_of(plan: SafetyPlan | None, given: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """Return each part with its question and its words: those just written, else those of the plan."""
    written = given or {}
    return [
        {"name": name, "asked": asked, "words": written.get(name, getattr(plan, name, "") if plan else "")}
        for name, asked in ASKED.items()
    ]

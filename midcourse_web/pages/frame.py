"""What stands around every page: the way home, help now, and for clinicians what must not be missed."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from midcourse_web.outbox.tick import trouble
from midcourse_web.pages.parts.risk import is_overdue, waiting_risk
from midcourse_web.people.models import Membership
from midcourse_web.people.sign_in import needs_second_factor
from midcourse_web.people.standing import Standing, standing

Role = Membership.Role


@dataclass(frozen=True)
class Way:
    """One way in the navigation."""

    words: str
    url: str
    here: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation, and what a clinician must see on every page (SR7)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"ways": [], "demo": settings.DEMO}
    where = standing(user)
    if waits_for_second_factor(request, user):
        return {"ways": [], "demo": settings.DEMO, "standing": where}
    seen: dict[str, Any] = {"ways": ways(request, where), "demo": settings.DEMO, "standing": where}
    if where.has(Role.THERAPIST) or where.has(Role.COVER) or where.has(Role.SUPERVISOR):
        seen["trouble"] = SimpleLazyObject(lambda: trouble(where.clinics))
        seen["overdue_risk"] = SimpleLazyObject(
            lambda: [task for task in waiting_risk(request) if is_overdue(task)]
        )
    return seen


def waits_for_second_factor(request: HttpRequest, user: Any) -> bool:
    """Say whether the person must set up a second factor first; until then nothing about anybody is shown."""
    return not request.session.get("second_factor") and needs_second_factor(user)


def ways(request: HttpRequest, where: Standing) -> list[Way]:
    """Return the ways of one person: the pages that are theirs."""
    asked: list[tuple[bool, str, str]] = [
        (where.client is not None, _("My page"), "client:home"),
        # A neutral word: somebody may look over her shoulder.
        (where.client is not None, _("Options"), "client:options"),
        (where.client is not None, _("Notes"), "private:home"),
        (where.has(Role.THERAPIST) or where.has(Role.COVER), _("My clients"), "therapist:caseload"),
        (where.has(Role.SUPERVISOR), _("Supervision"), "supervisor:cases"),
        (where.has(Role.MANAGER), _("Counts"), "clinic:counts"),
        (where.has(Role.MANAGER) or where.has(Role.INTAKE), _("To do"), "clinic:tasks"),
        (where.has(Role.INTAKE), _("Waiting"), "clinic:waiting"),
        (where.has(Role.SUPERVISOR), _("Questions to me"), "consult:questions"),
        (where.has(Role.RECEIVER), _("Inbox"), "receiver:inbox"),
        (
            where.has(Role.THERAPIST) or where.has(Role.COVER) or where.has(Role.MANAGER),
            _("Days away"),
            "clinic:leave",
        ),
        (where.has(Role.MANAGER) or where.has(Role.ADMINISTRATOR), _("On duty"), "clinic:duty"),
        (where.has(Role.MANAGER), _("Supervision"), "clinic:supervision"),
        (where.has(Role.MANAGER), _("Who did what"), "clinic:audit"),
        (where.has(Role.MANAGER) or where.has(Role.ADMINISTRATOR), _("Licences"), "clinic:licences"),
        (where.has(Role.ADMINISTRATOR), _("Sign-ins"), "clinic:people"),
        (bool(where.shares), _("Shared with me"), "near:home"),
    ]
    theirs = [(words, reverse(name)) for shown, words, name in asked if shown]
    here = max((url for _words, url in theirs if request.path.startswith(url)), key=len, default="")
    return [Way(words, url, url == here) for words, url in theirs]

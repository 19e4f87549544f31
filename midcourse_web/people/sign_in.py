"""Sign-in: accounts are made by invitation only, and staff need a second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from midcourse_web.people.models import User
from midcourse_web.people.standing import standing


class OnlyInvited(DefaultAccountAdapter):
    """The sign-in library's adapter: nobody makes an account without an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no; `people.actions.accept_invitation` makes accounts."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the library's few messages, with a subject that fits a shared phone."""
        super().send_mail(template_prefix, email, context)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject without the site's name in front."""
        return subject


def needs_second_factor(user: User) -> bool:
    """Say whether this person must set up a second factor before anything else."""
    if not settings.STAFF_NEED_SECOND_FACTOR:
        return False
    return standing(user).is_staff and not is_mfa_enabled(user)

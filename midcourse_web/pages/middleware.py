"""What holds for every page: nothing is kept by the browser, idle sessions end, staff use two factors."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from midcourse_web.pages.not_kept import Next, nothing_kept
from midcourse_web.people.rules import NotAllowed, allowed
from midcourse_web.people.sign_in import needs_second_factor

__all__ = ["nothing_kept", "refused", "second_factor_for_staff", "still_here"]
BEFORE_SECOND_FACTOR = (
    "/accounts/",
    "/help-now/",
    "/static/",
    "/language/",
    "/sw.js",
    "/offline/",
    "/favicon.ico",
)


def still_here(get_response: Next) -> Next:
    """Note once a minute that somebody is here, so that their session ends when they are gone (idle log-off)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            if now - request.session.get("seen", 0) > settings.SEEN_EVERY.total_seconds():
                request.session["seen"] = now
        return get_response(request)

    return middleware


def second_factor_for_staff(get_response: Next) -> Next:
    """Send staff without a second factor to set one up, before anything else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated or request.path.startswith(BEFORE_SECOND_FACTOR):
            return get_response(request)
        if not request.session.get("second_factor"):
            if needs_second_factor(user):
                return redirect("mfa_activate_totp")
            request.session["second_factor"] = True
        return get_response(request)

    return middleware


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a refusal with the sentence that says who may; a clinician may open a record in an emergency."""
    words = str(exception) if exception else ""
    page = {"words": words, "home": reverse("home"), "glass": _may_break_glass(request, exception)}
    return render(request, "403.html", page, status=403)


def _may_break_glass(request: HttpRequest, exception: Exception | None) -> UUID | None:
    if not isinstance(exception, NotAllowed) or exception.permission != "care.see_record":
        return None
    one = exception.one
    return one.pk if allowed(request.user, "care.break_glass", one) else None

"""Answering by link (SP7): a GET spends nothing, a POST exchanges the secret at once for a grant in the session."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.link import not_me
from midcourse_web.care.actions.remind import reminders
from midcourse_web.care.models import AnswerSheet, CheckIn
from midcourse_web.care.policies.links import by_token
from midcourse_web.pages.check_in.answering import Way, answering, risk_of, safe
from midcourse_web.pages.check_in.crisis import crisis

GRANT = "go"
GOOD_FOR = timedelta(hours=2)  # one sitting


def grant(
    request: HttpRequest, check_in: CheckIn, *, kiosk: bool = False, for_: timedelta = GOOD_FOR
) -> None:
    """Let this browser answer this one check-in for a while; whoever was signed in here is signed out."""
    if request.user.is_authenticated:
        logout(request)
    request.session.cycle_key()
    until = (timezone.now() + for_).timestamp()
    request.session[GRANT] = {"check_in": str(check_in.pk), "until": until, "kiosk": kiosk}


def granted(request: HttpRequest, *, kiosk: bool = False) -> CheckIn | None:
    """Return the check-in that this browser may answer, or None."""
    kept: dict[str, Any] = request.session.get(GRANT) or {}
    if not kept or kept["kiosk"] != kiosk or kept["until"] < timezone.now().timestamp():
        return None
    rows = CheckIn.objects.select_related("episode__client", "episode__clinic", "episode__therapist")
    return rows.select_related("episode__cover", "session").filter(pk=kept["check_in"]).first()


def forget(request: HttpRequest) -> None:
    """Forget whose check-in this browser was answering."""
    request.session.pop(GRANT, None)


def private(response: HttpResponse) -> HttpResponse:
    """Keep the address of this page out of every Referer: only the name of the server stands there.

    "no-referrer" would do more than that: browsers then send a form without its origin, and it is refused.
    """
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_http_methods(["GET", "POST"])
def go(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; the button opens the check-in. Mail scanners and previews spend nothing."""
    check_in = by_token(token)
    if check_in is None:
        return private(render(request, "public/link_over.html", status=404))
    if request.method == "GET":
        return private(render(request, "public/link.html", {"token": token}))
    what = request.POST.get("what", "open")
    if what == "not me":
        not_me(check_in=check_in)
        return private(render(request, "public/link_not_me.html"))
    if what == "no more":
        reminders(by=None, client=check_in.episode.client, wanted=False, how="link")
        messages.info(request, _("You will get no more of these messages."))
        return private(render(request, "public/link.html", {"token": token}))
    if request.user.is_authenticated and check_in.episode.client.user_id == request.user.pk:
        return private(redirect("client:check_in", check_in.pk))
    grant(request, check_in)
    return private(redirect("go_answer"))


def way() -> Way:
    """Return the way of somebody who came by link."""
    return Way(
        mode=AnswerSheet.Mode.LINK,
        questions="public/link_questions.html",
        help="public/link_help.html",
        post_to=reverse("go_answer"),
        safe_to=reverse("go_safe"),
        thanks=reverse("go_thanks"),
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask the questions of the check-in this browser may answer, and record the answers once."""
    check_in = granted(request)
    if check_in is None:
        return private(render(request, "public/link_over.html", status=404))
    if request.method == "GET" and check_in.state == CheckIn.State.DONE:
        return redirect("go_thanks")
    return private(answering(request, check_in, way()))


@require_POST
def safe_now(request: HttpRequest) -> HttpResponse:
    """Take the answer to "Are you safe right now?"."""
    check_in = granted(request)
    if check_in is None:
        return redirect("help_now")
    return private(safe(request, check_in, way()))


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank; after a risk answer help stays first. No answer is ever shown by link."""
    check_in = granted(request)
    if check_in is None:
        return private(render(request, "public/link_over.html", status=404))
    if (task := risk_of(check_in)) is not None:
        return private(render(request, "public/link_help.html", crisis(check_in, task, way())))
    forget(request)
    return private(render(request, "public/link_thanks.html"))

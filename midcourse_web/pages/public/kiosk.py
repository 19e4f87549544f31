"""The clinic's own device: a short code from paper, one person at a time, forgotten when she is done (SP7)."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.link import not_me
from midcourse_web.care.models import AnswerSheet, CheckIn
from midcourse_web.care.policies.links import by_code
from midcourse_web.pages.check_in.answering import Way, answering, safe
from midcourse_web.pages.public.go import forget, grant, granted, private

SITTING = timedelta(minutes=20)
AFTERWARDS = timedelta(minutes=3)
TRIES, WITHIN = 30, 600  # wrong codes from one address, within so many seconds
CONFIRMED = "kiosk_confirmed"


@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """Ask for the code. Whoever was here before is forgotten as soon as this page is shown."""
    forget(request)
    request.session.pop(CONFIRMED, None)
    if request.method == "GET":
        return private(render(request, "public/kiosk.html"))
    if _too_many(request):
        return _again(request, _("Too many codes were tried here. Please ask at the desk."), 429)
    check_in = by_code(request.POST.get("code", ""))
    if check_in is None:
        _count(request)
        return _again(request, _("This code is not open. Please look at it again, or ask at the desk."), 404)
    grant(request, check_in, kiosk=True, for_=SITTING)
    return private(render(request, "public/kiosk_confirm.html", {"initials": _initials(check_in)}))


def _again(request: HttpRequest, wrong: str, status: int) -> HttpResponse:
    return private(render(request, "public/kiosk.html", {"wrong": wrong}, status=status))


def _initials(check_in: CheckIn) -> str:
    return " ".join(f"{word[0].upper()}." for word in check_in.episode.client.name.split() if word)


def _key(request: HttpRequest) -> str:
    return f"kiosk {request.META.get('REMOTE_ADDR', '')}".replace(" ", "-")


def _too_many(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= TRIES


def _count(request: HttpRequest) -> None:
    cache.add(_key(request), 0, WITHIN)
    cache.incr(_key(request))


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take whether these are her initials; if not, the code is closed and somebody looks into it."""
    check_in = granted(request, kiosk=True)
    if check_in is None:
        return redirect("kiosk")
    if request.POST.get("me") != "yes":
        not_me(check_in=check_in)
        forget(request)
        return private(render(request, "public/kiosk_not_me.html"))
    request.session[CONFIRMED] = str(check_in.pk)
    return redirect("kiosk_answer")


def way() -> Way:
    """Return the way of somebody at the clinic's device."""
    return Way(
        mode=AnswerSheet.Mode.CODE,
        questions="public/kiosk_questions.html",
        help="public/kiosk_help.html",
        post_to=reverse("kiosk_answer"),
        safe_to=reverse("kiosk_safe"),
        thanks=reverse("kiosk_thanks"),
    )


def _confirmed(request: HttpRequest) -> CheckIn | None:
    check_in = granted(request, kiosk=True)
    if check_in is None or request.session.get(CONFIRMED) != str(check_in.pk):
        return None
    return check_in


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask the questions and record the answers; going back after that finds nothing."""
    check_in = _confirmed(request)
    if check_in is None or (request.method == "GET" and check_in.state == CheckIn.State.DONE):
        return redirect("kiosk")
    response = answering(request, check_in, way())
    if request.method == "POST" and CheckIn.objects.filter(pk=check_in.pk, state=CheckIn.State.DONE).exists():
        # Only for the one question that may still be asked.
        grant(request, check_in, kiosk=True, for_=AFTERWARDS)
    return private(response)


@require_POST
def safe_now(request: HttpRequest) -> HttpResponse:
    """Take the answer to "Are you safe right now?", and forget her."""
    check_in = _confirmed(request)
    if check_in is None:
        return redirect("kiosk")
    response = safe(request, check_in, way())
    forget(request)
    return private(response)


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank, and forget her."""
    forget(request)
    return private(render(request, "public/kiosk_thanks.html"))

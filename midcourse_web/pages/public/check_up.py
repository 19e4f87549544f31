"""The check-up without a clinic: no account, no cookie, and nothing is kept or logged on the server."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from midcourse_web.care.engine.check_up import ReviewShown, for_client, titles
from midcourse_web.care.engine.facts import RecordFacts
from midcourse_web.care.engine.guidance import card, guide, suggested
from midcourse_web.care.engine.places import (
    CRISIS,
    DANGER,
    contacts_for,
    every_place,
    help_for,
    notices,
)
from midcourse_web.pages.parts.because import in_words
from midcourse_web.pages.parts.check_up import FELT, aside, asked, needs_help, side_of, taken
from midcourse_web.pages.public.carried import Carried, NotOurs, seal, unseal

# About how many sessions so far. They count as weekly: only "is it too soon to tell?" rests on it.
SESSIONS = (2, 5, 10, 20)
COMPLAIN = ("regulator", "professional-body", "complaint", "advocacy", "privacy", "police")
RIGHTS = ("confidentiality", "limits", "see-records", "complain", "titles", "find-therapist")
ALWAYS = ("words-open", "words-new")  # how to begin, and what to ask somebody new
OTHER_WAYS = ("decide-how", "decide-kind", "decide-person", "decide-add", "decide-pause", "decide-stop")


def is_offered() -> bool:
    """Say whether this installation offers it: it runs nothing else, or a clinic here has switched it on."""
    if settings.PUBLIC_ONLY:
        return True
    from midcourse_web.people.models import Clinic

    return Clinic.objects.filter(public_check_up=True).exists()


@csrf_exempt  # nothing is signed in here and nothing is written: there is nothing to forge
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what it is and what is kept (nothing), and let the person choose a place and a language."""
    if not is_offered():
        raise Http404
    chosen = request.GET.get("language", "")
    language = chosen if chosen in dict(settings.LANGUAGES) else (get_language() or "en")[:2]
    with translation.override(language):
        page = {
            "places": every_place(language),
            "language": language,
            "languages": settings.LANGUAGES,
            "sessions": SESSIONS,
        }
        return render(request, "open/start.html", page)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take one answer and show what comes next; everything said so far travels in the page."""
    if request.method == "GET":
        return redirect("open:start")
    try:
        before = _begun(request) if "begin" in request.POST else unseal(request.POST.get("carried", ""))
    except NotOurs:
        return redirect("open:start")
    now = before
    if "begin" not in request.POST and "on" not in request.POST:
        now = replace(before, held=taken(request.POST, before.held))
    if request.POST.get("aside", "") in titles("en"):
        now = replace(before, held=aside(before.held, request.POST["aside"]))
    with translation.override(now.language):
        return _next(request, now, needs_help(before.held, now.held))


def _begun(request: HttpRequest) -> Carried:
    given = request.POST
    place = given.get("place", "")
    language = given.get("language", "")
    count = given.get("sessions", "")
    if not is_offered():
        raise Http404
    return Carried(
        place if place in dict(every_place()) else "general",
        language if language in dict(settings.LANGUAGES) else "en",
        int(count) if count in {str(one) for one in SESSIONS} else None,
    )


def _next(request: HttpRequest, now: Carried, help_about: str) -> HttpResponse:
    if help_about:
        purposes = DANGER if help_about == "danger" else CRISIS
        places = help_for((now.place,), now.language, purposes)
        return render(
            request, "open/help.html", {"carried": seal(now), "about": help_about, "places": places}
        )
    page = asked(now.held, lambda: _facts(now))
    if page is not None:
        return render(request, "open/ask.html", page | {"carried": seal(now)})
    done = replace(now, held=replace(now.held, step="done"))
    return render(request, "open/result.html", _result(done) | {"carried": seal(done)})


def _facts(now: Carried) -> RecordFacts:
    """What is known of somebody nothing is on record of: at most about how many weekly sessions there were."""
    today = timezone.localdate()
    weeks = range(now.sessions or 0, 0, -1)
    sessions = tuple((today - timedelta(weeks=week), "attended") for week in weeks)
    return RecordFacts("open", today, sessions=sessions)


def _result(now: Carried) -> dict[str, Any]:
    language, held = now.language, now.held
    review = for_client(_facts(now), side_of(held), language)
    names = titles(language)
    return {
        "held": held,
        "felt": dict(FELT).get(held.felt),
        "picked": [names[one] for one in held.picks],
        "aside": [(one, names[one]) for one in held.dismissed if one in names],
        "review": review,
        "because": {one.id: in_words(one.because, {}) for one in review.reasons},
        "words": _words(review, language),
        "each_way": [] if review.in_danger else [card(one, language) for one in OTHER_WAYS],
        "rights": guide("education", language).cards,
        "rights_here": notices(now.place, RIGHTS, language),
        "outside": contacts_for(now.place, COMPLAIN, language),
        "find": contacts_for(now.place, ("find-therapist", "self-help"), language),
        "places": help_for((now.place,), language),
    }


def _words(review: ReviewShown, language: str) -> list[Any]:
    """Words to say: how to begin, what goes with the reasons found, and what to ask somebody new."""
    own = [
        one for one in suggested([r.id for r in review.reasons], "client", language) if one.id[:6] == "words-"
    ]
    first, new = (card(one, language) for one in ALWAYS)
    return [first, *(one for one in own if one.id not in ALWAYS), new]


@csrf_exempt
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Show one page to print, or hand it over as a file: reasons, what to ask for, and the chosen words."""
    if request.method == "GET":
        return redirect("open:start")
    try:
        now = unseal(request.POST.get("carried", ""))
    except NotOurs:
        return redirect("open:start")
    with translation.override(now.language):
        page = _result(now) | {"carried": request.POST["carried"]}
        wanted = set(request.POST.getlist("line"))
        page["chosen"] = [text for one in page["words"] for name, text in one.lines if name in wanted]
        page["own"] = request.POST.get("own", "")[:1000]
        page["today"] = timezone.localdate()
        if "save" not in request.POST:
            return render(request, "open/sheet.html", page)
        text = render_to_string("open/sheet.txt", page)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        name = gettext("my-sheet")
        response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
        return response


@require_GET
def help_now(request: HttpRequest) -> HttpResponse:
    """Show whom to call or text, for a place or for all of them by name."""
    place = request.GET.get("place", "")
    known = place if place in dict(every_place()) else "general"
    page = {"places": help_for((known,)), "all": every_place((get_language() or "en")[:2]), "chosen": known}
    return render(request, "open/help_now.html", page)


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Show help now where there is no connection, where nobody has a clinic."""
    places = tuple(settings.CLINIC.places) or ("general",)
    return render(request, "public/offline.html", {"places": help_for(places)})

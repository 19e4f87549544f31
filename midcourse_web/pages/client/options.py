"""Other options, at any time and without a signal: change, add, pause, stop; none of them ranked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions import request as act
from midcourse_web.care.actions.episode import come_back, go_on, leave, pause
from midcourse_web.care.engine.guidance import card, guide, usual_for
from midcourse_web.care.models import Episode, Task
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.check_up import language
from midcourse_web.people.models import Client, TherapistProfile
from midcourse_web.people.receivers import coordinators
from midcourse_web.people.related import therapists_of

WAYS = ("add", "as-is", "how", "kind", "pause", "person", "stop")
WORDS = {
    "how": ("words-homework", "words-pace", "words-roles", "words-goals"),
    "kind": ("words-training", "words-open"),
    "person": ("words-switch", "words-new"),
    "add": ("words-medicine", "words-support"),
    "pause": ("words-ending",),
    "stop": ("words-ending",),
    "as-is": ("words-chart",),
}
ADDED = ("lifestyle", "mindfulness", "support", "self-help", "medication")
WISHES = (
    lazy("a woman"),
    lazy("a man"),
    lazy("somebody who knows my culture or language"),
    lazy("another kind of therapy"),
    lazy("other times"),
    lazy("by video or phone"),
    lazy("in the room"),
)
ASKED = (
    Task.Kind.SWITCH,
    Task.Kind.CHANGE,
    Task.Kind.LONGER,
    Task.Kind.PAUSE,
    Task.Kind.RIGHTS,
    Task.Kind.REVIEW,
)


def _own(request: HttpRequest) -> tuple[Client, Episode | None]:
    client = own(request)
    return client, current_episode(client)


def _ways() -> list[tuple[str, Any]]:
    """Every way in the order of the alphabet of the page's language: no order of worth."""
    ways = [(name, card(f"decide-{name}", language())) for name in WAYS]
    return sorted(ways, key=lambda way: way[1].title.casefold())


def receipts(client: Client) -> list[Task]:
    """Return what this client has asked for, newest first: who sees it, by when, and what came of it."""
    rows = Task.objects.filter(client=client, kind__in=ASKED).select_related("for_person")
    return list(rows.order_by("-made_at")[:10])


@login_required
@require_GET
def options(request: HttpRequest) -> HttpResponse:
    """Show every way there is, what matters, and what was asked for so far."""
    client, episode = _own(request)
    page = {
        "episode": episode,
        "each_way": _ways(),
        "receipts": receipts(client),
        "left": episode is not None and episode.state == Episode.State.ENDED,
        "paused": episode is not None and episode.state == Episode.State.PAUSED,
    }
    return render(request, "client/options.html", page)


@login_required
@require_GET
def decide(request: HttpRequest) -> HttpResponse:
    """Lay what matters to her beside what each way would mean; it ends in a request, words, or nothing."""
    own(request)
    matters = card("decide-first", language())
    chosen = [text for name, text in matters.lines if name in request.GET.getlist("matters")]
    page = {
        "matters": matters,
        "chosen": chosen,
        "ticked": request.GET.getlist("matters"),
        "each_way": _ways(),
        "end": card("decide-end", language()),
    }
    return render(request, "client/decide.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def option(request: HttpRequest, way: str) -> HttpResponse:
    """Show one way: what she may gain and lose, words to say, and how to ask for it."""
    client, episode = _own(request)
    if way not in WAYS or episode is None:
        raise Http404
    if request.method == "POST":
        return _asked(request, client, episode, way)
    page: dict[str, Any] = {
        "way": way,
        "one": card(f"decide-{way}", language()),
        "words": [card(name, language()) for name in WORDS[way]],
        "episode": episode,
        "wishes": WISHES,
    }
    return render(request, "client/option.html", page | _more(client, way))


def _more(client: Client, way: str) -> dict[str, Any]:
    if way == "kind":
        return {
            "kinds": _kinds(client),
            "usual": usual_for(language()),
        }
    if way == "person":
        return {"goes_to": coordinators(client).first()}
    if way == "add":
        return {"added": [guide(name, language()) for name in ADDED]}
    return {}


def _kinds(client: Client) -> list[tuple[Any, list[str]]]:
    """Every kind of therapy with who here says they offer it, by name."""
    offered: dict[str, list[str]] = {}
    rows = TherapistProfile.objects.filter(user__in=therapists_of(client.clinic)).select_related("user")
    for profile in rows.order_by("user__name"):
        for name in profile.approaches:
            offered.setdefault(name.lower(), []).append(profile.user.name)
    return [
        (one, sorted({who for name, people in offered.items() if _is(one, name) for who in people}))
        for one in guide("therapies", language()).cards
    ]


def _is(one: Any, offered: str) -> bool:
    """Say whether what a therapist wrote is this kind: its id, or its name, holds those words."""
    return offered == one.id.removeprefix("therapy-") or offered in one.title.lower()


def _asked(request: HttpRequest, client: Client, episode: Episode, way: str) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        if way in ("how", "kind", "add"):
            act.ask_for_change(by=request.user, episode=episode, about=way, text=text)
            messages.info(request, _("Sent to your therapist. You see the answer here."))
        elif way == "person":
            wishes = [words for words in map(str, WISHES) if words in request.POST.getlist("wish")]
            more = [*wishes, text.strip()] if text.strip() else wishes
            act.ask_for_somebody_else(by=request.user, client=client, wishes="; ".join(more))
            messages.info(request, _("Sent. It does not go through your therapist. You see here who has it."))
        elif way == "pause":
            pause(by=request.user, episode=episode)
            messages.info(request, _("You are taking a break. No check-ins come. Go on when you like."))
        elif way == "stop":
            leave(by=request.user, episode=episode)
            messages.info(request, _("You have stopped. You can come back with one tap, at any time."))
    except ValueError as why:
        messages.warning(request, str(why))
        return redirect("client:option", way)
    return redirect("client:options")


@login_required
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Come back after stopping, or go on after a break: one tap, no reason."""
    _client, episode = _own(request)
    if episode is not None and episode.state == Episode.State.PAUSED:
        go_on(by=request.user, episode=episode)
    elif episode is not None:
        come_back(by=request.user, episode=episode)
    messages.info(request, _("Welcome back."))
    return redirect("client:options")


@login_required
@require_POST
def longer(request: HttpRequest) -> HttpResponse:
    """Ask for a longer session to talk about how it is going."""
    _client, episode = _own(request)
    if episode is not None:
        act.ask_for_longer_session(by=request.user, episode=episode)
        messages.info(request, _("Sent to your therapist. You see the answer here."))
    return redirect("client:options")


@login_required
@require_POST
def take_back(request: HttpRequest, task_id: Any) -> HttpResponse:
    """Take a request back."""
    client = own(request)
    task = get_object_or_404(Task, pk=task_id, client=client, kind__in=ASKED)
    act.take_request_back(by=request.user, task=task)
    return redirect("client:options")

"""Is therapy helping? The client's own check-up: few questions, hers alone until she shares."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.risk import raise_risk
from midcourse_web.care.actions.together import ask_to_look_together, release_view, withdraw_view
from midcourse_web.care.engine.check_up import Side, ask_next, client_questions, for_client, titles
from midcourse_web.care.engine.places import DANGER, help_for
from midcourse_web.care.facts import facts_of
from midcourse_web.care.models import Episode, TherapistView
from midcourse_web.care.policies.duty import on_duty
from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.pages.client.home import own
from midcourse_web.pages.parts.because import in_words
from midcourse_web.pages.parts.course import shown
from midcourse_web.people.models import Client
from midcourse_web.private.actions.check_up import begin, keep, throw_away
from midcourse_web.private.held import Held, held_from
from midcourse_web.private.models import OwnCheckUp

FELT = (
    (4, lazy("Very much")),
    (3, lazy("A lot")),
    (2, lazy("Some")),
    (1, lazy("A little")),
    (0, lazy("Not at all")),
)
SCALE = (
    (0, lazy("Not at all")),
    (1, lazy("A little")),
    (2, lazy("Some")),
    (3, lazy("A lot")),
    (4, lazy("Very much")),
)
HARM = (
    (0, lazy("Not at all")),
    (1, lazy("Several days")),
    (2, lazy("More than half the days")),
    (3, lazy("Nearly every day")),
)
DANGER_WORDS = (("no", lazy("No")), ("yes", lazy("Yes")), ("rather not say", lazy("Rather not say")))


def _language() -> str:
    return (get_language() or "en")[:2]


def _own(request: HttpRequest) -> tuple[Client, Episode, OwnCheckUp | None]:
    client = own(request)
    episode = current_episode(client)
    if episode is None:
        raise Http404
    newest = OwnCheckUp.objects.filter(client=client.pk).first()
    return client, episode, newest


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what a check-up is, who sees it (nobody), and begin or go on."""
    client, episode, newest = _own(request)
    if request.method == "POST":
        begin(by=request.user, client=client, episode=episode.pk)
        return redirect("client:check_up_ask")
    going = newest is not None and newest.done_at is None
    last = newest if newest is not None and newest.done_at else None
    return render(request, "client/check_up_start.html", {"going": going, "last": last})


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask one thing at a time; skip and stop anywhere."""
    _client, episode, check_up = _own(request)
    if check_up is None:
        return redirect("client:check_up")
    if check_up.done_at is not None:
        return redirect("client:check_up_result")
    held = held_from(check_up.held)
    if request.method == "POST":
        after = _taken(request, held)
        keep(by=request.user, check_up=check_up, held=after)
        if held.step == "safety" and after.self_harm:
            return redirect("client:check_up_help", "harm")
        if held.step == "danger" and after.in_danger in ("yes", "rather not say"):
            return redirect("client:check_up_help", "danger")
        return redirect("client:check_up_ask")
    page = _asked(episode, held)
    if page is None:
        keep(by=request.user, check_up=check_up, held=replace(held, step="done"))
        return redirect("client:check_up_result")
    return render(request, "client/check_up_ask.html", page)


def _taken(request: HttpRequest, held: Held) -> Held:
    """Take one answer and go one step on. Anything that cannot be an answer counts as skipped."""
    given = request.POST.get("answer", "")
    number = int(given) if given.isdigit() else None
    if "stop" in request.POST:
        return replace(held, step="done")
    if held.step == "felt":
        return replace(held, felt=number if number is not None and number <= 4 else None, step="safety")
    if held.step == "safety":
        return replace(held, self_harm=number if number is not None and number <= 3 else None, step="danger")
    if held.step == "danger":
        return replace(held, in_danger=given if given in dict(DANGER_WORDS) else None, step="picks")
    if held.step == "picks":
        known = titles("en")
        picks = tuple(one for one in request.POST.getlist("picks") if one in known)[:3]
        return replace(held, picks=picks, something_else=request.POST.get("else", "")[:300], step="questions")
    question = request.POST.get("question", "")
    if question not in client_questions("en"):
        return held
    return held.answered(question, number if number is not None and number <= 4 else None)


def _asked(episode: Episode, held: Held) -> dict[str, Any] | None:
    """What the page asks now, None when enough is known."""
    page: dict[str, Any] = {"step": held.step, "count": len(held.answers) + len(held.skipped)}
    if held.step == "felt":
        return page | {"text": _("How much is therapy helping you so far?"), "choices": FELT}
    if held.step == "safety":
        text = _("In the last two weeks: I have thought about ending my life or hurting myself.")
        return page | {"text": text, "choices": HARM, "duty": on_duty(episode)}
    if held.step == "danger":
        return page | {"text": _("I feel in danger from someone."), "choices": DANGER_WORDS}
    if held.step == "picks":
        return page | {"titles": titles(_language())}
    if held.step == "done":
        return None
    found = ask_next(facts_of(episode), side_of(held, None), frozenset(held.skipped), _language())
    return None if found is None else page | {"asked": found, "choices": SCALE}


def side_of(held: Held, therapist: TherapistView | None) -> Side:
    """Return what was answered as the engine reads it, the therapist's answers weighing in (SD2)."""
    return Side(
        client=dict(held.answers),
        therapist=dict(therapist.answers) if therapist else {},
        released=frozenset(therapist.released) if therapist else frozenset(),
        picks=held.picks,
        dismissed=frozenset(held.dismissed),
        self_harm=held.self_harm,
        in_danger=held.in_danger,
        not_working=held.not_working,
    )


@login_required
@require_http_methods(["GET", "POST"])
def help_page(request: HttpRequest, about: str) -> HttpResponse:
    """Show help at once; telling somebody is her choice, and the page says whom (SR3, SD2)."""
    client, episode, check_up = _own(request)
    if check_up is None or about not in ("harm", "danger"):
        raise Http404
    held = held_from(check_up.held)
    if request.method == "POST":
        if about == "harm" and held.self_harm and "tell" in request.POST:
            said = [{"item": "S-SAFE-1", "value": held.self_harm, "about": "suicide"}]
            raise_risk(by=request.user, episode=episode, said=said)
            messages.info(request, _("Thank you. They have been told."))
        return redirect("client:check_up_ask")
    purposes = DANGER if about == "danger" else ("emergency", "crisis")
    page = {
        "about": about,
        "places": help_for((client.clinic.place,), _language(), purposes),
        "duty": on_duty(episode),
        "plan": client.safety_plans.first(),
    }
    return render(request, "client/check_up_help.html", page)


@login_required
@require_http_methods(["GET"])
def result(request: HttpRequest) -> HttpResponse:
    """Show what she feels and what was measured, reasons with "because", steps, and the right to leave."""
    client, episode, check_up = _own(request)
    if check_up is None:
        return redirect("client:check_up")
    held = held_from(check_up.held)
    therapist = TherapistView.objects.filter(episode=episode).first()
    review = for_client(facts_of(episode), side_of(held, therapist), _language())
    courses = courses_of(episode) if client.sees_scores else []
    page = {
        "check_up": check_up,
        "held": held,
        "felt": dict(FELT).get(held.felt),
        "review": review,
        "because": {
            one.id: in_words(one.because, therapist.released if therapist else {}) for one in review.reasons
        },
        "also": [one for one in review.more_steps if one.who == "client"],
        "courses": [shown(one, with_band=False) for one in courses],
        "picked": [titles(_language())[one] for one in held.picks],
        "released": episode.released_views.filter(withdrawn_at__isnull=True).first(),
        "places": help_for((client.clinic.place,), _language()) if review.safety == "same-day" else (),
    }
    return render(request, "client/check_up_result.html", page)


@login_required
@require_POST
def set_aside(request: HttpRequest, reason: str) -> HttpResponse:
    """ "Not for me": set a reason aside, or take that back."""
    _client, _episode, check_up = _own(request)
    if check_up is None or reason not in titles("en"):
        raise Http404
    held = held_from(check_up.held)
    gone = tuple(one for one in held.dismissed if one != reason)
    now = gone if reason in held.dismissed else (*gone, reason)
    keep(by=request.user, check_up=check_up, held=replace(held, dismissed=now))
    return redirect("client:check_up_result")


@login_required
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Choose exactly what the therapist may see; private ones are off until she ticks them."""
    _client, episode, check_up = _own(request)
    if check_up is None:
        return redirect("client:check_up")
    held, questions = held_from(check_up.held), client_questions(_language())
    if request.method == "POST":
        chosen = {
            name: held.answers[name] for name in request.POST.getlist("answers") if name in held.answers
        }
        picks = tuple(one for one in request.POST.getlist("picks") if one in held.picks)
        felt = held.felt if "felt" in request.POST else None
        words = request.POST.get("words", "")
        release_view(by=request.user, episode=episode, answers=chosen, picks=picks, felt=felt, words=words)
        messages.info(request, _("Shared. You can take it back at any time."))
        return redirect("client:check_up_result")
    rows = [
        (questions[name], dict(SCALE)[value]) for name, value in held.answers.items() if name in questions
    ]
    names = titles(_language())
    page = {
        "rows": rows,
        "picks": [(one, names[one]) for one in held.picks],
        "felt": dict(FELT).get(held.felt),
        "therapist": episode.therapist,
    }
    return render(request, "client/check_up_share.html", page)


@login_required
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Withdraw what was shared."""
    _client, episode, _check_up = _own(request)
    withdraw_view(by=request.user, episode=episode)
    messages.info(request, _("Taken back. Your therapist sees it no more."))
    return redirect("client:check_up_result")


@login_required
@require_POST
def ask_together(request: HttpRequest) -> HttpResponse:
    """Ask the therapist to look at it together."""
    _client, episode, _check_up = _own(request)
    ask_to_look_together(by=request.user, episode=episode)
    messages.info(request, _("Your therapist sees that you would like to look at it together."))
    return redirect("together:room", episode.pk)


@login_required
@require_POST
def delete(request: HttpRequest, check_up_id: UUID) -> HttpResponse:
    """Throw one check-up away for good."""
    client, _episode, _newest = _own(request)
    mine = OwnCheckUp.objects.filter(client=client.pk, pk=check_up_id).first()
    if mine is not None:
        throw_away(by=request.user, check_up=mine)
        messages.info(request, _("Deleted."))
    return redirect("client:check_up")

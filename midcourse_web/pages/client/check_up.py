"""Is therapy helping? The client's own check-up: few questions, hers alone until she shares."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.risk import raise_risk
from midcourse_web.care.actions.together import ask_to_look_together, release_view, withdraw_view
from midcourse_web.care.engine.check_up import client_questions, for_client, titles
from midcourse_web.care.engine.places import DANGER, help_for
from midcourse_web.care.engine.tools import lines, tool, tools_for
from midcourse_web.care.facts import facts_of
from midcourse_web.care.models import Episode, TherapistView
from midcourse_web.care.policies.duty import on_duty
from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.because import in_words
from midcourse_web.pages.parts.check_up import FELT, SCALE, aside, asked, language, needs_help, side_of, taken
from midcourse_web.pages.parts.course import shown
from midcourse_web.people.models import Client
from midcourse_web.private.actions.check_up import begin, keep, throw_away
from midcourse_web.private.entries import entries_of
from midcourse_web.private.held import held_from
from midcourse_web.private.models import OwnCheckUp


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
        after = taken(request.POST, held)
        keep(by=request.user, check_up=check_up, held=after)
        help_about = needs_help(held, after)
        return redirect("client:check_up_help", help_about) if help_about else redirect("client:check_up_ask")
    page = asked(held, lambda: facts_of(episode, entries=entries_of(episode.client)))
    if page is None:
        keep(by=request.user, check_up=check_up, held=replace(held, step="done"))
        return redirect("client:check_up_result")
    return render(request, "client/check_up_ask.html", page | {"duty": on_duty(episode)})


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
        "places": help_for((client.clinic.place,), language(), purposes),
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
    weighed = side_of(held, therapist.answers, therapist.released) if therapist else side_of(held)
    entries = entries_of(client)
    review = for_client(facts_of(episode, entries=entries), weighed, language())
    reasons = [one.id for one in review.reasons]
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
        "noted": _noted(entries, reasons),
        "tools": tools_for(reasons, language()),
        "courses": [shown(one, with_band=False) for one in courses],
        "picked": [titles(language())[one] for one in held.picks],
        "released": episode.released_views.filter(withdrawn_at__isnull=True).first(),
        "places": help_for((client.clinic.place,), language()) if review.safety == "same-day" else (),
    }
    return render(request, "client/check_up_result.html", page)


def _noted(entries: Sequence[tuple[str, Mapping[str, Any]]], shown: Sequence[str]) -> dict[str, list[str]]:
    """What she noted with tools, her own words as evidence: by the reason it goes with, else under ""."""
    noted: dict[str, list[str]] = {}
    for name, held in dict(entries).items():
        one = tool(name, language())
        words = [f"{one.title}. {text} {answer}" for text, answer in lines(name, held, language())]
        for reason in [each for each in one.reasons if each in shown] or [""]:
            noted.setdefault(reason, []).extend(words)
    return noted


@login_required
@require_POST
def set_aside(request: HttpRequest, reason: str) -> HttpResponse:
    """ "Not for me": set a reason aside, or take that back."""
    _client, _episode, check_up = _own(request)
    if check_up is None or reason not in titles("en"):
        raise Http404
    held = held_from(check_up.held)
    keep(by=request.user, check_up=check_up, held=aside(held, reason))
    return redirect("client:check_up_result")


@login_required
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Choose exactly what the therapist may see; private ones are off until she ticks them."""
    _client, episode, check_up = _own(request)
    if check_up is None:
        return redirect("client:check_up")
    held, questions = held_from(check_up.held), client_questions(language())
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
    names = titles(language())
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

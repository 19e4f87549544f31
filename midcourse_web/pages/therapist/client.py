"""One client's pages for those who treat her: risk and course, answers, intake and life, summary."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.signal import see_signals
from midcourse_web.care.beside import asked_part, beside_from
from midcourse_web.care.engine.concerns import concerns
from midcourse_web.care.engine.safety import asks_about_suicide
from midcourse_web.care.items import item_by_item, sheets_of, work_together
from midcourse_web.care.models import Episode, Intake
from midcourse_web.care.one_query import fetch
from midcourse_web.care.reading import course_parts, courses_from, courses_of, episode_of_client
from midcourse_web.care.shared_notes import shared_by
from midcourse_web.care.summary import summary_of
from midcourse_web.pages.parts.course import shown
from midcourse_web.pages.parts.risk import waiting_risk
from midcourse_web.people.models import Client
from midcourse_web.people.rules import allowed, permit


def seen_client(
    request: HttpRequest, client_id: UUID, permission: str = "care.see_record"
) -> tuple[Client, Episode | None]:
    """Return a client and her current episode for somebody who may see her, and note that they looked."""
    episode = episode_of_client(client_id)
    one = episode.client if episode else Client.objects.select_related("clinic").filter(pk=client_id).first()
    if one is None:
        raise Http404
    permit(request.user, "care.see_record", one)
    permit(request.user, permission, one)
    looked_at(by=request.user, client=one)
    return one, episode


def around(request: HttpRequest, one: Client, episode: Episode | None, here: str) -> dict[str, Any]:
    """Return what stands around every page about one client."""
    return {
        "client": one,
        "episode": episode,
        "here": here,
        "sees_record": True,
        "treats": allowed(request.user, "care.edit_record", one),
    }


@login_required
@require_GET
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show one client: risk first, then her courses with numbers."""
    one, episode = seen_client(request, client_id)
    page = around(request, one, episode, "course") | {
        "risk": [task for task in waiting_risk(request) if task.episode.client_id == one.pk],
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "blind": episode is not None and not asks_about_suicide(episode.measures),
        **(_courses(request, episode) if episode else {}),
    }
    return render(request, "therapist/client.html", page)


def _courses(request: HttpRequest, episode: Episode) -> dict[str, Any]:
    """Courses with what was last said on risk beside them; whoever treats her has seen what was due."""
    rows = fetch(*course_parts(episode), asked_part([episode]))
    courses = courses_from(episode, rows)
    due = any(one.signal.stage == "due" for one in courses)
    if due and allowed(request.user, "care.edit_record", episode.client):
        see_signals(by=request.user, episode=episode)
        courses = courses_of(episode)
    return {
        "courses": [shown(one, with_band=True) for one in courses],
        "beside": beside_from([episode], rows["asked"], request.user)[episode.pk],
    }


@login_required
@require_GET
def answers(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show what changed item by item, and the work together against its usual."""
    one, episode = seen_client(request, client_id, "care.see_answers")
    sheets = sheets_of(episode, request.user) if episode else {}
    page = {"answered": item_by_item(sheets), "together": work_together(sheets)}
    return render(request, "therapist/answers.html", around(request, one, episode, "answers") | page)


@login_required
@require_GET
def background(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the intake, shared events and shared notes on medicine; what she keeps to herself looks not said."""
    one, episode = seen_client(request, client_id)
    page = {
        "intake": intake_shown(getattr(episode, "intake", None) or Intake()) if episode else [],
        **shared_by(one),
    }
    return render(request, "therapist/background.html", around(request, one, episode, "background") | page)


SHOWN = (
    "words", "domains", "first_time", "help_before", "what_helped", "what_did_not", "bad_experience",
    "preferences", "expectations", "expects_sessions", "better_would_be",
)  # fmt: skip


def intake_shown(intake: Intake) -> list[tuple[str, Any]]:
    """Return what was said at the start, part by part, as others than the client may see it."""
    plain = dict(concerns())
    found = []
    for name in SHOWN:
        value = "" if name in intake.private else getattr(intake, name)
        if name == "domains" and value:
            value = ", ".join(plain.get(one, one) for one in value)
        if name == "preferences" and value:
            value = ", ".join(one["about"] for one in value)
        found.append((str(intake._meta.get_field(name).verbose_name).capitalize(), value))
    return found


@login_required
@require_GET
def summary(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show one page to print, or to paste into another record; `?as=text` is plain text."""
    one, episode = seen_client(request, client_id)
    if episode is None:
        raise Http404
    page = around(request, one, episode, "summary")
    page |= {"summary": summary_of(episode, request.user), "on": timezone.localdate()}
    text = render_to_string("therapist/summary.txt", page, request)
    if request.GET.get("as") == "text":
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return render(request, "therapist/summary.html", page | {"text": text})

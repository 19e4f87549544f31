"""One's own work, for one's own eyes: how one's clients went, with its uncertainty; and a training log."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.own_work import drop_training, note_training
from midcourse_web.care.engine.own_work import own_work as figures
from midcourse_web.care.models import Episode, Score, TrainingEntry
from midcourse_web.people.rules import permit


@login_required
@require_http_methods(["GET", "POST"])
def own_work(request: HttpRequest) -> HttpResponse:
    """Show one's own figures and log; nobody else can open either (SP9)."""
    permit(request.user, "care.caseload")
    if request.method == "POST":
        return _noted(request)
    page = {
        "figures": figures(_courses(request)),
        "log": TrainingEntry.objects.filter(person=request.user)[:50],
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "therapist/own_work.html", page)


def _courses(request: HttpRequest) -> dict[str, list[tuple[float, ...]]]:
    """The courses of those this therapist treats or treated, by measure; no name goes further."""
    mine = Episode.objects.filter(therapist=request.user)
    rows = Score.objects.filter(
        episode__in=mine, part="total", value__isnull=False, sheet__replaced_by__isnull=True
    )
    found: dict[tuple[str, UUID], list[float]] = {}
    for measure, episode, value in rows.order_by("answered_at").values_list("measure", "episode", "value"):
        found.setdefault((measure, episode), []).append(value)
    courses: dict[str, list[tuple[float, ...]]] = {}
    for (measure, _episode), values in found.items():
        courses.setdefault(measure, []).append(tuple(values))
    return courses


def _noted(request: HttpRequest) -> HttpResponse:
    given = request.POST
    try:
        hours = Decimal(given["hours"]) if given.get("hours") else None
        note_training(
            by=request.user,
            on=date.fromisoformat(given.get("on", "")),
            what=given.get("what", ""),
            hours=hours,
            learned=given.get("learned", ""),
        )
    except InvalidOperation:
        messages.warning(request, _("Write the hours as a number, like 1.5."))
    except ValueError as why:
        messages.warning(request, str(why))
    return redirect("therapist:own_work")


@login_required
@require_POST
def drop(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take one entry out of one's own log."""
    permit(request.user, "care.caseload")
    drop_training(by=request.user, entry=get_object_or_404(TrainingEntry, pk=entry_id, person=request.user))
    return redirect("therapist:own_work")

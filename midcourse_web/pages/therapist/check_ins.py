"""What is asked of a client and when, what came in, and the paper with a code."""

from datetime import timedelta
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.link import make_code, make_link
from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.schedule import ask_every, open_now, stop_asking
from midcourse_web.care.engine.instruments import asked_here, title
from midcourse_web.care.engine.kinds import about_the_work_together
from midcourse_web.care.models import AnswerSheet, CheckIn, Schedule
from midcourse_web.pages.therapist.clients import episode_for

SHOWN = 60  # sheets, newest first


@login_required
@require_GET
def check_ins(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show schedules, open check-ins and what came in; never what a check-in's answers were."""
    episode = episode_for(request, client_id, "care.edit_record")
    looked_at(by=request.user, client=episode.client)
    sheets = AnswerSheet.objects.filter(episode=episode).select_related("replaced_by", "entered_by")
    schedules = list(episode.schedules.filter(stopped_on__isnull=True))
    page = {
        "client": episode.client,
        "episode": episode,
        "schedules": [(one, title(one.instrument)) for one in schedules],
        "open": [
            (one, ", ".join(title(name) for name in one.instruments))
            for one in episode.check_ins.filter(state=CheckIn.State.OPEN, closes_at__gt=timezone.now())
        ],
        "sheets": [_sheet(one) for one in sheets.order_by("-answered_at", "-made_at")[:SHOWN]],
        "can_ask": [one for one in asked_here() if one[0] not in {each.instrument for each in schedules}],
        "paper": [(name, title(name)) for name in episode.measures if not about_the_work_together(name)],
    }
    return render(request, "therapist/check_ins.html", page)


def _sheet(sheet: AnswerSheet) -> dict[str, object]:
    mine = about_the_work_together(sheet.instrument)
    in_force = not hasattr(sheet, "replaced_by")
    return {
        "sheet": sheet,
        "title": title(sheet.instrument),
        "in_force": in_force,
        "can_correct": in_force and not mine and sheet.mode == AnswerSheet.Mode.PAPER,
        "can_move": in_force and not mine,
    }


@login_required
@require_POST
def ask(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask an instrument each session, every so many weeks, or once now."""
    episode = episode_for(request, client_id, "care.edit_record")
    instrument, every = request.POST.get("instrument", ""), request.POST.get("every", "session")
    weeks = request.POST.get("weeks", "1")
    try:
        if every == "now":
            open_now(by=request.user, episode=episode, instruments=[instrument])
        elif every in ("session", "weeks"):
            number = int(weeks) if weeks.isdigit() else 1
            ask_every(by=request.user, episode=episode, instrument=instrument, every=every, weeks=number)
    except ValueError as why:
        messages.error(request, str(why))
    return redirect("therapist:check_ins", client_id)


@login_required
@require_POST
def stop(request: HttpRequest, client_id: UUID, schedule_id: UUID) -> HttpResponse:
    """Stop asking an instrument."""
    episode = episode_for(request, client_id, "care.edit_record")
    schedule = get_object_or_404(Schedule, episode=episode, pk=schedule_id)
    stop_asking(by=request.user, schedule=schedule)
    return redirect("therapist:check_ins", client_id)


@login_required
@require_POST
def paper(request: HttpRequest, client_id: UUID, check_in_id: UUID) -> HttpResponse:
    """Show a page to print: a short code for the clinic's device, and a QR code for her own phone."""
    episode = episode_for(request, client_id, "care.edit_record")
    check_in = get_object_or_404(CheckIn, episode=episode, pk=check_in_id, state=CheckIn.State.OPEN)
    code = make_code(by=request.user, check_in=check_in)
    link = request.build_absolute_uri(reverse("go", args=[make_link(by=request.user, check_in=check_in)]))
    page = {
        "client": episode.client,
        "code": f"{code[:4]} {code[4:]}",
        "qr": segno.make(link, error="m").svg_inline(scale=4, border=2, svgclass="mc-qr", omitsize=True),
        "kiosk": request.build_absolute_uri(reverse("kiosk")),
        "closes": check_in.closes_at - timedelta(minutes=1),
        "public": bool(settings.CLINIC.public_url),
    }
    return render(request, "therapist/paper.html", page)

"""Her own answers, and "I tapped the wrong answer" (SP8)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from midcourse_web.care.actions.amend import WRONG_CLIENT, amend
from midcourse_web.care.engine.instruments import can_be_asked, questionnaire, title
from midcourse_web.care.models import AnswerSheet
from midcourse_web.pages.check_in.asking import answers_in, ask, given_by, unanswered
from midcourse_web.pages.check_in.crisis import crisis
from midcourse_web.pages.client.check_in import way_of
from midcourse_web.pages.client.own import own
from midcourse_web.people.rules import permit


@login_required
@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """List her answers, newest first, with what was put right later."""
    client = own(request)
    rows = AnswerSheet.objects.filter(episode__client=client).select_related("replaced_by")
    rows = rows.exclude(replaces__isnull=False, amended_why=WRONG_CLIENT).order_by("-answered_at", "-made_at")
    shown = [
        {
            "sheet": row,
            "title": title(row.instrument),
            "in_force": not hasattr(row, "replaced_by"),
            "can": row.check_in_id is not None and can_be_asked(row.instrument),
        }
        for row in rows[:200]
    ]
    return render(request, "client/answers.html", {"sheets": shown})


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Put right what she tapped; help is shown at once where the new answer asks for it."""
    rows = AnswerSheet.objects.select_related("episode__client", "episode__clinic", "check_in")
    sheet = get_object_or_404(rows, pk=sheet_id)
    permit(request.user, "own.record", sheet.episode.client)
    if sheet.check_in is None or AnswerSheet.objects.filter(replaces=sheet).exists():
        return redirect("client:answers")
    form = questionnaire(sheet.instrument)
    if request.method == "GET":
        return _page(request, sheet, ask([form], given_by(sheet.answers)))
    if missing := unanswered([form], request.POST):
        return _page(request, sheet, ask([form], request.POST, None, missing))
    try:
        amended = amend(by=request.user, sheet=sheet, answers=answers_in(form, request.POST))
    except ValueError as why:
        return _page(request, sheet, ask([form], request.POST, wrong=str(why)))
    if amended.risk is not None:
        way = way_of(sheet.check_in)
        return render(request, "client/crisis.html", crisis(sheet.check_in, amended.risk, way))
    messages.info(request, _("Thank you. Your new answers count; the old ones stay on record as changed."))
    return redirect("client:answers")


def _page(request: HttpRequest, sheet: AnswerSheet, asked: object) -> HttpResponse:
    wrong = getattr(asked, "missing", None) or getattr(asked, "wrong", "")
    way = {"post_to": reverse("client:correct", args=[sheet.pk])}
    page = {"asked": asked, "missing": getattr(asked, "missing", ()), "way": way, "sheet": sheet}
    return render(request, "client/correct.html", page, status=422 if wrong else 200)

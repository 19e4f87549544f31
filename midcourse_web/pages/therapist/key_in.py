"""Keying in from paper, and putting right what was keyed in wrong (SP8)."""

import uuid
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.amend import amend, wrong_client
from midcourse_web.care.actions.key_in import key_in as save
from midcourse_web.care.engine.instruments import Questionnaire, paper_form
from midcourse_web.care.engine.kinds import about_the_work_together
from midcourse_web.care.models import AnswerSheet, Episode
from midcourse_web.care.reading import seen_answers
from midcourse_web.pages.check_in.asking import Asked, answers_in, ask, given_by, unanswered
from midcourse_web.pages.therapist.clients import episode_for
from midcourse_web.people.standing import standing


@login_required
@require_http_methods(["GET", "POST"])
def key_in(request: HttpRequest, client_id: UUID, instrument: str) -> HttpResponse:
    """Key in a sheet from paper, with the day on which it was answered."""
    episode = episode_for(request, client_id, "care.key_in")
    form = _form(instrument)
    if request.method == "GET":
        return _page(request, episode, form, ask([form], {}), {"key": uuid.uuid4().hex})
    if missing := unanswered([form], request.POST) - _typed(form):
        return _page(request, episode, form, ask([form], request.POST, None, missing), request.POST)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        asked = ask([form], request.POST, wrong=_("Say on which day it was answered."))
        return _page(request, episode, form, asked, request.POST)
    try:
        answers = answers_in(form, request.POST)
        key = request.POST.get("key", "")[:40] or uuid.uuid4().hex
        done = save(by=request.user, episode=episode, instrument=form.id, answers=answers, on=on, key=key)
    except ValueError as why:
        return _page(request, episode, form, ask([form], request.POST, wrong=str(why)), request.POST)
    if done.risk is not None and done.risk.hidden_from_id != request.user.pk:
        messages.warning(request, _("This sheet holds a worrying answer. Please answer the alert now."))
        return redirect("therapist:risk", done.risk.pk)
    messages.info(request, _("Saved. Scores and the course are worked out anew."))
    return redirect("therapist:check_ins", client_id)


def _form(instrument: str) -> Questionnaire:
    if about_the_work_together(instrument):
        # What she says about the work together is hers alone to answer.
        raise Http404
    try:
        return paper_form(instrument)
    except ValueError:
        raise Http404 from None


def _typed(form: Questionnaire) -> frozenset[str]:
    """Answers that are typed may stay empty: paper has gaps."""
    return frozenset(question.id for question in form.questions if not question.choices)


def _page(
    request: HttpRequest, episode: Episode, form: Questionnaire, asked: Asked, kept: object
) -> HttpResponse:
    given = kept if isinstance(kept, dict) else dict(getattr(kept, "items", dict)())
    page = {
        "client": episode.client,
        "form": form,
        "asked": asked,
        "missing": asked.missing,
        "key": given.get("key", ""),
        "on": given.get("on", ""),
        "today": timezone.localdate().isoformat(),
        "first": episode.opened_on.isoformat(),
        "keyed": True,
        "way": {"post_to": reverse("therapist:key_in", args=[episode.client_id, form.id])},
    }
    return render(request, "therapist/key_in.html", page, status=422 if asked.missing or asked.wrong else 200)


def _sheet(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> AnswerSheet:
    episode = episode_for(request, client_id, "care.key_in")
    rows = AnswerSheet.objects.select_related("episode__client", "episode__clinic", "episode__therapist")
    sheet = get_object_or_404(rows, pk=sheet_id, episode__client=episode.client_id, replaced_by__isnull=True)
    if about_the_work_together(sheet.instrument):
        raise Http404
    return sheet


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Put right a sheet that was keyed in wrong from paper; only she changes what she answered herself."""
    sheet = _sheet(request, client_id, sheet_id)
    if sheet.mode != AnswerSheet.Mode.PAPER:
        raise Http404
    form = paper_form(sheet.instrument)
    seen = seen_answers(sheet, request.user)
    # What this person may not see, they cannot change either: it stays as it was.
    hidden = {item for item, value in sheet.answers.items() if value is not None and seen[item] is None}
    if request.method == "GET":
        return _correction(request, sheet, ask([form], given_by(seen)))
    try:
        answers = {k: v for k, v in answers_in(form, request.POST).items() if k not in hidden}
        amend(by=request.user, sheet=sheet, answers=answers, why=_("keyed in wrong"))
    except ValueError as why:
        return _correction(request, sheet, ask([form], request.POST, wrong=str(why)))
    messages.info(request, _("Saved. The old sheet stays on record; an alert it raised stands."))
    return redirect("therapist:check_ins", client_id)


def _correction(request: HttpRequest, sheet: AnswerSheet, asked: Asked) -> HttpResponse:
    way = {"post_to": reverse("therapist:correct", args=[sheet.episode.client_id, sheet.pk])}
    page = {"client": sheet.episode.client, "sheet": sheet, "asked": asked, "keyed": True, "way": way}
    return render(request, "therapist/correct.html", page, status=422 if asked.wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def wrong(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Say that a sheet is somebody else's, and whose, if that is known and one's own client."""
    sheet = _sheet(request, client_id, sheet_id)
    where = standing(request.user)
    mine = Episode.objects.filter(client__in=where.therapist_of | where.cover_of).exclude(
        client=sheet.episode.client_id
    )
    others = list(mine.exclude(state=Episode.State.ENDED).select_related("client", "clinic", "therapist"))
    if request.method == "GET":
        page = {"client": sheet.episode.client, "sheet": sheet, "others": others}
        return render(request, "therapist/wrong_client.html", page)
    to = next((one for one in others if str(one.pk) == request.POST.get("to")), None)
    wrong_client(by=request.user, sheet=sheet, belongs_to=to)
    messages.info(request, _("Saved. Alerts it raised stand until somebody answers them."))
    return redirect("therapist:check_ins", client_id)

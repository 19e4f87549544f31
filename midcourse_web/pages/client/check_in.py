"""Answering a check-in: asked, checked, recorded once; a risk answer shows help in the same response."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.check_in import Recorded, record_check_in
from midcourse_web.care.actions.risk import not_safe_now
from midcourse_web.care.engine.instruments import Questionnaire, questionnaire
from midcourse_web.care.engine.places import help_for
from midcourse_web.care.models import AnswerSheet, CheckIn
from midcourse_web.care.policies.duty import on_duty
from midcourse_web.people.rules import permit

SKIPPED = "skip"


def own_check_in(request: HttpRequest, check_in_id: UUID) -> CheckIn:
    """Return a check-in of the client who is signed in, or refuse."""
    rows = CheckIn.objects.select_related("episode__client", "episode__clinic", "episode__therapist")
    check_in = get_object_or_404(rows.select_related("episode__cover", "session"), pk=check_in_id)
    permit(request.user, "own.record", check_in.episode.client)
    return check_in


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Ask the questions, and record the answers once."""
    check_in = own_check_in(request, check_in_id)
    if request.method == "POST":
        return record_posted(request, check_in, AnswerSheet.Mode.SIGNED_IN)
    if check_in.state == CheckIn.State.DONE:
        return redirect("client:thanks", check_in.pk)
    return render(request, "client/check_in.html", asked(check_in))


def asked(check_in: CheckIn, given: Any = None, missing: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the page of questions needs; `given` are answers to keep after a mistake."""
    forms = [questionnaire(name) for name in check_in.instruments]
    duty = on_duty(check_in.episode)
    return {
        "check_in": check_in,
        "shown": [_shown(form, given or {}) for form in forms],
        "missing": missing,
        "duty": duty,
        "passes_on": any(question.safety for form in forms for question in form.questions),
    }


def _shown(form: Questionnaire, given: dict[str, str]) -> dict[str, Any]:
    """One questionnaire with what was chosen so far, so that a mistake loses no answer."""
    questions = [
        {
            "id": question.id,
            "text": question.text,
            "choices": [
                {"value": one.value, "label": one.label, "chosen": given.get(question.id) == str(one.value)}
                for one in question.choices
            ],
            "skipped": given.get(question.id) == SKIPPED,
        }
        for question in form.questions
    ]
    return {
        "id": form.id,
        "title": form.title,
        "stem": form.stem,
        "credit": form.credit,
        "validated": form.validated,
        "questions": questions,
    }


def record_posted(request: HttpRequest, check_in: CheckIn, mode: str) -> HttpResponse:
    """Record what was posted, or show the page again with what is missing."""
    forms = [questionnaire(name) for name in check_in.instruments]
    missing = tuple(
        question.id for form in forms for question in form.questions if question.id not in request.POST
    )
    if missing:
        page = asked(check_in, request.POST.dict(), missing)
        return render(request, "client/check_in.html", page, status=422)
    given = {form.id: _answers(request, form) for form in forms}
    private = frozenset(name for name in request.POST.getlist("private"))
    who = request.user if request.user.is_authenticated else None
    try:
        recorded = record_check_in(by=who, check_in=check_in, given=given, mode=mode, private=private)
    except ValueError as why:
        page = asked(check_in, request.POST.dict()) | {"wrong": str(why)}
        return render(request, "client/check_in.html", page, status=422)
    return after(request, check_in, recorded)


def _answers(request: HttpRequest, form: Questionnaire) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for question in form.questions:
        text = request.POST[question.id]
        if text != SKIPPED and not text.lstrip("-").isdigit():
            raise ValueError(_("One answer could not be read. Please choose it again."))
        found[question.id] = None if text == SKIPPED else int(text)
    return found


def after(request: HttpRequest, check_in: CheckIn, recorded: Recorded) -> HttpResponse:
    """Answer a submission: help first, in this very response, where an answer asks for it (SR1)."""
    if recorded.risk is None:
        return redirect("client:thanks", check_in.pk)
    return render(request, "client/crisis.html", crisis(check_in, recorded.risk))


def crisis(check_in: CheckIn, task: Any) -> dict[str, Any]:
    """Return what the crisis page says: who will see this and by when, truthfully (SR2)."""
    clinic = check_in.episode.clinic
    return {
        "check_in": check_in,
        "task": task,
        "who": task.for_person,
        "by_when": task.due_by,
        "somebody_is_there": on_duty(check_in.episode).somebody_is_there,
        "places": help_for((clinic.place,)),
        "plan": check_in.episode.client.safety_plans.first(),
    }


@login_required
@require_GET
def thanks(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Thank, and say what happens next; after a risk answer help stays first."""
    check_in = own_check_in(request, check_in_id)
    task = check_in.sheets.order_by("made_at").values_list("risk_tasks", flat=True).first()
    if task is not None:
        raised = check_in.sheets.filter(risk_tasks__isnull=False).first().risk_tasks.first()
        return render(request, "client/crisis.html", crisis(check_in, raised))
    return render(request, "client/thanks.html", {"check_in": check_in})


@login_required
@require_POST
def safe_now(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Take the answer to "Are you safe right now?", asked after any positive answer (SR6)."""
    check_in = own_check_in(request, check_in_id)
    sheet = check_in.sheets.filter(risk_tasks__isnull=False).first()
    if sheet is None:
        return redirect("client:home")
    task = sheet.risk_tasks.first()
    said = request.POST.get("safe", "")
    if said == "no":
        task = not_safe_now(by=request.user, task=task)
    return render(request, "client/crisis.html", crisis(check_in, task) | {"answered": said})

"""One check-in answered: asked, checked, recorded once; a risk answer shows help in the same response (SR1)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.actions.risk import not_safe_now
from midcourse_web.care.engine.instruments import Questionnaire, questionnaire
from midcourse_web.care.models import CheckIn, RiskTask
from midcourse_web.care.policies.duty import on_duty
from midcourse_web.pages.check_in.asking import Asked, answers_in, ask, unanswered
from midcourse_web.pages.check_in.crisis import crisis
from midcourse_web.pages.check_in.who import who_is_told

ONE = "one_at_a_time"


@dataclass(frozen=True)
class Way:
    """How somebody comes to a check-in: the mode of the answers, the pages, and where each step leads."""

    mode: str
    questions: str
    help: str
    post_to: str
    safe_to: str
    thanks: str
    own: bool = False


def answering(request: HttpRequest, check_in: CheckIn, way: Way) -> HttpResponse:
    """Ask the questions, carry answers from page to page, and record them once."""
    forms = [questionnaire(name) for name in check_in.instruments]
    if request.method != "POST":
        at = 0 if request.session.get(ONE) else None
        return _page(request, check_in, way, ask(forms, {}, at))
    go = request.POST.get("go", "send")
    if go in ("one", "all"):
        # Her choice, kept for this browser session.
        request.session[ONE] = go == "one"
        return _page(request, check_in, way, ask(forms, request.POST, 0 if go == "one" else None))
    if go in ("next", "back") and (at := _at(request)) is not None:
        return _page(request, check_in, way, _step(forms, request, at, go))
    return _record(request, check_in, way, forms)


def _at(request: HttpRequest) -> int | None:
    text = request.POST.get("at", "")
    return int(text) if text.isdigit() else None


def _step(forms: list[Questionnaire], request: HttpRequest, at: int, go: str) -> Asked:
    every = [question.id for form in forms for question in form.questions]
    at = min(at, len(every) - 1)
    if go == "back":
        return ask(forms, request.POST, max(at - 1, 0))
    if not request.POST.get(every[at]):
        return ask(forms, request.POST, at, frozenset({every[at]}))
    return ask(forms, request.POST, min(at + 1, len(every) - 1))


def _page(request: HttpRequest, check_in: CheckIn, way: Way, asked: Asked, status: int = 200) -> HttpResponse:
    status = 422 if asked.missing or asked.wrong else status
    page = {
        "check_in": check_in,
        "way": way,
        "asked": asked,
        "missing": asked.missing,
        "told": who_is_told(check_in.episode, on_duty(check_in.episode)),
    }
    return render(request, way.questions, page, status=status)


def _record(request: HttpRequest, check_in: CheckIn, way: Way, forms: list[Questionnaire]) -> HttpResponse:
    at = _at(request)
    every = [question.id for form in forms for question in form.questions]
    if missing := unanswered(forms, request.POST):
        first = next(i for i, name in enumerate(every) if name in missing)
        return _page(request, check_in, way, ask(forms, request.POST, None if at is None else first, missing))
    who = request.user if way.own else None
    try:
        given = {form.id: answers_in(form, request.POST) for form in forms}
        private = frozenset(request.POST.getlist("private"))
        recorded = record_check_in(by=who, check_in=check_in, given=given, mode=way.mode, private=private)
    except ValueError as why:
        return _page(request, check_in, way, ask(forms, request.POST, at, wrong=str(why)))
    if recorded.risk is None:
        return redirect(way.thanks)
    return render(request, way.help, crisis(check_in, recorded.risk, way))


def risk_of(check_in: CheckIn) -> RiskTask | None:
    """Return the alert that the answers in force of a check-in raised, if any."""
    return RiskTask.objects.filter(sheet__check_in=check_in).order_by("-made_at").first()


def safe(request: HttpRequest, check_in: CheckIn, way: Way) -> HttpResponse:
    """Take the answer to "Are you safe right now?", asked after any positive answer (SR6)."""
    task = risk_of(check_in)
    if task is None:
        return redirect(way.thanks)
    said = request.POST.get("safe", "")
    if said == "no":
        task = not_safe_now(by=request.user if way.own else None, task=task)
    return render(request, way.help, crisis(check_in, task, way) | {"answered": said})

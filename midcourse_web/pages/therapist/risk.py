"""Answering a risk alert: what was said, and what was done."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.risk import acknowledge
from midcourse_web.care.models import RiskStep, RiskTask
from midcourse_web.people.rules import NotAllowed, allowed

DONE = (RiskStep.What.SPOKE, RiskStep.What.NOT_REACHED, RiskStep.What.CONFIRMED)
NEXT_TRY = {"30": 30, "60": 60, "120": 120, "1440": 1440}  # minutes


@login_required
@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Show one alert, and take what was done about it."""
    rows = RiskTask.objects.select_related("episode__client", "episode__clinic", "for_person", "sheet")
    task = get_object_or_404(rows, pk=task_id)
    _permit(request, task)
    if request.method == "POST" and request.POST.get("what") in DONE:
        return _answered(request, task)
    looked_at(by=request.user, client=task.episode.client, what="looked at a risk alert")
    page = {
        "task": task,
        "done": [(one.value, one.label) for one in DONE],
        "steps": task.steps.select_related("by"),
    }
    return render(request, "therapist/risk.html", page)


def _permit(request: HttpRequest, task: RiskTask) -> None:
    """Those whom the alert was given to, and those who treat or supervise her unless she chose otherwise."""
    if task.hidden_from_id == request.user.pk:
        # She chose the duty person: nothing may tell the therapist that there is such an alert (SR3).
        raise Http404
    mine = task.for_person_id == request.user.pk
    if not mine and not allowed(request.user, "care.see_record", task.episode.client):
        raise NotAllowed(str(_("This alert is for somebody else.")))


def _answered(request: HttpRequest, task: RiskTask) -> HttpResponse:
    what = request.POST["what"]
    minutes = NEXT_TRY.get(request.POST.get("next_try", ""))
    again = timezone.now() + timedelta(minutes=minutes) if minutes else None
    try:
        acknowledge(
            by=request.user, task=task, what=what, note=request.POST.get("note", ""), next_try_at=again
        )
    except ValueError as why:
        messages.error(request, str(why))
        return redirect("therapist:risk", task.pk)
    messages.info(request, _("Thank you. It is written down."))
    return redirect("therapist:caseload")

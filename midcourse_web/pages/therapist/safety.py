"""The safety plan, made together at the session: the therapist's side of the same page (SR5)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.safety_plan import save_plan
from midcourse_web.care.models import SafetyPlan
from midcourse_web.pages.parts.plan import parts_of
from midcourse_web.pages.therapist.clients import client_for


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the plan with its versions, and write a new one together."""
    client = client_for(request, client_id, "care.edit_record")
    versions = list(client.safety_plans.select_related("made_by"))
    newest = next(iter(versions), None)
    page = {"client": client, "plan": newest, "versions": versions}
    if request.method == "GET":
        looked_at(by=request.user, client=client, what="looked at a safety plan")
        return render(request, "therapist/safety_plan.html", page | {"parts": parts_of(newest)})
    given = {name: request.POST.get(name, "") for name in SafetyPlan.PARTS}
    after = request.POST.get("after", "0")
    try:
        save_plan(by=request.user, client=client, parts=given, after=int(after) if after.isdigit() else 0)
    except ValueError as why:
        page |= {"parts": parts_of(newest, given), "wrong": str(why)}
        return render(request, "therapist/safety_plan.html", page, status=422)
    messages.info(request, _("Saved. The version before is kept."))
    return redirect("therapist:safety_plan", client_id)

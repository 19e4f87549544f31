"""Her safety plan: one tap from her home page, to read, print, and change (SR5)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from midcourse_web.care.actions.safety_plan import save_plan
from midcourse_web.care.engine.places import help_for
from midcourse_web.care.models import SafetyPlan
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.plan import parts_of


@login_required
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan in force, the numbers of the place, and the versions before."""
    client = own(request)
    versions = list(client.safety_plans.select_related("made_by"))
    page = {
        "plan": next(iter(versions), None),
        "versions": versions,
        "places": help_for((client.clinic.place,)),
    }
    return render(request, "client/safety_plan.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Write a new version; the one before stays."""
    client = own(request)
    newest = client.safety_plans.first()
    if request.method == "GET":
        return render(request, "client/safety_plan_change.html", {"parts": parts_of(newest), "plan": newest})
    given = {name: request.POST.get(name, "") for name in SafetyPlan.PARTS}
    after = request.POST.get("after", "0")
    try:
        save_plan(by=request.user, client=client, parts=given, after=int(after) if after.isdigit() else 0)
    except ValueError as why:
        page = {"parts": parts_of(newest, given), "plan": newest, "wrong": str(why)}
        return render(request, "client/safety_plan_change.html", page, status=422)
    return redirect("client:safety_plan")

"""Where a manager or an administrator switches the check-up for people without a clinic on or off."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from midcourse_web.people.actions.clinic import offer_open_check_up
from midcourse_web.people.models import Clinic
from midcourse_web.people.rules import allowed, permit
from midcourse_web.people.standing import standing


@login_required
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Show what it is and whether it is on; the same page turns it."""
    here = Clinic.objects.filter(pk__in=standing(request.user).clinics).order_by("name")
    mine = [one for one in here if allowed(request.user, "clinic.settings", one)]
    if not mine:
        permit(request.user, "clinic.settings")  # refuses, with the sentence
    if request.method == "POST":
        one = next((one for one in mine if str(one.pk) == request.POST.get("clinic")), mine[0])
        offer_open_check_up(by=request.user, clinic=one, offered=request.POST.get("offer") == "yes")
        return redirect("open_switch")
    return render(request, "open/switch.html", {"clinics": mine})

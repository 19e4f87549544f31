"""Opening a record in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.break_glass import break_glass
from midcourse_web.people.models import Client
from midcourse_web.people.rules import allowed, permit


@login_required
@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask for the reason, and open the record for an hour."""
    one = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    permit(request.user, "care.break_glass", one)
    if allowed(request.user, "care.see_record", one):
        return redirect("therapist:client", one.pk)
    if request.method == "POST":
        try:
            break_glass(by=request.user, client=one, reason=request.POST.get("reason", ""))
            return redirect("therapist:client", one.pk)
        except ValueError as why:
            messages.error(request, str(why))
    return render(request, "therapist/glass.html", {"client": one})

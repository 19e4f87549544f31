"""The manager's page: counts with small numbers suppressed, and what needs a person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from midcourse_web.care.counts import counts_of
from midcourse_web.pages.clinic.where import my_clinic


@login_required
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """Show the clinic's counts over the last twelve full months."""
    clinic = my_clinic(request, "clinic.counts")
    return render(request, "clinic/counts.html", {"clinic": clinic, "counts": counts_of(clinic)})

"""Questions of colleagues to a supervisor: cases without a name."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from midcourse_web.care.actions.own_work import answer_consultation
from midcourse_web.care.models import Consultation
from midcourse_web.people.rules import permit


@login_required
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Show what was asked of this supervisor, unanswered first."""
    permit(request.user, "care.supervision")
    rows = list(Consultation.objects.filter(to=request.user).select_related("by")[:100])
    rows.sort(key=lambda one: one.answered_at is not None)
    return render(request, "supervisor/questions.html", {"questions": rows})


@login_required
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, one_id: UUID) -> HttpResponse:
    """Show one question with its sheet, and take the answer."""
    permit(request.user, "care.supervision")
    one = get_object_or_404(Consultation.objects.select_related("by", "clinic"), pk=one_id, to=request.user)
    if request.method == "POST":
        try:
            answer_consultation(by=request.user, one=one, answer=request.POST.get("answer", ""))
        except ValueError as why:
            messages.warning(request, str(why))
        return redirect("consult:question", one.pk)
    return render(request, "supervisor/question.html", {"one": one})

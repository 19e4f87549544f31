"""The dated list of what needs a person, without clinical content."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.task import close_task
from midcourse_web.care.models import Task
from midcourse_web.pages.clinic.where import my_clinic
from midcourse_web.people.rules import permit
from midcourse_web.people.standing import standing


def _past_me(request: HttpRequest) -> Q:
    """What must not come to whoever treats her, also when they manage the clinic: her wish for another."""
    where = standing(request.user)
    return Q(kind=Task.Kind.SWITCH, client__in=where.therapist_of | where.cover_of)


@login_required
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Show what needs a person, the most overdue first."""
    clinic = my_clinic(request, "clinic.tasks")
    rows = Task.objects.filter(clinic=clinic, done_at__isnull=True).exclude(_past_me(request))
    rows = rows.select_related("client", "for_person")
    return render(
        request, "clinic/tasks.html", {"clinic": clinic, "tasks": rows, "today": timezone.localdate()}
    )


@login_required
@require_POST
def done(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Say that a task is done, and in a few words how."""
    rows = Task.objects.exclude(_past_me(request)).select_related("clinic", "client")
    task = get_object_or_404(rows, pk=task_id)
    permit(request.user, "clinic.tasks", task.clinic)
    close_task(by=request.user, task=task, words=request.POST.get("words", ""))
    messages.info(request, _("Done. It is off the list."))
    return redirect("clinic:tasks")

"""Tasks: what needs a person by a day."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.models import Task
from midcourse_web.people.models import Client, Clinic, User
from midcourse_web.people.standing import standing

PROBLEM_WITHIN = timedelta(days=2)


@transaction.atomic
def open_task(
    *,
    by: User | None,
    clinic: Clinic,
    kind: str,
    client: Client | None = None,
    words: str = "",
    within_days: int = 2,
    for_person: User | None = None,
) -> Task:
    """Put one dated thing on the clinic's list; the same open thing is not put there twice."""
    same = Task.objects.filter(clinic=clinic, kind=kind, client=client, done_at__isnull=True)
    if client is not None and (there := same.first()) is not None:
        return there
    task = Task.objects.create(
        clinic=clinic,
        client=client,
        kind=kind,
        words=words[:300],
        due_on=timezone.localdate() + timedelta(days=within_days),
        for_person=for_person,
    )
    record(f"task: {kind}", by=by, subject=task, client=client, clinic=clinic)
    return task


@transaction.atomic
def close_task(*, by: User, task: Task, words: str = "") -> Task:
    """Say that a task is done, and in a few words how."""
    task.done_at, task.done_by, task.done_words = timezone.now(), by, words[:300]
    task.save()
    record(f"task done: {task.kind}", by=by, subject=task, client=task.client, clinic=task.clinic)
    return task


def report_problem(*, by: User, words: str) -> Task | None:
    """Tell the people who run midcourse here about a problem with it."""
    where = standing(by)
    clinic = Clinic.objects.filter(pk__in=where.clinics).first()
    if clinic is None and where.client is not None:
        clinic = Clinic.objects.filter(clients=where.client).first()
    if clinic is None or not words.strip():
        return None
    return open_task(by=by, clinic=clinic, kind=Task.Kind.PROBLEM, words=words.strip())

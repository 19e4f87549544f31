"""Addresses of the pages of those who run a clinic."""

from django.urls import path

from midcourse_web.pages.clinic import (
    audit,
    counts,
    duty,
    leave,
    licences,
    people,
    supervision,
    tasks,
    waiting,
)

app_name = "clinic"
urlpatterns = [
    path("", counts.counts, name="counts"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/done/", tasks.done, name="task_done"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/add/", waiting.add, name="add"),
    path("waiting/<uuid:episode_id>/", waiting.choose, name="choose"),
    path("audit/", audit.audit, name="audit"),
    path("duty/", duty.duty, name="duty"),
    path("duty/<uuid:turn_id>/off/", duty.off, name="off_duty"),
    path("away/", leave.leave, name="leave"),
    path("away/<uuid:leave_id>/back/", leave.back, name="back"),
    path("leaving/<uuid:person_id>/", leave.departure, name="departure"),
    path("licences/", licences.licences, name="licences"),
    path("licences/<uuid:profile_id>/", licences.check, name="check_licence"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/<uuid:supervision_id>/end/", supervision.end, name="end_supervision"),
    path("people/", people.people, name="people"),
    path("people/role/<uuid:membership_id>/", people.end_role, name="end_role"),
    path("people/invitation/<uuid:invitation_id>/", people.uninvite, name="uninvite"),
    path("people/<uuid:person_id>/address/", people.address, name="address"),
    path("people/<uuid:person_id>/", people.person, name="person"),
]

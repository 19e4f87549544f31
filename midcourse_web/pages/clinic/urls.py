"""Addresses of those who run the clinic."""

from django.urls import path

from midcourse_web.pages.clinic import (
    audit,
    leave,
    licences,
    people,
    supervision,
)

app_name = "clinic"
urlpatterns = [
    path("audit/", audit.audit, name="audit"),
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

"""Addresses of those who run the clinic."""

from django.urls import path

from midcourse_web.pages.clinic import people

app_name = "clinic"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/role/<uuid:membership_id>/", people.end_role, name="end_role"),
    path("people/invitation/<uuid:invitation_id>/", people.uninvite, name="uninvite"),
    path("people/<uuid:person_id>/", people.person, name="person"),
]

"""Addresses of the pages of those who treat clients."""

from django.urls import path

from midcourse_web.pages.therapist import caseload, client, risk, view

app_name = "therapist"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("risk/<uuid:task_id>/", risk.risk, name="risk"),
    path("<uuid:client_id>/view/", view.view, name="view"),
    path("<uuid:client_id>/", client.client, name="client"),
]

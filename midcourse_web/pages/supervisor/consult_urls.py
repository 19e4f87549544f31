"""Addresses of questions to a supervisor."""

from django.urls import path

from midcourse_web.pages.supervisor import consultations

app_name = "consult"
urlpatterns = [
    path("", consultations.questions, name="questions"),
    path("<uuid:one_id>/", consultations.question, name="question"),
]

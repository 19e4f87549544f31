"""Addresses of the client's pages."""

from django.urls import path

from midcourse_web.pages.client import check_in, home

app_name = "client"
urlpatterns = [
    path("", home.home, name="home"),
    path("check-in/<uuid:check_in_id>/", check_in.answer, name="check_in"),
    path("check-in/<uuid:check_in_id>/thanks/", check_in.thanks, name="thanks"),
    path("check-in/<uuid:check_in_id>/safe/", check_in.safe_now, name="safe_now"),
    path("course/", home.course, name="course"),
    path("scores/", home.scores, name="scores"),
]

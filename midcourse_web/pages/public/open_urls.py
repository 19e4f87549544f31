"""Addresses of the check-up without a clinic. None of them holds anything about anybody."""

from django.urls import path

from midcourse_web.pages.public import check_up

app_name = "open"
urlpatterns = [
    path("", check_up.start, name="start"),
    path("ask/", check_up.ask, name="ask"),
    path("sheet/", check_up.sheet, name="sheet"),
    path("help/", check_up.help_now, name="help"),
]

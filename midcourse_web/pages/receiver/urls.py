"""Addresses of a receiver's inbox."""

from django.urls import path

from midcourse_web.pages.receiver import inbox

app_name = "receiver"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<uuid:concern_id>/", inbox.concern, name="concern"),
]

"""Addresses of the shared screen."""

from django.urls import path

from midcourse_web.pages.together import plan, room

app_name = "together"
urlpatterns = [
    path("<uuid:episode_id>/", room.room, name="room"),
    path("<uuid:episode_id>/ask/", room.ask, name="ask"),
    path("<uuid:episode_id>/answer/", room.answer, name="answer"),
    path("<uuid:episode_id>/reason/<str:reason>/", room.reason, name="reason"),
    path("<uuid:episode_id>/plan/", plan.choose, name="plan"),
    path("<uuid:episode_id>/plan/agree/", plan.agree_to, name="agree"),
    path("<uuid:episode_id>/plan/check/", plan.check_now, name="check"),
    path("<uuid:episode_id>/plan/print/", plan.printed, name="print"),
]

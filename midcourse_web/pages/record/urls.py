"""Addresses of the shared record."""

from django.urls import path

from midcourse_web.pages.record import agreed, changes, intake, practice

app_name = "record"
urlpatterns = [
    path("<uuid:episode_id>/", agreed.agreed, name="agreed"),
    path("<uuid:episode_id>/goal/", agreed.new_goal, name="new_goal"),
    path("<uuid:episode_id>/practice/", practice.new_practice, name="new_practice"),
    path("<uuid:episode_id>/changes/", changes.changes, name="changes"),
    path("<uuid:episode_id>/intake/<slug:step>/", intake.intake, name="intake"),
    path("goal/<uuid:goal_id>/", agreed.goal, name="goal"),
    path("goal/<uuid:goal_id>/rate/", agreed.rate, name="rate"),
    path("practice/<uuid:homework_id>/", practice.practice, name="practice"),
    path("practice/<uuid:homework_id>/told/", practice.tell, name="tell"),
]

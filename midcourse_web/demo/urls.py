"""Addresses of the demonstration."""

from django.urls import path

from midcourse_web.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("as/<slug:name>/", views.sign_in_as, name="sign_in_as"),
]

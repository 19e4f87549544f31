"""Addresses of guardians and trusted persons."""

from django.urls import path

from midcourse_web.pages.near import views

app_name = "near"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/part/<str:name>/", views.part, name="part"),
    path("<uuid:client_id>/stop/", views.stop, name="stop"),
]

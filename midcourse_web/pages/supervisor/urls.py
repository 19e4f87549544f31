"""Addresses of the supervisor's pages."""

from django.urls import path

from midcourse_web.pages.supervisor import cases

app_name = "supervisor"
urlpatterns = [path("", cases.cases, name="cases")]

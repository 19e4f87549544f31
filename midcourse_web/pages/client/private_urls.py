"""Neutral addresses of the client's private page."""

from django.urls import path

from midcourse_web.pages.client import private

app_name = "private"
urlpatterns = [
    path("", private.home, name="home"),
    path("look/", private.look, name="look"),
    path("write/", private.write, name="write"),
    path("note/", private.note, name="note"),
    path("note/<uuid:note_id>/delete/", private.delete_note, name="delete_note"),
    path("<uuid:concern_id>/", private.concern, name="concern"),
    path("<uuid:concern_id>/send/", private.send, name="send"),
    path("<uuid:concern_id>/withdraw/", private.withdraw, name="withdraw"),
    path("<uuid:concern_id>/tell/", private.may_tell, name="may_tell"),
    path("<uuid:concern_id>/delete/", private.delete, name="delete"),
]
